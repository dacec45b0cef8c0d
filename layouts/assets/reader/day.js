// @ts-check
// What a page of papers in full gains from a script: titles alone or abstracts too, the reader's
// place, what was read, and filters by field.
import { addFilters } from "./fields.js";
import { markRead } from "./marks.js";
import { followPlace } from "./place.js";
import { addSkim } from "./skim.js";

/** @param {string} root */
export const enrichDay = (root) => {
  addSkim();
  addFilters();
  followPlace();
  markRead(root);
};
