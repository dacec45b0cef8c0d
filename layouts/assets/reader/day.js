// @ts-check
// What a page of papers in full gains from a script: titles alone or abstracts too, the reader's
// place, what was read, and filters by field.
import { ofDoi } from "./addresses.js";
import { addFilters } from "./fields.js";
import { tellLandmarks } from "./landmarks.js";
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
export const enrichDay = (root) => {
  leadOn();
  addSkim();
  addFilters();
  followPlace();
  markRead(root);
  tellLandmarks(root);
};
