// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { day, many, month, period } from "../../layouts/assets/elements.js";
import { FILTERS } from "../../layouts/assets/facts.js";
import { enough, FIELDS, fewer, questions, rare } from "../../layouts/assets/query.js";
import { byRank, gain, gainOfName, named, worth } from "../../layouts/assets/ranking.js";

// Of filters.js only sums and sieves are tested, but it drives the engine, which is made for a worker.
Object.assign(globalThis, { self: globalThis, addEventListener: () => {} });
const { add, sift } = await import("../../layouts/assets/filters.js");

test("results go by score, then from the newest on", () => {
  const rank = (/** @type {number[]} */ [score, shard, place]) => ({ score, shard, place });
  const all = [
    [1, 1, 0],
    [1, 0, 2],
    [2, 3, 9],
    [1, 0, 1],
  ].map(rank);
  const sorted = all.sort(byRank).map(({ score, shard, place }) => [score, shard, place]);
  assert.deepEqual(sorted, [
    [2, 3, 9],
    [1, 0, 1],
    [1, 0, 2],
    [1, 1, 0],
  ]);
});

test("a title is worth most if it is what was typed", () => {
  const title = ["slow", "rivers", "of", "tea"];
  assert.equal(worth(title, ["slow", "rivers", "of", "tea"]), 3);
  assert.equal(worth(title, ["slow", "rivers", "of"]), 2);
  assert.equal(worth(title, ["tea", "of", "rivers"]), 1);
  assert.equal(worth(title, ["slow", "rivers"]), 0);
  assert.equal(worth(title, ["slow", "rivers", "deep"]), 0);
  assert.equal(gain([title], ["slow"]), 0);
  assert.ok(gain([["a"], title], ["slow", "rivers", "of"]) > gain([title], ["tea", "of", "slow"]));
});

test("a query asks for its terms, and lifts what holds it as a phrase", () => {
  assert.deepEqual(questions(""), { terms: [null], phrases: [], phrase: null });
  assert.deepEqual(questions('"slow rivers"'), {
    terms: ['"slow rivers"'],
    phrases: [],
    phrase: null,
  });
  assert.deepEqual(questions("rivers"), { terms: ["rivers"], phrases: [], phrase: null });
  const both = ["few shot rivers", "few-shot rivers"];
  assert.deepEqual(questions("few-shot rivers"), {
    ...{ terms: both, phrases: [], phrase: '"few-shot rivers"' },
  });
});

test("with nothing found, fewer words are tried", () => {
  assert.deepEqual(fewer("slow"), []);
  assert.deepEqual(fewer("slow old rivers"), ["old rivers", "slow rivers", "slow old"]);
  assert.deepEqual(fewer('"slow rivers"'), ["slow rivers", "rivers", "slow"]);
});

test("two letters are enough, or one that is not Latin, or a filter", () => {
  const asked = ["", "a", "ab", "王"].map((q) => enough({ ...FIELDS, q }));
  assert.deepEqual(asked, [false, false, true, true]);
  assert.ok(enough({ ...FIELDS, year: "2021" }));
  assert.deepEqual(Object.keys(FIELDS), ["q", ...FILTERS, "order"]);
});

test("counts of a filter leave its own choice out", () => {
  /** @type {Record<string, Record<string, string[]>>} */
  const values = {
    year: { a: ["2021"], b: ["2021"], c: ["2022"] },
    category: { a: ["cs.CV"], b: ["cs.LG"], c: ["cs.CV"] },
  };
  const has = {
    year: (/** @type {string} */ id) => values.year[id],
    category: (/** @type {string} */ id) => values.category[id],
  };
  const query = { ...FIELDS, year: "2021" };
  const found = [{ id: "a" }, { id: "b" }, { id: "c" }];
  const { hits, counts } = sift(found, query, ["year", "category"], has);
  assert.deepEqual(hits, [{ id: "a" }, { id: "b" }]);
  const expected = { year: { 2021: 2, 2022: 1 }, category: { "cs.CV": 1, "cs.LG": 1 } };
  assert.deepEqual(counts, expected);
  add(counts, { year: { 2022: 4, 2023: 1 } });
  assert.deepEqual(counts.year, { 2021: 2, 2022: 5, 2023: 1 });
});

test("labels are said as pages say them", () => {
  assert.equal(month("2021-12-19"), "December 2021");
  assert.equal(day("2021-12-09"), "9 Dec 2021");
  assert.equal(period("2021-11", "2021-12"), "November 2021 to December 2021");
  assert.equal(period("2021-12-01", "2021-12"), "December 2021");
  assert.deepEqual(
    [0, 1, 1234].map((n) => many(n, "paper")),
    ["No papers", "1 paper", "1,234 papers"],
  );
});

test("words that an index may lack are asked for as phrases, each in its ways", () => {
  assert.deepEqual(rare("the image of ControlNet"), [
    { word: "ControlNet", ways: ['"ControlNet"'] },
  ]);
  assert.deepEqual(rare("U-Net"), [{ word: "U-Net", ways: ['"U Net"', '"U-Net"'] }]);
  assert.deepEqual(rare('"slow rivers" C++'), []);
});

test("a title names its paper before the colon, and the oldest of that name is meant", () => {
  const words = (/** @type {string} */ text) => text.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  assert.equal(named("NeRF: Fields of Tea", ["nerf"], words), 2);
  assert.equal(named("Mask R-CNN", ["mask", "rcnn"], words), 2);
  assert.equal(named("Swin Transformer: Windows", ["swin"], words), 1);
  assert.equal(named("Swinging Rivers", ["swin"], words), 0);
  assert.equal(named("On NeRF: a Survey", ["nerf"], words), 0);
  assert.ok(gainOfName(2, "2020-03-19") > gainOfName(2, "2023-01-01"));
  assert.ok(gainOfName(2, "2023-01-01") > gainOfName(1, "1998-01-01"));
  assert.equal(gainOfName(0, "2020-03-19"), 0);
});
