// @ts-check
// Names as references take them apart: one rule, which every format of citations asks.
import {
  BODY,
  CAPITAL_PARTICLES,
  COMPANY,
  JOINING,
  PARTICLES,
  SUFFIX,
  VIETNAMESE,
} from "./facts.js";
import { fold } from "./fold.js";

/** @typedef {{ literal: string }} Whole a body, or a name of one word */
/** @typedef {{ family: string, given?: string, suffix?: string }} Parts */

/** A name with what stands behind it: `Una Brook, Jr.` */
export const BEHIND = new RegExp(`^(?<rest>.*[^\\s,]),?\\s+(?<suffix>${SUFFIX})$`, "i");
const NO_PERSON = new RegExp(BODY, "i");
const OF_COMPANY = new RegExp(`,?\\s${COMPANY}\\.?$`);
/** Scripts in which the family name stands first. */
const EASTERN = /^[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}々\s]+$/u;

const small = new Set(PARTICLES);
const capital = new Set(CAPITAL_PARTICLES);
const joining = new Set(JOINING);
const vietnamese = new Set(VIETNAMESE);

/** Whether a name is no person's. @param {string} name */
export const isBody = (name) =>
  NO_PERSON.test(name) || OF_COMPANY.test(name) || / and /i.test(name);

/** Whether a word before others begins a family name with them. @param {string} word @param {boolean} van whether `Van` does */
const begins = (word, van) => {
  const bare = word.replace(/^['’‘`]|[.]$/g, "");
  if (/^\p{Ll}/u.test(bare)) return small.has(bare);
  const folded = bare.toLowerCase();
  return capital.has(folded) && bare !== bare.toUpperCase() && (van || folded !== "van");
};

/** Where the family name begins. @param {string[]} words */
const familyFrom = (words) => {
  const van = !vietnamese.has(fold(words[0]).join(""));
  let from = words.length - 1;
  for (;;) {
    if (from > 2 && joining.has(words[from - 1]))
      from -= 2; // Ortega y Gasset
    else if (from > 1 && begins(words[from - 1], van))
      from -= 1; // van Gogh
    else return from;
  }
};

/**
 * Part a name as CSL has it; one that has no parts is literal.
 * @param {string} name
 * @returns {Whole | Parts}
 */
export const parted = (name) => {
  const { rest, suffix } = BEHIND.exec(name)?.groups ?? { rest: name };
  const words = rest.split(/\s+/).filter(Boolean);
  if (isBody(name) || rest.includes(",") || words.length < 2) return { literal: name };
  if (EASTERN.test(rest)) return { family: words[0], given: words.slice(1).join(" ") };
  const from = familyFrom(words);
  if (words.slice(0, from).every((word) => small.has(word))) return { literal: name };
  const [given, family] = [words.slice(0, from).join(" "), words.slice(from).join(" ")];
  return { family, given, ...(suffix ? { suffix } : {}) };
};

/** A name with its family name first, as RIS and its kind write it: `Fenn, Bo, Jr.` @param {string} name */
export const familyFirst = (name) => {
  const one = parted(name);
  if ("literal" in one) return one.literal;
  return [one.family, one.given, one.suffix].filter(Boolean).join(", ");
};
