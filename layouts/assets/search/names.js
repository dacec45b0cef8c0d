// @ts-check
// Finds an author by some letters of the name, in the lists below authors/find/: one for each
// beginning of a word, `[name, papers, slug]` by number of papers, or a name alone; `index_.json`
// says which there are.
import { FEWER_LETTERS, NAME_BUCKET, NAME_INDEX, NAME_LETTERS, OTHER_NAMES } from "./facts.js";
import { fold } from "./fold.js";
import { load } from "./lists.js";

/** @typedef {{ name: string, papers: number, slug: string, ids?: string[] }} Author with the identifiers of all papers, if there is no page */
/** @typedef {Author & { words: string[] }} Entry an author and the words of the folded name */
/** @typedef {string | [name: string, papers?: number | string, slug?: string]} Listed as the lists have it */

const MOST = 5; // names above a list of papers

/** @param {Listed} listed @returns {Entry} */
export const entry = (listed) => {
  const [name, papers = 1, slug] = typeof listed === "string" ? [listed] : listed;
  const words = fold(name);
  const ids = typeof papers === "string" ? { ids: papers.split(" ") } : {};
  const count = typeof papers === "string" ? (ids.ids?.length ?? 1) : papers;
  return { name, papers: count, words, slug: slug ?? words.join("-"), ...ids };
};

/** @type {WeakMap<Listed[], Entry[]>} */
const read = new WeakMap();

/**
 * Fetch the names of a list; without such a list there is no such name.
 * @param {string} root
 * @param {string} start
 * @returns {Promise<Entry[]>}
 */
export const bucket = async (root, start) => {
  /** @type {Record<string, string> | null} */
  const index = await load(root + NAME_INDEX, null);
  if (index && start !== OTHER_NAMES) {
    const [few, rest] = [start.slice(0, FEWER_LETTERS), start.slice(FEWER_LETTERS)];
    if (!index[few]?.split(" ").includes(rest)) return [];
  }
  /** @type {Listed[]} */
  const listed = await load(root + NAME_BUCKET.replace("{}", start), []);
  const entries = read.get(listed) ?? listed.map(entry);
  read.set(listed, entries);
  return entries;
};

/**
 * The list in which to look: by the longest word; null if it is too short.
 * @param {string[]} words
 */
export const startOf = (words) => {
  const latin = words.map((word) => word.replace(/[^a-z0-9]/g, ""));
  const longest = latin.reduce((best, word) => (word.length > best.length ? word : best), "");
  if (!longest && words.length) return OTHER_NAMES;
  return longest.length < FEWER_LETTERS ? null : longest.slice(0, NAME_LETTERS);
};

/**
 * How well a name answers: 3 typed in full, 2 its words in another order, 1 each word that was
 * typed in full, 0 begun.
 * @param {string[]} asked
 * @param {string[]} words
 */
export const rank = (asked, words) => {
  const full = asked.every((word) => words.includes(word));
  if (!full || asked.length !== words.length) return full ? 1 : 0;
  return asked.every((word, n) => word === words[n]) ? 3 : 2;
};

/**
 * Whether each word that was asked for begins a word of the name, every time another one.
 * @param {string[]} asked
 * @param {string[]} words
 */
export const begun = (asked, words) => {
  const free = [...words];
  const longestFirst = [...asked].sort((a, b) => b.length - a.length);
  return longestFirst.every((start) => {
    const exact = free.indexOf(start);
    const place = exact >= 0 ? exact : free.findIndex((word) => word.startsWith(start));
    if (place < 0) return false;
    free.splice(place, 1);
    return true;
  });
};

/**
 * All authors whose names answer, best first; null if too little is asked to look for.
 * @param {string} root
 * @param {string} text
 */
export const find = async (root, text) => {
  const asked = fold(text);
  const start = startOf(asked);
  if (!start) return null;
  const found = (await bucket(root, start)).filter(({ words }) => begun(asked, words));
  const ranked = found.map((author) => ({ ...author, rank: rank(asked, author.words) }));
  return ranked.sort((a, b) => b.rank - a.rank);
};

/**
 * The few authors to show above papers, and how many there are.
 * @param {string} root
 * @param {string} text
 * @returns {Promise<{ count: number, first: Author[] }>}
 */
export const people = async (root, text) => {
  const found = (await find(root, text)) ?? [];
  // A beginning of three letters or more, or whole words: `de` alone is nobody in particular.
  const meant = fold(text).some((word) => word.length > FEWER_LETTERS || !/^[a-z]/.test(word));
  const good = found.filter((author) => meant || author.rank);
  const first = good.slice(0, MOST).map(({ words: _, ...author }) => author);
  return { count: good.length, first };
};
