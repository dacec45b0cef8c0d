// @ts-check
// The papers on the reading list, which lives in this browser only, and the buttons that tell of it.

/**
 * @typedef {object} Paper
 * @property {string} id
 * @property {string} title
 * @property {string[]} authors
 * @property {string} year
 * @property {string} category
 * @property {string} arxiv its address at arXiv, or where else it is published
 * @property {string} path its address here, below the site's root
 * @property {string} [tex] its title as TeX; older lists have none
 * @property {string} [journal]
 * @property {string} [doi]
 * @property {boolean} [others] whether there are more authors than are named
 */

const SAVED = "saved";

/** @returns {Paper[]} */
export const load = () => {
  try {
    return JSON.parse(localStorage.getItem(SAVED) ?? "[]") ?? [];
  } catch {
    return [];
  }
};

/** Keep the list; tell whether the browser lets us. @param {Paper[]} papers */
export const store = (papers) => {
  try {
    localStorage.setItem(SAVED, JSON.stringify(papers));
    return true;
  } catch {
    return false;
  }
};

/** Let the page's buttons say which papers are saved. */
export const mark = () => {
  const saved = new Set(load().map((paper) => paper.id));
  for (const button of document.querySelectorAll("button.save")) {
    const on = saved.has(button.closest("article")?.id ?? "");
    button.setAttribute("aria-pressed", String(on));
    button.textContent = on ? "Saved" : "Save";
  }
};
