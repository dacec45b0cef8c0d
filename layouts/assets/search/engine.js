// @ts-check
// Drives Pagefind's program, an index for each shard. Pagefind's own worker would hand over every
// match, 86,000 for "image", and passes over files in silence that it could not fetch. So we run its
// program ourselves and see to what it fetches: the program itself comes once for all shards, the
// texts of results come from our bundles, and files that are missing are noted.
import { anyOf, describes } from "./any-words.js";
import { parse, unpack } from "./codec.js";
import {
  DICTIONARIES,
  EXCERPT,
  FRAGMENTS,
  PROGRAM,
  PROGRAM_VERSION,
  SHARDS,
  SIGNATURE,
  WASM,
} from "./facts.js";
import { fold } from "./fold.js";
import { phrasesOf, questions, rare } from "./query.js";
import { BEGUN, LIFT } from "./ranking.js";
import { content, placed, text } from "./rows.js";
import { indexed, split, telling } from "./words.js";

/** @typedef {import("./rows.js").Found} Found */
/**
 * A part of the index, as shards.json lists it, newest first.
 * @typedef {{ path: string, from: string, to: string, papers: number, months: Record<string, number>, dictionary: string, entry?: object }} Shard
 */
/** @typedef {{ granularity: "paper" | "day", shards: Shard[], names: string, common: string, version: string }} Listing */
/** @typedef {import("./query.js").Asked} Asked */
/** @typedef {{ id: string, score: number, data: () => Promise<Found> }} Match */
/** @typedef {Match & { words: number[], matchedMetaFields?: string[] }} Answered */
/**
 * What a shard holds of a query: papers with all words, and those with some, if it describes.
 * @typedef {{ matches: Match[], near: boolean, lacking: string[], others?: Match[] }} Answer
 */
/**
 * Pagefind's index of a shard.
 * @typedef {object} Index
 * @property {(words: string | null) => Promise<{ results: Answered[] }>} search by all of some words
 * @property {(words: string | null) => Promise<void>} preload
 */

const RANKING = { metaWeights: { title: 10, authors: 1 } }; // the title counts most
const FRAGMENT = new RegExp(`^(.+/${FRAGMENTS})(\\w+)/(\\w+)/(\\d+)\\.pf_fragment$`);

let root = "";
/** Of Pagefind's program: an index is read by the version that wrote it, and by no other. */
let version = PROGRAM_VERSION;
/** @type {Promise<{ createInstance: (options: object) => Index }> | null} */
let pagefind = null;
/** @type {string[]} addresses that could not be fetched */
let lost = [];
/** @type {RequestInit} after a failure, also past what the browser keeps of it */
let fresh = {};
/** @type {Map<string, Promise<any>>} what is asked for again and again, and fetched once */
const kept = new Map();
/** @type {Map<string, ArrayBuffer>} of each shard that stands, what it says of itself */
const metas = new Map();
/** @type {Map<string, object>} by address the entries of indexes that came with the list of shards */
const entries = new Map();
/** @type {Map<string, string>} by folder the dictionaries that shards will need */
const awaited = new Map();
/** @type {WeakMap<Shard, Promise<Index>>} */
const indexes = new WeakMap();

const network = self.fetch.bind(self);

/** @param {string} address @param {RequestInit} [options] */
const fetched = async (address, options) => {
  const answer = await network(address, { ...options, ...fresh });
  if (!answer.ok) throw new Error(`${answer.status} ${answer.url}`);
  return answer.arrayBuffer();
};

/**
 * @template T
 * @param {string} key
 * @param {() => Promise<T>} make
 * @returns {Promise<T>}
 */
const once = (key, make) => {
  let made = kept.get(key);
  if (!made) {
    made = make();
    kept.set(key, made);
    made.catch(() => kept.delete(key));
  }
  return made;
};

/** Where a shard lies, in the site or in one of its volumes. @param {Shard} shard */
const placeOf = (shard) => new URL(shard.path, root).href;

/**
 * The words of bundles, which stand where the shard does.
 * @param {string} folder of the shard, or one in it
 * @param {string} dictionary
 */
const wordsOf = (folder, dictionary) => {
  const address =
    folder.slice(0, folder.lastIndexOf(`/${PROGRAM}`) + 1) + DICTIONARIES + dictionary;
  return once(address, () => fetched(address));
};

/** The compiled part of Pagefind's program, the same for all shards. */
const compiled = () => {
  const address = `${root}${PROGRAM}${WASM}?${version}`;
  return once(address, () => fetched(address));
};

/**
 * What Pagefind wants to read of a paper, by the name that our index gives it.
 * @param {string} folder of the shard's bundles
 * @param {string} dictionary
 * @param {string} bundle
 * @param {string} number of the paper's line
 */
const fragment = async (folder, dictionary, bundle, number) => {
  const address = folder + bundle;
  const lines = await once(address, async () =>
    unpack(...(await Promise.all([wordsOf(folder, dictionary), fetched(address)]))),
  );
  const result = parse(lines[Number(number)]);
  const read = { url: `/${result.path}`, content: content(result), anchors: [], meta: {}, result };
  return SIGNATURE + JSON.stringify(read); // so Pagefind knows that nothing is left to unpack
};

/**
 * The metadata of a shard, from which a search in it begins; behind it in the line, the words of its
 * bundles, for which results would wait else.
 * @param {string} address
 * @param {RequestInit} [options]
 */
const begun = async (address, options) => {
  const folder = address.replace(/[^/]+$/, "");
  const answer = fetched(address, options);
  const dictionary = awaited.get(folder);
  if (dictionary) wordsOf(folder, dictionary).catch(() => {}); // told to those who read a bundle
  const data = await answer;
  metas.set(folder, data.slice(0));
  return data;
};

/** @param {string} address @param {RequestInit} [options] */
const provide = async (address, options) => {
  const entry = entries.get(address.replace(/\?.*$/, ""));
  if (entry) return new Response(JSON.stringify(entry));
  const program = /\/wasm\.[^/]+$/.test(address);
  const [, folder, dictionary, bundle, number] = address.match(FRAGMENT) ?? [];
  try {
    if (program) return new Response(await compiled());
    if (folder) return new Response(await fragment(folder, dictionary, bundle, number));
    const read = address.includes(".pf_meta") ? begun : fetched;
    return new Response(await read(address, options));
  } catch (error) {
    lost.push(address);
    throw error;
  }
};
self.fetch = (address, options) => provide(String(address), options);
// An index that did not start tells those who ask it; here it would be told twice.
self.addEventListener("unhandledrejection", (event) => event.preventDefault());

/**
 * Begin with a site: fetch the list of shards, and the program beside it.
 * @param {string} site
 * @returns {Promise<Listing>}
 */
export const list = async (site) => {
  root = site;
  const answer = fetch(root + SHARDS, { cache: "no-cache" });
  begin();
  /** @type {Listing} */
  const listing = await (await answer).json();
  if (listing.version !== version) {
    // These scripts came from a browser's memory: the site has another Pagefind by now. Its address
    // names the version, so that no old program stands in for it.
    version = listing.version;
    pagefind = null;
    begin();
  }
  await pagefind;
  return listing;
};

/** Fetch the program, both parts of it. */
const begin = () => {
  compiled().catch(() => {}); // told to the index that needs it
  pagefind ??= import(`${root + PROGRAM}pagefind.js?${version}`);
  pagefind.catch(() => {
    pagefind = null;
  });
};

/** Forget what was fetched, so that all of it is fetched again: a deployment may have changed it. */
export const forget = () => {
  lost = [];
  kept.clear();
  entries.clear();
  fresh = { cache: "reload" };
};

/** Fetch a file of a shard. @param {Shard} shard @param {string} path */
export const file = (shard, path) => fetched(placeOf(shard) + path);

/** What the metadata file of a shard holds. @param {Shard} shard */
export const meta = async (shard) => {
  await open(shard);
  return /** @type {ArrayBuffer} */ (metas.get(placeOf(shard)));
};

/** Whether files of a shard are missing. @param {Shard} shard */
export const incomplete = (shard) => lost.some((address) => address.startsWith(placeOf(shard)));

// Two first starts at once would each bring the program, and the later would replace the one in use:
// until one shard stands, they start one after another.
/** @type {Promise<unknown>} */
let gate = Promise.resolve();
let standing = false;

/**
 * The index of a shard, started if it was not.
 * @param {Shard} shard
 */
export const open = (shard) => {
  const start = async () => {
    const path = `${placeOf(shard)}pagefind-entry.json`;
    if (shard.entry) {
      entries.set(path, shard.entry);
      awaited.set(placeOf(shard), shard.dictionary);
    }
    const program = await pagefind;
    if (!program) throw new Error("Pagefind's program could not be loaded");
    const address = { basePath: placeOf(shard), baseUrl: "/" };
    const index = program.createInstance({ ...address, ranking: RANKING });
    await index.search(""); // finds nothing, but waits until the index stands
    standing = true;
    return index;
  };
  let index = indexes.get(shard);
  if (!index) {
    index = standing ? start() : gate.then(start, start);
    if (!standing) gate = index;
    indexes.set(shard, index);
  }
  return index;
};

/**
 * Whether a word that a shard lacks begins one that it holds, as while somebody types it: else what
 * was found holds only a beginning of it.
 * @param {string} word
 * @param {Match | undefined} first the best of what was found
 */
const begins = async (word, first) => {
  if (!first) return false;
  const { result, locations } = await first.data();
  const [start = ""] = fold(word);
  const words = split(content(result));
  return locations.some((place) => fold(words[place] ?? "").some((one) => one.startsWith(start)));
};

/**
 * The papers that a shard finds for any of some ways to write a thing.
 * @param {Index} index
 * @param {string[]} ways
 */
const idsOf = async (index, ways) => {
  /** @type {Set<string>} */
  const ids = new Set();
  for (const way of ways) for (const { id } of (await index.search(way)).results) ids.add(id);
  return ids;
};

/**
 * Which of some words a shard lacks, and the papers that hold all others as they stand.
 * @param {Index} index
 * @param {ReturnType<typeof rare>} words
 */
const check = async (index, words) => {
  /** @type {string[]} */
  const lacking = [];
  let sure = /** @type {Set<string> | null} */ (null);
  for (const { word, ways } of words) {
    const ids = await idsOf(index, ways);
    if (!ids.size) lacking.push(word);
    else sure = new Set([...(sure ?? ids)].filter((id) => ids.has(id)));
  }
  return { lacking, sure };
};

/** @type {Record<string, string[]>} by what a query calls it the fields of a result */
const TEXTS = { title: ["title"], authors: ["authors"], abstract: EXCERPT };
const FOREMOST = 30; // words, which the title is among
const BEHIND = 150; // words, which hold title and authors

/**
 * Whether a paper's own text holds some words in a field.
 * @param {Match} hit
 * @param {Asked["within"][number]} one
 */
const inText = async ({ data }, { field, words }) => {
  const { result } = await data();
  if ("papers" in result) return true;
  const said = TEXTS[field].map((name) => text(result, name)).join(" ");
  return ` ${fold(indexed(said)).join(" ")}`.includes(` ${fold(indexed(words)).join(" ")}`);
};

/**
 * The papers that hold some words in a field. Pagefind tells it of titles and authors, but not of
 * compounds in titles, which it gets in parts.
 * @param {Index} index
 * @param {Asked["within"][number]} one
 */
const idsWithin = async (index, one) => {
  const exact = await idsOf(index, phrasesOf(one.words));
  const { results } = await index.search(telling(one.words));
  const found = results.filter(({ id }) => exact.has(id));
  const inside = await Promise.all(
    found.map((hit) => {
      const { words: places, matchedMetaFields: fields = [] } = hit;
      if (one.field === "abstract") return Math.max(...places) > BEHIND || inText(hit, one);
      if (fields.includes(one.field)) return true;
      return one.field === "title" && Math.min(...places) < FOREMOST && inText(hit, one);
    }),
  );
  return new Set(found.filter((_, n) => inside[n]).map(({ id }) => id));
};

/**
 * Leave out what stands in the wrong field, or holds what none may hold.
 * @param {Index} index
 * @param {Match[]} matches
 * @param {Asked} asked
 */
const restrict = async (index, matches, { within, without }) => {
  let left = matches;
  for (const one of left.length ? within : []) {
    const ids = await idsWithin(index, one);
    left = left.filter(({ id }) => ids.has(id));
  }
  for (const words of left.length ? without : []) {
    const ids = await idsOf(index, phrasesOf(words));
    left = left.filter(({ id }) => !ids.has(id));
  }
  return left;
};

/**
 * What a shard holds of some words, with scores, whatever the filters; `near` if it lacks one of
 * them and Pagefind has made do with a beginning of it. `lacking` are the words that it lacks.
 * @param {Asked} asked
 * @param {Shard} shard
 * @param {() => boolean} goesOn whether anybody still wants to know
 * @returns {Promise<Answer>}
 */
export const match = async (asked, shard, goesOn) => {
  const answer = await holding(asked, shard, goesOn);
  if (!describes(asked) || !goesOn()) return answer;
  const all = answer.near ? [] : answer.matches;
  const others = await some(asked, shard, all, goesOn);
  return { ...answer, others };
};

/**
 * What a shard holds of some of the words, beside those papers that hold all; these are scored alike.
 * @param {Asked} asked
 * @param {Shard} shard
 * @param {Match[]} all
 * @param {() => boolean} goesOn
 * @returns {Promise<Match[]>}
 */
export const some = async ({ plain }, shard, all, goesOn) => {
  const found = await anyOf(await open(shard), plain, shard.papers, goesOn);
  for (const hit of all) {
    hit.score = found.get(hit.id)?.score ?? 0;
    found.delete(hit.id);
  }
  return [...found.values()].map((hit) => ({
    ...hit,
    data: async () => placed(await hit.data()),
  }));
};

/**
 * What a shard holds of all words.
 * @param {Asked} asked
 * @param {Shard} shard
 * @param {() => boolean} goesOn
 * @returns {Promise<Answer>}
 */
const holding = async (asked, shard, goesOn) => {
  const index = await open(shard);
  const found = await matching(index, asked.plain, goesOn);
  const matches = await restrict(index, found, asked);
  if (!goesOn()) return { matches, near: false, lacking: [] };
  const words = rare(asked.plain);
  const { lacking, sure } = await check(index, words);
  const exact = { matches, near: false, lacking };
  if (!matches.length) return exact;
  const [word, ...others] = lacking;
  const typing = word && !others.length && asked.plain.trimEnd().endsWith(word);
  const best = matches.reduce((one, other) => (other.score > one.score ? other : one));
  if (word && !(typing && (await begins(word, best)))) return { ...exact, near: true };
  // The halves of a compound stand for themselves in one of the ways to ask: `U Net` finds `under`.
  const compound = words.some(({ ways }) => ways.length > 1);
  if (sure && compound) return { ...exact, matches: matches.filter(({ id }) => sure.has(id)) };
  for (const hit of matches) if (word || (sure && !sure.has(hit.id))) hit.score *= BEGUN;
  return exact;
};

/**
 * @param {Index} index
 * @param {string} q
 * @param {() => boolean} goesOn
 */
const matching = async (index, q, goesOn) => {
  const { terms, phrases, lifting } = questions(q);
  await Promise.all(terms.map((term) => index.preload(term)));
  /** @type {Map<string, Match>} */
  const found = new Map();
  for (const term of terms) {
    if (!goesOn()) return [];
    for (const { id, score, data } of (await index.search(term)).results) {
      const known = found.get(id);
      const whole = async () => placed(await data());
      if (!(known && known.score >= score)) found.set(id, { id, score, data: whole });
    }
  }
  for (const ways of found.size ? phrases : []) {
    const held = await idsOf(index, ways);
    for (const id of found.keys()) if (!held.has(id)) found.delete(id);
  }
  for (const id of found.size > 1 ? await idsOf(index, lifting) : []) {
    const known = found.get(id);
    if (known) known.score *= LIFT;
  }
  return [...found.values()];
};

/**
 * How many papers of a shard hold some words.
 * @param {Asked} asked
 * @param {Shard} shard
 */
export const count = async (asked, shard) => {
  const { matches, near } = await holding(asked, shard, () => true);
  return near ? 0 : matches.length;
};
