// @ts-check
// Filters and their counts, from Pagefind's files: with ten milliseconds for each value, Pagefind
// itself would take half a minute to tell which papers have it, and the same answer of its serves
// every combination and every count.
import { file, meta } from "./engine.js";
import { FILTERS } from "./facts.js";
import { readFilter, readMeta } from "./pagefind-files.js";

/** @typedef {import("./engine.js").Shard} Shard */
/** @typedef {import("./query.js").Query} Query */
/** @typedef {(id: string) => string[]} Has the values that a paper has */
/** @typedef {Record<string, Record<string, number>>} Counts of papers, by filter and value */

/**
 * What is known of a shard, each once it was asked for.
 * @typedef {object} Known
 * @property {ReturnType<typeof readMeta>} [about]
 * @property {Promise<Map<string, number>>} [places]
 * @property {Promise<Map<string, string>>} [months]
 * @property {Record<string, Promise<Has>>} values
 */
/** @type {WeakMap<Shard, Known>} */
const shards = new WeakMap();

/** @param {Shard} shard @returns {Known} */
const known = (shard) => {
  const found = shards.get(shard) ?? { values: {} };
  shards.set(shard, found);
  return found;
};

/** A shard's papers, oldest first, and its filters' files. @param {Shard} shard */
const about = async (shard) => {
  const data = await meta(shard);
  const all = known(shard);
  all.about ??= readMeta(data);
  return all.about;
};

/**
 * The place of each paper of a shard from the newest on: they were indexed oldest first.
 * @param {Shard} shard
 */
export const places = (shard) => {
  const find = async () => {
    const { papers } = await about(shard);
    return new Map(papers.map((id, place) => [id, papers.length - place]));
  };
  const all = known(shard);
  all.places ??= find();
  return all.places;
};

/**
 * The month of each paper of a shard: it tells how many it has of each, oldest first.
 * @param {Shard} shard
 * @returns {Promise<(id: string) => string>}
 */
export const months = async (shard) => {
  const [only, ...more] = Object.keys(shard.months);
  if (!more.length) return () => only;
  const all = known(shard);
  all.months ??= about(shard).then(({ papers }) => {
    const found = Object.entries(shard.months).flatMap(([month, count]) =>
      Array.from({ length: count }, () => month),
    );
    return new Map(papers.map((id, n) => [id, found[n]]));
  });
  const found = await all.months;
  return (id) => found.get(id) ?? "";
};

/**
 * The values of a filter by paper; years follow from months.
 * @param {Shard} shard
 * @param {string} name
 */
const values = (shard, name) => {
  /** @returns {Promise<Has>} */
  const find = async () => {
    if (name === "year") {
      const when = await months(shard);
      return (id) => [when(id).slice(0, 4)];
    }
    const { papers, filters } = await about(shard);
    if (!filters[name]) return () => [];
    const table = await readFilter(await file(shard, `filter/${filters[name]}.pf_filter`), papers);
    return (id) => table.get(id) ?? [];
  };
  const all = known(shard).values;
  all[name] ??= find().catch((error) => {
    delete all[name];
    throw error;
  });
  return all[name];
};

/**
 * Keep what passes all filters, and count for each facet what passes the others.
 * @template {{ id: string }} T
 * @param {T[]} found
 * @param {Query} query
 * @param {string[]} facets
 * @param {Record<string, Has>} has by filter
 */
export const sift = (found, query, facets, has) => {
  const chosen = FILTERS.filter((name) => query[name]);
  /** @type {Counts} */
  const counts = Object.fromEntries(facets.map((name) => [name, {}]));
  const hits = found.filter(({ id }) => {
    const missed = chosen.filter((name) => !has[name](id).includes(query[name]));
    for (const name of facets) {
      if (missed.some((other) => other !== name)) continue;
      for (const value of has[name](id)) counts[name][value] = (counts[name][value] ?? 0) + 1;
    }
    return !missed.length;
  });
  return { hits, counts };
};

/**
 * Do that with what was found in a shard.
 * @template {{ id: string }} T
 * @param {T[]} found
 * @param {Shard} shard
 * @param {Query} query
 * @param {string[]} facets
 */
export const sieve = async (found, shard, query, facets) => {
  const names = FILTERS.filter((name) => query[name] || facets.includes(name));
  const tables = await Promise.all(names.map((name) => values(shard, name)));
  const has = Object.fromEntries(names.map((name, n) => [name, tables[n]]));
  return sift(found, query, facets, has);
};

/** Add counts to sums. @param {Counts} sums @param {Counts} counts */
export const add = (sums, counts) => {
  for (const [name, found] of Object.entries(counts)) {
    sums[name] ??= {};
    const sum = sums[name];
    for (const [value, count] of Object.entries(found)) sum[value] = (sum[value] ?? 0) + count;
  }
};
