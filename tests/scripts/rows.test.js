// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { content, credit, excerpt, pieces, placed, row } from "../../layouts/assets/search/rows.js";

const RANK = { score: 1, shard: 0, place: 0 };

/** A paper that says no more than the test needs. @param {object} fields */
const paper = (fields) =>
  /** @type {import("../../layouts/assets/search/codec.js").Result} */ ({
    ...{ path: "2021/12/19/#2112.10046", category: "cs.CV", status: "", title: "Slow Rivers" },
    ...{
      authors: ["Ada Quill", "Bo Fenn"],
      abstract: "We follow slow rivers.",
      comment: "9 pages",
    },
    ...fields,
  });

/** @param {number[]} locations */
const found = (...locations) => ({
  locations,
  weighted_locations: locations.map((location) => ({ location, balanced_score: 1 })),
});

test("neighbours of a kind are one piece", () => {
  const text = { words: ["a", "b", "c", "d"], hits: new Set([1, 2]) };
  assert.deepEqual(pieces(text), [
    ["a", false],
    ["b c", true],
    ["d", false],
  ]);
  assert.deepEqual(pieces({ words: [], hits: new Set() }), []);
});

test("an excerpt has the stretch with most words that were found", () => {
  const words = [...Array(200).keys()].map(String);
  const shown = excerpt({ words, hits: new Set([3, 120, 121, 125]) });
  assert.deepEqual(shown[0], ["…", false]);
  assert.equal(shown[1][0].split(" ")[0], "114");
  assert.deepEqual(shown.at(-1), ["…", false]);
  assert.deepEqual(
    shown.filter(([, hit]) => hit),
    [
      ["120 121", true],
      ["125", true],
    ],
  );
  const start = excerpt({ words, hits: new Set() });
  assert.equal(start[0][0].split(" ").length, 40);
  assert.deepEqual(excerpt({ words: ["a"], hits: new Set() }), [["a", false]]);
});

test("five authors are named, of six the first four", () => {
  const names = ["A", "B", "C", "D", "E", "F"];
  assert.equal(credit(names.slice(0, 5)), "A, B, C, D, E");
  assert.equal(credit(names), "A, B, C, D and 2 others");
  assert.equal(credit(["Una Brook, Jr."]), "Una Brook, Jr.");
});

test("places are counted over all fields that are indexed", () => {
  const result = paper({});
  const whole = "Slow Rivers Ada Quill, Bo Fenn We follow slow rivers. 9 pages";
  assert.equal(content(result), whole);
  const made = row({ result, ...found(0, 8, 10) }, RANK, ["slow"]);
  assert.deepEqual(made.title, [
    ["Slow", true],
    ["Rivers", false],
  ]);
  const marked = [
    ["We follow", false],
    ["slow", true],
    ["rivers.", false],
    ["9", true],
    ["pages", false],
  ];
  assert.deepEqual(made.excerpt, marked);
  assert.deepEqual([made.by, made.date], ["Ada Quill, Bo Fenn", "2021-12-19"]);
  assert.equal(made.result.category, "cs.CV");
});

test("a field that is empty has no words", () => {
  const result = paper({ authors: [], abstract: "", comment: "one two" });
  const made = row({ result, ...found(3) }, RANK, ["two"]);
  assert.deepEqual(made.excerpt, [
    ["one", false],
    ["two", true],
  ]);
});

test("a day shows the papers that match best, with what their titles hold first", () => {
  const day = {
    path: "2021/12/19/",
    title: "Sunday, 19 December 2021",
    papers: [
      paper({ title: "Tides", abstract: "Rivers rivers." }),
      paper({ title: "Kettles", abstract: "No water.", comment: "" }),
      paper({ path: "2021/12/19/#2112.10047" }),
    ],
  };
  const words = content(day).split(" ");
  const places = [...words.keys()].filter((n) => /^rivers/i.test(words[n]));
  const made = row({ result: day, ...found(...places) }, RANK, ["rivers"]);
  assert.deepEqual(made.title, [["Sunday, 19 December 2021", false]]);
  assert.deepEqual(
    made.within?.map(({ title }) => title),
    [
      [
        ["Slow", false],
        ["Rivers", true],
      ],
      [["Tides", false]],
    ],
  );
  assert.deepEqual(made.within?.[1].excerpt, [
    ["Ada Quill, Bo Fenn.", false],
    ["Rivers rivers.", true],
    ["9 pages", false],
  ]);
});

test("places that Pagefind counts without function words are found among all words", () => {
  const result = paper({ title: "The Tides of a Teacup", authors: ["In Brook", "Bo Fenn"] });
  const words = content(result).split(" ");
  const at = (/** @type {string} */ word) => words.indexOf(word);
  // Tides Teacup | In Brook, Bo Fenn | follow slow rivers. | 9 pages
  const { locations, weighted_locations: weighted } = placed({ result, ...found(1, 2, 6, 9) });
  assert.deepEqual(locations, [at("Teacup"), at("In"), at("follow"), at("9")].map(Number));
  assert.deepEqual(
    weighted.map(({ location }) => location),
    locations,
  );
});
