// @ts-check
// What is asked: the fields of a search, what a query says, and what it comes to for Pagefind.
import { FILTERS } from "./facts.js";
import { filed } from "./filed.js";
import { fold } from "./fold.js";
import { indexed, telling } from "./words.js";

/**
 * A search as the form has it; a filter that nobody has chosen is empty.
 * @typedef {{ q: string, order: string } & Record<string, string>} Query
 */
/** @typedef {"title" | "authors" | "abstract"} Field of a paper in which words must stand */
/** @typedef {{ from: string, to: string, bare: boolean }} Years `bare` if one stood among the words */
/** @typedef {{ initial: string, family: string }} Initial of a name, `K. He` */
/**
 * What a query says.
 * @typedef {object} Asked
 * @property {string} plain the words and phrases that papers must hold
 * @property {string[]} words of these, folded
 * @property {string[]} without words and phrases that none may hold
 * @property {{ field: Field, words: string }[]} within fields
 * @property {Record<string, string>} filters
 * @property {Years | null} years
 * @property {Initial[]} initials
 */

/**
 * The fields of a search, with what each says as long as nobody has chosen.
 * @type {Query}
 */
export const FIELDS = {
  q: "",
  ...Object.fromEntries(FILTERS.map((name) => [name, ""])),
  order: "relevance",
};

const HYPHEN = /(?<=[\p{L}\p{N}])[-\u2010-\u2014/](?=[\p{L}\p{N}])/gu;
const QUOTE = /[\u201c-\u201f\u00ab\u00bb\u2039\u203a\uff02\u300c-\u300f]/g;
const SIGNS = /[^\0-\x7f]/;
const TOKEN =
  /(?<not>[-\u2212\u2013]|NOT\s+)?(?:(?<field>[Tt]itle|[Aa]uthors?|[Aa]bstract|[Cc]ategory|[Vv]enue|[Ww]ith|[Yy]ear):)?(?<text>"[^"]*"?|\S+)/g;
const INITIAL = /^\p{Lu}(?:\.(?:-?\p{Lu}\.?)*)?$/u;
const CAPITAL = /^\p{Lu}\p{L}+/u;
const YEAR = /^(?:19|20)\d\d$/;
const YEARS = /^(?<from>\d{4})(?:(?:\.\.|[-\u2013])(?<to>\d{4})?)?$/;

/**
 * Whether a query says enough: one Latin letter would find nearly everything, slowly.
 * @param {Query} query
 */
export const enough = (query) =>
  /..|[^\0-\x7f]/.test(query.q) || FILTERS.some((name) => query[name]);

/** The two queries that somebody compares, `nerf vs gaussian splatting`; one if it is but one.
 * @param {string} q */
export const sides = (q) => {
  const parts = q.split(/\s+(?:vs\.?|versus)\s+/i).map((part) => part.trim());
  return parts.length === 2 && parts.every(Boolean) ? parts : [q];
};

/** The filters that a query may say. */
const LIMITS = new Set(["category", "venue", "with"]);
const VENUE_YEAR = /^(?<venue>.*?)[\s/-]*(?<year>(?:19|20)\d\d)$/;

/** What a filter's value is as the index has it: `cvpr/2024` of "CVPR 2024".
 * @param {string} field @param {string} text */
const valued = (field, text) => {
  if (field === "category") return filed(text);
  const { venue = text, year } = text.match(VENUE_YEAR)?.groups ?? {};
  const slug = venue.toLowerCase().replace(/[^a-z0-9]+/g, "-");
  return year ? `${slug}/${year}` : slug;
};

/** Whether a query says a filter. @param {Asked} asked */
export const limits = ({ filters }) => Object.keys(filters).length > 0;

/** @param {string} text of a token */
const bared = (text) => text.replace(/^[,;(]+|[,;)]+$/g, "");

/** @param {string} q */
const tokens = (q) =>
  [...q.replace(QUOTE, '"').matchAll(TOKEN)].map(({ groups = {} }) => ({
    not: Boolean(groups.not),
    field: (groups.field ?? "").toLowerCase().replace(/^author$/, "authors"),
    quoted: groups.text.startsWith('"'),
    text: groups.text.startsWith('"') ? groups.text.replaceAll('"', "") : bared(groups.text),
  }));

/**
 * Understand a query. A year among other words limits the search to it, if it is one of the
 * archive's; in quotes it is a word.
 * @param {string} q
 * @param {{ from: string, to: string } | null} [span] first and last year of the archive
 * @returns {Asked}
 */
export const understand = (q, span = null) => {
  /** @type {Asked} */
  const asked = {
    plain: "",
    words: [],
    without: [],
    within: [],
    filters: {},
    years: null,
    initials: [],
  };
  const all = tokens(q).filter(({ text }) => indexed(text).trim());
  const others = all.some(({ text, not }) => !not && !YEAR.test(text));
  /** @type {string[]} */
  const plain = [];
  for (const [n, { not, field, quoted, text }] of all.entries()) {
    const [before, next] = [all[n - 1]?.text ?? "", all[n + 1]?.text ?? ""];
    const other = CAPITAL.test(next) ? next : text.includes(".") && CAPITAL.test(before) && before;
    const { from = "", to = from } = text.match(YEARS)?.groups ?? {};
    const known = span && YEAR.test(text) && text >= span.from && text <= span.to;
    const tells = telling(indexed(text)) !== "";
    if (not && tells) asked.without.push(text);
    else if (not) continue;
    else if (field === "year" && from) asked.years = { from, to: to || from, bare: false };
    else if (LIMITS.has(field)) asked.filters[field] = valued(field, text);
    else if (known && others && !quoted && !field && !asked.years)
      asked.years = { from: text, to: text, bare: true };
    else if (!quoted && !field && INITIAL.test(text) && other) {
      const [initial = ""] = fold(text);
      asked.initials.push({ initial: initial.slice(0, 1), family: fold(other)[0] ?? "" });
    } else {
      if (field && field !== "year" && tells)
        asked.within.push({ field: /** @type {Field} */ (field), words: text });
      plain.push(quoted ? `"${text}"` : text);
    }
  }
  asked.plain = plain.join(" ");
  asked.words = fold(indexed(asked.plain));
  return asked;
};

/**
 * A query as words and phrases, as they are indexed. Phrases stand in quotes, whatever a phone makes
 * of them; a word of Chinese or Japanese is a phrase of its signs. Function words are left out,
 * unless there is nothing else; with capitals they may be names, but where all is in capitals.
 * @param {string} q
 */
const parse = (q) => {
  const capitals = /\s/.test(q) && q === q.toUpperCase();
  const { words, phrases } = parted(capitals ? q.toLowerCase() : q);
  const told = words.filter(telling);
  return { words: told.length || phrases.length ? told : words, phrases };
};

/** @param {string} q */
const parted = (q) => {
  /** @type {string[]} */
  const words = [];
  /** @type {string[]} */
  const phrases = [];
  for (const [n, part] of q.replace(QUOTE, '"').split('"').entries()) {
    const quoted = n % 2 > 0;
    for (const piece of quoted ? [part] : part.split(/\s+/)) {
      const word = indexed(piece.trim());
      if (!word) continue;
      const one = quoted || (SIGNS.test(word) && word.includes(" "));
      (one ? phrases : words).push(word);
    }
  }
  return { words, phrases };
};

/** Words that every part of an index holds, so that nobody need ask. */
const COMMON = new Set(
  `a an and are as at based be by data deep detection feature features for from has have image images
  in is it learning method methods model models multi network networks neural new object of on
  our paper performance propose proposed results show state that the their this to training using
  via video vision visual we which with`.split(/\s+/),
);
const WHOLE = /^[\p{L}\p{N}][\p{L}\p{N}'’-]+$/u;

/**
 * The words of a query that a part of the index may well lack, each in the ways to write it, as
 * phrases: Pagefind takes a word that it lacks for a shorter beginning of it, and a phrase never.
 * @param {string} q
 */
export const rare = (q) =>
  parse(q)
    .words.filter((word) => WHOLE.test(word) && !COMMON.has(word.toLowerCase()))
    .map((word) => ({ word, ways: phrasesOf(word) }));

/** The words of a query that are asked for, each once. @param {string} q */
export const plainWords = (q) => [
  ...new Map(parse(q).words.map((word) => [word.toLowerCase(), word])).values(),
];

/** A word or phrase as a phrase, in the ways to write it: names keep function words, and texts have
 * none. @param {string} words */
export const phrasesOf = (words) => {
  const ways = variants(indexed(words)).flatMap((way) => [telling(way), way]);
  return [...new Set(ways)].filter(Boolean).map((way) => `"${way}"`);
};

// `few-shot` is indexed as fewshot, few and shot; in titles as few and shot alone.
/** @param {string} words */
const variants = (words) => [...new Set([words.replace(HYPHEN, " "), words])];

/**
 * What to ask Pagefind: terms of which a paper holds one, phrases in ways to write them, all of
 * which it holds, and phrases that lift what holds one of them.
 * @param {string} q
 * @returns {{ terms: (string | null)[], phrases: string[][], lifting: string[] }}
 */
export const questions = (q) => {
  const { words, phrases } = parse(q);
  const quoted = phrases.map(phrasesOf);
  if (!words.length) {
    const [terms = [null], ...rest] = quoted;
    return { terms, phrases: rest, lifting: [] };
  }
  const text = words.join(" ");
  const whole = indexed(q.trim().split(/\s+/).join(" "));
  const several = whole.includes(" ") && !phrases.length;
  const lifting = several ? [...new Set([text, whole])].map((way) => `"${way}"`) : [];
  return { terms: variants(text).map((way) => telling(way) || way), phrases: quoted, lifting };
};

/**
 * Queries that ask for less: a phrase as words, and all words but one.
 * @param {string} q
 */
export const fewer = (q) => {
  const plain = q.replace(QUOTE, '"');
  const words = plain.replaceAll('"', "").split(/\s+/).filter(Boolean);
  if (words.length < 2) return [];
  const without = words.flatMap((word, n) =>
    telling(indexed(word)) ? [words.filter((_, other) => other !== n).join(" ")] : [],
  );
  return plain.includes('"') ? [words.join(" "), ...without] : without;
};

/**
 * A query with words of it replaced, or left out where they become nothing.
 * @param {string} q
 * @param {Map<string, string>} others by folded word
 */
export const replaced = (q, others) =>
  q
    .replace(QUOTE, '"')
    .replace(/"[^"]*"?|[\p{L}\p{N}'’]+/gu, (word) =>
      word.startsWith('"') ? word : (others.get(fold(word).join("")) ?? word),
    )
    .replace(/\s+/g, " ")
    .trim();

/** A query with some of its words in quotes, so that they are taken as they stand.
 * @param {string} q @param {Iterable<string>} words folded */
export const verbatim = (q, words) =>
  replaced(q, new Map([...words].map((word) => [word, `"${word}"`])));
