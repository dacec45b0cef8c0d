// @ts-check
// Reads Pagefind's own files, as search/order.py does: CBOR behind a signature, compressed. Of CBOR
// they hold lists, texts and whole numbers.
import { SIGNATURE } from "./facts.js";

/** @typedef {number | string | Value[]} Value */

/**
 * Read a value in CBOR, RFC 8949.
 * @param {Uint8Array} bytes
 * @param {number} [from]
 */
export const decode = (bytes, from = 0) => {
  const text = new TextDecoder();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = from;
  /** @param {number} more */
  const size = (more) => {
    if (more < 24) return more;
    const start = at;
    at += 1 << (more - 24);
    if (more === 24) return view.getUint8(start);
    if (more === 25) return view.getUint16(start);
    if (more === 26) return view.getUint32(start);
    return Number(view.getBigUint64(start));
  };
  /** @returns {Value} */
  const read = () => {
    const head = bytes[at];
    at += 1;
    const count = size(head & 31);
    if (head >> 5 === 0) return count;
    if (head >> 5 === 3) {
      at += count;
      return text.decode(bytes.subarray(at - count, at));
    }
    if (head >> 5 === 4) return Array.from({ length: count }, read);
    throw new Error(`Pagefind: expected a list, a text or a number, found ${head}`);
  };
  return read();
};

/** @param {ArrayBuffer} data @returns {Promise<any>} */
const open = async (data) => {
  const plain = new Blob([data]).stream().pipeThrough(new DecompressionStream("gzip"));
  const bytes = new Uint8Array(await new Response(plain).arrayBuffer());
  return decode(bytes, SIGNATURE.length);
};

/**
 * Which papers an index has, in the order that its files number them, and the file of each filter.
 * @param {ArrayBuffer} data
 */
export const readMeta = async (data) => {
  /** @type {[string, [string, ...Value[]][], Value, [string, string][]]} */
  const [, pages, , filters] = await open(data);
  /** @type {Record<string, string>} */
  const files = Object.fromEntries(filters);
  return { papers: pages.map(([id]) => id), filters: files };
};

/**
 * The values of a filter that each paper has.
 * @param {ArrayBuffer} data
 * @param {string[]} papers
 */
export const readFilter = async (data, papers) => {
  /** @type {[string, [string, number[]][]]} */
  const [, values] = await open(data);
  /** @type {Map<string, string[]>} */
  const found = new Map();
  for (const [name, numbers] of values) {
    for (const number of numbers) {
      const one = found.get(papers[number]);
      if (one) one.push(name);
      else found.set(papers[number], [name]);
    }
  }
  return found;
};
