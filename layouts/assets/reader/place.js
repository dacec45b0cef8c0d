// @ts-check
// The reader's place among a page's papers: which of how many it is, a list of titles beside them
// where there is room, and the way back to it.
import { button } from "./controls.js";
import { text } from "./shown.js";

const WIDE = matchMedia("(min-width: 84rem)");

/** @param {Element} article */
const fieldOf = (article) => text(article.querySelector("footer > b"));

const articles = () => [...document.querySelectorAll("article")];

/** Restore the place that a page had when it was left: browsers try before papers are filled in, and
 * only know how many pixels were above. */
const comeBack = () => {
  const [id, top] = history.state?.place ?? [];
  const article = id && document.getElementById(id);
  if (article && !location.hash.slice(1)) {
    article.scrollIntoView({ behavior: "instant" });
    scrollBy({ top: -top, behavior: "instant" });
  }
  addEventListener("pagehide", () => {
    const at = articles().find((one) => one.getBoundingClientRect().bottom > 4);
    const place = at && scrollY > 0 ? [at.id, Math.round(at.getBoundingClientRect().top)] : null;
    history.replaceState({ ...history.state, place }, "");
    history.scrollRestoration = place ? "manual" : "auto";
  });
};

/** A list of the titles that are shown; the script's own copy, that no page carries. */
const outline = () => {
  const list = document.createElement("ol");
  for (const article of articles()) {
    if (article.hidden) continue;
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = `#${article.id}`;
    link.textContent = text(article.querySelector("h2 a"));
    item.append(link);
    item.classList.toggle("read", article.classList.contains("read"));
    list.append(item);
  }
  return list;
};

export const followPlace = () => {
  if (articles().length < 2) return;
  comeBack();
  const place = button("", { class: "place", title: "List of titles" });
  place.hidden = true;
  const beside = document.createElement("nav");
  beside.className = "outline";
  beside.setAttribute("aria-label", "Papers of this page");
  document.body.append(place, beside);

  /** @type {Set<Element>} */
  const inView = new Set();
  const current = () => articles().find((one) => inView.has(one) && !one.hidden);
  const list = () => {
    if (WIDE.matches) beside.replaceChildren(outline());
    else beside.replaceChildren();
    say();
  };
  const say = () => {
    const at = current();
    const open = articles().filter((one) => !one.hidden);
    place.hidden = !at || scrollY < innerHeight / 2;
    if (!at) return;
    const field = fieldOf(at);
    place.textContent = `${open.indexOf(at) + 1} of ${open.length}${field ? ` · ${field}` : ""}`;
    const here = beside.querySelector(`[href="#${CSS.escape(at.id)}"]`);
    const before = beside.querySelector("[aria-current]");
    if (here === before) return;
    before?.removeAttribute("aria-current");
    here?.setAttribute("aria-current", "true");
    if (here instanceof HTMLElement)
      beside.scrollTo({ top: here.offsetTop - beside.clientHeight / 3 });
  };
  // What stands in the upper part of the window is where somebody reads.
  const watcher = new IntersectionObserver(
    (found) => {
      for (const { target, isIntersecting } of found)
        if (isIntersecting) inView.add(target);
        else inView.delete(target);
      say();
    },
    { rootMargin: "-8px 0px -75% 0px" },
  );
  const watch = () => {
    for (const one of articles()) watcher.observe(one);
  };
  watch();
  document.addEventListener("papers", () => {
    watch();
    list();
  });
  document.addEventListener("filtered", list);
  document.addEventListener("read", () => {
    const at = current();
    for (const link of beside.querySelectorAll("a")) {
      const article = document.getElementById(decodeURIComponent(link.hash.slice(1)));
      link.parentElement?.classList.toggle("read", Boolean(article?.classList.contains("read")));
    }
    if (at) say();
  });
  WIDE.addEventListener("change", list);
  list();
  place.addEventListener("click", async () => {
    const { open } = await import("./dialog.js");
    const titles = outline();
    titles.className = "titles-list";
    const dialog = open("Papers of this page", titles);
    dialog.addEventListener("click", ({ target }) => {
      if (target instanceof Element && target.closest("a")) dialog.close();
    });
  });
};
