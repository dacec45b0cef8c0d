// @ts-check
// Ways on, if nothing was found: fewer words, and a name that is spelt nearly so.
import { NAME_LETTERS } from "./facts.js";
import { fold } from "./fold.js";
import { bucket, people } from "./names.js";
import { fewer } from "./query.js";
import { distance } from "./spelling.js";

/** @typedef {import("./engine.js").Shard} Shard */
/** @typedef {import("./names.js").Author} Author */
/** @typedef {(words: string, shard: Shard) => Promise<number>} Count of papers that hold words */
/** @typedef {{ fewer: { query: string, count: number }[], name: Author | null }} Hints */

const MOST = 3; // proposals of fewer words
const LONGEST = 5; // words of a name
const SHORT = 8; // letters of a name in which one may be wrong, in a longer one two

/**
 * The author whose name is spelt nearly so, or null.
 * @param {string} root
 * @param {string} text
 * @returns {Promise<Author | null>}
 */
const nearest = async (root, text) => {
  const asked = fold(text);
  if (!asked.length || asked.length > LONGEST) return null;
  const begun = asked.map((word) => word.slice(0, NAME_LETTERS));
  const latin = (/** @type {string} */ start) => /^[a-z]+$/.test(start);
  const starts = new Set(begun.filter((one) => one.length === NAME_LETTERS && latin(one)));
  const written = asked.join(" ");
  const most = written.length < SHORT ? 1 : 2;
  let [best, least] = [/** @type {Author | null} */ (null), most + 1];
  for (const entries of await Promise.all([...starts].map((start) => bucket(root, start)))) {
    for (const { words, ...author } of entries) {
      const far = distance(written, words.join(" "), most);
      if (far < least) [best, least] = [author, far];
    }
  }
  return best;
};

/**
 * Fewer words that the archive does hold together, and a name that is spelt nearly so; null if
 * nobody wants to know any more.
 * @param {string} root
 * @param {string} q
 * @param {{ shards: Shard[], found: number, count: Count, goesOn: () => boolean }} search
 * @returns {Promise<Hints | null>}
 */
export const hints = async (root, q, { shards, found, count, goesOn }) => {
  const held = found ? [] : fewer(q).map((query) => ({ query, count: 0 }));
  for (const shard of held.length ? shards : []) {
    for (const one of held) {
      if (!goesOn()) return null;
      one.count += await count(one.query, shard);
    }
  }
  const known = await people(root, q).catch(() => null);
  const name = known?.count ? null : await nearest(root, q).catch(() => null);
  const good = held.filter((one) => one.count).sort((a, b) => b.count - a.count);
  return { fewer: good.slice(0, MOST), name };
};
