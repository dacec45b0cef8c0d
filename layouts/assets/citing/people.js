// @ts-check
// Names as references take them apart.
import { SUFFIX } from "./facts.js";

/** A name with what stands behind it: `Una Brook, Jr.` */
export const BEHIND = new RegExp(`^(?<rest>.*[^\\s,]),?\\s+(?<suffix>${SUFFIX})$`, "i");
/** Who is no person. */
export const GROUP = /\b(?:collaborations?|consortium|team|group|project|committee|challenge)\b/i;

/**
 * Divide the words of a name into given names and family name, which `van` and its like go with.
 * @param {string[]} words
 * @returns {[given: string, family: string]}
 */
export const divided = (words) => {
  let from = words.length - 1;
  while (from > 1 && /^\p{Ll}/u.test(words[from - 1])) from -= 1; // van Gogh
  return [words.slice(0, from).join(" "), words.slice(from).join(" ")];
};

/**
 * Part a name as CSL has it; one that has no parts is literal.
 * @param {string} name
 * @returns {{ literal: string } | { family: string, given?: string, suffix?: string }}
 */
export const parted = (name) => {
  const { rest, suffix } = BEHIND.exec(name)?.groups ?? { rest: name };
  const words = rest.split(/\s+/).filter(Boolean);
  if (GROUP.test(name) || / and |,/i.test(rest) || words.length < 2) return { literal: name };
  const [given, family] = divided(words);
  return { family, given, ...(suffix ? { suffix } : {}) };
};
