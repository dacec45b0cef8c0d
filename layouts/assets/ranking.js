// @ts-check
// The order of results, beyond what Pagefind scores.

/** @typedef {{ score: number, shard: number, place: number }} Ranked */

/** How much better a paper is that holds the words as a phrase. */
export const LIFT = 5;
/** Words of a query from which on a title that holds all of them is meant. */
export const MANY = 3;
const TOP = 1e6; // more than any score

/**
 * The order of results: by score (zero if dates rule), then newest first.
 * @param {Ranked} a
 * @param {Ranked} b
 */
export const byRank = (a, b) => b.score - a.score || a.shard - b.shard || a.place - b.place;

/**
 * How much a title is worth by itself: 3 if it is what was typed, 2 if it begins so, 1 if it holds
 * every word of it.
 * @param {string[]} title
 * @param {string[]} asked
 */
export const worth = (title, asked) => {
  if (title.join(" ") === asked.join(" ")) return 3;
  if (asked.length < MANY) return 0;
  if (asked.every((word, n) => word === title[n])) return 2;
  return asked.every((word) => title.includes(word)) ? 1 : 0;
};

/**
 * What a result's score gains by the best of its titles: its abstract need say little of them.
 * @param {string[][]} titles in folded words
 * @param {string[]} asked
 */
export const gain = (titles, asked) =>
  asked.length < 2 ? 0 : TOP * Math.max(0, ...titles.map((title) => worth(title, asked)));
