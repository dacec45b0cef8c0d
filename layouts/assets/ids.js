// @ts-check
// Identifiers: arXiv ids and DOIs as people write them, and the place of the paper that bears one.
// The lists below abs/ hold the places, by the month of an id and by the last figures of a DOI.
import { DOI_BUCKET, DOI_FIGURES, ID_BUCKET, MONTH_FIGURES, QUERY_DOI, QUERY_ID } from "./facts.js";

/** @typedef {{ id: string, doi?: undefined } | { doi: string, id?: undefined }} Identifier */
/** @typedef {{ id: string, day: string, path: string }} Place of a paper */

const ID = new RegExp(QUERY_ID, "i");
const DOI = new RegExp(QUERY_DOI, "i");

/**
 * Read a query as an identifier; null if it is none.
 * @param {string} text
 * @returns {Identifier | null}
 */
export const parse = (text) => {
  const [, id] = text.trim().match(ID) ?? [];
  if (id) return { id };
  const [, doi] = text.trim().match(DOI) ?? [];
  return doi ? { doi: doi.toLowerCase() } : null;
};

/**
 * The list in which an identifier stands, if it stands anywhere.
 * @param {Identifier} known
 */
export const bucketOf = ({ id, doi }) => {
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
  const written = id.includes("/") ? bare(id) : id.split(".")[1];
  for (const [day, papers] of Object.entries(list)) {
    const stands = (/** @type {string} */ one) => (one.includes("/") ? bare(one) : one) === written;
    const found = papers.split(" ").find(stands);
    if (found) {
      const own = found.includes("/") ? found : id;
      return { id: own, day, path: `${day.replaceAll("-", "/")}/#${own}` };
    }
  }
  return null;
};
