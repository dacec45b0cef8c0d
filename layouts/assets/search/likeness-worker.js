// @ts-check
// The worker behind "For you": fetches the archive's words, and compares papers with what the reader
// likes while the page stays free.
import { WORDS } from "./facts.js";
import { description, likenesses } from "./likeness.js";
import { load } from "./lists.js";
import { likedOf, unpacked } from "./profile.js";

/** @typedef {import("./likeness.js").Paper} Paper */
/** @typedef {import("./likeness.js").Likeness} Likeness */
/**
 * What a page asks: how like papers are to what its storage holds, or the words that describe one.
 * @typedef {{ run: number, root: string } & ({ papers: Paper[], kept: string }
 *   | { describe: { title: string, text: string } })} Request
 */
/**
 * What a page hears.
 * @typedef {object} Answer
 * @property {number} run
 * @property {Likeness[]} [likenesses]
 * @property {boolean} [alone] whether the archive has no list of words, so that the papers stand alone
 * @property {string} [description]
 * @property {string} [error]
 */

/** @param {Request} asked @returns {Promise<Omit<Answer, "run">>} */
const answer = async (asked) => {
  // A site without a search has no such list.
  const classes = await load(asked.root + WORDS, []);
  if ("describe" in asked) return { description: description(classes, asked.describe) };
  const found = likenesses(classes, likedOf(unpacked(asked.kept)), asked.papers);
  return { likenesses: found, alone: !classes.length };
};

/** @param {MessageEvent<Request>} event */
self.onmessage = async ({ data }) => {
  /** @param {unknown} error */
  const failed = (error) => ({ error: error instanceof Error ? error.message : String(error) });
  self.postMessage({ run: data.run, ...(await answer(data).catch(failed)) });
};
