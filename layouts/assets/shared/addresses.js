// @ts-check
// Addresses and DOIs of papers, read as archive/identifiers.py reads them.
import {
  ACL_DOI,
  ARXIV_HOST,
  ARXIV_ID,
  ARXIV_PATH,
  DOI_ARTICLE,
  DOI_HOST,
  DOI_NUMBER,
  DOI_PATH,
  DOI_REST,
  QUERY_ADDRESSES,
  SERVER_DOI,
} from "./facts.js";

/** What a text names: the anchor of a paper or an arXiv id, or a DOI. @typedef {{ id?: string, doi?: string }} Named */

const HOST = new RegExp(ARXIV_HOST, "i");
const PATH = new RegExp(ARXIV_PATH, "i");
const PUBLISHER = new RegExp(DOI_HOST, "i");
const IN_PATH = new RegExp(DOI_PATH, "i");
const REST = new RegExp(DOI_REST, "i");
const ARTICLE = new RegExp(DOI_ARTICLE, "i");
const NUMBERED = new RegExp(DOI_NUMBER);
const OF_ARXIV = new RegExp(`^10\\.48550\\/arxiv\\.(${ARXIV_ID})(?:v\\d+)?$`, "i");
const OF_ACL = new RegExp(ACL_DOI);
const OF_SERVER = new RegExp(SERVER_DOI);
const SIX = 6;

/**
 * What a DOI names. Those of arXiv, the ACL Anthology, bioRxiv and medRxiv hold the id there.
 * @param {string} said
 * @returns {Named}
 */
export const ofDoi = (said) => {
  const doi = said.toLowerCase();
  const [, arxiv] = OF_ARXIV.exec(said) ?? [];
  if (arxiv) return { id: arxiv };
  const [, acl] = OF_ACL.exec(doi) ?? [];
  if (acl) return { id: `acl-${acl[0].toUpperCase()}${acl.slice(1)}` };
  const [, value, number] = OF_SERVER.exec(doi) ?? [];
  if (value) return { id: `${number.length === SIX ? "bio" : "med"}rxiv-${value}` };
  return { doi: said };
};

/** @param {string} text */
const unescaped = (text) => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** The DOI that a publisher's address holds, without what stands behind it. @param {URL} url @param {string} path */
const published = (url, path) => {
  const known = PUBLISHER.test(url.hostname);
  if (!known && !path.includes("/doi/")) return "";
  for (const place of [path.replace(/\/$/, ""), ...(known ? url.searchParams.values() : [])]) {
    const [, whole] = IN_PATH.exec(place) ?? [];
    if (!whole) continue;
    const doi = whole.replace(REST, "");
    return ARTICLE.test(path) ? (NUMBERED.exec(doi)?.[1] ?? doi) : doi;
  }
  return "";
};

/**
 * What an address names; nothing where it is no paper's that we know.
 * @param {string} said
 * @returns {Named}
 */
export const ofAddress = (said) => {
  let url;
  try {
    url = new URL(said.trim());
  } catch {
    return {};
  }
  const path = unescaped(url.pathname);
  if (HOST.test(url.hostname)) {
    const id = PATH.exec(path)?.[1];
    return id ? { id } : {};
  }
  for (const [scheme, pattern] of Object.entries(QUERY_ADDRESSES)) {
    const [, value] = new RegExp(pattern, "i").exec(said.trim()) ?? [];
    if (value) return { id: `${scheme}-${value}` };
  }
  const doi = published(url, path);
  return doi ? ofDoi(doi) : {};
};
