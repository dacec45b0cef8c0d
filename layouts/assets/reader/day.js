// @ts-check
// What a page of papers in full gains from a script: titles alone or abstracts too, the reader's
// place, what was read, filters by field, and an order for the reader.
import { ofDoi } from "./addresses.js";
import { addFilters } from "./fields.js";
import { tellLandmarks } from "./landmarks.js";
import { isEnough } from "./liked-words.js";
import { markRead } from "./marks.js";
import { followPlace } from "./place.js";
import { addSkim } from "./skim.js";

const DOI = "doi-";

/** Lead a permalink by a DOI to the paper whose id the DOI holds: it stood under the DOI once. */
const leadOn = () => {
  const asked = decodeURIComponent(location.hash.slice(1));
  if (!asked.startsWith(DOI) || document.getElementById(asked)) return;
  const { id } = ofDoi(asked.slice(DOI.length));
  if (id && document.getElementById(id)) location.replace(`#${id}`);
};

/** @param {string} root */
const offerForYou = async (root) => {
  if (!isEnough() || document.querySelectorAll("main.day article").length === 1) return;
  (await import("./for-you.js")).offer(root);
};

/** @param {string} root */
export const enrichDay = (root) => {
  leadOn();
  addSkim();
  addFilters();
  followPlace();
  markRead(root);
  tellLandmarks(root);
  offerForYou(root);
};
