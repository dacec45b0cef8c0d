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

const ENDING =
  /^(.{4,}?)(?:i[sz]ations?|ations?|at(?:or|ed|ing)s?|ions?|[eo]rs?|ings?|ments?|ed|es|als?|ly|[es])$/;

/** A word without what it ends on; `segmentation` and `segmenting` are one. @param {string} word */
const stem = (word) => word.match(ENDING)?.[1] ?? word;

/** Whether two words differ by an ending at most: `autoencoder`, `autoencoders`.
 * @param {string} one @param {string} other */
export const alike = (one, other) => one === other || stem(one) === stem(other);

/**
 * How much title and authors are worth by themselves: 4 if the title is what was typed, 3 if it
 * begins so, 2 if every word stands in the title or is a name of an author's, of which neither is
 * without, 1 if the title holds every one of several words.
 * @param {{ title: string[], authors: string[] }} paper in folded words
 * @param {string[]} asked
 */
export const worth = ({ title, authors }, asked) => {
  if (title.join(" ") === asked.join(" ")) return 4;
  if (asked.length >= MANY && asked.every((word, n) => word === title[n])) return 3;
  const beside = asked.filter((word) => !title.some((one) => alike(one, word)));
  if (beside.length && beside.length < asked.length)
    return beside.every((word) => authors.includes(word)) ? 2 : 0;
  return !beside.length && asked.length >= MANY ? 1 : 0;
};

/**
 * What a result's score gains by the best of its titles: its abstract need say little of them.
 * @param {Parameters<typeof worth>[0][]} papers
 * @param {string[]} asked
 */
export const gain = (papers, asked) =>
  asked.length < 2 ? 0 : TOP * Math.max(0, ...papers.map((paper) => worth(paper, asked)));

/** How many papers by somebody of the initials asked for are worth less than others. */
export const STRANGER = 1e-2;
