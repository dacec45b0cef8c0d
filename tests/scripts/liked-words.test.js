// @ts-check
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import {
  counts,
  forgetWords,
  isEnough,
  makeRoom,
  noteWords,
  wordsOf,
} from "../../layouts/assets/reader/liked-words.js";
import {
  exported,
  imported,
  likedOf,
  stored,
  unpacked,
} from "../../layouts/assets/reader/profile.js";
import { keep, whole } from "../../layouts/assets/reader/saved.js";

let room = Number.POSITIVE_INFINITY; // letters that storage takes

beforeEach(() => {
  room = Number.POSITIVE_INFINITY;
  /** @type {Record<string, any>} */
  const storage = {};
  const methods = {
    getItem: (/** @type {string} */ key) => storage[key] ?? null,
    removeItem: (/** @type {string} */ key) => delete storage[key],
    setItem: (/** @type {string} */ key, /** @type {string} */ value) => {
      const { [key]: _, ...others } = storage;
      if (Object.values(others).join("").length + value.length > room) throw new Error("full");
      storage[key] = value;
    },
  };
  for (const [name, value] of Object.entries(methods))
    Object.defineProperty(storage, name, { value, enumerable: false });
  Object.assign(globalThis, { window: { localStorage: storage } });
});

/** @param {string} key @param {string} value */
const localStorageSet = (key, value) => globalThis.window.localStorage.setItem(key, value);

/** @param {string} id @param {string} [text] */
const note = (id, text = "Tides in the tide of cups") =>
  noteWords(id, { title: "Tides", text, path: `2021/12/19/#${id}` });

test("of a paper the words are kept that its title lacks, each once, up to a bound", () => {
  note("a");
  assert.equal(wordsOf("a")?.words, "tide cups");
  note("b", Array.from({ length: 5000 }, (_, n) => `word${n}`).join(" "));
  assert.equal(wordsOf("b")?.words.split(" ").length, 100);
});

test("there is an offer from three papers on, saved or opened", () => {
  note("a");
  note("b");
  assert.ok(!isEnough());
  keep(whole({ id: "a" }));
  assert.deepEqual(counts(), { saved: 1, opened: 1 });
  keep(whole({ id: "c" }));
  assert.ok(isEnough());
});

test("a paper that is on the list keeps its words when it is marked unread", () => {
  note("a");
  keep(whole({ id: "a" }));
  note("b");
  for (const id of ["a", "b"]) forgetWords(id);
  assert.ok(wordsOf("a"));
  assert.equal(wordsOf("b"), null);
});

test("of thousands the newest are kept", () => {
  for (let n = 0; n < 1300; n += 1) note(`p${n}`);
  assert.ok(counts().opened <= 1200);
  assert.ok(wordsOf("p1299"));
});

test("an entry of the list matters more than words", () => {
  note("a");
  room = JSON.stringify(whole({ id: "b" })).length + 20;
  assert.ok(keep(whole({ id: "b" })));
  assert.equal(wordsOf("a"), null);
  assert.ok(!makeRoom());
  room = 10;
  assert.ok(!keep(whole({ id: "c" })));
});

test("what storage holds reaches the worker whole", () => {
  note("a");
  keep(whole({ id: "b", title: "Lamps", note: "two\nlines", place: 1 }));
  localStorageSet("interests", JSON.stringify([{ sort: "words", value: "kites" }]));
  const liked = likedOf(unpacked(stored()));
  assert.deepEqual(
    liked.map(({ kind, title, note: own }) => [kind, title, own.trim()]),
    [
      ["opened", "Tides", ""],
      ["saved", "Lamps", "two\nlines"],
      ["followed", "kites", ""],
    ],
  );
});

test("a profile goes out and comes back, and what is broken is counted", () => {
  note("a");
  note("b");
  const profile = JSON.parse(JSON.stringify(exported()));
  forgetWords("a");
  const odd = [{ id: "c" }, { id: 3, title: "x", words: "y" }, null, "tea"];
  assert.deepEqual(imported([...profile, ...odd]), { taken: 2, left: 4 });
  assert.equal(wordsOf("a")?.words, "tide cups");
  assert.deepEqual(imported("tea"), { taken: 0, left: 1 });
});
