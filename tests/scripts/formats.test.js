// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { bibtex } from "../../layouts/assets/citing/citation.js";
import { context } from "../../layouts/assets/citing/coins.js";
import { csl as cslOf, FORMATS } from "../../layouts/assets/citing/formats.js";
import { read } from "../../layouts/assets/citing/imports.js";
import { familyFirst, parted } from "../../layouts/assets/citing/people.js";

const PAPER = {
  ...{ id: "2112.10046", published: "2021-12-19", category: "cs.CV", comment: "" },
  ...{
    title: "Łódź: A 3D Study of Tea & Tides_1",
    authors: ["Ada Çelik-Öz", "Bo van der Fenn, Jr."],
  },
  ...{ doi: "10.5555/ab_c", journal: "", path: "2021/12/19/#2112.10046" },
  address: "https://arxiv.org/abs/2112.10046",
};

const [, , ris] = FORMATS;
/** @param {any[]} papers @returns {any} */
const csl = ([paper]) => cslOf(paper);

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

test("one letter before a sign keeps its capital", () => {
  const made = bibtex([{ ...PAPER, title: "Searching with A* in C++: U-net and K-means" }]);
  assert.match(made, /title = \{Searching with \{A\*\} in \{C\+\+:\} \{U-net\} and \{K-means\}\}/);
});

test("every format parts a name by one rule", () => {
  for (const [name, first, tex = first] of [
    ["Benjamin Van Durmen", "Van Durmen, Benjamin"],
    ["Dirk-Jan 't Hoen", "'t Hoen, Dirk-Jan"],
    ["Luis Garcia-Lopez y Vega", "Garcia-Lopez y Vega, Luis", "{Garcia-Lopez y Vega}, Luis"],
    [
      "Jo\u00e3o de Almeida e Silva",
      "de Almeida e Silva, Jo\u00e3o",
      "{de Almeida e Silva}, Jo{\\~{a}}o",
    ],
    ["Sofia El Khabir", "El Khabir, Sofia"],
    ["Maria De Luca", "De Luca, Maria"],
    ["Jean de La Fontaine", "de La Fontaine, Jean"],
    ["Ludwig von und zu Tarn", "von und zu Tarn, Ludwig"],
    ["\u5f20 \u5bb6\u53d1", "\u5f20, \u5bb6\u53d1"],
    ["\u738b\u9633", "\u738b\u9633"],
    ["Rob van der Gloot", "van der Gloot, Rob"],
    ["jianhao Dale", "Dale, jianhao"],
    ["Wei jian Tu", "Tu, Wei jian"],
    ["Tran Van Nam", "Nam, Tran Van"],
    ["Bo Fenn Jr.", "Fenn, Bo, Jr.", "Fenn, Jr., Bo"],
    ["Juseon-Dor", "Juseon-Dor"],
    ["Women and Lamps in Vision", "Women and Lamps in Vision", "{Women and Lamps in Vision}"],
    ["Quill Lamps, LLC", "Quill Lamps, LLC", "{Quill Lamps, LLC}"],
    ["Johnson & Johnson", "Johnson & Johnson", "{Johnson \\& Johnson}"],
  ]) {
    const paper = { ...PAPER, authors: [name] };
    assert.equal(familyFirst(name), first);
    assert.ok(bibtex([paper]).includes(`author = {${tex}}`), bibtex([paper]));
    assert.ok(ris.make([paper]).includes(`AU  - ${first}\r\n`));
    assert.ok(context(paper, "").includes(`rft.au=${encodeURIComponent(first)}`));
    const [one] = csl([paper]).author;
    const said =
      "literal" in one
        ? one.literal
        : [one.family, one.given, one.suffix].filter(Boolean).join(", ");
    assert.equal(said, first);
  }
});

test("a published paper has no number, and RIS no date of another year", () => {
  const venue = { kind: "conference", title: "Tea", year: "2023", part: "" };
  const published = { ...PAPER, venue };
  assert.equal("number" in csl([published]), false);
  assert.equal(csl([PAPER]).number, "arXiv:2112.10046");
  assert.equal("publisher" in csl([PAPER]), false);
  assert.doesNotMatch(ris.make([published]), /^DA/m);
  assert.match(
    ris.make([{ ...published, venue: { ...venue, year: "2021" } }]),
    /^DA {2}- 2021\/12\/19/m,
  );
  assert.match(ris.make([{ ...PAPER, others: true }]), /^AU {2}- others/m);
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
