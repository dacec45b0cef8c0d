// @ts-check
// Unpacks the bundles that search/dictionary.py packs. A bundle's file goes on where its
// dictionary's breaks off: DEFLATE as if both were one. Unpacked, they are the vocabulary, a line a
// word, then the sample, and then the bundle, a line a paper, with words by their numbers.
import { END, ESCAPE, FIELDS, FIRST, SAMPLE, SHORT } from "./facts.js";

/** @typedef {import("./facts.js").Result} Result what is shown of a paper */
/** @typedef {{ path: string, title: string, papers: Result[] }} Day and its papers */

/** @type {WeakMap<ArrayBuffer, string[]>} */
const vocabularies = new WeakMap();

/** @param {ArrayBuffer} dictionary @param {ArrayBuffer} bundle */
const inflate = async (dictionary, bundle) => {
  const plain = new Blob([dictionary, bundle])
    .stream()
    .pipeThrough(new DecompressionStream("deflate-raw"));
  return new Uint8Array(await new Response(plain).arrayBuffer());
};

/**
 * Put the words in the places of their numbers.
 * @param {Uint8Array} bytes
 * @param {number} from
 * @param {string[]} words
 */
export const spell = (bytes, from, words) => {
  let text = ""; // of bytes, a character each
  for (let n = from; n < bytes.length; n += 1) {
    const place = bytes[n] - FIRST;
    if (bytes[n] === ESCAPE) {
      n += 1;
      text += String.fromCharCode(bytes[n]);
    } else if (place < 0) {
      text += String.fromCharCode(bytes[n]);
    } else if (place < SHORT) {
      text += words[place];
    } else {
      n += 1;
      text += words[SHORT + (place - SHORT) * 256 + bytes[n]];
    }
  }
  const whole = Uint8Array.from(text, (character) => character.charCodeAt(0));
  return new TextDecoder().decode(whole);
};

/**
 * The lines of a bundle, from its file and its dictionary's.
 * @param {ArrayBuffer} dictionary
 * @param {ArrayBuffer} bundle
 */
export const unpack = async (dictionary, bundle) => {
  const bytes = await inflate(dictionary, bundle);
  const end = bytes.indexOf(END);
  let words = vocabularies.get(dictionary);
  if (!words) {
    words = new TextDecoder().decode(bytes.subarray(0, end)).split("\n");
    vocabularies.set(dictionary, words);
  }
  return spell(bytes, end + 1 + SAMPLE, words).split("\n");
};

/** @param {unknown[]} values @returns {Result} */
const paper = (values) =>
  /** @type {any} */ (Object.fromEntries(FIELDS.map((name, n) => [name, values[n]])));

/**
 * Read a line of a bundle: a list of a paper's fields, or a day with such lists.
 * @param {string} line
 * @returns {Result | Day}
 */
export const parse = (line) => {
  const found = JSON.parse(line);
  return Array.isArray(found) ? paper(found) : { ...found, papers: found.papers.map(paper) };
};
