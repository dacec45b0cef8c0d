// What the search page and the search over any page share: the worker, the authors above, the list of
// papers below them, and the line that says how things stand.
import { locate, parse } from "./ids.js";

const MONTHS = "January February March April May June July August September October November December".split(" ");
const month = (iso) => `${MONTHS[iso.slice(5, 7) - 1]} ${iso.slice(0, 4)}`;
const day = (iso) => `${Number(iso.slice(8))} ${MONTHS[iso.slice(5, 7) - 1].slice(0, 3)} ${iso.slice(0, 4)}`;
const many = (count, unit) => `${count ? count.toLocaleString("en") : "No"} ${unit}${count === 1 ? "" : "s"}`;

/** The fields of a search, with what each says where nobody has chosen. */
export const FIELDS = { q: "", category: "", cross: "", year: "", order: "relevance" };

/** The order of results: by score (zero where dates rule), then newest first. */
const byRank = (a, b) => b.score - a.score || a.shard - b.shard || a.place - b.place;
const box = (element) => element.getBoundingClientRect();

export const make = (name, properties, ...children) => {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
};

/** One Latin letter would find nearly everything, slowly. */
const enough = ({ q, category, cross, year }) => Boolean(/..|[^\0-\x7f]/.test(q) || category || cross || year);

/** Move the focus with the arrow keys between a field and the links of lists below it. */
export const walk = (target, field, lists) => target.addEventListener("keydown", (event) => {
  const stops = [field, ...lists.flatMap((list) => [...list.querySelectorAll("a:not(.out a), button")])];
  const next = stops[stops.indexOf(document.activeElement) + { ArrowDown: 1, ArrowUp: -1 }[event.key]];
  const modified = event.isComposing || event.altKey || event.ctrlKey || event.metaKey;
  if (!next || modified || !stops.includes(document.activeElement)) return;
  event.preventDefault();
  next.focus();
});

/**
 * Start a search that shows itself in `status`, `results` (a list) and elements that it puts around them.
 * `size` results are shown at first, and with each "Show more"; `scroller` is what scrolls, if not the page.
 * `told` hears of all that the worker tells, `look` of a search that is proposed where nothing was found.
 */
export const view = ({ root, status, results, size, scroller = null, told = () => {}, look }) => {
  const people = make("p", { className: "people", hidden: true });
  const hints = make("p", { className: "hints", hidden: true });
  const failures = make("p", { role: "alert", hidden: true });
  const more = make("button", { type: "button", textContent: "Show more", hidden: true });
  const retry = make("button", { type: "button", textContent: "Try again" });
  status.after(hints, failures, people);
  results.after(more);
  const site = new URL(root, location.href).href;
  let worker = null;
  let run = 0; // answers to an earlier run are not shown
  let asked = null; // what was asked last
  let direct = null; // promise of the paper whose identifier was asked for
  let stale = false; // the list still shows the search before
  let reading = false; // somebody has begun to look at the list

  const start = () => {
    if (worker) return;
    worker = new Worker(new URL("search-worker.js", import.meta.url), { type: "module" });
    worker.onmessage = ({ data }) => {
      if (data.run !== run) return;
      if (data.people) introduce(data.people);
      else {
        say(data);
        paint(data.rows, data.listed);
        told(data);
      }
    };
    worker.onerror = () => { status.textContent = "Search could not start in this browser."; };
    worker.postMessage({ site });
  };

  // ---- Papers ----
  const marked = (all) => all.flatMap(([text, hit], n) => [n ? " " : "", hit ? make("mark", {}, text) : text]);
  const excerpt = (pieces) => make("p", { className: "excerpt" }, ...marked(pieces));
  const item = (row) => {
    const link = make("a", { className: "t", href: root + row.path }, ...marked(row.title));
    if (row.within) {
      const papers = row.within.map((paper) => make("li", {},
        make("a", { className: "t", href: root + paper.path }, ...marked(paper.title)), excerpt(paper.excerpt)));
      return make("li", { row }, link, make("ol", {}, ...papers));
    }
    const about = make("p", {}, make("time", { dateTime: row.date }, day(row.date)));
    if (row.authors) about.append(" · ", make("span", { className: "by" }, row.authors));
    if (row.category) about.append(" ", make("b", { className: "tag" }, row.category));
    const id = decodeURIComponent(row.path.split("#")[1] ?? "");
    if (id) {
      about.append(" ", make("span", { className: "out" },
        make("a", { href: `https://arxiv.org/abs/${id}` }, "abstract"), " ",
        make("a", { href: `https://arxiv.org/pdf/${id}` }, "PDF")));
    }
    return make("li", { row }, link, about, excerpt(row.excerpt));
  };
  const sight = () => (scroller ? box(scroller) : { top: 0, bottom: innerHeight });
  const paint = (rows, listed) => {
    if (stale) results.replaceChildren();
    stale = false;
    // While somebody reads, nothing that was shown goes, and nothing comes between what is in view: that stays
    // where it is, and what ranks within it comes after it.
    const focused = document.activeElement;
    const old = [...results.children];
    const { top, bottom } = sight();
    reading ||= results.contains(focused) || box(results).top < Math.min(top, 0) || scroller?.scrollTop > 0;
    const inView = reading ? old.filter((one) => box(one).bottom > top && box(one).top < bottom) : [];
    const held = reading && (old.find((one) => one.contains(focused)) ?? inView[0]);
    const before = held && box(held).top;
    const below = inView.at(-1)?.nextElementSibling;
    const known = new Map(old.map((one) => [one.row.path, one]));
    if (reading) {
      for (const row of rows.filter(({ path }) => !known.has(path))) {
        const next = [...results.children].find((one) => byRank(row, one.row) < 0) ?? null;
        results.insertBefore(item(row), inView.indexOf(next) > 0 ? below : next);
      }
    } else {
      results.replaceChildren(...rows.map((row) => Object.assign(known.get(row.path) ?? item(row), { row })));
    }
    if (held) (scroller ?? window).scrollBy({ top: box(held).top - before, behavior: "instant" });
    // Whoever asked for more goes on where the list ended.
    if (focused === more) results.children[more.from]?.querySelector("a").focus({ preventScroll: true });
    more.hidden = results.children.length >= listed;
  };

  // ---- Authors ----
  const name = (author) => make("a", { href: `${root}authors/${author.slug}.html` }, author.name);
  const introduce = ({ count, first }) => {
    people.hidden = !count;
    people.replaceChildren(make("span", {}, count === 1 ? "Author" : "Authors"), " ");
    for (const author of first) people.append(make("span", {}, name(author), ` ${author.papers.toLocaleString("en")}`), " ");
    if (count > first.length) {
      const rest = `${root}authors/?${new URLSearchParams({ name: asked.q })}`;
      people.append(make("a", { href: rest }, `and ${(count - first.length).toLocaleString("en")} more`));
    }
  };

  // ---- How things stand ----
  const suggest = ({ fewer, name: author }) => {
    hints.hidden = !(author || fewer.length);
    const parts = [];
    if (author) parts.push("Do you mean the author ", name(author), "? ");
    fewer.forEach(({ query }, n) => {
      const button = make("button", { type: "button", textContent: query });
      button.addEventListener("click", () => look(query));
      parts.push(n ? " or " : "With fewer words: ", button);
    });
    hints.replaceChildren(...parts);
  };
  const say = ({ unit, found, listed, back, done, failed, hints: ways }) => {
    const first = found > listed ? `, the first ${listed.toLocaleString("en")} listed` : "";
    const whole = done && !failed.length;
    status.textContent = `${many(found, unit)} ${whole ? "found" : "so far"}${done ? first : `, back to ${month(back)} …`}`;
    status.ariaBusy = !done;
    const period = ({ from, to }) => [...new Set([month(from), month(to)])].join(" to ");
    const lost = failed.map((shard) => (shard.from ? period(shard) : "the index"));
    failures.replaceChildren(`Could not be loaded: ${lost.join("; ")}. `, retry);
    failures.hidden = !lost.length;
    if (ways) suggest(ways);
  };

  // ---- Identifiers ----
  /** What the paper's own page says of it; whoever goes on to that page has it already. */
  const read = async (found) => {
    const page = new DOMParser().parseFromString(await (await fetch(site + found.path.split("#")[0])).text(), "text/html");
    const article = page.getElementById(found.id);
    const text = (selector) => article?.querySelector(selector)?.textContent.replace(/\s+/g, " ").trim() ?? "";
    const short = (words) => words.split(" ").slice(0, 40).join(" ") + (words.split(" ").length > 40 ? " …" : "");
    return {
      score: 0, shard: 0, place: 0, path: found.path, date: found.day, title: [[text("h2") || found.id, false]],
      authors: short(text("h2 + *")), category: text("footer b"), excerpt: [[short(text("h2 + * + p")), false]],
    };
  };
  const identify = async (known, turn) => {
    status.ariaBusy = true;
    status.textContent = "Searching …";
    try {
      const found = await direct;
      const row = found && (await read(found));
      if (turn !== run) return;
      paint(row ? [row] : [], row ? 1 : 0);
      status.textContent = found ? "1 paper found; Enter leads to it" : `No paper found: this archive does not hold ${known.id ?? known.doi}`;
    } catch {
      if (turn === run) status.textContent = "The list of identifiers could not be loaded";
    }
    if (turn === run) status.ariaBusy = false;
  };

  /** Ask; `wanted` results, with counts of `facets`, `again` after a failure. */
  const ask = (query, { wanted = size, facets = [], again = false, keep = false } = {}) => {
    run += 1;
    asked = query;
    const known = parse(query.q);
    direct = known && locate(site, known);
    direct?.catch(() => {}); // told where it is waited for
    if (!keep) {
      [stale, reading] = [true, false];
      for (const one of [failures, hints, people]) one.hidden = true;
    }
    if (known) {
      worker?.postMessage({});
      identify(known, run);
      return;
    }
    const can = enough(query);
    status.ariaBusy = can;
    if (can) {
      start();
      worker.postMessage({ run, query, again, wanted, facets });
      if (!keep) status.textContent = "Searching …";
    } else {
      worker?.postMessage({});
      status.textContent = query.q && "Type two letters or more";
      paint([], 0);
    }
  };

  retry.addEventListener("click", () => look(null));
  more.addEventListener("click", () => {
    more.from = results.children.length;
    reading = true;
    history.replaceState({ wanted: more.from + size }, "");
    worker.postMessage({ run, wanted: more.from + size });
  });
  // Rows that move under a pointer at rest are no sign of reading.
  results.addEventListener("pointermove", (event) => { reading ||= Boolean(event.movementX || event.movementY); });
  // We hold the list in place ourselves; browsers that do so, too, would move it twice.
  (scroller ?? document.documentElement).style.overflowAnchor = "none";

  return {
    ask, start, people, hints, more,
    /** Promise of the address of the paper whose identifier was asked for last; null where it was none. */
    target: async () => {
      const found = await direct?.catch(() => null);
      return found ? site + found.path : null;
    },
  };
};
