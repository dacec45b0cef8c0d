// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { bibtex } from "../../layouts/assets/citing/citation.js";
import { escaped, tex } from "../../layouts/assets/citing/tex.js";

const PAPER = {
  ...{ id: "2112.10046", published: "2021-12-19", category: "cs.CV" },
  ...{ doi: "", journal: "", comment: "", path: "2021/12/19/#2112.10046" },
  ...{ title: "The 5% Rule of Tea & Tides", authors: ["Ada Çelik-Öz", "Bo Fenn"] },
  address: "https://arxiv.org/abs/2112.10046",
};

/**
 * A node as the page has it: text, or an element of a name with what is in it.
 * @param {string} name
 * @param {(string | object)[]} inner
 * @returns {import("../../layouts/assets/citing/tex.js").Tree}
 */
const node = (name, ...inner) => ({
  nodeType: 1,
  localName: name,
  childNodes: inner.map((one) =>
    typeof one === "string"
      ? { nodeType: 3, nodeValue: one }
      : /** @type {import("../../layouts/assets/citing/tex.js").Tree} */ (one),
  ),
});

test("a citation has its key from family name, year and the first words that say something", () => {
  assert.equal(
    bibtex([PAPER]),
    `@misc{celikoz20215ruleteatides,
  title = {The 5\\% Rule of Tea \\& Tides},
  author = {{\\c{C}}elik-{\\"{O}}z, Ada and Fenn, Bo},
  year = {2021},
  eprint = {2112.10046},
  archiveprefix = {arXiv},
  primaryclass = {cs.CV},
  url = {https://arxiv.org/abs/2112.10046}
}
`,
  );
});

test("what was published has its journal and DOI", () => {
  const entry = bibtex([{ ...PAPER, journal: "Journal of Waves & Tea 3", doi: "10.5555/12_3" }]);
  assert.match(entry, /^@article\{/);
  assert.match(entry, /journal = \{Journal of Waves \\& Tea 3\}/);
  assert.match(entry, /doi = \{10\.5555\/12_3\}/);
});

test("a paper at a venue is cited by it, with its year", () => {
  const venue = { kind: "conference", title: "Symposium on Tea & Tides", year: "2023", part: "" };
  const entry = bibtex([{ ...PAPER, journal: "Proc. Tea 2023", venue }]);
  assert.match(entry, /^@inproceedings\{/);
  assert.match(entry, /booktitle = \{Symposium on Tea \\& Tides\}/);
  assert.match(entry, /year = \{2023\}/);
  assert.doesNotMatch(entry, /journal/);
  assert.match(bibtex([{ ...PAPER, venue: { ...venue, part: "workshop" } }]), /Tides Workshops\}/);
  const journal = bibtex([{ ...PAPER, venue: { ...venue, kind: "journal", year: "" } }]);
  assert.match(journal, /^@article\{/);
  assert.match(journal, /journal = \{Symposium on Tea \\& Tides\}/);
  assert.match(journal, /year = \{2021\}/);
});

test("a paper of which nothing is known goes by its id", () => {
  const bare = { ...PAPER, title: "A", authors: [], published: "", category: "" };
  assert.match(bibtex([bare]), /^@misc\{211210046,\n {2}title = \{A\},\n {2}eprint/);
});

test("no two papers of a file have one key", () => {
  const keys = [...bibtex(Array(30).fill(PAPER)).matchAll(/^@misc\{(\w+),/gm)].map(
    ([, key]) => key,
  );
  assert.equal(new Set(keys).size, 30);
  assert.deepEqual(keys.slice(0, 3), [
    "celikoz20215ruleteatides",
    "celikoz20215ruleteatidesb",
    "celikoz20215ruleteatidesc",
  ]);
});

test("collaborations stay whole, and Jr. stands where BibTeX looks for it", () => {
  const authors = [
    "Bo van der Fenn, Jr.",
    "The Dust and Grain Collaboration",
    "Alceu de S. Britto, Jr.",
  ];
  const made = bibtex([{ ...PAPER, authors, others: true }]);
  const expected =
    "van der Fenn, Jr., Bo and {The Dust and Grain Collaboration} and Britto, Jr., Alceu de S.";
  assert.ok(made.includes(`author = {${expected} and others}`), made);
  assert.match(made, /^@misc\{fenn20215rule/);
});

test("signs of TeX's own are escaped, and braces balance", () => {
  const title = "One } brace { \\ ~ ^ _ # $ and β-VAE, CO₂, x², naïve Łódź “tea” – 5 °";
  const said = escaped(title);
  assert.equal(said.split("{").length, said.split("}").length); // BibTeX counts escaped ones too
  assert.equal(
    said,
    "One \\textbraceright{} brace \\textbraceleft{} \\textbackslash{} \\textasciitilde{} \\textasciicircum{} \\_ \\# \\$ and " +
      "$\\beta$-VAE, CO$_2$, x$^2$, na{\\\"{i}}ve {\\L}{\\'{o}}d{\\'{z}} “tea” -- 5 °",
  );
});

test("letters are spelt as every program reads them", () => {
  assert.equal(escaped("Đorđe Þóra Håkan"), "Đorđe Þ{\\'{o}}ra H{\\r{a}}kan");
  assert.equal(escaped("a | b {c} ™ † … \u22125"), "a $|$ b \\{c\\} ™ † … $-$5");
  assert.equal(escaped("Łódź ế β", false), "Łódź ế $\\beta$");
});

test("formulas keep their structure", () => {
  const square = node("msup", node("mi", "x"), node("mn", "2"));
  const title = node("a", "On ", node("math", square), " and ", node("em", "a & b"));
  assert.equal(tex(title), "On $x^2$ and a \\& b");
  const part = node("mfrac", node("mi", "a"), node("mi", "β"));
  assert.equal(tex(node("math", part)), "$\\frac{a}{\\beta}$");
  // What needs a package, or braces that Typst prints, is written otherwise.
  const group = [node("mi", "log"), node("mi", "SO"), node("mtext", "if so")];
  assert.equal(tex(node("math", ...group)), "$\\log \\mathrm{SO}\\mathrm{if\\ so}$");
  assert.equal(tex(node("math", node("msup", node("mi", ""), node("mn", "18")))), "$^{18}$");
  assert.equal(tex(node("a", "h", node("sup", "\u22121"))), "h$^{-1}$");
  const hat = node("mover", node("mi", "y"), node("mo", "ˆ"));
  const sum = node("munderover", node("mo", "∑"), node("mi", "i"), node("mi", "n"));
  assert.equal(tex(node("math", sum, hat)), "$\\sum_i^n\\hat{y}$");
  assert.equal(tex(node("math", node("mi", "log"), node("mi", "𝐤"))), "$\\log k$");
});
