// @ts-check
// Words as they are indexed; archive/words.py does the same to texts.
import { FUNCTION_WORDS, GREEK, SIGNS, SPELT } from "./facts.js";

/** @type {Record<string, string>} */
const greek = GREEK;
/** @type {Record<string, string>} */
const spelt = SPELT;
const LONE = new RegExp(
  `(?<![\\u0370-\\u03ff])[${Object.keys(greek).join("")}](?![\\u0370-\\u03ff])`,
  "g",
);
const BORDER = new RegExp(`(?<=[${SIGNS}])(?=\\S)|(?<=\\S)(?=[${SIGNS}])`, "g");
const SIGN = new RegExp(`[${SIGNS}]`);
const UNTOLD = new Set(
  FUNCTION_WORDS.flatMap((word) => [word, word[0].toUpperCase() + word.slice(1)]),
);
const SYMBOL = /\p{So}/u;

/** @param {string} sign */
const letter = (sign) =>
  SYMBOL.test(sign) ? sign : sign.normalize("NFKC").replace(/\s/g, "") || sign;

/** @param {string} run of signs that are not ASCII */
const folded = (run) =>
  [
    ...[...run]
      .map(letter)
      .join("")
      .replace(LONE, (one) => greek[one]),
  ]
    .map((one) => spelt[one] ?? one)
    .join("");

/** A text of single spaces as it is indexed. @param {string} text */
export const indexed = (text) =>
  text
    .replaceAll("^", "")
    .replace(/[^\0-\x7f]+/g, folded)
    .replace(BORDER, " ");

/** The words of a text as they are counted: Chinese and Japanese signs are words of their own.
 * @param {string} text */
export const split = (text) => (text ? text.replace(BORDER, " ").split(" ") : []);

/** Whether a word is indexed: all are but function words. @param {string} word */
export const tells = (word) => word !== "" && !UNTOLD.has(word);

/** A text of single spaces without its function words. @param {string} text */
export const telling = (text) => text.split(" ").filter(tells).join(" ");

/** What stands between two words that were split. @param {string} before @param {string} after */
export const between = (before, after) =>
  SIGN.test(before.slice(-1)) || SIGN.test(after.slice(0, 1)) ? "" : " ";
