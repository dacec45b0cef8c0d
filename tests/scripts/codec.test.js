// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { ESCAPE, FIELDS, FIRST, SHORT, SIGNATURE } from "../../.facts/facts.js";
import { parse, spell, unpack } from "../../layouts/assets/search/codec.js";
import { decode, readFilter, readMeta } from "../../layouts/assets/search/pagefind-files.js";
import { vectors } from "./vectors.js";

/** @param {Uint8Array | string} data */
const buffer = (data) => {
  const bytes = typeof data === "string" ? Buffer.from(data, "base64") : data;
  return new Uint8Array(bytes).buffer;
};

for (const { dictionary, bundle, lines } of vectors("bundles.json")) {
  test("a bundle unpacks as in Python", async () => {
    assert.deepEqual(await unpack(buffer(dictionary), buffer(bundle)), lines);
  });
}

test("words stand in the places of their numbers", () => {
  const words = [...Array(SHORT + 300).keys()].map((n) => `<${n}>`);
  const long = [FIRST + SHORT + 1, 2]; // a byte for hundreds of 256 words, and one for the word
  const bytes = [65, FIRST, FIRST + SHORT - 1, ...long, ESCAPE, 0xc3, ESCAPE, 0xbc];
  const text = `A<0><${SHORT - 1}><${SHORT + 258}>ü`;
  assert.equal(spell(Uint8Array.from([9, ...bytes]), 1, words), text);
});

test("a line is a paper, or a day of papers", () => {
  const values = FIELDS.map((name) => `the ${name}`);
  const paper = Object.fromEntries(FIELDS.map((name) => [name, `the ${name}`]));
  assert.deepEqual(parse(JSON.stringify(values)), paper);
  const day = { path: "2021/12/19/", title: "Sunday", papers: [values] };
  assert.deepEqual(parse(JSON.stringify(day)), { ...day, papers: [paper] });
});

test("CBOR holds numbers of any size, texts and lists", () => {
  const long = "é".repeat(200);
  const bytes = [
    ...[0x87, 0x17, 0x18, 0xff, 0x19, 0x01, 0x00, 0x1a, 0, 1, 0, 0],
    ...[0x1b, 0, 0, 0, 1, 0, 0, 0, 0, 0x62, 0xc3, 0xbc, 0x79, 0x01, 0x90, ...Buffer.from(long)],
  ];
  const found = decode(Uint8Array.from([1, 2, 3, ...bytes]), 3);
  assert.deepEqual(found, [23, 255, 256, 65536, 2 ** 32, "ü", long]);
  assert.throws(() => decode(Uint8Array.from([0xf6])), /expected a list/);
});

test("Pagefind's metadata and filters are read", async () => {
  const text = (/** @type {string} */ one) => [0x60 + one.length, ...Buffer.from(one)];
  /** @param {number[]} value */
  const file = (value) => buffer(gzipSync(Uint8Array.from([...Buffer.from(SIGNATURE), ...value])));
  const pages = [0x82, 0x82, ...text("p0"), 9, 0x82, ...text("p1"), 9];
  const meta = [0x84, ...text("1.5"), ...pages, 0x80, 0x81, 0x82, ...text("year"), ...text("f")];
  const { papers, filters } = await readMeta(file(meta));
  assert.deepEqual([papers, filters], [["p0", "p1"], { year: "f" }]);
  const values = [0x82, 0x82, ...text("a"), 0x82, 0, 1, 0x82, ...text("b"), 0x81, 1];
  const found = await readFilter(file([0x82, ...text("year"), ...values]), papers);
  assert.deepEqual(
    [...found],
    [
      ["p0", ["a"]],
      ["p1", ["a", "b"]],
    ],
  );
});
