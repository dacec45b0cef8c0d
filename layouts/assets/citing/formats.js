// @ts-check
// The formats in which papers are taken along.
import { container, kindOf, yearOf } from "./appeared.js";
import { bibtex } from "./citation.js";
import { isArxiv } from "./ids.js";
import { familyFirst, parted } from "./people.js";

/** @typedef {import("./references.js").Paper} Paper */
/** @typedef {{ name: string, label: string, ending: string, type: string, make: (papers: Paper[]) => string }} Format */

/** On one line: what ends a line begins a field. @param {string} text */
const flat = (text) => text.replace(/\s+/g, " ").trim();

const RIS_TYPES = { "paper-conference": "CPAPER", "article-journal": "JOUR", article: "UNPB" };

/** RIS, a paper a record. @param {Paper[]} papers */
const ris = (papers) => papers.map(record).join("\r\n");

/** @param {Paper} paper */
const record = (paper) => {
  const { id, title, authors, published, doi, address, comment, others } = paper;
  /** @type {[tag: string, value: string][]} */
  const fields = [
    ["TY", RIS_TYPES[kindOf(paper)]],
    ["TI", title],
    ...[...authors, ...(others ? ["others"] : [])].map(
      (name) => /** @type {[string, string]} */ (["AU", familyFirst(name)]),
    ),
    ["PY", yearOf(paper)],
    // Of another year than the venue's, it would be taken for the date of that.
    ["DA", published.startsWith(yearOf(paper)) ? published.replaceAll("-", "/") : ""],
    ["T2", container(paper)],
    ["DO", doi],
    ["UR", address],
    ["AN", isArxiv(id) ? `arXiv:${id}` : ""],
    ["PB", isArxiv(id) && kindOf(paper) === "article" ? "arXiv" : ""],
    ["N1", comment],
  ];
  const lines = fields.filter(([, value]) => value).map(([tag, said]) => `${tag}  - ${flat(said)}`);
  return [...lines, "ER  - ", ""].join("\r\n");
};

/** A paper as CSL-JSON has it (Citation Style Language 1.0.2). @param {Paper} paper */
export const csl = (paper) => {
  const { id, title, authors, published, venue, doi, address, comment, others } = paper;
  const date = venue?.year ? [Number(venue.year)] : published.split("-").map(Number);
  return {
    id,
    type: kindOf(paper),
    title,
    author: [...authors.map(parted), ...(others ? [{ literal: "others" }] : [])],
    issued: { "date-parts": [date] },
    ...(container(paper) ? { "container-title": container(paper) } : {}),
    // Alone: beside a publisher, styles would name arXiv twice, and with a journal call it an article's number.
    ...(isArxiv(id) && kindOf(paper) === "article" ? { number: `arXiv:${id}` } : {}),
    ...(doi ? { DOI: doi } : {}),
    ...(address ? { URL: address } : {}),
    ...(comment ? { note: comment } : {}),
  };
};

/** @param {Paper} paper */
const sentence = (paper) => {
  const { id, title, authors, doi, address, others } = paper;
  const people = [...authors, ...(others ? ["others"] : [])];
  const last = people.pop() ?? "";
  const by = people.length ? `${people.join(", ")} and ${last}` : last;
  const where = container(paper);
  const at = where ? `${kindOf(paper) === "paper-conference" ? "In " : ""}${where}` : "";
  const link = doi ? `https://doi.org/${doi}` : address;
  const parts = [by, title, [at, yearOf(paper)].filter(Boolean).join(", ")];
  const said = parts.filter(Boolean).map((part) => (/[.?!]$/.test(part) ? part : `${part}.`));
  return flat([...said, ...(isArxiv(id) ? [`arXiv:${id}.`] : []), link].join(" "));
};

/** @type {Format[]} */
export const FORMATS = [
  {
    ...{ name: "bibtex", label: "BibTeX", ending: "bib", type: "application/x-bibtex" },
    make: (papers) => bibtex(papers),
  },
  {
    ...{ name: "biblatex", label: "BibLaTeX", ending: "bib", type: "application/x-bibtex" },
    make: (papers) => bibtex(papers, "biblatex"),
  },
  {
    ...{ name: "ris", label: "RIS", ending: "ris", type: "application/x-research-info-systems" },
    make: ris,
  },
  {
    ...{ name: "csl", label: "CSL-JSON", ending: "json" },
    type: "application/vnd.citationstyles.csl+json",
    make: (papers) => `${JSON.stringify(papers.map(csl), null, 2)}\n`,
  },
  {
    ...{ name: "text", label: "Plain text", ending: "txt", type: "text/plain" },
    make: (papers) => `${papers.map(sentence).join("\n\n")}\n`,
  },
];
