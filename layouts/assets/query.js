// @ts-check
// What is asked: the fields of a search, and what they come to in words for Pagefind.
import { FILTERS } from "./facts.js";
import { indexed } from "./words.js";

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
const QUOTE = /[\u201c-\u201f\u00ab\u00bb\u2039\u203a\uff02\u300c-\u300f]/g;
const SIGNS = /[^\0-\x7f]/;

/**
 * Whether a query says enough: one Latin letter would find nearly everything, slowly.
 * @param {Query} query
 */
export const enough = (query) =>
  /..|[^\0-\x7f]/.test(query.q) || FILTERS.some((name) => query[name]);

/**
 * A query as words and phrases, as they are indexed. Phrases stand in quotes, whatever a phone makes
 * of them; a word of Chinese or Japanese is a phrase of its signs.
 * @param {string} q
 */
const parse = (q) => {
  /** @type {string[]} */
  const words = [];
  /** @type {string[]} */
  const phrases = [];
  for (const [n, part] of q.replace(QUOTE, '"').split('"').entries()) {
    const quoted = n % 2 > 0;
    for (const piece of quoted ? [part] : part.split(/\s+/)) {
      const word = indexed(piece.trim());
      if (!word) continue;
      const one = quoted || (SIGNS.test(word) && word.includes(" "));
      (one ? phrases : words).push(word);
    }
  }
  return { words, phrases };
};

/** Words that every part of an index holds, so that nobody need ask. */
const COMMON = new Set(
  `a an and are as at based be by data deep detection feature features for from has have image images
  in is it learning method methods model models multi network networks neural new object of on
  our paper performance propose proposed results show state that the their this to training using
  via video vision visual we which with`.split(/\s+/),
);
const WHOLE = /^[\p{L}\p{N}][\p{L}\p{N}'’-]+$/u;

/**
 * The words of a query that a part of the index may well lack, each in the ways to write it, as
 * phrases: Pagefind takes a word that it lacks for a shorter beginning of it, and a phrase never.
 * @param {string} q
 */
export const rare = (q) =>
  parse(q)
    .words.filter((word) => WHOLE.test(word) && !COMMON.has(word.toLowerCase()))
    .map((word) => ({ word, ways: variants(word).map((way) => `"${way}"`) }));

// `few-shot` is indexed as fewshot, few and shot; in titles as few and shot alone.
/** @param {string} words */
const variants = (words) => [...new Set([words.replace(HYPHEN, " "), words])];

/**
 * What to ask Pagefind: terms of which a paper holds one, phrases in ways to write them, all of
 * which it holds, and a phrase that lifts what holds it.
 * @param {string} q
 * @returns {{ terms: (string | null)[], phrases: string[][], phrase: string | null }}
 */
export const questions = (q) => {
  const { words, phrases } = parse(q);
  const quoted = phrases.map((phrase) => variants(phrase).map((one) => `"${one}"`));
  if (!words.length) {
    const [terms = [null], ...rest] = quoted;
    return { terms, phrases: rest, phrase: null };
  }
  const text = words.join(" ");
  const phrase = words.length > 1 && !phrases.length ? `"${text}"` : null;
  return { terms: variants(text), phrases: quoted, phrase };
};

/**
 * Queries that ask for less: a phrase as words, and all words but one.
 * @param {string} q
 */
export const fewer = (q) => {
  const plain = q.replace(QUOTE, '"');
  const words = plain.replaceAll('"', "").split(/\s+/).filter(Boolean);
  if (words.length < 2) return [];
  const without = words.map((_, n) => words.filter((_, other) => other !== n).join(" "));
  return plain.includes('"') ? [words.join(" "), ...without] : without;
};
