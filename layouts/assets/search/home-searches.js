// @ts-check
// The saved searches on home: how many papers are new since somebody last looked at each, from the
// newest part of the index alone.
import { make, many } from "./elements.js";
import { FIELDS } from "./query.js";
import { saved } from "./searches.js";

/** @typedef {import("./search-worker.js").Answer} Answer */

const MOST = 200; // new papers that are counted one by one

/**
 * Show them in an element of the home page.
 * @param {string} root
 * @param {HTMLElement} place
 */
export const showSearches = (root, place) => {
  const list = make("ul", {});
  place.append(make("h2", {}, "Your searches"), list);
  const worker = new Worker(new URL("search-worker.js", import.meta.url), { type: "module" });
  worker.postMessage({ site: new URL(root, location.href).href });
  const waiting = saved().map(({ name, address, seen }) => {
    const said = make("span", {});
    list.append(make("li", {}, make("a", { href: `${root}search/${address}` }, name), " ", said));
    const given = Object.fromEntries(new URLSearchParams(address));
    return { query: { ...FIELDS, ...given, order: "newest" }, seen, said };
  });
  const next = (run = 0) => {
    const one = waiting[run];
    if (one) worker.postMessage({ run, query: one.query, wanted: MOST, facets: [], newest: true });
    else worker.terminate();
  };
  /** @param {MessageEvent<Answer>} event */
  worker.onmessage = ({ data }) => {
    if ("people" in data || "beside" in data || !data.done) return;
    const { said, seen } = waiting[data.run];
    const fresh = data.rows.filter(({ date }) => date > seen).length;
    const more = fresh === MOST || (data.rows.at(-1)?.date ?? seen) > seen;
    said.textContent = fresh
      ? `${more ? "at least " : ""}${many(fresh, "paper")} new`
      : "nothing new";
    next(data.run + 1);
  };
  next();
};
