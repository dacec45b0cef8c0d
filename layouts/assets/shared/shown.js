// @ts-check
// The papers that a page shows, in full or in a line, and where each of them lives.

import { here, pathOf } from "./page.js";

/**
 * A paper on the page.
 * @typedef {object} Shown
 * @property {HTMLElement} element its article or its line
 * @property {HTMLAnchorElement} link its title
 * @property {string} path its address below the root, `2021/12/19/#2112.10046`
 */

const PAPER = /^\d{4}\/\d{2}\/\d{2}\/#.+/;
/** Elements that may hold one: a paper in full, or a line of a list. */
export const BOXES = "article, main ol > li, .over ol > li";

/**
 * The paper that an element shows; null if it shows none.
 * @param {Element} element
 * @param {string} root
 * @returns {Shown | null}
 */
export const shownBy = (element, root) => {
  /** @type {HTMLAnchorElement | null} */
  const title = element.querySelector(":scope > h2 > a, :scope > a, :scope > h3 > a");
  // In full, its title leads away; its own address stands in its footer.
  const own = element.matches("article") ? element.querySelector("footer > p > a") : title;
  if (!title || !(own instanceof HTMLAnchorElement)) return null;
  // An article's own address, `#id`, begins with the page's, which hosts change.
  const at = own.getAttribute("href")?.startsWith("#") ? here(root) : pathOf(own.href, root);
  const path = at + own.hash;
  if (!PAPER.test(path)) return null;
  return { element: /** @type {HTMLElement} */ (element), link: title, path };
};

/**
 * The papers on the page, those that a filter hides left out.
 * @param {string} root
 * @param {ParentNode} [within]
 */
export const shown = (root, within = document) =>
  [...within.querySelectorAll(BOXES)]
    .filter((one) => one instanceof HTMLElement && !one.hidden && one.checkVisibility())
    .map((one) => shownBy(one, root))
    .filter((one) => one !== null);

/** @param {string} path */
export const idOf = (path) => decodeURIComponent(path.slice(path.indexOf("#") + 1));

/** @param {Element | null | undefined} element */
export const text = (element) => element?.textContent.replace(/\s+/g, " ").trim() ?? "";

/** What a paper in full says, for comparing it. @param {Element} article */
export const paperIn = (article) => {
  const [title, byline, ...rest] = article.children;
  const abstract = rest.find((one) => one.localName === "p");
  return {
    title: title.firstElementChild?.textContent ?? "",
    text: abstract?.textContent ?? "",
    authors: [...(byline?.getElementsByTagName("a") ?? [])].map((one) => one.textContent ?? ""),
    category: article.querySelector("footer > b")?.textContent ?? "",
  };
};
