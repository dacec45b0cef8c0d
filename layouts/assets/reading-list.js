// @ts-check
// The dialog of the reading list: shows what was saved, and lets it be removed and taken along.
import { bibtex } from "./citation.js";
import { make, open } from "./dialog.js";
import { load, mark, store } from "./saved.js";

const EMPTY = "Nothing yet. Save a paper on its day page, with the button beside it or the key s.";

/** @param {string} name @param {string} type @param {string} content */
const download = (name, type, content) => {
  const link = document.createElement("a");
  link.download = name;
  link.href = URL.createObjectURL(new Blob([content], { type }));
  link.click();
  URL.revokeObjectURL(link.href);
};

/** Show what was saved, newest first. @param {string} root */
export const openReadingList = (root) => {
  const list = make("ul", { class: "saved" });
  const empty = make("p", {}, EMPTY);
  const actions = make("p", { class: "actions" });

  /** @param {import("./saved.js").Paper} paper */
  const item = (paper) => {
    const label = `Remove ${paper.title}`;
    const remove = make("button", { type: "button", "aria-label": label }, "Remove");
    remove.addEventListener("click", () => {
      store(load().filter((other) => other.id !== paper.id));
      show();
      mark();
    });
    return make("li", {}, make("a", { href: root + paper.path }, paper.title), " ", remove);
  };
  const show = () => {
    const papers = load();
    list.replaceChildren(...papers.reverse().map(item));
    empty.hidden = papers.length > 0;
    actions.hidden = papers.length === 0;
  };
  /** @param {string} label @param {() => void} action */
  const take = (label, action) => {
    const button = make("button", { type: "button" }, label);
    button.addEventListener("click", action);
    actions.append(button, " ");
  };
  const entries = () => bibtex(load());
  take("BibTeX", () => download("reading-list.bib", "application/x-bibtex", entries()));
  const json = () => JSON.stringify(load(), null, 2);
  take("JSON", () => download("reading-list.json", "application/json", json()));
  show();
  const dialog = open("Reading list", empty, list, actions);
  list.addEventListener("click", ({ target }) => {
    if (target instanceof Element && target.closest("a")) dialog.close();
  });
};
