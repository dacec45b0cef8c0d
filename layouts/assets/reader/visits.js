// @ts-check
// Up to which day a reader has seen the archive, kept in this browser.
import { NEW_DAYS } from "./facts.js";
import { load } from "./lists.js";

const KEY = "seen-to";

/** @typedef {[day: string, papers: number]} Day `2021/12/19` */

/** The day, `2021/12/19`; empty on a first visit. */
export const seenTo = () => {
  try {
    return localStorage.getItem(KEY) ?? "";
  } catch {
    return "";
  }
};

/** @param {string} day */
export const setSeenTo = (day) => {
  try {
    if (day) localStorage.setItem(KEY, day);
    else localStorage.removeItem(KEY);
  } catch {
    /* every visit is the first, then */
  }
};

/** The newest days, the newest first. @param {string} root @returns {Promise<Day[]>} */
export const newest = (root) => load(root + NEW_DAYS, []);

/** Those of them that are new to the reader. A first visit begins with the newest.
 * @param {Day[]} days */
export const fresh = (days) => {
  const seen = seenTo();
  return seen ? days.filter(([day]) => day > seen) : days.slice(0, 1);
};
