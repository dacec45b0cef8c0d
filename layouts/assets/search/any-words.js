// @ts-check
// Papers by some of the words that describe them, scored: the rarer a word is among the papers of a
// shard, the more it says, above all in a title (BM25 without lengths). Of papers that say as much of
// it, the one counts most that later papers name.
import { NAMINGS } from "./facts.js";
import { load } from "./lists.js";
import { phrasesOf, plainWords } from "./query.js";

/** @typedef {import("./engine.js").Index} Index */
/** @typedef {import("./engine.js").Match} Match */
/** @typedef {{ papers: number, name: string }} Naming how many later papers name one, and by what name */
/** @typedef {(number: number) => Naming | null} Named the paper with some number in a shard's order */

/** Words of a query from which on it describes: few papers hold all of them. */
export const DESCRIBING = 4;
const SATURATED = 1.2; // k1 of BM25
const TITLED = 3; // times that a word of a title counts beside the once that it stands there
const FREQUENT = 0.2; // share of the papers from which on it is enough whether they hold a word
const ESTEEM = 2; // what the logarithm of namings counts beside the scores

/** How many words a query asks for, if it asks for nothing else.
 * @param {import("./query.js").Asked} asked */
const words = ({ plain, within, without }) =>
  plain.includes('"') || within.length || without.length ? 0 : plainWords(plain).length;

/** Whether a query describes a paper. @param {import("./query.js").Asked} asked */
export const describes = (asked) => words(asked) >= DESCRIBING;

/** Whether fewer of its words make sense. @param {import("./query.js").Asked} asked */
export const divides = (asked) => words(asked) > 1 && !describes(asked);

/** How much a word says that so many of some papers hold. @param {number} held @param {number} of */
const weight = (held, of) => Math.log(1 + (of - held + 0.5) / (held + 0.5));

/**
 * What a shard holds of any of some words.
 * @param {Index} index
 * @param {string} q
 * @param {number} papers of the shard
 * @param {() => boolean} goesOn whether anybody still wants to know
 * @returns {Promise<Map<string, Match>>} by id
 */
export const anyOf = async (index, q, papers, goesOn) => {
  /** @type {Map<string, Match>} */
  const found = new Map();
  /** @param {Match} hit @param {number} score */
  const add = ({ id, data }, score) => {
    const known = found.get(id);
    if (known) known.score += score;
    else found.set(id, { id, data, score });
  };
  for (const word of plainWords(q)) {
    /** @type {Map<string, Match>} */
    const holding = new Map();
    for (const way of phrasesOf(word))
      for (const hit of (await index.search(way)).results) holding.set(hit.id, hit);
    if (!goesOn()) return found;
    if (!holding.size) continue;
    const says = weight(holding.size, papers);
    if (holding.size > papers * FREQUENT) {
      for (const hit of holding.values()) add(hit, says);
      continue;
    }
    for (const hit of (await index.search(word)).results) {
      if (!holding.delete(hit.id)) continue; // a longer word that begins so
      const titled = hit.matchedMetaFields?.includes("title") ? TITLED : 0;
      const times = hit.words.length + titled;
      add(hit, (says * times * (SATURATED + 1)) / (times + SATURATED));
    }
    for (const hit of holding.values()) add(hit, says); // compounds written otherwise
  }
  return found;
};

/**
 * Who is named by later papers in a shard; nobody if the list cannot be had.
 * @param {string} root
 * @param {string} folder of the shard
 * @returns {Promise<Named>}
 */
export const namings = async (root, folder) => {
  /** @type {Record<string, Record<string, string>>} */
  const all = await load(root + NAMINGS, {}).catch(() => ({}));
  const listed = all[folder] ?? {};
  return (number) => {
    const [, papers, name] = listed[number]?.match(/^(\d+) (.+)$/) ?? [];
    return papers ? { papers: Number(papers), name } : null;
  };
};

/** What a paper counts beside its score. @param {Naming | null} naming */
export const esteem = (naming) => (naming ? ESTEEM * Math.log(1 + naming.papers) : 0);
