// @ts-check
// The order of results, beyond what Pagefind scores.

/** @typedef {{ score: number, shard: number, place: number }} Ranked */

/** How much better a paper is that holds the words as a phrase. */
export const LIFT = 5;
/** How much a paper is worth that holds no more than words begun so: less than any that holds them. */
export const BEGUN = 1e-4;
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

const YEAR = 100; // more than most scores, for a year that a paper is older
const NEWEST = 2200; // a year that no paper has

/**
 * How much a title is worth that gives its paper the name that was typed, `NeRF: …`: 2 if that is
 * the name, 1 if the name begins so. Of several the oldest is meant most.
 * @param {string} title
 * @param {string[]} asked
 * @param {(text: string) => string[]} words
 */
export const named = (title, asked, words) => {
  const [name, rest] = title.split(/:\s|\s[–—-]\s/, 2);
  const wanted = asked.join("");
  if (!wanted) return 0;
  const own = words(name).join("");
  if (own === wanted) return 2;
  return rest && asked.every((word, n) => word === words(name)[n]) ? 1 : 0;
};

/** What a result's score gains by a name. @param {number} worthOfName @param {string} date */
export const gainOfName = (worthOfName, date) =>
  worthOfName && TOP * worthOfName + YEAR * (NEWEST - Number(date.slice(0, 4)));

/**
 * What a result's score gains by the best of its titles: its abstract need say little of them.
 * @param {string[][]} titles in folded words
 * @param {string[]} asked
 */
export const gain = (titles, asked) =>
  asked.length < 2 ? 0 : TOP * Math.max(0, ...titles.map((title) => worth(title, asked)));
