// @ts-check
// What a day's papers gain from a script: buttons to cite and to save each, and filters by field.
// What a click needs is fetched with the click.
import { SUFFIX } from "./facts.js";
import { addFilters } from "./fields.js";
import { load, mark, store } from "./saved.js";

/** @typedef {import("./saved.js").Paper} Paper */

// Between names, but not before what stands behind a name: `Una Brook, Jr.`
const COMMA = new RegExp(`\\s*,\\s+(?!${SUFFIX}(?:,|$))`, "i");

/**
 * The names of a byline: those that are links stand for themselves, others between commas.
 * @param {Element | undefined} byline
 */
const names = (byline) => {
  /** @type {string[]} */
  const found = [];
  for (const node of byline?.childNodes ?? []) {
    const said = node.textContent?.replace(/\s+/g, " ").trim() ?? "";
    if (node instanceof HTMLAnchorElement) found.push(said);
    else found.push(...said.split(COMMA).map((name) => name.replace(/^,\s*|,$/g, "").trim()));
  }
  return found.filter((name) => name && name !== "and others");
};

/** @param {Element} article @param {string} term */
const noted = (article, term) =>
  [...article.querySelectorAll(":scope > dl dt")]
    .filter((one) => text(one) === term)
    .map((one) => text(one.nextElementSibling));

/** @param {Element | null | undefined} element */
const text = (element) => element?.textContent.replace(/\s+/g, " ").trim() ?? "";

/**
 * What the page says of a paper.
 * @param {Element} article
 * @param {string} root
 * @returns {Paper}
 */
const read = (article, root) => {
  const byline = /** @type {Element | undefined} */ (
    article.querySelector(":scope > h2 + *")?.cloneNode(true)
  );
  byline?.querySelector("summary")?.remove();
  const folded = byline?.querySelector("details");
  folded?.replaceWith(", ", ...folded.childNodes);
  const arxiv = /** @type {HTMLAnchorElement | null} */ (article.querySelector("h2 a"));
  return {
    id: article.id,
    title: text(article.querySelector("h2 a")),
    authors: names(byline),
    others: / and others$/.test(text(byline)),
    journal: noted(article, "Journal")[0] ?? "",
    doi: noted(article, "DOI")[0] ?? "",
    year: /\b\d{4}\b/.exec(text(document.querySelector("h1")))?.[0] ?? "",
    category: text(article.querySelector("footer b")),
    arxiv: arxiv?.href ?? "",
    path: `${location.href.slice(root.length).split(/[?#]/)[0]}#${article.id}`,
  };
};

/** A paper with its title as TeX. @param {Element} article @param {string} root @returns {Promise<Paper>} */
const cited = async (article, root) => {
  const { tex } = await import("./tex.js");
  const title = article.querySelector("h2 a");
  return { ...read(article, root), ...(title ? { tex: tex(title).trim() } : {}) };
};

/** @param {Element} article @param {string} root */
const save = async (article, root) => {
  const added = load().some((paper) => paper.id === article.id) ? [] : [await cited(article, root)];
  const rest = load().filter((paper) => paper.id !== article.id);
  const kept = store([...rest, ...added]);
  mark();
  if (kept) return;
  const { make, open } = await import("./dialog.js");
  open("Reading list", make("p", {}, "This browser does not let the site store anything."));
};

/** @param {Element} button @param {Element} article @param {string} root */
const cite = async (button, article, root) => {
  const { bibtex } = await import("./citation.js");
  const entry = bibtex([await cited(article, root)]);
  try {
    await navigator.clipboard.writeText(entry);
    button.textContent = "Copied as BibTeX";
    setTimeout(() => {
      button.textContent = "Cite";
    }, 2500);
  } catch {
    const { make, open } = await import("./dialog.js");
    open("Citation", make("pre", { tabindex: "0" }, entry));
  }
};

/** @param {string} label @param {Record<string, string>} attributes */
const button = (label, attributes) => {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = label;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
};

/** Add buttons to every paper of this page, and filters above them. @param {string} root */
export const enrich = (root) => {
  for (const links of document.querySelectorAll("article > footer > p")) {
    links.append(" ", button("Cite", { class: "cite", "aria-live": "polite" }), " ");
    links.append(button("Save", { class: "save", "aria-pressed": "false" }));
  }
  mark();
  document.addEventListener("click", ({ target }) => {
    const pressed = target instanceof Element ? target.closest("article > footer button") : null;
    const article = pressed?.closest("article");
    if (!pressed || !article) return;
    if (pressed.className === "cite") cite(pressed, article, root);
    if (pressed.className === "save") save(article, root);
  });
  addEventListener("storage", mark);
  addFilters();
};
