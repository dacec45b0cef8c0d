// @ts-check
// What the paper's own page says of a paper whose identifier was typed, as a row of the list. A
// reader who goes on to that page has it already.

/** @typedef {import("./ids.js").Place} Place */
/** @typedef {import("./rows.js").Row} Row */

const LONGEST = 40; // words of an abstract or a list of authors

/** @param {string} text */
const short = (text) => {
  const words = text.split(" ");
  return words.slice(0, LONGEST).join(" ") + (words.length > LONGEST ? " …" : "");
};

/** The texts of an element, apart where elements part them. @param {Element} element */
const texts = (element) => {
  /** @type {string[]} */
  const found = [];
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) found.push(walker.currentNode.textContent ?? "");
  return found;
};

/**
 * Read a paper's page.
 * @param {string} site
 * @param {Place} place
 * @returns {Promise<Row & { said: string }>} `said` is all that the page says of it
 */
export const read = async (site, { id, day, path }) => {
  const answer = await fetch(site + path.split("#")[0]);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const article = page.getElementById(id);
  /** @param {string} selector */
  const text = (selector) =>
    article?.querySelector(selector)?.textContent.replace(/\s+/g, " ").trim() ?? "";
  return {
    ...{ score: 0, shard: 0, place: 0, path, date: day },
    title: [[text("h2 a") || id, false]],
    by: short(text("h2 + *")),
    excerpt: [[short(text("h2 + * ~ p")), false]],
    result: { category: text("footer b"), status: text("h2 strong") },
    said: article ? texts(article).join(" ") : "",
  };
};
