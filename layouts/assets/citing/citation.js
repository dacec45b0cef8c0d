// @ts-check
// Papers as entries of BibTeX and of BibLaTeX, each under a key of its own.
import { container, kindOf, yearOf } from "./appeared.js";
import { fold } from "./fold.js";
import { isArxiv } from "./ids.js";
import { BEHIND, isBody, parted } from "./people.js";
import { escaped, isBalanced, tex } from "./tex.js";

/** @typedef {import("./references.js").Paper} Paper */

// What arXiv leaves out of the keys that it offers, as far as its keys show.
const SMALL = new Set(
  "a all an and are as at be by can do does for from has have how if in into is it its no not of on or our should that the their them these they this to toward towards upon via we what when where which who why will with you your".split(
    " ",
  ),
);
const KEY_WORDS = 4;
// Names that titles hold, and that stay capital in a sentence. Of other words capitals inside tell.
const NAMES = new Set(
  "Abel Bayes Bayesian Bernoulli Boltzmann Boolean Brownian Cauchy Chinese Dirichlet English Euclidean European Euler Fisher Fourier French Gauss Gaussian Gaussians German Gibbs Grassmann Green Hamiltonian Hausdorff Hermitian Hessian Hilbert Jacobian Kalman Lagrangian Langevin Laplace Laplacian Lie Lipschitz Markov Markovian Monte Carlo Nash Newton Newtonian Poisson Riemann Riemannian Shannon Stein Sobolev Taylor Turing Wasserstein Wiener Zipf".split(
    " ",
  ),
);
const SENTENCE = 0.5; // of the words of a title capital: more is title case, which says nothing

/** @param {string} word */
const plain = (word) =>
  fold(word)
    .join("")
    .replace(/[^a-z0-9]/g, "");

/** Text as TeX. @typedef {(text: string) => string} Write */

/** An author as BibTeX takes a name apart: `Fenn, Jr., Bo`, `{The Leaf Collaboration}`.
 * @param {string} name @param {Write} write */
const author = (name, write) => {
  const one = parted(name);
  if ("literal" in one) return /[\s,]/.test(name) ? `{${write(name)}}` : write(name);
  // A small letter between capital words begins the family name for BibTeX, which is before it.
  const joined = /(?:^|\s)\p{Lu}\S*\s\p{Ll}/u.test(one.family);
  const family = joined ? `{${write(one.family)}}` : write(one.family);
  return [family, one.suffix, one.given]
    .filter(Boolean)
    .map((part) => (part === family ? part : write(String(part))))
    .join(", ");
};

/** A key as arXiv makes them: family name, year, the first words that say something.
 * @param {Paper} paper */
const key = ({ id, title, authors, published }) => {
  const first = authors[0] ?? "";
  const body = isBody(first) && first.replace(/^the\s+/i, "").split(" ")[0];
  const whole = BEHIND.exec(first)?.groups?.rest ?? first;
  const family = plain(body || (whole.split(" ").pop() ?? ""));
  const words = title.split(/[^\p{L}\p{M}\p{N}'’-]+/u).filter(Boolean);
  const telling = words.filter((one) => !SMALL.has(one.toLowerCase()));
  const chosen = (telling.length ? telling : words).slice(0, KEY_WORDS).map(plain).join("");
  const made = family && `${family}${published.slice(0, 4)}${chosen}`;
  return made || plain(id) || "paper";
};

/** Whether styles that set titles as sentences must leave a word as it is.
 * @param {string} word @param {boolean} sentence whether other capitals are names */
const isName = (word, sentence) =>
  /\p{L}.*\p{Lu}|\p{N}.*\p{Lu}|^\P{L}*\p{Lu}(?:\p{N}|[-*+#])/u.test(word) ||
  word.split("-").some((part) => NAMES.has(part.replace(/[^\p{L}]/gu, ""))) ||
  (sentence && /^\P{L}*\p{Lu}\p{Ll}/u.test(word));

/** A title in which names keep their capitals.
 * @param {Paper} paper @param {Write} write @param {boolean} spelt */
const titled = ({ title, formulas, source }, write, spelt) => {
  if (source && isBalanced(source)) return source;
  if (formulas) {
    const { body } = new DOMParser().parseFromString(formulas, "text/html");
    return `{${tex(body, spelt).trim()}}`; // in braces whole: no style looks into a formula
  }
  const words = title.split(" ");
  const later = words.slice(1).filter((word) => /^\P{L}*\p{L}{4}/u.test(word));
  const capital = later.filter((word) => /^\P{L}*\p{Lu}/u.test(word)).length;
  const sentence = later.length > 1 && capital <= later.length * SENTENCE;
  return words
    .map((word, n) => {
      const begins = n === 0 || /[:?!.–—]$/.test(words[n - 1]);
      return isName(word, sentence && !begins) ? `{${write(word)}}` : write(word);
    })
    .join(" ");
};

/** What an entry says in the one dialect and in the other. */
const DIALECTS = {
  bibtex: {
    ...{ preprint: "misc", journal: "journal", scheme: "archiveprefix", class: "primaryclass" },
    arxiv: "arXiv",
    /** @param {Paper} paper */
    date: (paper) => ({ year: yearOf(paper) }),
  },
  biblatex: {
    ...{ preprint: "online", journal: "journaltitle", scheme: "eprinttype", class: "eprintclass" },
    arxiv: "arxiv",
    /** @param {Paper} paper */
    date: ({ published, venue }) => ({ date: venue?.year || published }),
  },
};

const TYPES = { "paper-conference": "inproceedings", "article-journal": "article" };

/** @param {string} at @param {Paper} paper @param {keyof typeof DIALECTS} dialect */
const entry = (at, paper, dialect) => {
  const { id, authors, category, address, doi } = paper;
  const { preprint, journal: in_, scheme, class: class_, arxiv, date } = DIALECTS[dialect];
  const spelt = dialect === "bibtex";
  /** @type {Write} */
  const write = (text) => escaped(text, spelt);
  const type = { article: preprint, ...TYPES }[kindOf(paper)];
  const eprint = { eprint: id, [scheme]: arxiv, ...(category ? { [class_]: category } : {}) };
  const fields = {
    title: titled(paper, write, spelt),
    author: [
      ...authors.map((name) => author(name, write)),
      ...(paper.others ? ["others"] : []),
    ].join(" and "),
    [type === "inproceedings" ? "booktitle" : in_]: write(container(paper)),
    ...date(paper),
    doi: bare(doi),
    ...(isArxiv(id) ? eprint : {}),
    url: bare(address),
  };
  const lines = Object.entries(fields)
    .filter(([, value]) => value)
    .map(([name, value]) => `  ${name} = {${value}}`);
  return `@${type}{${at},\n${lines.join(",\n")}\n}\n`;
};

/** An address or DOI, which is set as it is: only braces would end it. @param {string} text */
const bare = (text) => text.replaceAll("{", "%7B").replaceAll("}", "%7D");

/**
 * The entries of papers. Of several that would have one key, the later get letters: `b`, `c`.
 * @param {Paper[]} papers
 * @param {keyof typeof DIALECTS} [dialect]
 */
export const bibtex = (papers, dialect = "bibtex") => {
  /** @type {Map<string, number>} */
  const times = new Map();
  const used = new Set(papers.map(key));
  const entries = papers.map((paper) => {
    const made = key(paper);
    let before = times.get(made) ?? 0;
    let own = made;
    while (before && used.has(own)) {
      own = made + letters(before);
      before += 1;
    }
    times.set(made, Math.max(before, 1));
    used.add(own);
    return entry(own, paper, dialect);
  });
  return entries.join("\n");
};

/** @param {number} number @returns {string} */
const letters = (number) =>
  number < 26
    ? String.fromCharCode(97 + number)
    : letters(Math.floor(number / 26) - 1) + letters(number % 26);
