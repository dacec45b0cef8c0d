// @ts-check
// Where an author's papers are: on a page of their own, or on one of those that authors with few papers
// share. Which one that is follows from the slug, as in archive/urls.py.
import { AUTHOR, SHARED, SHARED_PLACES } from "./facts.js";

/** @typedef {[minimum: number, pages: number, newest: boolean]} Sharing papers that give an author a page, how many pages the others share, and whether there are lists of the newest month */

const CRC32 = 0xedb88320;

/** @param {string} text */
const checksum = (text) => {
  let sum = -1;
  for (const byte of new TextEncoder().encode(text)) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = (sum >>> 1) ^ (CRC32 & -(sum & 1));
  }
  return ~sum >>> 0;
};

/** The place on a shared page. @param {string} slug @param {number} pages */
export const shared = (slug, pages) => {
  const page = Math.floor((checksum(slug) % SHARED_PLACES) / (SHARED_PLACES / pages));
  return `${SHARED.replace("{}", page.toString(16).padStart(4, "0"))}#${slug}`;
};

/** An author's own page. @param {string} slug */
export const own = (slug) => AUTHOR.replace("{}", slug);

/** @param {string} slug @param {number} papers @param {Sharing} sharing */
export const address = (slug, papers, [minimum, pages]) =>
  papers < minimum ? shared(slug, pages) : own(slug);
