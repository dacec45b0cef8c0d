// @ts-check
// Papers by month and year, as the shards tell them.
import { COMMON } from "./facts.js";
import { load } from "./lists.js";
import { telling } from "./words.js";

/** @typedef {import("./query.js").Asked} Asked */
/** @typedef {Record<string, number>} ByTime papers by month or year */

/** The sum of what some parts have of each month. @param {ByTime[]} parts */
export const summed = (parts) => {
  /** @type {ByTime} */
  const sums = {};
  for (const part of parts)
    for (const [month, papers] of Object.entries(part)) sums[month] = (sums[month] ?? 0) + papers;
  return sums;
};

/**
 * Whether a query is one word of everyday use, and nothing else.
 * @param {string} common such words
 * @param {Asked} asked
 */
export const isEveryday = (common, { plain, words, within, without }) => {
  const [word, ...others] = words;
  const plainly = word && !others.length && !plain.includes('"') && !without.length;
  return Boolean(plainly && telling(word) && !within.length && common.split(" ").includes(word));
};

/**
 * The papers of each year that have such a word.
 * @param {string} root
 * @param {Asked} asked
 * @returns {Promise<ByTime | null>}
 */
export const everyday = async (root, { words }) => {
  const common = await load(root + COMMON);
  return common[words[0]] ?? null;
};
