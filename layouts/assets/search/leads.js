// @ts-check
// Which paper is meant by a name that is typed: from the lists below search/names/, which say who
// gave or introduced a name, who had a word first, and which names are well known. The newest papers have a
// list of their own, which comes last.
import { LONGEST_NAME, NAME_START, NEWEST_NAMES, PAPER_NAMES } from "./facts.js";
import { load } from "./lists.js";

/** @typedef {import("./ids.js").Place} Place */
/** @typedef {keyof typeof SIGNALS} Signal */
/** @typedef {Place & { signal: string, rest: string[] }} Lead a paper, why, and the words beside its name */

/** Why a paper is meant. */
export const SIGNALS = {
  k: "known by this name",
  t: "gave the name",
  i: "introduced the name",
  f: "first with this word",
};
const LONGEST = 5; // words of a name
const MOST_WORDS = 7; // of a query: longer ones are titles
const MOST = 3; // papers for a name
const MOST_LEADS = 6;
/** Words beside a name that say nothing of the paper. */
const IDLE = new Set(
  `a aaai al and architecture arxiv bmvc by code cvpr dataset eccv et for from github iccv iclr icml
  ijcai in mccai method miccai model network neurips nips of official on original paper pami pdf
  siggraph the tpami wacv with work`.split(/\s+/),
);
/** Ways to write a name that are one, beside singular and plural. */
const WAYS = [
  [/is(?=e$|ed$|ing$|ation)/, "iz"],
  [/our(?=$|s$|i)/, "or"],
  [/(?<=\D)2$/, "ii"],
  [/(?<=\D)3$/, "iii"],
  [/(?<=[^i])ii$/, "2"],
  [/(?<=[^i])iii$/, "3"],
];

/**
 * What names with some letters at the beginning stand for; nothing if the lists cannot be had.
 * @param {string} root
 * @param {string} letters that there are lists for
 * @param {string} start
 */
const bucket = async (root, letters, start) => {
  const names = letters.split(" ").includes(start) ? [PAPER_NAMES.replace("{}", start)] : [];
  /** @type {Record<string, string>[]} */
  const lists = await Promise.all(
    [...names, NEWEST_NAMES].map((path) => load(root + path).catch(() => ({}))),
  );
  return (/** @type {string} */ name) =>
    lists.filter((list) => Object.hasOwn(list, name)).map((list) => list[name]);
};

/**
 * The stretches of a query that may be names, longest first, each with the words beside it.
 * @param {string[]} words folded
 */
export const stretches = (words) => {
  /** @type {{ key: string, rest: string[] }[]} */
  const found = [];
  for (let count = Math.min(LONGEST, words.length); count; count -= 1) {
    for (let from = 0; from + count <= words.length; from += 1) {
      const key = words.slice(from, from + count).join("");
      const idle = count === 1 && IDLE.has(key);
      if (key.length < NAME_START || key.length > LONGEST_NAME || idle) continue;
      const rest = [...words.slice(0, from), ...words.slice(from + count)];
      found.push({ key, rest: rest.filter((word) => !IDLE.has(word)) });
    }
  }
  return found;
};

/** A name in the ways to write it. @param {string} key */
export const spellings = (key) => {
  const others = WAYS.map(([from, to]) => key.replace(from, /** @type {string} */ (to)));
  return [...new Set([key, key.endsWith("s") ? key.slice(0, -1) : `${key}s`, ...others])];
};

/** What a list says of a name. @param {string} said @param {string[]} rest @returns {Lead[]} */
const read = (said, rest) =>
  said.split("\n").map((one) => {
    const [day, id] = one.slice(1).split(" ");
    const signal = SIGNALS[/** @type {Signal} */ (one[0])];
    return { day, id, path: `${day.replaceAll("-", "/")}/#${id}`, signal, rest };
  });

/** A paper of which a query says two names: neither is a word beside the other.
 * @param {Lead | undefined} known @param {Lead} lead */
const joined = (known, lead) =>
  known ? { ...known, rest: known.rest.filter((word) => lead.rest.includes(word)) } : lead;

/**
 * The papers that a query may mean by name, the likeliest first.
 * @param {string} root
 * @param {string} letters that there are lists for
 * @param {string[]} words of the query, folded
 * @returns {Promise<Lead[]>}
 */
export const leads = async (root, letters, words) => {
  if (words.length > MOST_WORDS) return [];
  /** @type {Map<string, Lead>} */
  const found = new Map();
  for (const { key, rest } of stretches(words)) {
    const papersOf = await bucket(root, letters, key.slice(0, NAME_START));
    for (const one of spellings(key)) {
      const papers = papersOf(one).join("\n");
      for (const lead of papers ? read(papers, rest).slice(0, MOST) : [])
        found.set(lead.id, joined(found.get(lead.id), lead));
    }
  }
  const order = Object.values(SIGNALS);
  return [...found.values()]
    .sort(
      (a, b) => a.rest.length - b.rest.length || order.indexOf(a.signal) - order.indexOf(b.signal),
    )
    .slice(0, MOST_LEADS);
};

/** Whether a word is a name by itself. @param {string} root @param {string} letters @param {string} word */
export const isName = async (root, letters, word) => {
  const papersOf = await bucket(root, letters, word.slice(0, NAME_START));
  return spellings(word).some((one) => papersOf(one).length);
};
