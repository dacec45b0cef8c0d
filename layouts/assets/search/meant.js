// @ts-check
// The papers that somebody means who types a name: those of the leads that hold all other words as
// well, and pass the filters. They stand above what was found.
import { FILTERS } from "./facts.js";
import { fold } from "./fold.js";
import { SIGNALS } from "./leads.js";
import { alike } from "./ranking.js";
import { indexed } from "./words.js";

/** @typedef {import("./leads.js").Lead} Lead */
/** @typedef {import("./query.js").Asked} Asked */
/** @typedef {import("./query.js").Query} Query */
/** @typedef {import("./rows.js").Row} Row */

const MOST = 3; // papers above others
const SECOND = 2; // papers with all words above one that has a name of them
/** Why a paper is shown that does not hold the words beside its name. */
const PLAIN = new Set([SIGNALS.k, SIGNALS.t]);
const ABOVE = 1e9; // more than any score

/** Whether a paper passes the filters; a year among the words may be that of its publication.
 * @param {Row} row @param {Query} query @param {Asked["years"]} years */
const passes = ({ date, result }, query, years) => {
  const year = Number(date.slice(0, 4));
  const late = years?.bare ? 1 : 0;
  if (years && (year < Number(years.from) - late || year > Number(years.to))) return false;
  return FILTERS.every((name) => {
    if (!query[name]) return true;
    if (name === "year") return date.startsWith(query[name]);
    return name === "category" && result.category === query[name];
  });
};

/** @param {string} said of a paper @param {string[]} words */
const holds = (said, words) => {
  const all = words.length ? [...new Set(fold(indexed(said)))] : [];
  return words.every((word) => all.some((one) => alike(one, word)));
};

/**
 * The rows of the papers that are meant, the likeliest first.
 * @param {string} site
 * @param {Lead[]} leads
 * @param {Query} query
 * @param {Asked["years"]} years
 * @returns {Promise<Row[]>}
 */
export const meantBy = async (site, leads, query, years) => {
  const { read } = await import("./known-paper.js");
  const rows = await Promise.all(
    leads.map(async ({ signal, rest, ...place }) => {
      const found = await read(site, place).catch(() => null);
      if (!found || !passes(found, query, years)) return [];
      return [{ ...found, signal, score: holds(found.said, rest) ? ABOVE : 0 }];
    }),
  );
  const all = rows.flat();
  const sure = all.filter(({ score }) => score);
  const others = all.filter(({ score, signal }) => !score && PLAIN.has(signal));
  return (sure.length ? sure.slice(0, MOST) : others.slice(0, 1)).map((row, n) => ({
    ...row,
    score: row.score && row.score - n,
  }));
};

/**
 * Rows with those that are meant above all others, one that holds not all of the words after two of
 * those that do; what was found as well is shown as found.
 * @param {Row[]} rows
 * @param {Row[]} meant
 */
export const withLeads = (rows, meant) => {
  const found = new Map(rows.map((row) => [row.path, row]));
  const paths = new Set(meant.map(({ path }) => path));
  const others = rows.filter(({ path }) => !paths.has(path));
  const third = others[SECOND - 1]?.score ?? 0;
  const above = meant.map(({ score, signal, ...row }) => ({
    ...(found.get(row.path) ?? row),
    ...{ score: score || third, shard: 0, place: 0, signal },
  }));
  const before = meant.some(({ score }) => score) ? [] : others.splice(0, SECOND);
  return [...before, ...above, ...others];
};
