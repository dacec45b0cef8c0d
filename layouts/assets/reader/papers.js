// @ts-check
// What papers gain from a script wherever a page lists them: buttons to cite and to save each, and
// to take all of them along. What a click needs is fetched with the click.
import { button, tools } from "./controls.js";
import { forgetWords, noteWords } from "./liked-words.js";
import { here } from "./page.js";
import { drop, entryOf, keep, onOthers, tellSaved, whole } from "./saved.js";
import { BOXES, idOf, paperIn, shown, shownBy, text } from "./shown.js";

/** @typedef {import("./shown.js").Shown} Shown */

const BUTTONS = "button.cite, button.save, button.like";
const FEW = 2; // papers, of which a page offers an export
const AT_ONCE = 100; // papers that get their buttons before the first paint

/** @param {Element} element @param {string} id */
const mark = (element, id) => {
  const save = element.querySelector(":scope > .save, :scope > p > .save, :scope > footer .save");
  if (save) tellSaved(save, id, text(element.querySelector("a")));
};

/** Note the words of a paper that stands there in full. @param {Element} element @param {string} id @param {string} path */
const noteWordsOf = (element, id, path) => {
  if (element.matches("article")) noteWords(id, { ...paperIn(element), path });
};

/** Save a paper, or drop it from the list. @param {Shown} one @param {string} root */
const save = async ({ element, link, path }, root) => {
  const id = idOf(path);
  // At once, before anything is fetched: somebody may leave the page with the next click.
  const before = entryOf(id);
  if (before) drop(id);
  const kept = before || keep(whole({ id, title: text(link), path }));
  if (before) forgetWords(id);
  else if (kept) noteWordsOf(element, id, path);
  mark(element, id);
  const { say } = await import("./said.js");
  if (before) {
    const undo = () => {
      keep(before);
      noteWordsOf(element, id, path);
      mark(element, id);
    };
    return say("Taken off the reading list.", ["Undo", undo]);
  }
  if (!kept) return say("This browser does not let the site store anything more.");
  say("On the reading list.", ["Open it", () => location.assign(`${root}reading-list/`)]);
  // What the page does not say comes from the data; without it, the title and address stay.
  const { references } = await import("./references.js");
  const [paper] = await references([path], root).catch(() => []);
  const now = entryOf(id);
  if (paper && now) keep({ ...now, ...paper });
};

/** @param {string} root */
const actions = (root) => ({
  cite: async (/** @type {Shown} */ { path }) => (await import("./take.js")).cite(path, root),
  save: (/** @type {Shown} */ one) => save(one, root),
  like: async (/** @type {Shown} */ { element, link }) => {
    const excerpt = { title: text(link), text: text(element.querySelector(".excerpt")) };
    const paper = element.matches("article") ? paperIn(element) : excerpt;
    (await import("./for-you.js")).seekLike(paper, root);
  },
});

/** Whether the site has a search: its masthead leads there. */
const isSearched = () => document.querySelector("body > header > nav + *") !== null;

/** Add its buttons to a paper. @param {Shown} one */
const dress = ({ element, link, path }) => {
  if (element.querySelector(".save")) return;
  const title = text(link);
  const inFull = element.querySelector(":scope > footer > p");
  const place = inFull ?? element;
  if (inFull) place.append(" ", button("Cite", { class: "cite", "aria-label": `Cite: ${title}` }));
  place.append(" ", button("Save", { class: "save" }));
  if (inFull && isSearched()) {
    const about = { class: "like", "aria-label": `More like this: ${title}` };
    place.append(" ", button("More like this", about));
  }
  mark(element, idOf(path));
};

/** @type {WeakMap<Element, Shown>} */
const waiting = new WeakMap();
const near = new IntersectionObserver(
  (found) => {
    for (const { target, isIntersecting } of found) {
      const one = isIntersecting && waiting.get(target);
      if (!one) continue;
      near.unobserve(target);
      dress(one);
    }
  },
  { rootMargin: "100%" },
);

/** Those that may be in view at once, and of a list of thousands each as it comes near. @param {Shown[]} listed */
const dressAll = (listed) => {
  listed.slice(0, AT_ONCE).forEach(dress);
  for (const one of listed.slice(AT_ONCE)) {
    waiting.set(one.element, one);
    near.observe(one.element);
  }
};

/** @param {string} root */
const offerAll = (root) => {
  const all = button("Export", { title: "BibTeX, RIS and more of what is shown; also for Zotero" });
  all.addEventListener("click", async () =>
    (await import("./take.js")).exportAll(shown(root), root),
  );
  // The footer, which leads there too, may be far below.
  const list = Object.assign(document.createElement("a"), {
    href: `${root}reading-list/`,
    textContent: "Reading list",
  });
  tools().append(all, " ", list, " ");
};

/** Pages about somebody or something that can be followed. */
const SUBJECT = /^(?:authors|categories|venues|people)\/[^/]+/;

const offerFollowing = () => {
  const follow = button("Follow", { class: "follow", "aria-pressed": "false" });
  follow.addEventListener("click", async () =>
    (await import("./interests.js")).turnFollowing(follow),
  );
  tools().append(follow, " ");
};

/** Enrich what lists papers, now and as it changes. @param {string} root */
export const enrich = (root) => {
  const listed = shown(root);
  dressAll(listed);
  const results = document.querySelector("#search-results"); // which brings buttons of its own
  document.addEventListener("papers", () => dressAll(shown(root)));
  const act = actions(root);
  /** @param {EventTarget | null} target @param {string} name */
  const perform = (target, name) => {
    const box = target instanceof Element ? target.closest(BOXES) : null;
    const one = box && shownBy(box, root);
    const action = act[/** @type {keyof typeof act} */ (name)];
    if (one && action) action(one);
  };
  document.addEventListener("click", ({ target }) => {
    const pressed = target instanceof Element ? target.closest(BUTTONS) : null;
    if (pressed) perform(pressed, pressed.className);
  });
  document.addEventListener("paper", (event) => {
    if (event instanceof CustomEvent) perform(event.target, event.detail);
  });
  onOthers((id) => {
    for (const { element, path } of shown(root)) if (idOf(path) === id) mark(element, id);
  });
  const home = document.querySelector("main.home"); // where papers only lead to their days
  if (results || (!home && listed.length >= FEW)) offerAll(root);
  if (SUBJECT.test(here(root))) offerFollowing();
  // A pointer on its way to the browser's own buttons may mean Zotero's: nothing is fetched before.
  document.documentElement.addEventListener(
    "mouseleave",
    async () => (await import("./take.js")).announce(shown(root), root),
    { once: true },
  );
};
