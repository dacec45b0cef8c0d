// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { bibtex } from "../../layouts/assets/citation.js";

const PAPER = {
  ...{ id: "2112.10046", year: "2021", category: "cs.CV", path: "2021/12/19/#2112.10046" },
  ...{ title: "The 5% Rule of Tea & Tides", authors: ["Ada Çelik-Öz", "Bo Fenn"] },
  arxiv: "https://arxiv.org/abs/2112.10046",
};

test("a citation has its key from family name, year and title", () => {
  assert.equal(
    bibtex(PAPER),
    `@misc{celikoz2021rule,
  title = {{The 5\\% Rule of Tea \\& Tides}},
  author = {Ada Çelik-Öz and Bo Fenn},
  year = {2021},
  eprint = {2112.10046},
  archivePrefix = {arXiv},
  primaryClass = {cs.CV},
  url = {https://arxiv.org/abs/2112.10046}
}
`,
  );
});

test("a paper of which nothing is known goes by its id", () => {
  const bare = { ...PAPER, title: "A", authors: [], year: "", category: "" };
  assert.match(bibtex(bare), /^@misc\{2112\.10046,\n {2}title = \{\{A\}\},\n {2}eprint/);
});
