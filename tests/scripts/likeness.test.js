// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { likedOf } from "../../layouts/assets/reader/profile.js";
import { description, likenesses, telling, weights } from "../../layouts/assets/search/likeness.js";

/** @typedef {import("../../layouts/assets/search/likeness.js").Liked} Liked */
/** @type {[number, string][]} */
const CLASSES = [
  [2, "samovar kettle"],
  [6, "tides cups monocular depth"],
  [12, "method image"],
];

/** @param {string} title @param {string} [text] @param {Partial<Liked>} [more] */
const paper = (title, text = "", more = {}) => ({
  ...{ title, text, authors: [], category: "" },
  ...more,
});
/** @param {string} title @param {Partial<Liked>} [more] @returns {Liked} */
const liked = (title, more = {}) => ({
  ...{ kind: "saved", title, words: "", note: "", path: "p", authors: [], category: "", at: 1 },
  ...more,
});
/** @param {Liked[]} all @param {ReturnType<typeof paper>[]} papers */
const order = (all, ...papers) => {
  const found = likenesses(CLASSES, all, papers);
  return papers
    .map(({ title }, n) => ({ title, score: found[n].score }))
    .sort((a, b) => b.score - a.score)
    .map(({ title }) => title);
};

test("words are those of the vocabulary, and of other scripts what has no spaces in pairs", () => {
  assert.deepEqual(telling("The Mülbach of β-VAE, in CO₂"), ["mulbach", "beta", "vae", "co2"]);
  assert.deepEqual(telling("深度学习 and"), ["深度", "度学", "学习"]);
  assert.deepEqual(telling("  ! "), []);
});

test("a rare word says more than a frequent one, an unknown one nothing", () => {
  const weigh = weights(CLASSES, [["samovar"]]);
  assert.ok(weigh("samovar") > weigh("tides"));
  assert.ok(weigh("tides") > weigh("image"));
  assert.ok(weigh("image") > 0);
  assert.equal(weigh("qwxyz"), 0);
  assert.equal(weigh("the"), 0);
});

test("without a vocabulary, and in other scripts, the texts at hand weigh words", () => {
  const texts = [["tea", "cup"], ["tea"], ["tea", "学习"]];
  assert.ok(weights([], texts)("cup") > weights([], texts)("tea"));
  assert.ok(weights(CLASSES, texts)("学习") > 0);
  const found = likenesses([], [liked("Cups of tea")], [paper("On cups"), paper("On lamps")]);
  assert.ok(found[0].score > found[1].score);
});

test("papers like those that were saved come first, by title, abstract or note", () => {
  const papers = [
    paper("An image"),
    paper("A method"),
    paper("A samovar", "for tides in an image"),
  ];
  assert.equal(order([liked("Samovar tides")], ...papers)[0], "A samovar");
  assert.equal(order([liked("Lamps", { words: "samovar" })], ...papers)[0], "A samovar");
  assert.equal(order([liked("Lamps", { note: "samovar" })], ...papers)[0], "A samovar");
});

test("what was saved counts more than what was opened, and the newer more than the older", () => {
  const papers = [paper("A kettle"), paper("A samovar")];
  const opened = liked("Kettle", { kind: "opened" });
  assert.equal(order([opened, liked("Samovar")], ...papers)[0], "A samovar");
  const years = Array.from({ length: 12 }, (_, n) => liked("Tides", { at: n + 2 }));
  const ends = [liked("Kettle", { at: 1 }), liked("Samovar", { at: 99 })];
  assert.equal(order([...years, ...ends], ...papers)[0], "A samovar");
});

test("authors count, and lead the reasons", () => {
  const by = { authors: ["Zoë Ådal"] };
  const found = likenesses(CLASSES, [liked("Lamps", by)], [paper("X", "", by), paper("Y")]);
  assert.deepEqual(found[0].because, ["Zoë Ådal"]);
  assert.ok(found[0].score > 0);
  assert.equal(found[1].score, 0);
  assert.equal(found[1].like, null);
});

test("a reason has phrases as the paper writes them, and what it is like", () => {
  const all = [liked("Monocular depth"), liked("Cups", { note: "samovar", path: "q" })];
  const [depth, samovar] = likenesses(CLASSES, all, [
    paper("Monocular  Depth of Rooms", "A method for monocular\ndepth."),
    paper("A Samovar"),
  ]);
  assert.deepEqual(depth.because, ["monocular depth"]);
  assert.deepEqual(depth.like, { kind: "saved", title: "Monocular depth", path: "p" });
  assert.deepEqual(samovar.like, { kind: "note", title: "Cups", path: "q" });
});

test("nothing to compare with, and nothing to compare, is no fault", () => {
  assert.deepEqual(likenesses(CLASSES, [], []), []);
  const none = { score: 0, because: [], like: null };
  assert.deepEqual(likenesses(CLASSES, [], [paper("Samovar")]), [none]);
  assert.deepEqual(likenesses(CLASSES, [liked("?!")], [paper("—")]), [none]);
});

test("a paper is described by the words that say what it is about", () => {
  const text = `A method: ${"words of no kind ".repeat(3)} with samovar, and samovar again.`;
  assert.equal(description(CLASSES, { title: "Tides in cups", text }), "tides cups method samovar");
  assert.equal(description([], { title: "Tides in cups", text: "" }), "tides cups");
});

test("what storage holds becomes what is liked, and what is broken counts nothing", () => {
  const record = { title: "Cups", words: "tides", path: "2021/12/19/#a", at: 5 };
  const found = likedOf([
    ["saved:a", JSON.stringify({ title: "Cups", note: "fine", tags: ["tea"], place: 7 })],
    ["words:a", JSON.stringify(record)],
    ["words:b", JSON.stringify({ ...record, title: "Lamps" })],
    ["words:c", '{"title": 3'],
    ["saved:d", "null"],
    ["saved:e", JSON.stringify({ title: null, authors: "x", tags: null })],
    ["interests", JSON.stringify([{ sort: "words", value: "tides" }, { sort: "author" }, null])],
  ]);
  const brief = found.map(({ kind, title, words, note }) => [kind, title, words, note.trim()]);
  assert.deepEqual(brief, [
    ["saved", "Cups", "tides", "fine tea"],
    ["opened", "Lamps", "tides", ""],
    ["saved", "null", "", ""],
    ["followed", "tides", "", ""],
  ]);
  assert.deepEqual(likedOf([["interests", "[{"]]), []);
});
