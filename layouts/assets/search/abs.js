// @ts-check
// Behind 404.html: `abs/2112.10046`, `abs/cs/9901001v2` and `abs/openreview-JAhNsZ9dvG` lead on to
// the paper's place on its day, and `authors/ada-quill.html` of an author without a page to the papers.
import { many } from "./elements.js";
import { AUTHOR, IDS } from "./facts.js";
import { isArxiv, locate, parse } from "./ids.js";

const root = document.querySelector("main")?.dataset.root ?? "";
const text = document.getElementById("missing");
const [base, path] = [root + IDS, location.pathname];
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
// `authors/ada-quill.html` of somebody without a page shows the papers.
const [before, after] = (root + AUTHOR).split("{}");
const isAuthor = path.startsWith(before) && path.endsWith(after);
const slug = isAuthor ? decodeURIComponent(path.slice(before.length, -after.length)) : "";

/** @param {string} asked the author's slug */
const show = async (asked) => {
  const { bucket, startOf } = await import("./names.js");
  const start = startOf(asked.split("-"));
  const listed = start ? await bucket(root, start) : [];
  const author = listed.find((one) => one.slug === asked);
  if (!author?.ids) {
    text?.replaceChildren("This archive has no author of that name.");
    return;
  }
  const { read } = await import("./known-paper.js");
  const list = document.createElement("ul");
  list.className = "plain";
  for (const id of author.ids) {
    const place = await locate(root, { id });
    if (!place) continue;
    const paper = await read(root, place).catch(() => null);
    const link = document.createElement("a");
    link.href = root + place.path;
    link.textContent = paper?.title[0][0] ?? id;
    const item = document.createElement("li");
    item.append(link, ` ${place.day}`);
    list.append(item);
  }
  document.title = author.name;
  const heading = document.querySelector("h1");
  if (heading) heading.textContent = author.name;
  text?.replaceChildren(many(author.ids.length, "paper"));
  text?.after(list);
};
if (slug && text) {
  text.textContent = "Looking for the author …";
  text.setAttribute("role", "status");
  show(slug).catch(() => {
    text.textContent = "The list of names could not be loaded. Reload the page to try again.";
  });
}
if (known && text) {
  text.textContent = "Looking for the paper …";
  text.setAttribute("role", "status");
  resolve().catch(() => {
    text.textContent = "The list of papers could not be loaded. Reload the page to try again.";
  });
}
