// Behind 404.html: `abs/2112.10046` and `abs/cs/9901001v2` lead on to the paper's place on its day.
import { locate, parse } from "./ids.js";

const { root } = document.querySelector("main").dataset;
const text = document.getElementById("missing");
const asked = location.pathname.startsWith(`${root}abs/`) && decodeURIComponent(location.pathname.slice(root.length + 4));
const known = asked && parse(asked.replace(/\/$/, ""));

const resolve = async () => {
  const found = await locate(root, known);
  if (found) {
    location.replace(root + found.path);
    return;
  }
  const arxiv = document.createElement("a");
  arxiv.href = `https://arxiv.org/abs/${known.id ?? asked}`;
  arxiv.textContent = `Look for ${known.id} at arXiv`;
  text.replaceChildren(`This archive does not hold ${known.id ?? known.doi}. `, known.id ? arxiv : "");
};
if (known) {
  text.textContent = "Looking for the paper …";
  text.setAttribute("role", "status");
  resolve().catch(() => { text.textContent = "The list of papers could not be loaded. Reload the page to try again."; });
}
