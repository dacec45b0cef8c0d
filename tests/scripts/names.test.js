// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { begun, entry, rank, startOf } from "../../layouts/assets/search/names.js";
import { shared } from "../../layouts/assets/search/places.js";
import { distance, plainer } from "../../layouts/assets/search/spelling.js";
import { fold } from "../../layouts/assets/shared/fold.js";
import { vectors } from "./vectors.js";

for (const { name, words, bucket } of vectors("names.json")) {
  test(`${name} folds as in Python, and is looked for in the bucket that holds it`, () => {
    assert.deepEqual(fold(name), words);
    assert.equal(startOf(words), bucket);
  });
}

test("an entry may be a name alone", () => {
  const words = ["ada", "quill"];
  const path = "authors/ada-quill.html";
  assert.deepEqual(entry("Ada Quill"), {
    name: "Ada Quill",
    papers: 1,
    words,
    slug: "ada-quill",
    path,
  });
  assert.equal(entry(["Con", 3, "con-1a2b3c4d5e"]).slug, "con-1a2b3c4d5e");
});

test("authors with few papers are on the shared page that Python puts them on", () => {
  assert.equal(entry("Kira Beerel", [2, 16384, false]).path, "people/03f2.html#kira-beerel");
  assert.equal(entry(["Kira Beerel", 2], [2, 16384, false]).path, "authors/kira-beerel.html");
  assert.equal(shared("kira-beerel", 1024), "people/003f.html#kira-beerel");
});

test("each word that was asked for begins another word of the name", () => {
  const words = ["luc", "van", "gool"];
  assert.ok(begun(["gool", "v"], words));
  assert.ok(begun(["l", "luc"], ["luc", "lee"]));
  assert.ok(!begun(["g", "go"], words));
  assert.ok(!begun(["luc", "van", "gool", "x"], words));
});

test("a name in full goes before one in another order, and whole words before begun ones", () => {
  const words = ["luc", "van", "gool"];
  const asked = [["luc", "van", "gool"], ["gool", "luc", "van"], ["gool"], ["goo"]];
  assert.deepEqual(
    asked.map((one) => rank(one, words)),
    [3, 2, 1, 0],
  );
});

test("umlauts may be written with an e", () => {
  assert.deepEqual(plainer("muelbach"), ["mulbach"]);
  assert.equal(plainer("haemaelaeson")[0], "hamalason");
  assert.deepEqual(plainer("poetae"), ["pota", "poeta", "potae"]);
  assert.deepEqual(plainer("tea"), []);
});

test("spellings differ by letters that change, come, go or swap", () => {
  assert.equal(distance("quill", "quill", 2), 0);
  assert.equal(distance("quill", "quilt", 2), 1);
  assert.equal(distance("quill", "qull", 2), 1);
  assert.equal(distance("quill", "uqill", 2), 1);
  assert.equal(distance("quill", "fenn", 2), 3);
  assert.equal(distance("a", "abcd", 2), 3);
});
