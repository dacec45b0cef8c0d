// @ts-check
// The search page: reads the form, keeps the address, and counts what the filters would leave.
import { make, thousands } from "./elements.js";
import { FILTERS } from "./facts.js";
import { filed } from "./filed.js";
import { FIELDS, sides } from "./query.js";
import { memory } from "./search-memory.js";
import { view, walk } from "./search-view.js";
import { timeline } from "./timeline.js";

/** @typedef {import("./search-run.js").Standing} Standing */
/** @typedef {import("./search-view.js").Wanted} Wanted */

const PAGE = 20; // results at first, and with each "Show more"
const PAUSE = 150; // ms without a key before a search starts

/** @param {string} id */
const element = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
const root = document.querySelector("main")?.dataset.root ?? "";
const form = /** @type {HTMLFormElement} */ (element("search-form"));
const [status, results] = [element("search-status"), element("search-results")];

/** @param {string} name */
const field = (name) =>
  /** @type {HTMLInputElement | HTMLSelectElement | null} */ (form.elements.namedItem(name));
/** The choices of a filter; none if this archive has nothing to filter by. @param {string} name */
const choices = (name) => {
  const one = field(name);
  return one instanceof HTMLSelectElement ? [...one.options] : [];
};
const words = /** @type {HTMLInputElement} */ (field("q"));

/** @type {Set<string>} filters that somebody has looked at: only their counts are fetched */
const facets = new Set();
/** @type {string | undefined} the address of what was asked last */
let asked;
let decided = ""; // the address that the present entry of the history was made for
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

const state = () => {
  const entries = Object.keys(FIELDS).map((name) => [name, field(name)?.value.trim() ?? ""]);
  return /** @type {typeof FIELDS} */ (Object.fromEntries(entries));
};
const address = () => {
  const entries = Object.entries(state()).filter(
    ([name, value]) => value && value !== FIELDS[name],
  );
  return entries.length ? `?${new URLSearchParams(entries)}` : location.pathname;
};

// ---- Filters ----
const folded = document.querySelector(".facets > summary");
const chips = element("search-chips");
/** What a chip says before a value. */
const BEFORE = /** @type {Record<string, string>} */ ({ cross: "also ", with: "with " });

/** A filter that is set, in words. @param {string} name @param {string} value */
const inWords = (name, value) => {
  const option = choices(name).find((one) => one.value === value);
  const label = option ? (labels.get(option) ?? option.text) : value;
  return (BEFORE[name] ?? "") + (name === "category" || name === "cross" ? value : label);
};

/** Say which filters are set, each to be removed, and how many at what folds them. */
const tellFilters = () => {
  const set = Object.entries(state()).filter(([name, value]) => FILTERS.includes(name) && value);
  const removers = set.map(([name, value]) => {
    const said = inWords(name, value);
    const remove = make("button", { type: "button", textContent: `${said} ×` });
    remove.ariaLabel = `Remove the filter ${said}`;
    remove.addEventListener("click", () => {
      const select = field(name);
      if (select) select.value = "";
      words.focus();
      decide();
    });
    return remove;
  });
  chips.hidden = !set.length;
  chips.replaceChildren(...removers);
  if (folded) folded.textContent = set.length ? `Filters (${set.length})` : "Filters";
};

/** @type {WeakMap<HTMLOptionElement, string>} what an option says without a count */
const labels = new WeakMap();

/**
 * Say at each value how many papers it would leave; "so far" while older ones are still searched.
 * @param {Standing} standing
 */
const count = ({ counts, done }) => {
  for (const [name, found] of Object.entries(counts)) {
    for (const option of choices(name)) {
      if (!option.value) continue;
      const label = labels.get(option) ?? option.text;
      labels.set(option, label);
      const papers = found[option.value] ?? 0;
      const text = `${label} (${thousands(papers)}${done ? "" : " …"})`;
      if (option.text !== text) option.text = text;
      option.disabled = done && !papers && !option.selected;
    }
  }
};
const uncount = () => {
  for (const option of FILTERS.flatMap(choices)) {
    option.text = labels.get(option) ?? option.text;
    option.disabled = false;
  }
};

/** @param {string | null} query */
const look = (query) => {
  if (query === null) {
    ask({ again: true });
    return;
  }
  words.value = query;
  words.focus();
  decide();
};

// ---- What this browser remembers ----
const remembered = memory(element("search-memory"), {
  newest: document.querySelector("main")?.dataset.newest ?? "",
  go: (address) => {
    history.pushState(null, "", address);
    arrive();
    words.focus();
  },
});

// ---- The chart ----
const chart = timeline(element("search-trend"), (year) => {
  const select = field("year");
  if (select) select.value = year;
  decide();
});
/** @type {{ standing: Standing | null, others: import("./timeline.js").Series[] }} */
let drawn = { standing: null, others: [] };
const draw = () => {
  const { standing, others } = drawn;
  if (!standing || !state().q) {
    chart.hide();
    return;
  }
  const { found_by: papers, all_by: all, years } = standing;
  const name = sides(state().q)[0];
  const year = state().year || (years?.from === years?.to ? (years?.from ?? "") : "");
  chart.show([{ name, papers }, ...others], all, year);
};
/** @param {Standing} standing */
const told = (standing) => {
  count(standing);
  drawn = { ...drawn, standing };
  draw();
};
/** @param {string} name @param {Standing} standing */
const compared = (name, { found_by: papers }) => {
  drawn = { ...drawn, others: [{ name, papers }] };
  draw();
};
const search = view({ root, status, results, size: PAGE, told, compared, look });

/** @param {Wanted} options */
const ask = (options = {}) => {
  if (address() === asked && !options.again && !options.keep) return;
  asked = address();
  tellFilters();
  const query = state();
  if (!query.q) query.order = "newest";
  remembered.show(query.q, address());
  if (!options.keep) drawn = { standing: null, others: [] };
  if (!query.q && FILTERS.every((name) => !query[name])) uncount();
  search.ask(query, { wanted: history.state?.wanted ?? PAGE, facets: [...facets], ...options });
};

// Typing drafts in the present entry of the history; a decision gives that entry back what it held
// and makes a new one. So Back goes from decision to decision, not from letter to letter.
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
  remembered.note(state().q);
  ask();
};
const arrive = () => {
  clearTimeout(timer);
  const given = new URLSearchParams(location.search);
  for (const [name, usual] of Object.entries(FIELDS)) {
    const value = filed(given.get(name) ?? usual);
    const one = field(name);
    if (!one) continue;
    one.value = value;
    // A link may name a category that the form does not offer.
    const unknown = value && !one.value;
    if (unknown && one instanceof HTMLSelectElement) one.add(new Option(value, value, true, true));
  }
  decided = address();
  ask();
};

/** @param {Event} event */
const wish = ({ target }) => {
  const name = target instanceof Element ? (target.closest("select")?.name ?? "") : "";
  if (!FILTERS.includes(name) || facets.has(name)) return;
  facets.add(name);
  if (address() !== location.pathname) ask({ keep: true });
};
form.addEventListener("focusin", wish);
form.addEventListener("pointerover", wish);
form.addEventListener("input", ({ target }) => {
  clearTimeout(timer);
  if (target === words) timer = setTimeout(draft, PAUSE);
  else decide();
});
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  decide();
  const paper = await search.target();
  if (paper) location.href = paper;
});
results.addEventListener("click", () => remembered.note(state().q));
addEventListener("popstate", arrive);
walk(document, words, [search.hints, search.people, results]);
search.start();
arrive();
// A reader who comes with an identifier goes on to its paper; Back then leads to where they came
// from.
const [visit] = performance.getEntriesByType("navigation");
const back = visit instanceof PerformanceNavigationTiming && visit.type === "back_forward";
search.target().then((paper) => {
  if (paper && !back) location.replace(paper);
});
