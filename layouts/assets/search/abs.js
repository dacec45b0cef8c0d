// @ts-check
// Behind 404.html: `abs/2112.10046`, `abs/cs/9901001v2` and `abs/openreview-JAhNsZ9dvG` lead on to
// the paper's place on its day, and `authors/ada-quill.html` to the shared page of an author with few papers.
import { AUTHOR, CATEGORIES, IDS, SHARED } from "./facts.js";
import { filed } from "./filed.js";
import { isArxiv, locate, parse } from "./ids.js";
import { pathOf } from "./page.js";

const root = document.querySelector("main")?.dataset.root ?? "";
const text = document.getElementById("missing");
const site = new URL(root, location.href).href;
const base = root + IDS;
const path = root + pathOf(location.href, site); // with the `.html` that a host may have stripped
const asked = path.startsWith(base) ? decodeURIComponent(path.slice(base.length)) : "";
const known = parse(asked.replace(/\/$/, ""));

const resolve = async () => {
  const found = known && (await locate(root, known));
  if (found) {
    location.replace(root + found.path);
    return;
  }
  const arxiv = document.createElement("a");
  arxiv.href = `https://arxiv.org/abs/${known?.id ?? asked}`;
  arxiv.textContent = `Look for ${known?.id} at arXiv`;
  const missing = `This archive does not hold ${known?.id ?? known?.doi}. `;
  text?.replaceChildren(missing, known?.id && isArxiv(known.id) ? arxiv : "");
};
// `authors/ada-quill.html` of somebody on a shared page leads there, and a place on a shared page that the
// site has no longer leads to where the author is now.
const slugOf = () => {
  const [before, after] = (root + AUTHOR).split("{}");
  const [start, end] = (root + SHARED).split("{}");
  const within = path.startsWith(before) && path.endsWith(after);
  if (within) return decodeURIComponent(path.slice(before.length, -after.length));
  return path.startsWith(start) && path.endsWith(end) ? location.hash.slice(1) : "";
};
const slug = slugOf();

/** @param {string} asked the author's slug */
const show = async (asked) => {
  const { sharing } = await import("./names.js");
  const { own, shared } = await import("./places.js");
  const [minimum, pages] = await sharing(root);
  const place = root + (minimum > 1 ? shared(asked, pages) : own(asked));
  const answer = await fetch(place);
  const found = new DOMParser().parseFromString(await answer.text(), "text/html");
  // Some hosts answer with this very page, and the status of one that is there.
  const there = answer.ok && !found.getElementById("missing");
  if (there && (minimum <= 1 || found.getElementById(asked))) location.replace(place);
  else text?.replaceChildren("This archive has no author of that name.");
};
if (slug && text) {
  text.textContent = "Looking for the author …";
  text.setAttribute("role", "status");
  show(slug).catch(() => {
    text.textContent = "The list of names could not be loaded. Reload the page to try again.";
  });
}
// `categories/cs.CV/2021/12/19/`, where the category's months lead to days, leads to the day.
// So does `categories/cs.SY/2021/`, of a category that arXiv files under another name, to that.
const [code, ...period] = path.startsWith(root + CATEGORIES)
  ? path.slice((root + CATEGORIES).length).split("/")
  : [""];
const own = filed(decodeURIComponent(code));
if (own !== code) location.replace(`${root}${CATEGORIES}${own}/${period.join("/")}`);
const day = /\/(\d{4}\/\d{2}\/\d{2}\/)$/.exec(path)?.[1];
if (day && own === code && path.startsWith(root + CATEGORIES)) location.replace(root + day);
if (known && text) {
  text.textContent = "Looking for the paper …";
  text.setAttribute("role", "status");
  resolve().catch(() => {
    text.textContent = "The list of papers could not be loaded. Reload the page to try again.";
  });
}
