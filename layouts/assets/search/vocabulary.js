// @ts-check
// What a word that the archive does not know was meant to be: its nearest neighbour among the words
// that many papers have.
import { WORDS } from "./facts.js";
import { distance } from "./spelling.js";

/** @typedef {Map<string, number>} Vocabulary by word the logarithm, to base 2, of its papers */

const SHORTEST = 4; // letters of a word that may be misspelt
const LONG = 8; // letters from which on two may be wrong
const FEW = 4; // a word below that, 16 papers, may be misspelt as well
const MORE = 7; // if its neighbour has 128 times as many papers
const MANY = 5; // what a word stands for that is short, or wrong in two letters

/** @type {Promise<Vocabulary> | null} */
let kept = null;

/** Fetch the words, once. @param {string} root @returns {Promise<Vocabulary>} */
export const vocabulary = (root) => {
  kept ??= fetch(root + WORDS).then(async (answer) => {
    if (!answer.ok) throw new Error(`${answer.status}`);
    /** @type {[number, string][]} */
    const classes = await answer.json();
    return new Map(
      classes.flatMap(([size, words]) =>
        words.split(" ").map((word) => /** @type {[string, number]} */ ([word, size])),
      ),
    );
  });
  kept.catch(() => {
    kept = null;
  });
  return kept;
};

/**
 * What a word stands for, if it is misspelt: another word, or two that were run together.
 * @param {string} word folded
 * @param {Vocabulary} known
 * @returns {string | null}
 */
export const meant = (word, known) => {
  const own = known.get(word);
  const [, letters = "", figures = ""] = word.match(/^(\D+)(\d+)$/) ?? [];
  if (own === undefined && letters) {
    const better = known.has(letters) ? null : meant(letters, known);
    return better && better + figures;
  }
  if (word.length < SHORTEST || (/\d/.test(word) && word.length < LONG)) return null;
  const short = word.length < LONG - 2;
  if (own !== undefined && own >= (short ? FEW - 1 : FEW)) return null;
  const most = own === undefined && word.length >= LONG ? 2 : 1;
  const least = own === undefined ? 1 : own + MORE + (short ? 1 : 0);
  let best = "";
  let [near, size] = [most + 1, 0];
  for (const [other, papers] of known) {
    if (papers < least || other === word || Math.abs(other.length - word.length) > most) continue;
    const far = distance(word, other, most);
    if (far > most || ((far > 1 || short) && papers < MANY)) continue;
    // A slip in the first letter is rare.
    const cost = far + (other[0] === word[0] ? 0 : 0.5);
    if (cost < near || (cost === near && papers > size)) [best, near, size] = [other, cost, papers];
  }
  return best || (own === undefined ? parted(word, known) : null);
};

/** Two words of many papers that were run together. @param {string} word @param {Vocabulary} known */
const parted = (word, known) => {
  /** @type {{ words: string, papers: number }[]} */
  const found = [];
  for (let end = 3; end <= word.length - 3; end += 1) {
    const [one, other] = [word.slice(0, end), word.slice(end)];
    const papers = Math.min(known.get(one) ?? 0, known.get(other) ?? 0);
    if (papers >= MANY) found.push({ words: `${one} ${other}`, papers });
  }
  return found.sort((a, b) => b.papers - a.papers)[0]?.words ?? null;
};
