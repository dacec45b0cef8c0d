// @ts-check
// Makes the rows that a list shows, from results and the places at which Pagefind found words.
import { EXCERPT, FIELDS, JOINT, WHOLE } from "./facts.js";
import { fold } from "./fold.js";
import { between, indexed, split, tells } from "./words.js";

/** @typedef {import("./codec.js").Result} Result */
/** @typedef {import("./codec.js").Day} Day */
/** @typedef {[text: string, marked: boolean]} Piece of a text; see JOINED */
/** @typedef {{ path: string, title: Piece[], status: string, excerpt: Piece[] }} Part a paper within a day */
/**
 * @typedef {object} Row
 * @property {number} score
 * @property {number} shard the number of its shard, the newest first
 * @property {number} place within the shard, the newest first; 0 if scores rule
 * @property {string} path
 * @property {string} date
 * @property {Piece[]} title
 * @property {string} by the authors, as far as they are named
 * @property {Piece[]} excerpt
 * @property {Partial<Result>} result the fields as they are
 * @property {Naming | null} [named] how many later papers name it, where that counts
 * @property {string} [signal] why the paper is meant, if its name was typed
 * @property {Part[]} [within] papers that match best, if a record is a day
 */
/** @typedef {import("./any-words.js").Naming} Naming */
/** @typedef {{ score: number, shard: number, place: number }} Rank */
/** @typedef {{ location: number, balanced_score: number }} Weighted a word that Pagefind found */
/**
 * What Pagefind says of a result that it loaded.
 * @typedef {object} Found
 * @property {Result | Day} result
 * @property {number[]} locations of words that were found, counted over all fields with words
 * @property {Weighted[]} weighted_locations the same, with scores
 */
/** @typedef {{ words: string[], hits: Set<number> }} Text in words, and which of them were found */

/** Begins a piece that no space parts from the one before, in text that has none. */
export const JOINED = "\u2060";
const LONGEST = 40; // words of an excerpt
const BEFORE = 6; // words of it before the first that was found
const NAMED = 4; // authors of a result that are named
const WITHIN = 4; // papers shown of a day, if a record is a day
const HELD = 1e6; // more than any score
const INDEXED = FIELDS.filter((name) => WHOLE.includes(name) || EXCERPT.includes(name));

/**
 * A field as the text that was indexed.
 * @param {Result} result
 * @param {string} name
 * @returns {string}
 */
export const text = (result, name) => {
  const value = /** @type {Record<string, string | string[]>} */ (result)[name];
  return Array.isArray(value) ? value.join(JOINT) : value;
};

/** All that is indexed of a result, in the order in which Pagefind counts the words.
 * @param {Result | Day} result
 * @returns {string}
 */
export const content = (result) =>
  "papers" in result
    ? [result.title, ...result.papers.map(content)].join(" ")
    : INDEXED.map((name) => text(result, name))
        .filter(Boolean)
        .join(" ");

/**
 * The places among all words of a result of those that are indexed; names keep function words.
 * @param {Result | Day} result
 * @returns {number[]}
 */
const counted = (result) => {
  /** @type {boolean[]} */
  const telling = [];
  const papers = "papers" in result ? result.papers : [result];
  if ("papers" in result) telling.push(...split(result.title).map(() => true));
  for (const paper of papers) {
    for (const name of INDEXED) {
      const names = Array.isArray(/** @type {Record<string, unknown>} */ (paper)[name]);
      telling.push(...split(text(paper, name)).map((word) => names || tells(indexed(word))));
    }
  }
  return [...telling.keys()].filter((place) => telling[place]);
};

/** What Pagefind found, with places that count function words too. @param {Found} found */
export const placed = (found) => {
  const places = counted(found.result);
  const weighted = found.weighted_locations.map((one) => ({
    ...one,
    location: places[one.location],
  }));
  const locations = found.locations.map((location) => places[location]);
  return { ...found, locations, weighted_locations: weighted };
};

/**
 * Lay the places at which words were found over the fields of a paper, whose words begin at `from`.
 * @param {Result} result
 * @param {Set<number>} found
 * @param {number} from
 */
const lay = (result, found, from) => {
  /** @type {Record<string, Text>} */
  const fields = {};
  let end = from;
  for (const name of INDEXED) {
    const words = split(text(result, name));
    const start = end;
    const hits = [...words.keys()].filter((n) => found.has(start + n));
    fields[name] = { words, hits: new Set(hits) };
    end += words.length;
  }
  return { fields, end };
};

/** @param {Text[]} texts @returns {Text} */
const join = (texts) => {
  const words = texts.flatMap((one) => one.words);
  let from = 0;
  const hits = texts.flatMap((one) => {
    const start = from;
    from += one.words.length;
    return [...one.hits].map((place) => start + place);
  });
  return { words, hits: new Set(hits) };
};

/** @param {Text} text @returns {Text} */
const sentence = ({ words, hits }) => {
  const [last] = words.slice(-1);
  return { words: last ? [...words.slice(0, -1), `${last}.`] : words, hits };
};

/**
 * Some words as pieces, neighbours of a kind in one.
 * @param {Text} text
 * @param {number} [from]
 * @param {number} [to]
 */
export const pieces = ({ words, hits }, from = 0, to = words.length) => {
  /** @type {Piece[]} */
  const found = [];
  for (let place = from; place < Math.min(to, words.length); place += 1) {
    const hit = hits.has(place);
    const last = found.at(-1);
    const word = words[place];
    const space = last ? between(last[0], word) : "";
    if (last?.[1] === hit) last[0] += space + word;
    else if (space || !last) found.push([word, hit]);
    else found.push([JOINED + word, hit]);
  }
  return found;
};

/**
 * The stretch of a text with most words that were found, from a few words before the first of them.
 * @param {Text} text
 */
export const excerpt = (text) => {
  const hits = [...text.hits].sort((a, b) => a - b);
  const end = text.words.length;
  let [start, most] = [0, 0];
  for (const place of hits) {
    const within = (/** @type {number} */ other) =>
      other >= place && other < place + LONGEST - BEFORE;
    const count = hits.filter(within).length;
    if (count > most) {
      [start, most] = [Math.max(0, Math.min(place - BEFORE, end - LONGEST)), count];
    }
  }
  const found = pieces(text, start, start + LONGEST);
  if (start > 0) found.unshift(["…", false]);
  if (start + LONGEST < end) found.push(["…", false]);
  return found;
};

/**
 * The authors that a result names: all, or the first and how many others.
 * @param {string[]} names
 */
export const credit = (names) => {
  const others = names.length - NAMED;
  if (others < 2) return names.join(", ");
  return `${names.slice(0, NAMED).join(", ")} and ${others} others`;
};

/** @param {string} path */
const date = (path) => path.slice(0, 10).replaceAll("/", "-");

/**
 * The papers of a day that match best: by words that their titles hold, then as Pagefind scores.
 * @param {Day} day
 * @param {Found} found
 * @param {string[]} asked
 * @returns {Part[]}
 */
const within = ({ title, papers }, { locations, weighted_locations: weighted }, asked) => {
  const places = new Set(locations);
  let end = split(title).length;
  const parts = papers.flatMap((paper) => {
    const from = end;
    const laid = lay(paper, places, from);
    end = laid.end;
    const own = weighted.filter(({ location }) => location >= from && location < laid.end);
    if (!own.length) return [];
    const named = fold(paper.title);
    const held = asked.filter((word) => named.includes(word)).length;
    const score = own.reduce((sum, one) => sum + one.balanced_score, HELD * held);
    const { title: heading, authors, ...others } = laid.fields;
    const rest = join([sentence(authors), ...Object.values(others)]);
    const shown = { title: pieces(heading), status: paper.status, excerpt: excerpt(rest) };
    return [{ score, part: { path: paper.path, ...shown } }];
  });
  return parts
    .sort((a, b) => b.score - a.score)
    .slice(0, WITHIN)
    .map(({ part }) => part);
};

/**
 * Make a row.
 * @param {Found} found
 * @param {Rank} rank
 * @param {string[]} asked the folded words of the query
 * @param {Naming | null} [named]
 * @returns {Row}
 */
export const row = (found, { score, shard, place }, asked, named = null) => {
  const { result, locations } = found;
  const about = { score, shard, place, named, path: result.path, date: date(result.path) };
  if ("papers" in result) {
    /** @type {Piece[]} */
    const title = [[result.title, false]];
    return {
      ...about,
      title,
      by: "",
      excerpt: [],
      result: {},
      within: within(result, found, asked),
    };
  }
  const { fields } = lay(result, new Set(locations), 0);
  return {
    ...about,
    title: pieces(fields.title),
    by: credit(result.authors),
    excerpt: excerpt(join(EXCERPT.map((name) => fields[name]))),
    result,
  };
};
