// @ts-check
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { isSame, names, pathOf } from "../../layouts/assets/shared/page.js";

const ROOT = "https://example.org/papers/";

test("a page is the same whatever a host made of its address", () => {
  for (const [path, ...others] of [
    ["2021/12/19/", "2021/12/19", "2021/12/19/index.html", "2021/12/19/index", "2021/12/19/?q#x"],
    ["authors/ada-quill.html", "authors/ada-quill", "authors/ada-quill?q"],
    ["people/03f2.html", "people/03f2"],
    ["categories/cs.CV/2021/", "categories/cs.CV/2021", "categories/cs.CV/2021/index.html"],
    ["", "index.html", "index", "?q"],
    ["reading-list/", "reading-list"],
    ["abs/2112.10046/", "abs/2112.10046"],
  ])
    for (const other of [path, ...others]) assert.equal(pathOf(ROOT + other, ROOT), path, other);
  assert.equal(pathOf("https://example.org/papers", ROOT), "");
  // The page itself says whether it is a list of names or an author.
  assert.equal(pathOf(`${ROOT}authors/zha`, ROOT, 1), "authors/zha.html");
  assert.equal(pathOf(`${ROOT}authors/zha`, ROOT, 2), "authors/zha/");
});

test("a page is looked for under every address that hosts give it", () => {
  const all = ["a/", "a/index.html", "a", "a.html"];
  for (const one of all) {
    assert.equal(names(ROOT + one)[0], ROOT + one);
    for (const other of all) assert.ok(isSame(ROOT + one, ROOT + other), `${one} ${other}`);
  }
  assert.ok(isSame(ROOT, `${ROOT}index.html`));
  const host = "http://127.0.0.1:8000/";
  assert.deepEqual(names(host), [host, `${host}index.html`]);
  assert.equal(isSame(`${ROOT}a/`, `${ROOT}b/`), false);
});

test("no other script reads the page's own address to know which page it is", () => {
  const top = new URL("../../layouts/assets/", import.meta.url);
  const history = ["interests-page.js", "search-memory.js", "search.js"]; // which keep it as it is
  for (const folder of ["citing", "reader", "search", "shared"])
    for (const name of readdirSync(new URL(folder, top))) {
      const text = readFileSync(new URL(`${folder}/${name}`, top), "utf8");
      if (name !== "page.js" && !history.includes(name))
        assert.doesNotMatch(text, /location\.pathname/, name);
    }
});
