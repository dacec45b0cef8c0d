// @ts-check
// Behind 404.html: `abs/2112.10046`, `abs/cs/9901001v2` and `abs/openreview-JAhNsZ9dvG` lead on to the paper's place on its day.
import { IDS } from "./facts.js";
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
if (known && text) {
  text.textContent = "Looking for the paper …";
  text.setAttribute("role", "status");
  resolve().catch(() => {
    text.textContent = "The list of papers could not be loaded. Reload the page to try again.";
  });
}
