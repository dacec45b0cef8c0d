// @ts-check
// What a paper has appeared in, as references say it.

/** @typedef {import("./references.js").Paper} Paper */

const PARTS = { workshop: " Workshops", challenge: " Challenges" };

/** What a paper appeared in; empty for a preprint. @param {Pick<Paper, "journal" | "venue">} paper */
export const container = ({ journal, venue }) => {
  if (!venue) return journal;
  return venue.title + (PARTS[/** @type {keyof typeof PARTS} */ (venue.part)] ?? "");
};

/** The year that it is cited by. @param {Pick<Paper, "published" | "venue">} paper */
export const yearOf = ({ published, venue }) => venue?.year || published.slice(0, 4);

/** Its type in the Citation Style Language. @param {Pick<Paper, "journal" | "venue">} paper */
export const kindOf = ({ journal, venue }) => {
  if (venue && venue.kind !== "journal") return "paper-conference";
  return journal || venue ? "article-journal" : "article";
};
