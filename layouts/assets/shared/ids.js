// @ts-check
// Identifiers as people write them, and the place of the paper that bears one. The lists below abs/
// hold the places: of arXiv ids by their month, of other anchors by scheme and last letter or figure,
// and of DOIs by their last figures.
import { ofAddress, ofDoi } from "./addresses.js";
import {
  ARXIV_ID,
  DOI_BUCKET,
  DOI_FIGURES,
  ID_BUCKET,
  MONTH_FIGURES,
  QUERY_ADDRESSES,
  QUERY_ANCHOR,
  QUERY_DOI,
  QUERY_ID,
} from "./facts.js";

/**
 * An arXiv id or the anchor of another paper, or a DOI.
 * @typedef {{ id: string, doi?: undefined } | { doi: string, id?: undefined }} Identifier
 */
/** @typedef {{ id: string, day: string, path: string }} Place of a paper */

const ID = new RegExp(QUERY_ID, "i");
const DOI = new RegExp(QUERY_DOI, "i");
const ANCHOR = new RegExp(QUERY_ANCHOR);
const ARXIV = new RegExp(`^(?:${ARXIV_ID})$`, "i");
const ADDRESSES = Object.entries(QUERY_ADDRESSES).map(
  ([scheme, pattern]) => /** @type {const} */ ([scheme, new RegExp(pattern, "i")]),
);

/** Whether it is arXiv's. @param {string} id */
export const isArxiv = (id) => ARXIV.test(id);

/**
 * Read a query as an identifier; null if it is none.
 * @param {string} text
 * @returns {Identifier | null}
 */
export const parse = (text) => {
  const query = text.trim();
  const [, id] = query.match(ID) ?? [];
  if (id) return { id };
  if (ANCHOR.test(query)) return { id: query };
  for (const [scheme, pattern] of ADDRESSES) {
    const [, value] = query.match(pattern) ?? [];
    if (value) return { id: `${scheme}-${value}` };
  }
  const [, doi] = query.match(DOI) ?? [];
  const named = doi ? ofDoi(doi.toLowerCase().replace("%2f", "/")) : ofAddress(query);
  if (named.id) return { id: named.id };
  return named.doi ? { doi: named.doi.toLowerCase() } : null;
};

/**
 * The list in which an identifier stands, if it stands anywhere.
 * @param {Identifier} known
 */
export const bucketOf = ({ id, doi }) => {
  if (id !== undefined && !isArxiv(id)) {
    const last = /([a-z0-9])[^a-z0-9]*$/i.exec(id)?.[1] ?? "0";
    return ID_BUCKET.replace("{}", `${id.split("-")[0]}-${last.toLowerCase()}`);
  }
  if (id !== undefined) {
    const number = id.slice(id.lastIndexOf("/") + 1);
    return ID_BUCKET.replace("{}", number.slice(0, MONTH_FIGURES));
  }
  const figures = doi.replace(/\D/g, "");
  return DOI_BUCKET.replace("{}", figures.slice(-DOI_FIGURES));
};

/**
 * An old id may be written with the archive's part or without: `math.NA/0301001`, `math/0301001`.
 * @param {string} id
 */
const bare = (id) => id.toLowerCase().replace(/\.[a-z]{2}\//, "/");

/** @type {Map<string, Promise<Record<string, string>>>} */
const lists = new Map();

/** @param {string} address */
const load = (address) => {
  let list = lists.get(address);
  if (!list) {
    list = fetch(address).then((answer) => {
      if (answer.ok) return answer.json();
      if (answer.status === 404) return {}; // nothing of that month, or with that ending
      throw new Error(`${answer.status} ${address}`);
    });
    list.catch(() => lists.delete(address));
    lists.set(address, list);
  }
  return list;
};

/**
 * Where the paper stands; null if the archive does not hold it.
 * @param {string} root
 * @param {Identifier} known
 * @returns {Promise<Place | null>}
 */
export const locate = async (root, known) => {
  const list = await load(root + bucketOf(known));
  if (known.doi !== undefined) {
    const id = list[known.doi];
    return id ? locate(root, { id }) : null;
  }
  const { id } = known;
  const written = isArxiv(id) ? (id.includes("/") ? bare(id) : id.split(".")[1]) : id;
  for (const [day, papers] of Object.entries(list)) {
    const stands = (/** @type {string} */ one) => (isArxiv(one) ? bare(one) : one) === written;
    const found = papers.split(" ").find(stands);
    if (found) {
      const own = isArxiv(found) ? found : id;
      return { id: own, day, path: `${day.replaceAll("-", "/")}/#${own}` };
    }
  }
  return null;
};
