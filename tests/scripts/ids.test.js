// @ts-check
import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { bucketOf, locate, parse } from "../../layouts/assets/shared/ids.js";
import { vectors } from "./vectors.js";

for (const { query, id, doi, bucket } of vectors("identifiers.json")) {
  test(`"${query}" is read as in Python`, () => {
    const known = parse(query);
    assert.deepEqual(known, id || doi ? (id ? { id } : { doi }) : null);
    if (known) assert.equal(bucketOf(known), bucket);
  });
}

const network = globalThis.fetch;
afterEach(() => {
  globalThis.fetch = network;
});

/** Serve lists from memory. @param {string} root @param {Record<string, object>} lists */
const serve = (root, lists) => {
  globalThis.fetch = async (address) => {
    const list = lists[String(address).slice(root.length)];
    return new Response(JSON.stringify(list ?? {}), { status: list ? 200 : 404 });
  };
};

test("a paper is found by its id, by an old id in part, and by its DOI", async () => {
  serve("a/", {
    "abs/2112.json": { "2021-12-19": "10046 10047" },
    "abs/0301.json": { "2003-01-04": "math.NA/0301001" },
    "abs/doi-03.json": { "10.1109/x.03": "2112.10047" },
  });
  const first = { id: "2112.10046", day: "2021-12-19", path: "2021/12/19/#2112.10046" };
  assert.deepEqual(await locate("a/", { id: "2112.10046" }), first);
  assert.equal((await locate("a/", { id: "math/0301001" }))?.id, "math.NA/0301001");
  assert.equal((await locate("a/", { doi: "10.1109/x.03" }))?.id, "2112.10047");
  assert.equal(await locate("a/", { id: "2112.1004" }), null);
  assert.equal(await locate("a/", { id: "1001.0001" }), null);
});
