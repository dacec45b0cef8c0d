// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { anyOf, describes, divides, esteem } from "../../layouts/assets/search/any-words.js";
import { understand } from "../../layouts/assets/search/query.js";

/** An index of texts, of which the first words up to a colon are the title.
 * @param {string[]} texts */
const indexOf = (texts) => {
  const papers = texts.map((text, n) => {
    const [title, body = ""] = text.toLowerCase().split(": ");
    return { id: `p${n}`, title: title.split(" "), words: `${title} ${body}`.split(" ") };
  });
  /** @param {string | null} words */
  const search = async (words) => {
    const asked = words ?? "";
    const phrase = asked.startsWith('"');
    const word = asked.replaceAll('"', "");
    const like = (/** @type {string} */ one) => (phrase ? one === word : one.startsWith(word));
    const results = papers
      .filter(({ words }) => words.some(like))
      .map(({ id, title, words }) => ({
        ...{ id, score: 1, data: async () => /** @type {any} */ (id) },
        words: [...words.keys()].filter((n) => like(words[n])),
        matchedMetaFields: title.some(like) && !phrase ? ["title"] : undefined,
      }));
    return { results };
  };
  return { search, preload: async () => undefined };
};

/** @param {string[]} texts @param {string} q */
const scores = async (texts, q) => {
  const found = await anyOf(indexOf(texts), q, texts.length, () => true);
  return new Map([...found.values()].map(({ id, score }) => [id, score]));
};

const OTHERS = Array.from({ length: 20 }, (_, n) => `Paper ${n}: of cups`);

test("four words and more describe, if nothing else is asked", () => {
  const all = (/** @type {string} */ q) => describes(understand(q));
  assert.ok(all("slow rivers in deep valleys"));
  assert.ok(!all("the slow rivers of a valley"));
  assert.ok(!all('"slow rivers" in deep green valleys'));
  assert.ok(!all("title:slow rivers in deep valleys"));
  assert.ok(!all("slow rivers in deep valleys -tea"));
  assert.ok(divides(understand("slow rivers of tea")));
  assert.ok(!divides(understand("rivers")));
});

test("a paper scores by the words that it holds, rare ones more", async () => {
  const texts = ["Rivers: slow and deep", "Lakes: deep", "Ponds: slow", "Hills: slow", ...OTHERS];
  const found = await scores(texts, "slow deep rivers of marble");
  const score = (/** @type {string} */ id) => found.get(id) ?? 0;
  assert.deepEqual([...found.keys()].sort(), ["p0", "p1", "p2", "p3"]);
  assert.ok(score("p0") > score("p1"));
  assert.ok(score("p1") > score("p2"));
  assert.equal(score("p2"), score("p3"));
});

test("a word in the title counts more, and what only begins so nothing", async () => {
  const texts = ["Tides: of cups", "Cups: and tides", "Cups: and tidesurge", ...OTHERS];
  const found = await scores(texts, "tides and other things here");
  assert.deepEqual([...found.keys()], ["p0", "p1"]);
  assert.ok((found.get("p0") ?? 0) > (found.get("p1") ?? 0));
});

test("a word of very many papers counts alike in all of them", async () => {
  const texts = ["Cups: cups cups", ...OTHERS];
  const found = await scores(texts, "cups and other things here");
  assert.equal(found.size, 21);
  assert.equal(new Set(found.values()).size, 1);
});

test("who is named by later papers counts more", () => {
  assert.equal(esteem(null), 0);
  const [few, many] = [3, 300].map((papers) => esteem({ papers, name: "TeaNet" }));
  assert.ok(0 < few && few < many);
});
