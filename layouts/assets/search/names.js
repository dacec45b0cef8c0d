// @ts-check
// Finds an author by some letters of the name, in the lists below authors/find/: one for each
// beginning of a word, `[name, papers, slug]` by number of papers, or a name alone; `index_.json`
// says which there are, and what the addresses of authors follow from. Lists of a large archive stop before
// the newest month, of whose authors there are others.
import {
  FEWER_LETTERS,
  NAME_BUCKET,
  NAME_INDEX,
  NAME_LETTERS,
  NEWEST_BUCKET,
  OTHER_NAMES,
} from "./facts.js";
import { fold } from "./fold.js";
import { load } from "./lists.js";
import { address } from "./places.js";
import { plainer } from "./spelling.js";

/** @typedef {{ name: string, papers: number, slug: string, path: string }} Author */
/** @typedef {Author & { words: string[] }} Entry an author and the words of the folded name */
/** @typedef {string | [name: string, papers?: number, slug?: string]} Listed as the lists have it */

/** @type {import("./places.js").Sharing} */
const EVERYBODY = [1, 1, false]; // has a page
const MOST = 5; // names above a list of papers

/** @param {Listed} listed @param {import("./places.js").Sharing} [sharing] @returns {Entry} */
export const entry = (listed, sharing = EVERYBODY) => {
  const [name, papers = 1, given] = typeof listed === "string" ? [listed] : listed;
  const words = fold(name);
  const slug = given ?? words.join("-");
  return { name, papers, words, slug, path: address(slug, papers, sharing) };
};

/** @typedef {Record<string, string> & { "": import("./places.js").Sharing }} Index */

/** What addresses of authors follow from. @param {string} root */
export const sharing = async (root) => {
  /** @type {Index | null} */
  const index = await load(root + NAME_INDEX, null);
  return index?.[""] ?? EVERYBODY;
};

/** @type {Listed[]} */
const NONE = [];
/** @type {WeakMap<Listed[], Entry[]>} */
const read = new WeakMap();

/**
 * Fetch the names of a list; without such a list there is no such name.
 * @param {string} root
 * @param {string} start
 * @returns {Promise<Entry[]>}
 */
export const bucket = async (root, start) => {
  /** @type {Index | null} */
  const index = await load(root + NAME_INDEX, null);
  const few = start === OTHER_NAMES ? start : start.slice(0, FEWER_LETTERS);
  const rest = start.slice(few.length);
  const there = !index || start === OTHER_NAMES || index[few]?.split(" ").includes(rest);
  /** @type {string} */
  const newest = index?.[""][2] ? await load(root + NEWEST_BUCKET.replace("{}", "index")) : "";
  const lists = await Promise.all([
    newest.split(" ").includes(few) ? load(root + NEWEST_BUCKET.replace("{}", few), NONE) : NONE,
    there ? load(root + NAME_BUCKET.replace("{}", start), NONE) : NONE,
  ]);
  const [late, early] = lists.map((/** @type {Listed[]} */ listed) => {
    const entries = read.get(listed) ?? listed.map((one) => entry(one, index?.[""]));
    read.set(listed, entries);
    return entries;
  });
  if (!late.length) return early;
  const known = new Set(late.map(({ slug }) => slug));
  const begun = late.filter(
    ({ words }) => few === OTHER_NAMES || words.some((word) => word.startsWith(start)),
  );
  return [...begun, ...early.filter(({ slug }) => !known.has(slug))].sort(
    (a, b) => b.papers - a.papers,
  );
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
  if (!startOf(asked)) return null;
  const found = await answering(root, asked);
  if (found.length) return found;
  // Umlauts may be written with an e: `Muelbach`.
  const others = asked.map((word) => plainer(word)[0] ?? word);
  return others.join() === asked.join() ? found : answering(root, others);
};

/** The authors whose names answer some words, best first. @param {string} root @param {string[]} asked */
const answering = async (root, asked) => {
  const start = startOf(asked);
  const people = start ? await bucket(root, start) : [];
  const found = people.filter(({ words }) => begun(asked, words));
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
