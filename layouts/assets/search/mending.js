// @ts-check
// What is asked in the place of what was typed: words spelt as they are meant, or fewer words.
import { fold } from "./fold.js";
import { isName } from "./leads.js";
import { bucket, startOf } from "./names.js";
import { replaced } from "./query.js";
import { plainer } from "./spelling.js";
import { meant, vocabulary } from "./vocabulary.js";

/** @typedef {import("./search-run.js").Instead} Instead */

/** Whether a word is part of an author's name. @param {string} root @param {string} word */
const isAuthors = async (root, word) => {
  const start = startOf([word]);
  if (!start) return true;
  const people = await bucket(root, start).catch(() => []);
  return people.some(({ words }) => words.includes(word));
};

/** A word whose umlauts were written with an e, as papers or authors have it; null if none has.
 * @param {string} root @param {string} word @param {import("./vocabulary.js").Vocabulary} known */
const withUmlauts = async (root, word, known) => {
  const others = plainer(word);
  if (!others.length || (await isAuthors(root, word))) return null;
  for (const other of others)
    if (known.has(other) || (startOf([other]) && (await isAuthors(root, other)))) return other;
  return null;
};

/**
 * A query with words of it replaced that are misspelt; null if none is. Only words that the newest
 * part of the archive lacks are looked at: names of authors and of papers are none.
 * @param {string} root
 * @param {{ q: string, names: string, lacking: string[] }} typed
 * @returns {Promise<Instead | null>}
 */
export const mended = async (root, { q, names, lacking }) => {
  const known = await vocabulary(root);
  const last = q.match(/[\p{L}\p{N}]+$/u)?.[0] ?? ""; // it may still be typed
  /** @type {Map<string, string>} */
  const others = new Map();
  for (const word of new Set(lacking.flatMap((one) => fold(one)))) {
    const begun = fold(last)[0] === word && [...known.keys()].some((one) => one.startsWith(word));
    if (begun && !known.has(word)) continue;
    const spelt = await withUmlauts(root, word, known);
    if (spelt) {
      others.set(word, spelt);
      continue;
    }
    const better = meant(word, known);
    if (!better || (await isName(root, names, word)) || (await isAuthors(root, word))) continue;
    others.set(word, better);
  }
  const query = others.size ? replaced(q, others) : q;
  return query === q ? null : { words: [...others.keys()], query };
};

/**
 * A query without some words; null if that leaves nothing, or all.
 * @param {string} q
 * @param {string[]} words
 * @returns {Instead | null}
 */
export const without = (q, words) => {
  const folded = words.flatMap((word) => fold(word));
  const query = replaced(q, new Map(folded.map((word) => [word, ""])));
  return folded.length && fold(query).length ? { words, query } : null;
};
