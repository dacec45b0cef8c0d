// @ts-check
// A paper as a BibTeX entry.
import { fold } from "./fold.js";
import { isArxiv } from "./ids.js";

/** @param {string} word */
const plain = (word) =>
  fold(word)
    .join("")
    .replace(/[^a-z0-9]/g, "");

/** @param {string} words */
const safe = (words) => words.replace(/[&%$#_]/g, "\\$&");

/**
 * The entry, under a key of family name, year and first longer word of the title.
 * @param {import("./saved.js").Paper} paper
 */
export const bibtex = ({ id, title, authors, year, category, arxiv }) => {
  const family = plain(authors[0]?.split(" ").pop() ?? "");
  const word = plain(title.split(/[\s:-]/).find((part) => part.length > 3) ?? "");
  const fields = {
    title: `{${safe(title)}}`,
    author: safe(authors.join(" and ")),
    year,
    ...(isArxiv(id) ? { eprint: id, archivePrefix: "arXiv", primaryClass: category } : {}),
    url: arxiv,
  };
  const lines = Object.entries(fields)
    .filter(([, value]) => value)
    .map(([name, value]) => `  ${name} = {${value}}`);
  return `@misc{${family + year + word || id},\n${lines.join(",\n")}\n}\n`;
};
