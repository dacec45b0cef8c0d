// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { bibtex } from "../../layouts/assets/citing/citation.js";
import { finder } from "../../layouts/assets/citing/identity.js";
import { read } from "../../layouts/assets/citing/imports.js";
import { untex } from "../../layouts/assets/citing/untex.js";
import { ofAddress } from "../../layouts/assets/shared/addresses.js";

/** The ids of entries. @param {string} text */
const ids = (text) => read(text).map(({ id }) => id);
/** The id of an entry with some fields. @param {string} fields */
const idOf = (fields) =>
  ids(`@misc{key, title = {Tea}, author = {Fenn, Bo}, year = 2020, ${fields}}`)[0];
const TEA = "title:tea|fenn|2020";

test("figures within a DOI, an address or a note are no arXiv id", () => {
  for (const [fields, id] of [
    ["doi = {10.1145/3511808.3557112}", "doi:10.1145/3511808.3557112"],
    ["url = {https://dl.acm.org/doi/10.1145/3511808.3557112}", "doi:10.1145/3511808.3557112"],
    ["doi = {https://doi.org/10.1145/3161.35481}", "doi:10.1145/3161.35481"],
    ["url = {https://zenodo.org/records/1234567}", TEA],
    ["url = {https://example.org/reports/2004.10123.pdf}", TEA],
    ["url = {https://example.org/papers/2004.10123}", TEA],
    ["url = {https://notarxiv.org/abs/2004.10123}", TEA],
    ["note = {Grant no. 2511.90001 of the Tea Board}", TEA],
    ["note = {Extended version of arXiv:2004.10123}", TEA],
    ["number = {2004.10123}", TEA],
    ["pages = {2004.10123}", TEA],
    ["journal = {Reports 2004.10123}", TEA],
    ["eprint = {3161.35481}", TEA],
    ["eprint = {2004.10123}, eprinttype = {jstor}", TEA],
    ["isbn = {2004.10123}", TEA],
  ])
    assert.equal(idOf(fields), id, fields);
});

test("an arXiv id is known where somebody says that it is one", () => {
  for (const fields of [
    "eprint = {2004.10123}",
    "eprint = {2004.10123v3}, archiveprefix = {arXiv}",
    "eprint = {arXiv:2004.10123}",
    "arxivId = {2004.10123}",
    "url = {http://arxiv.org/abs/2004.10123v2}",
    "url = {https://www.arxiv.org/pdf/2004.10123.pdf}",
    "url = {https://huggingface.co/papers/2004.10123}",
    "doi = {10.48550/arXiv.2004.10123}",
    "journal = {arXiv preprint arXiv:2004.10123}",
    "journal = {CoRR}, volume = {abs/2004.10123}",
    "journal = {ArXiv}, eid = {arXiv:2004.10123}",
    "journal = {arXiv e-prints}, pages = {arXiv:2004.10123}",
    "note = {arXiv:2004.10123 [cs.CV]}",
    "howpublished = {\\url{https://arxiv.org/abs/2004.10123}}",
    "howpublished = {arXiv:2004.10123}",
    "number = {arXiv:2004.10123}, publisher = {arXiv}",
  ])
    assert.equal(idOf(fields), "2004.10123", fields);
  assert.equal(idOf("eprint = {9901001}, primaryclass = {hep-th}"), "hep-th/9901001");
  const [csl] = read('[{"id": "x", "title": "T", "number": "2004.10123", "publisher": "arXiv"}]');
  assert.equal(csl.id, "2004.10123");
  const ris = (/** @type {string} */ more) =>
    ids(`TY  - JOUR\nTI  - T\nAU  - Fenn, Bo\n${more}\nER  - `)[0];
  assert.equal(ris("AN  - arXiv:2004.10123"), "2004.10123");
  assert.equal(ris("AN  - 2004.10123\nPB  - arXiv"), "2004.10123");
  assert.equal(ris("AN  - 2004.10123"), "title:t|fenn|");
  assert.equal(
    ris("M1  - 2004.10123\nUR  - https://dl.acm.org/doi/10.1145/1.2"),
    "doi:10.1145/1.2",
  );
});

test("a preprint server is no journal, and a conference no journal either", () => {
  const [one, two] = read(`@article{a, title={A}, journal={arXiv preprint arXiv:2004.10123}}
@inproceedings{b, title={B}, booktitle={Proc. of Tea}, year={2020}}`);
  assert.equal(one.journal, "");
  assert.match(
    bibtex(/** @type {any} */ ([{ category: "", ...two }])),
    /^@inproceedings[\s\S]*booktitle = \{Proc\. of Tea\}/,
  );
});

test("publishers' addresses name a DOI", () => {
  const DOI = "10.5555/tea.111";
  for (const address of [
    "https://dl.acm.org/doi/pdf/10.5555/tea.111",
    "https://link.springer.com/content/pdf/10.5555/tea.111.pdf",
    "https://onlinelibrary.wiley.com/doi/abs/10.5555/tea.111",
    "https://www.tandfonline.com/doi/full/10.5555/tea.111?src=x",
    "https://iopscience.iop.org/article/10.5555/tea.111/meta",
    "https://www.frontiersin.org/articles/10.5555/tea.111/full",
    "https://journals.plos.org/plosone/article?id=10.5555/tea.111",
    "https://academic.oup.com/tea/advance-article/doi/10.5555/tea.111/5823456",
    "https://pubs.aip.org/aip/tea/article-abstract/doi/10.5555/tea.111/2345678/Tides-in-a-Cup",
    "https://doi.org/10.5555/tea.111",
    "https://doi-org.library.example.edu/10.5555/tea.111",
  ])
    assert.equal(ofAddress(address).doi, DOI, address);
  assert.deepEqual(ofAddress("https://example.org/on/10.5555/tea.111"), {});
});

test("different papers are different entries, whatever their files call them", () => {
  const file = (/** @type {string} */ key, /** @type {string} */ title, by = "Fenn, Bo") =>
    `@article{${key}, title={${title}}, author={${by}}, year={2020}}`;
  assert.notEqual(ids(file("a", "Tea"))[0], ids(file("a", "Cups"))[0]);
  assert.equal(ids(file("a", "Tea and {C}ups"))[0], ids(file("b", "Tea and cups", "Bo Fenn"))[0]);
  const csl = (/** @type {string} */ title) => ids(`[{"id": "1", "title": "${title}"}]`)[0];
  assert.notEqual(csl("Tea"), csl("Cups"));
  const [one, two] = ids(`TY  - JOUR\nTI  - Editorial\nAU  - Fenn, Bo\nPY  - 2020\nER  - 

TY  - JOUR\nTI  - Editorial\nAU  - Dell, Cy\nPY  - 2020\nER  - `);
  assert.notEqual(one, two);
});

test("one paper is one entry, though one of two files states no identifier", () => {
  const paper = { title: "Tea", authors: ["Bo Fenn"], published: "2020-01" };
  const { find } = finder([
    { ...paper, id: "doi:10.5555/1", doi: "10.5555/1" },
    { ...paper, id: "2004.10123", title: "Cups", doi: "10.5555/A" },
  ]);
  assert.equal(find({ ...paper, id: TEA })?.id, "doi:10.5555/1");
  assert.equal(find({ ...paper, id: "doi:10.5555/2", doi: "10.5555/2" }), undefined);
  assert.equal(find({ ...paper, id: "doi:10.5555/a", doi: "10.5555/a" })?.id, "2004.10123");
  assert.equal(find({ ...paper, authors: ["Cy Dell"], id: "title:tea|dell|2020" }), undefined);
});

test("formulas and unnamed authors go out as they came in", () => {
  const text = `@article{b, title = {Costs of $N^2$ Cups of {H$_2$O} in $\\mathcal{O}(n\\log n)$}, author = {Fenn, Bo and others}}`;
  const [one] = read(text);
  assert.equal(one.title, "Costs of N² Cups of H₂O in O(n log n)");
  assert.equal(one.others, true);
  const out = bibtex(/** @type {any} */ ([{ category: "", ...one }]));
  assert.ok(
    out.includes("title = {Costs of $N^2$ Cups of {H$_2$O} in $\\mathcal{O}(n\\log n)$}"),
    out,
  );
  assert.ok(out.includes("author = {Fenn, Bo and others}"), out);
  const [csl] = read(
    '[{"id": "1", "title": "T", "author": [{"family": "Fenn"}, {"literal": "others"}]}]',
  );
  assert.deepEqual([csl.authors, csl.others], [["Fenn"], true]);
  const [ris] = read(
    "TY  - JOUR\nTI  - A title\n  that goes on\nAU  - Fenn, Bo\nAU  - et al.\nER  - ",
  );
  assert.deepEqual(
    [ris.title, ris.authors, ris.others],
    ["A title that goes on", ["Bo Fenn"], true],
  );
});

test("formulas read as text keep their signs", () => {
  for (const [tex, text] of [
    ["$x_{i+1}^{2}$", "xᵢ₊₁²"],
    ["$k^{a/b}$", "k^(a/b)"],
    ["\\$5 and \\$10 of $x$", "$5 and $10 of x"],
    ["$\\frac{a}{b}$ of $\\{x\\}$", "a/b of {x}"],
    ["$\\mathrm{SO}(3)$, $\\log\\det A$", "SO(3), log det A"],
    ["\\(\\ell_1\\) by \\LaTeX{}", "ℓ₁ by LaTeX"],
    ["{\\DJ}or{\\dj}e, H{\\aa}kan, \\v{S}\\o, {\\'{\\i}}", "Đorđe, Håkan, Šø, í"],
  ])
    assert.equal(untex(tex), text);
});

test("strings, inherited fields and particles apart are read", () => {
  const [one] = read(`@string{tea = "J. Tea"}
@inproceedings{a, title = {A}, crossref = {p}}
@proceedings{p, title = {Proceedings of Tea}, year = 2020}
@article{c, title = {C}, journal = tea # { B}}`);
  assert.equal(one.journal, "Proceedings of Tea");
  assert.equal(one.published, "2020");
  const [csl] = read(
    '[{"title": "T", "author": [{"family": "Fenn", "given": "Bo", "non-dropping-particle": "van", "suffix": "Jr."}]}]',
  );
  assert.deepEqual(csl.authors, ["Bo van Fenn, Jr."]);
});

test("our own list comes back by its ids, another's by what it says", () => {
  const [ours, key, theirs] = read(
    JSON.stringify([
      { id: "openreview-JAhNsZ9dvG", title: "A", authors: ["Bo Fenn"] },
      { id: "quill2020", title: "B", authors: ["Bo Fenn"], published: "2020" },
      {
        title: "C",
        authors: [{ name: "Bo Fenn" }],
        year: 2020,
        url: "https://arxiv.org/abs/2004.10123",
      },
    ]),
  );
  assert.equal(ours.id, "openreview-JAhNsZ9dvG");
  assert.equal(key.id, "title:b|fenn|2020");
  assert.equal(theirs.id, "2004.10123");
  assert.deepEqual(theirs.authors, ["Bo Fenn"]);
});
