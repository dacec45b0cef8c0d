// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { bibtex } from "../../layouts/assets/citing/citation.js";
import { FORMATS } from "../../layouts/assets/citing/formats.js";
import { read } from "../../layouts/assets/citing/imports.js";
import { parted } from "../../layouts/assets/citing/people.js";

const PAPER = {
  ...{ id: "2112.10046", published: "2021-12-19", category: "cs.CV", comment: "" },
  ...{
    title: "Łódź: A 3D Study of Tea & Tides_1",
    authors: ["Ada Çelik-Öz", "Bo van der Fenn, Jr."],
  },
  ...{ doi: "10.5555/ab_c", journal: "", path: "2021/12/19/#2112.10046" },
  address: "https://arxiv.org/abs/2112.10046",
};

for (const { name, make } of FORMATS.filter(({ name }) => name !== "text"))
  test(`what is exported as ${name} comes back`, () => {
    const other = { ...PAPER, id: "2112.10047", authors: ["The Leaf Collaboration"], doi: "" };
    const found = read(make([PAPER, other]));
    assert.deepEqual(
      found.map(({ id, title, authors, doi }) => [id, title, authors, doi]),
      [PAPER, other].map(({ id, title, authors, doi }) => [id, title, authors, doi]),
    );
  });

test("BibTeX as others write it is read", () => {
  const [one, two, ...rest] = read(`% a comment
@string{nips = "NeurIPS"}
@Article {key1,
  TITLE = "The {GAN} of " # "{M}\\"uller",
  author = {Gool, Luc Van and {Tea and Co.} and M{\\'e}ndez, Jr., Juan},
  journal= {arXiv preprint arXiv:2101.00001v2}, year = 2021
}
@inproceedings(ignored, title={x})
@misc{key2, title = {Unclosed {brace}}, doi = {10.1000/XYZ}}`);
  assert.deepEqual(rest, []);
  assert.equal(one.id, "2101.00001");
  assert.equal(one.title, "The GAN of Müller");
  assert.deepEqual(one.authors, ["Luc Van Gool", "Tea and Co.", "Juan Méndez, Jr."]);
  assert.equal(two.title, "Unclosed brace");
  assert.equal(two.doi, "10.1000/XYZ");
});

test("broken files end, and say what they are not", () => {
  for (const text of ["", "tea", "@", "@misc{a, title = {", '@misc{a, title = "', '{"a": 1'])
    try {
      assert.ok(Array.isArray(read(text)));
    } catch (error) {
      assert.ok(error instanceof Error);
    }
});

test("names keep their capitals in a sentence", () => {
  const title = (/** @type {string} */ title) =>
    /title = \{(.*)\}/.exec(bibtex([{ ...PAPER, title }]))?.[1];
  assert.equal(
    title("Deep ResNets for 3D Gaussian Splatting with mIoU"),
    "Deep {ResNets} for {3D} {Gaussian} Splatting with {mIoU}",
  );
  // Written as a sentence, every capital is a name's; in title case none tells.
  assert.equal(
    title("A study of the Zurich rivers: An overview"),
    "A study of the {Zurich} rivers: An overview",
  );
  assert.equal(title("A Study of the Zurich Rivers"), "A Study of the Zurich Rivers");
});

test("names come apart as CSL has them", () => {
  assert.deepEqual(parted("Alceu de S. Britto, Jr."), {
    family: "Britto",
    given: "Alceu de S.",
    suffix: "Jr.",
  });
  assert.deepEqual(parted("Luc van Gool"), { family: "van Gool", given: "Luc" });
  assert.deepEqual(parted("Plato"), { literal: "Plato" });
  assert.deepEqual(parted("ATLAS Collaboration"), { literal: "ATLAS Collaboration" });
});
