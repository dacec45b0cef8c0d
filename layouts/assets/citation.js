// @ts-check
// Papers as BibTeX entries, each under a key of its own.
import { SUFFIX } from "./facts.js";
import { fold } from "./fold.js";
import { isArxiv } from "./ids.js";
import { escaped } from "./tex.js";

/** @typedef {import("./saved.js").Paper} Paper */

const BEHIND = new RegExp(`^(?<rest>.*[^\\s,]),?\\s+(?<suffix>${SUFFIX})$`, "i");
const GROUP = /\b(?:collaborations?|consortium|team|group|project|committee|challenge)\b/i;
const SMALL = new Set(
  "a an the of on in for to and or with from by at as is are via towards toward using".split(" "),
);

/** @param {string} word */
const plain = (word) =>
  fold(word)
    .join("")
    .replace(/[^a-z0-9]/g, "");

/** An author as BibTeX takes a name apart: `Fenn, Jr., Bo`, `{The Leaf Collaboration}`.
 * @param {string} name */
const author = (name) => {
  if (GROUP.test(name)) return `{${escaped(name)}}`;
  const { rest, suffix } = BEHIND.exec(name)?.groups ?? {};
  if (!suffix) return / and /i.test(name) ? `{${escaped(name)}}` : escaped(name);
  const words = rest.split(/\s+/);
  let from = words.length - 1;
  while (from > 1 && /^\p{Ll}/u.test(words[from - 1])) from -= 1; // van Gogh
  const [given, family] = [words.slice(0, from), words.slice(from)];
  return escaped(`${family.join(" ")}, ${suffix}, ${given.join(" ")}`).trim();
};

/** A key as Google Scholar and arXiv make them: family name, year, first word that says something.
 * @param {Paper} paper */
const key = ({ id, title, authors, year }) => {
  const first = authors[0] ?? "";
  const whole = BEHIND.exec(first)?.groups?.rest ?? first;
  const family = plain(GROUP.test(whole) ? whole.split(" ")[0] : (whole.split(" ").pop() ?? ""));
  const words = title.split(/[^\p{L}\p{M}\p{N}']+/u).filter(Boolean);
  const word = plain(words.find((one) => !SMALL.has(one.toLowerCase())) ?? words[0] ?? "");
  const made = family && `${family}${year}${word}`;
  return made || plain(id) || "paper";
};

/** @param {string} at @param {Paper} paper */
const entry = (at, paper) => {
  const { id, title, authors, year, category, arxiv, journal, doi } = paper;
  const preprint = isArxiv(id)
    ? { eprint: id, archiveprefix: "arXiv", ...(category ? { primaryclass: category } : {}) }
    : {};
  const fields = {
    title: `{${paper.tex ?? escaped(title)}}`,
    author: [...authors.map(author), ...(paper.others ? ["others"] : [])].join(" and "),
    journal: journal ? escaped(journal) : "",
    year,
    doi: doi ?? "",
    ...preprint,
    url: arxiv,
  };
  const lines = Object.entries(fields)
    .filter(([, value]) => value)
    .map(([name, value]) => `  ${name} = {${value}}`);
  return `@${journal ? "article" : "misc"}{${at},\n${lines.join(",\n")}\n}\n`;
};

/**
 * The entries of papers. Of several that would have one key, the later get letters: `b`, `c`.
 * @param {Paper[]} papers
 */
export const bibtex = (papers) => {
  /** @type {Map<string, number>} */
  const times = new Map();
  const entries = papers.map((paper) => {
    const made = key(paper);
    const before = times.get(made) ?? 0;
    times.set(made, before + 1);
    return entry(before ? made + letters(before) : made, paper);
  });
  return entries.join("\n");
};

/** @param {number} number @returns {string} */
const letters = (number) =>
  number < 26
    ? String.fromCharCode(97 + number)
    : letters(Math.floor(number / 26) - 1) + letters(number % 26);
