// @ts-check
// How like papers are to those that a reader liked, by their words: the rarer a word is in the
// archive, the more it says. No page, no storage, no network: the worker and the benchmark use it.
import { FUNCTION_WORDS, WORD } from "./facts.js";
import { fold } from "./fold.js";
import { indexed } from "./words.js";

/** @typedef {[size: number, words: string][]} Classes words by the logarithm, to base 2, of their papers */
/** @typedef {"saved" | "opened" | "followed"} Kind why a text counts */
/**
 * A text that the reader likes.
 * @typedef {object} Liked
 * @property {Kind} kind
 * @property {string} title of the paper, or what is followed
 * @property {string} words of its abstract
 * @property {string} note what the reader wrote about it, tags included
 * @property {string} path of the paper; empty if it has none here
 * @property {string[]} authors
 * @property {string} category
 * @property {number} at when it was saved or opened: any number that grows with time
 */
/** @typedef {{ title: string, text: string, authors: string[], category: string }} Paper */
/**
 * How like a paper is.
 * @typedef {object} Likeness
 * @property {number} score from 0; only comparable within a page
 * @property {string[]} because words that it shares, as it writes them
 * @property {{ kind: Kind | "note", title: string, path: string } | null} like the text that it is most like
 */
/** @typedef {{ word: string, start: number, end: number }} Token a folded word and its place in a text */
/** @typedef {(word: string) => number} Weigh */

// Tuned with benchmarks/for_you.py on 700 authors; docs/readers.md has the figures on 150 others.
const POWER = 1.5; // of a word's rarity
const DAMPING = 100; // added to the length of a vector, so that few words do not make a likeness
const TITLED = 2; // what a word of a liked title counts, and one of a note
const SHARES = { saved: 1, opened: 0.5, followed: 1.5 };
const AUTHOR = 8 ** POWER; // what an author counts, as a word does that one paper of 3,000 has
const CATEGORY = 2 ** POWER;
const HALVED = 10; // liked papers, or a quarter of them, after which an older one counts half
const REASONS = 3; // phrases
const TELLING = 8; // words of a paper that phrases are made of
const LONGEST = 4; // words of a phrase
const ABOUT = 3; // times that a word of a title counts where the few that say what it is about are sought
const DESCRIBING = 10; // words that stand for a paper in a search

const RUN = /[\p{L}\p{N}\p{M}]+/gu;
const KNOWN = new RegExp(`^${WORD}$`);
const SIGN = /[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]/u;
const PASSED = new Set(FUNCTION_WORDS);

/** The words of a text where they stand; of Chinese and Japanese each two signs. @param {string} text */
export const tokens = (text) => {
  /** @type {Token[]} */
  const found = [];
  for (const { 0: run, index } of text.matchAll(RUN)) {
    if (SIGN.test(run)) {
      for (let at = 0; at + 1 < run.length; at += 1)
        found.push({ word: run.slice(at, at + 2), start: index + at, end: index + at + 2 });
      continue;
    }
    const lower = run.toLowerCase();
    const word = /^[\0-\x7f]+$/.test(run) ? lower : fold(indexed(run)).join("");
    if (word.length > 1) found.push({ word, start: index, end: index + run.length });
  }
  return found;
};

/** The words of a text that tell something, each once, in their order. @param {string} text */
export const telling = (text) => [
  ...new Set(tokens(text).flatMap(({ word }) => (PASSED.has(word) ? [] : [word]))),
];

/**
 * Weigh words by the archive's vocabulary. Words that it cannot have, of other scripts, or all words
 * where a small archive has none, are weighed by the texts at hand.
 * @param {Classes} classes
 * @param {string[][]} texts the words of each
 * @returns {Weigh}
 */
export const weights = (classes, texts) => {
  const sizes = new Map(
    classes.flatMap(([size, words]) => words.split(" ").map((word) => [word, size])),
  );
  const most = Math.max(0, ...classes.map(([size]) => size)) + 1;
  /** @type {Map<string, number>} */
  const counts = new Map();
  /** @param {string} word */
  const isCounted = (word) => !sizes.size || !KNOWN.test(word);
  for (const words of texts)
    for (const word of words) if (isCounted(word)) counts.set(word, (counts.get(word) ?? 0) + 1);
  return (word) => {
    if (PASSED.has(word)) return 0;
    const size = Number(sizes.get(word) ?? most);
    const rarity = isCounted(word)
      ? Math.log((texts.length + 1) / (counts.get(word) ?? texts.length + 1))
      : (most - size - 0.5) * Math.LN2;
    return Math.max(0, rarity) ** POWER;
  };
};

/** Its authors and its category, as words that no text has. @param {Paper | Liked} paper */
const marksOf = ({ authors, category }) => [
  ...authors.map((name) => ({ word: `@${fold(name).join(" ")}`, value: AUTHOR })),
  ...(category ? [{ word: `#${category}`, value: CATEGORY }] : []),
];

/** Words by what they count in a paper, whatever its length; authors do not make it longer.
 * @param {Map<string, number>} vector @param {Paper | Liked} paper */
const scaled = (vector, paper) => {
  let squares = 0;
  for (const value of vector.values()) squares += value * value;
  const length = Math.sqrt(squares) + DAMPING;
  const words = [...vector].map(([word, value]) => ({ word, value }));
  return [...words, ...marksOf(paper)].map(({ word, value }) => ({ word, value: value / length }));
};

/**
 * What the reader likes, to be compared with.
 * @param {Liked[]} liked
 * @param {Map<Liked, string[][]>} parts words of title, note and abstract
 * @param {Weigh} weigh
 */
const profileOf = (liked, parts, weigh) => {
  const order = liked.toSorted((a, b) => b.at - a.at);
  const halved = Math.max(HALVED, liked.length / 4);
  /** @type {Map<string, { of: number, value: number }[]>} by word, who has it */
  const holders = new Map();
  let rank = 0;
  for (const [of, one] of order.entries()) {
    const [title = [], note = [], words = []] = parts.get(one) ?? [];
    const vector = new Map(words.map((word) => [word, weigh(word)]));
    for (const word of [...title, ...note]) vector.set(word, TITLED * weigh(word));
    // What is followed counts as on the first day.
    const share = SHARES[one.kind] * (one.kind === "followed" ? 1 : 0.5 ** (rank / halved));
    if (one.kind !== "followed") rank += 1;
    for (const { word, value } of scaled(vector, one)) {
      if (!value) continue;
      const held = holders.get(word) ?? [];
      held.push({ of, value: value * share });
      holders.set(word, held);
    }
  }
  return { order, holders };
};

/** How often a paper has each word; its title says what it is about. @param {string} title @param {string} text */
const frequencies = (title, text) => {
  /** @type {Map<string, number>} */
  const found = new Map();
  for (const [part, count] of /** @type {const} */ ([
    [title, ABOUT],
    [text, 1],
  ]))
    for (const { word } of tokens(part)) found.set(word, (found.get(word) ?? 0) + count);
  return found;
};

/** Phrases of a text from its most telling words, the most telling first.
 * @param {string} title @param {string} abstract
 * @param {Map<string, number>} shares by word, what it adds to the likeness */
const phrases = (title, abstract, shares) => {
  const text = `${title}\n${abstract}`;
  const often = frequencies(title, abstract);
  const best = [...shares]
    .map(([word, value]) => /** @type {const} */ ([word, value * (often.get(word) ?? 0)]))
    .sort((a, b) => b[1] - a[1])
    .slice(0, TELLING);
  const chosen = new Map(best);
  /** @type {{ start: number, end: number, value: number, words: string[] }[]} */
  const runs = [];
  for (const { word, start, end } of tokens(text)) {
    const value = chosen.get(word);
    if (value === undefined) continue;
    const last = runs.at(-1);
    const near = last && last.words.length < LONGEST && !last.words.includes(word);
    if (near && /^[\s-]?$/.test(text.slice(last.end, start))) {
      last.end = end;
      last.value += value;
      last.words.push(word);
    } else runs.push({ start, end, value, words: [word] });
  }
  /** @type {string[]} */
  const found = [];
  const told = new Set();
  const plain = text.replace(/\s+/g, " ");
  for (const { start, end, words } of runs.sort((a, b) => b.value - a.value)) {
    if (found.length === REASONS || words.some((word) => told.has(word))) continue;
    for (const word of words) told.add(word);
    const phrase = text.slice(start, end).replace(/\s+/g, " ");
    const lower = phrase.toLowerCase(); // the title may have capitals that the word has not
    found.push(plain.includes(lower) ? lower : phrase);
  }
  return found;
};

/**
 * Say of each paper how like it is to what the reader likes, and why.
 * @param {Classes} classes
 * @param {Liked[]} liked
 * @param {Paper[]} papers
 * @returns {Likeness[]}
 */
export const likenesses = (classes, liked, papers) => {
  const parts = new Map(
    liked.map((one) => [one, [one.title, one.note, one.words].map((text) => telling(text))]),
  );
  const words = papers.map(({ title, text }) => telling(`${title}\n${text}`));
  const weigh = weights(classes, [...words, ...[...parts.values()].map((all) => all.flat())]);
  const { order, holders } = profileOf(liked, parts, weigh);
  return papers.map((paper, n) => {
    const { title, text, authors } = paper;
    /** @type {Map<string, number>} */
    const shares = new Map();
    const near = new Float64Array(order.length);
    let score = 0;
    const vector = new Map(words[n].map((word) => [word, weigh(word)]));
    for (const { word, value } of scaled(vector, paper)) {
      let share = 0;
      for (const holder of holders.get(word) ?? []) {
        share += value * holder.value;
        near[holder.of] += value * holder.value;
      }
      if (share) shares.set(word, share);
      score += share;
    }
    const nearest = order[near.reduce((best, value, of) => (value > near[best] ? of : best), 0)];
    const known = authors.filter((name) => shares.has(`@${fold(name).join(" ")}`));
    const because = [...known, ...phrases(title, text, shares)].slice(0, REASONS);
    return { score, because, like: score ? reasonOf(nearest, parts, shares) : null };
  });
};

/** The liked text as a reason: its note, if a word of that says most.
 * @param {Liked} liked @param {Map<Liked, string[][]>} parts @param {Map<string, number>} shares */
const reasonOf = (liked, parts, shares) => {
  const { kind, title, path } = liked;
  const note = new Set(parts.get(liked)?.[1]);
  const [best = ""] = [...shares].sort((a, b) => b[1] - a[1])[0] ?? [];
  return { kind: note.has(best) ? /** @type {const} */ ("note") : kind, title, path };
};

/** The words that describe a paper in a search, in their order. @param {Classes} classes
 * @param {{ title: string, text: string }} paper */
export const description = (classes, { title, text }) => {
  const weigh = weights(classes, []);
  const often = frequencies(title, text);
  const all = telling(`${title}\n${text}`).map((word) => ({
    word,
    value: weigh(word) * (often.get(word) ?? 0),
  }));
  const known = all.filter(({ value }) => value > 0);
  const best = new Set(known.toSorted((a, b) => b.value - a.value).slice(0, DESCRIBING));
  return (best.size ? known.filter((one) => best.has(one)) : all.slice(0, DESCRIBING))
    .map(({ word }) => word)
    .join(" ");
};
