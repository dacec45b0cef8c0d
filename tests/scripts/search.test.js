// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { FILTERS } from "../../.facts/facts.js";
import {
  enough,
  FIELDS,
  fewer,
  questions,
  rare,
  replaced,
  sides,
  understand,
  verbatim,
} from "../../layouts/assets/search/query.js";
import { alike, byRank, gain, worth } from "../../layouts/assets/search/ranking.js";
import { day, many, month, period } from "../../layouts/assets/shared/elements.js";

// Of filters.js only sums and sieves are tested, but it drives the engine, which is made for a worker.
Object.assign(globalThis, { self: globalThis, addEventListener: () => {} });
const { spellings, stretches } = await import("../../layouts/assets/search/leads.js");
const { columns } = await import("../../layouts/assets/search/timeline.js");
const { meant } = await import("../../layouts/assets/search/vocabulary.js");
const { add, sift } = await import("../../layouts/assets/search/filters.js");

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

test("a title is worth most if it is what was typed, then one with its author", () => {
  const paper = { title: ["slow", "rivers", "of", "tea"], authors: ["ina", "he"] };
  const worths = [
    [["slow", "rivers", "of", "tea"], 4],
    [["slow", "rivers", "of"], 3],
    [["he", "rivers"], 2],
    [["river", "ina", "he"], 2],
    [["tea", "of", "rivers"], 1],
    [["slow", "rivers"], 0],
    [["slow", "rivers", "deep"], 0],
    [["ina", "he"], 0],
  ];
  for (const [asked, found] of worths)
    assert.equal(worth(paper, /** @type {string[]} */ (asked)), found, String(asked));
  assert.equal(gain([paper], ["slow"]), 0);
  const other = { title: ["a"], authors: [] };
  assert.ok(gain([other, paper], ["slow", "rivers", "of"]) > gain([paper], ["tea", "of", "slow"]));
});

test("words are alike that differ by an ending", () => {
  assert.ok(alike("autoencoder", "autoencoders"));
  assert.ok(alike("segmenting", "segment"));
  assert.ok(!alike("mask", "masonry"));
  assert.ok(alike("detector", "detection"));
  assert.ok(!alike("net", "nets"));
});

test("a category with two names is asked for by the one that has its papers", () => {
  assert.equal(understand("tides category:cs.SY").filters.category, "eess.SY");
  assert.equal(understand("tides category:cs.CV").filters.category, "cs.CV");
});

test("a query says what to find, where, when and what not", () => {
  const span = { from: "1998", to: "2024" };
  const asked = understand(
    'title:nerf "slow rivers" -medical NOT tea category:cs.LG venue:"CVPR 2024" with:code',
    span,
  );
  assert.equal(asked.plain, 'nerf "slow rivers"');
  assert.deepEqual(asked.within, [{ field: "title", words: "nerf" }]);
  assert.deepEqual(asked.without, ["medical", "tea"]);
  assert.deepEqual(asked.filters, { category: "cs.LG", venue: "cvpr/2024", with: "code" });
  assert.deepEqual(understand("author:he mask", span).within, [{ field: "authors", words: "he" }]);
  assert.deepEqual(understand("few-shot not now").without, []);
});

test("a year among words limits a search, alone or in quotes it is a word", () => {
  const span = { from: "1998", to: "2024" };
  const bare = { from: "2018", to: "2018", bare: true };
  assert.deepEqual(understand("depth 2018", span).years, bare);
  assert.equal(understand("depth 2018", span).plain, "depth");
  for (const q of ["2018", 'voc "2018"', "room 1984"])
    assert.equal(understand(q, span).years, null);
  const range = { from: "2019", to: "2021", bare: false };
  for (const q of ["tea year:2019..2021", "tea year:2019-2021"])
    assert.deepEqual(understand(q).years, range);
});

test("an initial belongs to the name behind it", () => {
  assert.deepEqual(understand("K. He residual").initials, [{ initial: "k", family: "he" }]);
  assert.equal(understand("K. He residual").plain, "He residual");
  assert.equal(understand("Zhang, Lvmin").plain, "Zhang Lvmin");
  assert.deepEqual(understand("He, K. masks").initials, [{ initial: "k", family: "he" }]);
  assert.equal(understand("He, K. masks").plain, "He masks");
  assert.deepEqual(understand("type A tea").initials, []);
});

test("words of a query are replaced, left out, or taken as they stand", () => {
  const q = 'gausian "gausian tea" splatting';
  assert.equal(replaced(q, new Map([["gausian", "gaussian"]])), 'gaussian "gausian tea" splatting');
  assert.equal(replaced("Müller instant ngp", new Map([["muller", ""]])), "instant ngp");
  assert.equal(verbatim("gausian splatting", ["gausian"]), '"gausian" splatting');
  assert.deepEqual(sides("nerf vs gaussian splatting"), ["nerf", "gaussian splatting"]);
  assert.deepEqual(sides("vs tea"), ["vs tea"]);
});

test("every stretch of a query may be a name, the longest first", () => {
  const found = stretches(["mask", "r", "cnn", "paper"]);
  assert.equal(found[0].key, "maskrcnnpaper");
  assert.deepEqual(
    found.find(({ key }) => key === "maskrcnn"),
    { key: "maskrcnn", rest: [] },
  );
  assert.ok(!found.some(({ key }) => key === "paper" || key === "r"));
});

test("a name is written in several ways", () => {
  const ways = {
    groupnormalisation: "groupnormalization",
    deepgaze2: "deepgazeii",
    residualnetwork: "residualnetworks",
    colourtransfer: "colourtransfers",
  };
  for (const [typed, name] of Object.entries(ways))
    assert.ok(spellings(typed).includes(name), typed);
});

test("a misspelt word stands for its nearest neighbour of many papers", () => {
  const known = new Map([
    ["gaussian", 12],
    ["gaussians", 6],
    ["radiance", 10],
    ["radience", 1],
    ["anything", 9],
    ["mask2former", 6],
    ["rccn", 2],
    ["rcnn", 12],
    ["nerv", 4],
    ["nerf", 11],
    ["splatting", 9],
    ["residual", 11],
    ["residue", 3],
  ]);
  const meanings = {
    gausian: "gaussian",
    radience: "radiance",
    anyting: "anything",
    gaussiansplatting: "gaussian splatting",
    residue: null,
    gaussian: null,
    qwertzuiop: null,
    eg3d: null,
    mask2fromer: "mask2former",
    rccn: "rcnn",
    nerv: null,
    gausian2: "gaussian2",
  };
  for (const [word, other] of Object.entries(meanings))
    assert.equal(meant(word, known), other, word);
});

test("a chart has a column for each year since the first, or for each month of one", () => {
  const all = { "2019-12": 10, "2020-01": 20, "2020-02": 20, "2021-01": 40 };
  const found = columns([{ name: "tea", papers: { "2020-02": 5, "2021-01": 4 } }], all, "");
  assert.deepEqual(found, [
    { when: "2020", label: "2020", all: 40, papers: [5] },
    { when: "2021", label: "2021", all: 40, papers: [4] },
  ]);
  const year = columns([{ name: "tea", papers: { "2020-02": 5 } }], all, "2020");
  assert.deepEqual(
    year.map(({ label, papers: [count] }) => [label, count]),
    [
      ["Jan", 0],
      ["Feb", 5],
    ],
  );
  assert.deepEqual(columns([{ name: "tea", papers: {} }], all, ""), []);
});

test("a query asks for its terms, and lifts what holds it as a phrase", () => {
  assert.deepEqual(questions(""), { terms: [null], phrases: [], lifting: [] });
  assert.deepEqual(questions('"slow rivers"'), {
    terms: ['"slow rivers"'],
    phrases: [],
    lifting: [],
  });
  assert.deepEqual(questions("rivers"), { terms: ["rivers"], phrases: [], lifting: [] });
  const both = ["few shot rivers", "few-shot rivers"];
  assert.deepEqual(questions("few-shot rivers"), {
    ...{ terms: both, phrases: [], lifting: ['"few-shot rivers"'] },
  });
});

test("function words are not asked for, unless there is nothing else", () => {
  assert.deepEqual(questions("the slow rivers of Bo An"), {
    ...{ terms: ["slow rivers Bo An"], phrases: [] },
    lifting: ['"slow rivers Bo An"', '"the slow rivers of Bo An"'],
  });
  assert.deepEqual(questions("IT for rivers").terms, ["IT rivers"]);
  assert.deepEqual(questions("THE SLOW RIVERS").terms, ["slow rivers"]);
  assert.deepEqual(questions("IT").terms, ["IT"]);
  assert.deepEqual(questions("to be").terms, ["to be"]);
  assert.deepEqual(questions('"bank of rivers"').terms, ['"bank rivers"', '"bank of rivers"']);
  const { within, without } = understand("title:the rivers -of -tea");
  assert.deepEqual([within, without], [[], ["tea"]]);
  assert.deepEqual(fewer("rivers of tea"), ["of tea", "rivers of"]);
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
