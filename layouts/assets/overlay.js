// The search over any page: opened by `/`, Ctrl-K or the masthead's link, fetched when it is first opened.
import { FIELDS, make, view, walk } from "./search-view.js";

const SIZE = 10; // results at first, and with each "Show more"
const PAUSE = 150; // ms without a key before a search starts

let dialog = null;
let field = null;

const build = (root) => {
  field = make("input", { type: "search", name: "q", autocomplete: "off", spellcheck: false, enterKeyHint: "search" });
  field.setAttribute("aria-label", "Search papers and authors");
  field.placeholder = "Titles, authors, abstracts, an arXiv id";
  const close = make("button", { type: "button", className: "close", textContent: "Close" });
  const form = make("form", { action: `${root}search/` }, field, close);
  form.setAttribute("role", "search");
  const status = make("p", { className: "standing" });
  status.setAttribute("role", "status");
  const results = make("ol", {});
  const all = make("a", { href: `${root}search/` }, "All results, with filters");
  const scroller = make("div", { className: "found" }, results);
  const foot = make("p", { className: "foot" }, all);
  dialog = make("dialog", { className: "over" }, form, status, scroller, foot);
  dialog.setAttribute("aria-label", "Search");
  document.body.append(dialog);

  const seek = (again = false) => {
    const q = field.value.trim();
    all.href = `${root}search/${q ? `?${new URLSearchParams({ q })}` : ""}`;
    search.ask({ ...FIELDS, q }, { again });
  };
  const search = view({
    root, status, results, scroller, size: SIZE,
    look: (query) => {
      if (query !== null) field.value = query;
      field.focus();
      seek(query === null);
    },
  });
  search.start();

  let timer;
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(seek, PAUSE);
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    clearTimeout(timer);
    seek();
    location.href = (await search.target()) ?? all.href;
  });
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => {
    // Beside it; or a result on this very page, which only moves the page below.
    if (event.target === dialog || event.target.closest?.("a")) dialog.close();
  });
  walk(dialog, field, [search.hints, search.people, results, foot]);
};

/** Open the search over the page, with what was typed until it stood; what had the focus gets it back. */
export const openSearch = (root, typed) => {
  if (!dialog) build(root);
  if (!dialog.open) dialog.showModal();
  field.focus();
  field.select();
  if (!typed) return;
  field.value = typed;
  field.setSelectionRange(typed.length, typed.length);
  field.dispatchEvent(new Event("input"));
};
