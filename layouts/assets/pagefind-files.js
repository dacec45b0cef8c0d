// Read Pagefind's own files, as search/order.py does: CBOR behind twelve signature bytes, compressed. Of CBOR
// they hold lists, texts and whole numbers.
const SIGNATURE = 12;

const value = (bytes) => {
  const text = new TextDecoder();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = SIGNATURE;
  const size = (more) => {
    if (more < 24) return more;
    const from = at;
    at += 1 << (more - 24);
    if (more === 24) return view.getUint8(from);
    if (more === 25) return view.getUint16(from);
    if (more === 26) return view.getUint32(from);
    return Number(view.getBigUint64(from));
  };
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

const decode = async (data) => {
  const plain = new Blob([data]).stream().pipeThrough(new DecompressionStream("gzip"));
  return value(new Uint8Array(await new Response(plain).arrayBuffer()));
};

/** Which papers an index has, in the order that its files number them, and the file of each filter. */
export const readMeta = async (data) => {
  const [, pages, , filters] = await decode(data);
  return { papers: pages.map(([id]) => id), filters: Object.fromEntries(filters) };
};

/** The values of a filter that each paper has: Map id → [value, …]. */
export const readFilter = async (data, papers) => {
  const [, values] = await decode(data);
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
