// @ts-check
// The references of papers, from the data that stands beside each day's page.
import { KNOWN_VENUES, REFERENCE_FIELDS, REFERENCES } from "./facts.js";
import { isArxiv } from "./ids.js";
import { load } from "./lists.js";

/** Where a paper has appeared. @typedef {{ kind: string, title: string, year: string, part: string }} Venue */
/**
 * What a paper is cited by.
 * @typedef {object} Paper
 * @property {string} id
 * @property {string} title as plain text
 * @property {string[]} authors
 * @property {string} category the primary one
 * @property {string} published `2021-12-19`
 * @property {string} doi
 * @property {string} journal
 * @property {string} comment
 * @property {string} address where it is published
 * @property {string} path its address here, below the site's root
 * @property {string} [formulas] the title as HTML, where it holds formulas
 * @property {string} [source] the title as TeX, as a file that was imported has it
 * @property {boolean} [others] whether there are more authors than are named
 * @property {Venue} [venue] where it has appeared, if its comment or reference says so
 */

const AT_ONCE = 6;

/** @type {Map<string, Promise<any[][]>>} */
const days = new Map();

/** @param {string} address */
const unpack = async (address) => {
  const answer = await fetch(address);
  if (!answer.ok || !answer.body) throw new Error(`${answer.status}`);
  const plain = answer.body.pipeThrough(new DecompressionStream("deflate-raw"));
  return new Response(plain).json();
};

/** The papers of a day, as its file lists them. @param {string} day @param {string} root */
const papersOf = (day, root) => {
  let answer = days.get(day);
  if (!answer) {
    answer = unpack(`${root}${day}/${REFERENCES}`);
    answer.catch(() => days.delete(day));
    days.set(day, answer);
  }
  return answer;
};

/** An address as it is read elsewhere. @param {string} address perhaps within the site @param {string} root */
const whole = (address, root) =>
  address && !/^https?:/i.test(address)
    ? new URL(address, new URL(root, document.baseURI)).href
    : address;

/**
 * @param {any[]} row
 * @param {string} day `2021/12/19`
 * @param {Record<string, [kind: string, title: string]>} venues
 * @param {string} root
 * @returns {Paper}
 */
const paper = (row, day, venues, root) => {
  const said = Object.fromEntries(REFERENCE_FIELDS.map((name, n) => [name, row[n] || ""]));
  const [slug, year, part] = said.venue.split("\t");
  const [kind, title] = venues[slug] ?? [];
  return {
    ...{ id: said.id, title: said.title, authors: said.authors || [], category: said.category },
    ...{ doi: said.doi, journal: said.journal, comment: said.comment },
    published: said.published || day.replaceAll("/", "-"),
    address:
      whole(said.address, root) || (isArxiv(said.id) ? `https://arxiv.org/abs/${said.id}` : ""),
    path: `${day}/#${said.id}`,
    ...(said.formulas ? { formulas: said.formulas } : {}),
    ...(said.others ? { others: true } : {}),
    ...(kind ? { venue: { kind, title, year, part } } : {}),
  };
};

/**
 * The references of papers, in their order, of those that there are.
 * @param {string[]} paths of papers below the root, `2021/12/19/#2112.10046`
 * @param {string} root
 * @param {(done: number, of: number) => void} [tell]
 */
export const references = async (paths, root, tell) => {
  /** @type {Map<string, string[]>} */
  const wanted = new Map();
  for (const path of new Set(paths)) {
    const day = path.slice(0, path.indexOf("/#"));
    wanted.set(day, [...(wanted.get(day) ?? []), path]);
  }
  const venues = load(root + KNOWN_VENUES, {});
  /** @type {Map<string, Paper>} */
  const found = new Map();
  const waiting = [...wanted];
  const fetchAll = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [day, those] = next;
      const ids = new Set(those.map((path) => decodeURIComponent(path.split("#")[1])));
      for (const row of await papersOf(day, root))
        if (ids.has(row[0])) found.set(row[0], paper(row, day, await venues, root));
      tell?.(wanted.size - waiting.length, wanted.size);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, fetchAll));
  return paths
    .map((path) => found.get(decodeURIComponent(path.split("#")[1])))
    .filter((one) => one !== undefined);
};
