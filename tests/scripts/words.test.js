// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { questions } from "../../layouts/assets/search/query.js";
import { between, indexed, split, telling } from "../../layouts/assets/search/words.js";
import { vectors } from "./vectors.js";

for (const example of vectors("words.json")) {
  test(`${example.text} is asked for as it is indexed`, () => {
    assert.equal(indexed(example.text), example.indexed);
    assert.equal(telling(example.indexed), example.telling);
    const shown = split(example.text);
    assert.equal(shown.length, example.indexed.split(" ").length);
  });
}

test("words of Chinese join again without spaces", () => {
  const text = split("扩散 GAN model").reduce((said, word) => said + between(said, word) + word);
  assert.equal(text, "扩散GAN model");
});

test("phrases stand in any quotes, beside words, and with hyphens", () => {
  for (const q of ['"few shot"', "“few shot”", "„few shot“", "«few shot»", "＂few shot＂"]) {
    assert.deepEqual(questions(q), { terms: ['"few shot"'], phrases: [], lifting: [] });
  }
  const ways = ['"few shot"', '"few-shot"'];
  assert.deepEqual(questions('"few-shot"').terms, ways);
  assert.deepEqual(questions('lamps "few-shot" tea'), {
    ...{ terms: ["lamps tea"], phrases: [ways], lifting: [] },
  });
  assert.deepEqual(questions("扩散 model").phrases, [['"扩 散"']]);
  assert.deepEqual(questions("扩散").terms, ['"扩 散"']);
});
