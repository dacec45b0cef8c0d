// The search page: reads the form, keeps the address, and counts what the filters would leave.
import { FIELDS, make, view, walk } from "./search-view.js";

const PAGE = 20; // results at first, and with each "Show more"
const PAUSE = 150; // ms without a key before a search starts

const { root } = document.querySelector("main").dataset;
const [form, status, results] = ["form", "status", "results"].map((id) => document.getElementById(`search-${id}`));
const facets = new Set(); // filters that somebody has looked at: only their counts are fetched
let asked; // the address of what was asked last
let decided; // the address that the present entry of the history was made for
let timer;

const state = () => Object.fromEntries(Object.keys(FIELDS).map((name) => [name, form.elements[name].value.trim()]));
const address = () => {
  const entries = Object.entries(state()).filter(([name, value]) => value && value !== FIELDS[name]);
  return entries.length ? `?${new URLSearchParams(entries)}` : location.pathname;
};

// ---- Filters ----
/** Say at each value how many papers it would leave; `so far` while older ones are still searched. */
const count = ({ counts, done }) => {
  for (const [name, found] of Object.entries(counts)) {
    for (const option of form.elements[name].options) {
      if (!option.value) continue;
      option.label_ ??= option.text;
      const papers = found[option.value] ?? 0;
      const text = `${option.label_} (${papers.toLocaleString("en")}${done ? "" : " …"})`;
      if (option.text !== text) option.text = text;
      option.disabled = done && !papers && !option.selected;
    }
  }
};
const uncount = () => {
  for (const { options } of [form.elements.year, form.elements.category, form.elements.cross]) {
    for (const option of options) {
      option.text = option.label_ ?? option.text;
      option.disabled = false;
    }
  }
};

const search = view({
  root, status, results, size: PAGE, told: count,
  look: (query) => {
    if (query === null) {
      ask({ again: true });
      return;
    }
    form.elements.q.value = query;
    form.elements.q.focus();
    decide();
  },
});

const ask = (options = {}) => {
  if (address() === asked && !options.again && !options.keep) return;
  asked = address();
  const query = state();
  if (!query.q) query.order = "newest";
  const any = query.q || query.category || query.cross || query.year;
  if (!any) uncount();
  search.ask(query, { wanted: history.state?.wanted ?? PAGE, facets: [...facets], ...options });
};

// Typing drafts in the present entry of the history; a decision gives that entry back what it held and
// makes a new one. So Back goes from decision to decision, not from letter to letter.
const draft = () => {
  history.replaceState(null, "", address());
  ask();
};
const decide = () => {
  clearTimeout(timer);
  if (address() !== decided) {
    history.replaceState(null, "", decided);
    decided = address();
    history.pushState(null, "", decided);
  }
  ask();
};
const arrive = () => {
  clearTimeout(timer);
  const given = new URLSearchParams(location.search);
  for (const [name, usual] of Object.entries(FIELDS)) {
    const value = given.get(name) ?? usual;
    form.elements[name].value = value;
    // A link may name a category that the form does not offer.
    if (!form.elements[name].value && value) form.elements[name].add(new Option(value, value, true, true));
  }
  decided = address();
  ask();
};

const wish = ({ target }) => {
  const { name } = target.closest?.("select") ?? {};
  if (!(name in FIELDS) || name === "order" || facets.has(name)) return;
  facets.add(name);
  if (address() !== location.pathname) ask({ keep: true });
};
form.addEventListener("focusin", wish);
form.addEventListener("pointerover", wish);
form.addEventListener("input", ({ target }) => {
  clearTimeout(timer);
  if (target.name === "q") timer = setTimeout(draft, PAUSE);
  else decide();
});
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  decide();
  const paper = await search.target();
  if (paper) location.href = paper;
});
addEventListener("popstate", arrive);
walk(document, form.elements.q, [search.hints, search.people, results]);
search.start();
arrive();
// Whoever comes with an identifier goes on to its paper; Back then leads to where they came from.
const fresh = performance.getEntriesByType("navigation")[0]?.type !== "back_forward";
search.target().then((paper) => { if (paper && fresh) location.replace(paper); });
