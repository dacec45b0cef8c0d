// @ts-check
// Tells Zotero and its kind of the papers on a page, as COinS (ContextObjects in Spans, OpenURL 1.0):
// made by the script, for in the pages they would take two kilobytes a paper.
import { container, kindOf } from "./appeared.js";
import { isArxiv } from "./ids.js";
import { familyFirst } from "./people.js";
import { text } from "./shown.js";

/** @typedef {import("./references.js").Paper} Paper */

const TYPES = {
  "paper-conference": "conferencePaper",
  "article-journal": "journalArticle",
  article: "preprint",
};

/**
 * A paper as a context object. Dublin Core is the one format whose type Zotero takes as it is.
 * @param {Paper} paper @param {string} abstract
 */
export const context = (paper, abstract) => {
  const { id, title, authors, published, doi, address, venue } = paper;
  const type = TYPES[kindOf(paper)];
  const said = [
    ["ctx_ver", "Z39.88-2004"],
    ["rft_val_fmt", "info:ofi/fmt:kev:mtx:dc"],
    // Before its type: Zotero takes the title of an article for that of its journal.
    ["rft.title", title],
    ["rft.type", type],
    ...authors.map((name) => ["rft.au", familyFirst(name)]),
    ["rft.date", venue?.year || published],
    ["rft.source", container(paper)],
    ["rft.publisher", type === "preprint" && isArxiv(id) ? "arXiv" : ""],
    ["rft_id", doi && `info:doi/${doi}`],
    ["rft.identifier", address],
    ["rft.description", abstract],
  ];
  const given = said.filter(([, value]) => value);
  return given.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("&");
};

/** The abstract of a paper in full. @param {Element} element */
const abstractOf = (element) =>
  element.matches("article") ? text(element.querySelector(":scope > h2 + * ~ p")) : "";

/**
 * Add papers to the page for programs that look for them, and tell that they are there.
 * @param {Paper[]} papers
 * @param {import("./shown.js").Shown[]} listed
 */
export const addCoins = (papers, listed) => {
  const known = new Map(papers.map((paper) => [paper.path, paper]));
  for (const { element, path } of listed) {
    const paper = known.get(path);
    if (!paper || element.querySelector(".Z3988")) continue;
    const span = document.createElement("span");
    span.className = "Z3988";
    span.title = context(paper, abstractOf(element));
    element.append(span);
  }
  document.dispatchEvent(new Event("ZoteroItemUpdated", { bubbles: true, cancelable: true }));
};
