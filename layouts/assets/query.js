// @ts-check
// What is asked: the fields of a search, and what they come to in words for Pagefind.
import { FILTERS } from "./facts.js";

/**
 * A search as the form has it; a filter that nobody has chosen is empty.
 * @typedef {{ q: string, order: string } & Record<string, string>} Query
 */

/**
 * The fields of a search, with what each says as long as nobody has chosen.
 * @type {Query}
 */
export const FIELDS = {
  q: "",
  ...Object.fromEntries(FILTERS.map((name) => [name, ""])),
  order: "relevance",
};

const HYPHEN = /(?<=[\p{L}\p{N}])[-\u2010-\u2014/](?=[\p{L}\p{N}])/gu;
const PHRASE = /^".+"$/;

/**
 * Whether a query says enough: one Latin letter would find nearly everything, slowly.
 * @param {Query} query
 */
export const enough = (query) =>
  /..|[^\0-\x7f]/.test(query.q) || FILTERS.some((name) => query[name]);

/**
 * What to ask Pagefind: terms, and a phrase that lifts what holds it.
 * @param {string} q
 * @returns {{ terms: (string | null)[], phrase: string | null }}
 */
export const questions = (q) => {
  if (!q || PHRASE.test(q)) return { terms: [q || null], phrase: null };
  // `few-shot` is indexed as fewshot, few and shot; in titles as few and shot alone.
  const terms = [...new Set([q.replace(HYPHEN, " "), q])];
  return { terms, phrase: q.includes(" ") ? `"${q.replaceAll('"', "")}"` : null };
};

/**
 * Queries that ask for less: a phrase as words, and all words but one.
 * @param {string} q
 */
export const fewer = (q) => {
  const words = q.replaceAll('"', "").split(/\s+/).filter(Boolean);
  if (words.length < 2) return [];
  const without = words.map((_, n) => words.filter((_, other) => other !== n).join(" "));
  return PHRASE.test(q) ? [words.join(" "), ...without] : without;
};
