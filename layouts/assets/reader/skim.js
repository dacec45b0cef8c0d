// @ts-check
// Titles alone, or abstracts too: as the reader likes it, on every day until they change it.
import { button, tools } from "./controls.js";
import { text } from "./shown.js";

const KEY = "skim";
const html = document.documentElement;

const isOn = () => html.classList.contains("titles");

/** Open a paper among titles, or close it. @param {Element} article */
const unfold = (article) => {
  const on = article.classList.toggle("open");
  article.querySelector(":scope > .unfold")?.setAttribute("aria-expanded", String(on));
};

const addUnfolding = () => {
  for (const article of document.querySelectorAll("article")) {
    if (article.querySelector(":scope > .unfold")) continue;
    const label = `Abstract of ${text(article.querySelector("h2 a"))}`;
    article.append(button("", { class: "unfold", "aria-label": label, "aria-expanded": "false" }));
  }
};

export const addSkim = () => {
  const choice = button("", { class: "skim", title: "Titles or abstracts (t)" });
  const show = () => {
    choice.textContent = isOn() ? "Show abstracts" : "Titles only";
    if (isOn()) addUnfolding();
  };
  const turn = () => {
    // The paper in view keeps its place, whatever the height of the papers above.
    const at = [...document.querySelectorAll("article")].find(
      (one) => one.getBoundingClientRect().bottom > 0,
    );
    const moved = (at?.getBoundingClientRect().top ?? 0) < 0;
    html.classList.toggle("titles");
    try {
      localStorage.setItem(KEY, isOn() ? "titles" : "");
    } catch {
      /* for this page, then */
    }
    show();
    if (moved) at?.scrollIntoView({ behavior: "instant" });
  };
  choice.addEventListener("click", turn);
  document.addEventListener("paper", (event) => {
    if (!(event instanceof CustomEvent)) return;
    if (event.detail === "skim") turn();
    const article = event.target instanceof Element ? event.target.closest("article") : null;
    if (event.detail === "unfold" && article && isOn()) unfold(article);
  });
  document.addEventListener("click", ({ target }) => {
    if (!isOn() || !(target instanceof Element)) return;
    const article = target.closest("article");
    const opens = target.closest("a, button:not(.unfold), summary") === null;
    // In an open paper words can be marked; only its button closes it.
    const closed = !article?.classList.contains("open");
    if (article && opens && (closed || target.closest(".unfold"))) unfold(article);
  });
  document.addEventListener("papers", show);
  tools().prepend(choice, " ");
  show();
};
