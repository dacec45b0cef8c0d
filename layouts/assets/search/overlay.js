// @ts-check
// The search over any page: opened by `/`, Ctrl-K or the masthead's link, fetched when it is first
// opened.
import { make } from "./elements.js";
import { FIELDS } from "./query.js";
import { view, walk } from "./search-view.js";

const SIZE = 10; // results at first, and with each "Show more"
const PAUSE = 150; // ms without a key before a search starts

/** @type {{ dialog: HTMLDialogElement, field: HTMLInputElement } | null} */
let opened = null;

/** The elements of the dialog. @param {string} root */
const layOut = (root) => {
  const field = document.createElement("input");
  field.type = "search";
  field.name = "q";
  field.autocomplete = "off";
  field.spellcheck = false;
  field.enterKeyHint = "search";
  field.placeholder = "Titles, authors, abstracts, an arXiv id";
  field.ariaLabel = "Search papers and authors";
  const close = make("button", { type: "button", className: "close", textContent: "Close" });
  const form = make("form", { action: `${root}search/`, role: "search" }, field, close);
  const status = make("p", { className: "standing", role: "status" });
  const results = make("ol", {});
  const all = make("a", { href: `${root}search/` }, "All results, with filters");
  const scroller = make("div", { className: "found" }, results);
  const foot = make("p", { className: "foot" }, all);
  const inside = [form, status, scroller, foot];
  const dialog = make("dialog", { className: "over", ariaLabel: "Search" }, ...inside);
  document.body.append(dialog);
  return { dialog, form, field, close, status, scroller, results, foot, all };
};

/** @param {string} root */
const build = (root) => {
  const { dialog, form, field, close, status, scroller, results, foot, all } = layOut(root);
  const seek = (again = false) => {
    const q = field.value.trim();
    all.href = `${root}search/${q ? `?${new URLSearchParams({ q })}` : ""}`;
    search.ask({ ...FIELDS, q }, { again });
  };
  /** @param {string | null} query */
  const look = (query) => {
    if (query !== null) field.value = query;
    field.focus();
    seek(query === null);
  };
  const search = view({ root, status, results, scroller, size: SIZE, look });
  search.start();

  /** @type {ReturnType<typeof setTimeout> | undefined} */
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
  dialog.addEventListener("click", ({ target }) => {
    // Beside it; or a result on this very page, which only moves the page below.
    if (target === dialog || (target instanceof Element && target.closest("a"))) dialog.close();
  });
  walk(dialog, field, [search.hints, search.people, results, foot]);
  return { dialog, field };
};

/**
 * Open the search over the page; what had the focus gets it back.
 * @param {string} root
 * @param {string} typed what was typed until it stood
 */
export const openSearch = (root, typed) => {
  opened ??= build(root);
  const { dialog, field } = opened;
  if (!dialog.open) dialog.showModal();
  field.focus();
  field.select();
  if (!typed) return;
  field.value = typed;
  field.setSelectionRange(typed.length, typed.length);
  field.dispatchEvent(new Event("input"));
};
