// @ts-check
// The words of papers that somebody saved or opened, kept in this browser for "For you": each paper
// under a key of its own. Small, because every page that lists papers has it.
import { FUNCTION_WORDS } from "./facts.js";

/**
 * @typedef {object} Kept
 * @property {string} title
 * @property {string} words of the abstract, those of the title left out
 * @property {string} path of the paper
 * @property {number} at when, in milliseconds
 */

export const PREFIX = "words:";
export const SAVED = "saved:";
export const MOST = 1200; // papers: a megabyte
const SPARE = 100; // papers that go at once when there are more
const WORDS = 100; // of a paper
const LETTERS = 1000; // of them
const LEAST = 3; // papers to begin with
const PASSED = new Set(FUNCTION_WORDS);

export const store = () => {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
};

/** @param {unknown} json @returns {any} */
export const parse = (json) => {
  try {
    return typeof json === "string" ? JSON.parse(json) : null;
  } catch {
    return null;
  }
};

/** @param {string} prefix */
export const keysOf = (prefix) =>
  Object.keys(store() ?? {}).filter((key) => key.startsWith(prefix));

/** Forget the words of the papers that were noted first. @param {number} count */
export const forgetOldest = (count) => {
  const all = keysOf(PREFIX).map((key) => ({ key, at: parse(store()?.getItem(key))?.at ?? 0 }));
  for (const { key } of all.sort((a, b) => a.at - b.at).slice(0, count)) store()?.removeItem(key);
  return all.length > 0;
};

/** Make room for what matters more; tell whether there was any to make. */
export const makeRoom = () => forgetOldest(SPARE);

/** @param {string} text */
const words = (text) =>
  (text.toLowerCase().match(/[\p{L}\p{N}\p{M}]{2,}/gu) ?? []).filter((word) => !PASSED.has(word));

/** A record from any source; null if it is none. @param {any} given @returns {Kept | null} */
export const sound = (given) => {
  if (typeof given?.title !== "string" || typeof given.words !== "string") return null;
  const titled = new Set(words(given.title));
  const once = new Set(words(given.words).filter((word) => !titled.has(word)));
  return {
    title: given.title.replace(/\s+/g, " ").trim().slice(0, 500),
    words: [...once].slice(0, WORDS).join(" ").slice(0, LETTERS),
    path: typeof given.path === "string" ? given.path.slice(0, 200) : "",
    at: Number(given.at) || 0,
  };
};

/** Keep a record; tell whether the browser lets us. @param {string} id @param {Kept} record */
export const keepWords = (id, record) => {
  try {
    store()?.setItem(PREFIX + id, JSON.stringify(record));
    return store() !== null;
  } catch {
    return false;
  }
};

/**
 * Note the words of a paper that somebody saved or opened. Without room a saved one counts by its
 * title alone.
 * @param {string} id
 * @param {{ title: string, text: string, path: string }} paper
 */
export const noteWords = (id, { title, text, path }) => {
  const record = sound({ title, words: text, path, at: Date.now() });
  if (record) keepWords(id, record);
  if (keysOf(PREFIX).length > MOST) forgetOldest(SPARE);
};

/** Forget a paper that is no longer read or saved, unless it is on the reading list. @param {string} id */
export const forgetWords = (id) => {
  if ((store()?.getItem(SAVED + id) ?? null) === null) store()?.removeItem(PREFIX + id);
};

/** What is known of a paper, to keep it again. @param {string} id */
export const wordsOf = (id) => sound(parse(store()?.getItem(PREFIX + id)));

/** How many papers were saved, and how many only opened. */
export const counts = () => {
  const known = new Set(keysOf(SAVED).map((key) => key.slice(SAVED.length)));
  const opened = keysOf(PREFIX).filter((key) => !known.has(key.slice(PREFIX.length)));
  return { saved: known.size, opened: opened.length };
};

/** Whether there is enough to compare other papers with. */
export const isEnough = () => {
  const { saved, opened } = counts();
  return saved + opened >= LEAST;
};
