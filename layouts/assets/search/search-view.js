// @ts-check
// What the search page and the search over any page share: the worker, the authors above, the list
// of papers below them, and the line that says how things stand.
import { day, make, many, month, period, thousands } from "./elements.js";
import { locate, parse } from "./ids.js";
import { meantBy, withLeads } from "./meant.js";
import { enough, FIELDS, plainWords, replaced, verbatim } from "./query.js";
import { resultList } from "./result-list.js";

/** @typedef {import("./hints.js").Hints} Hints */
/** @typedef {import("./ids.js").Identifier} Identifier */
/** @typedef {import("./names.js").Author} Author */
/** @typedef {import("./rows.js").Row} Row */
/** @typedef {import("./query.js").Query} Query */
/** @typedef {import("./search-run.js").Period} Period */
/** @typedef {import("./search-run.js").Standing} Standing */
/** @typedef {import("./search-worker.js").Answer} Answer */
/** @typedef {import("./search-worker.js").Request} Request */
/**
 * @typedef {object} Wanted
 * @property {number} [wanted] so many results
 * @property {string[]} [facets] filters whose values are counted
 * @property {boolean} [all] whether all years are searched, for a word that most papers have
 * @property {boolean} [again] after a failure
 * @property {boolean} [keep] whether the list goes on, because only the facets are others
 */

/**
 * Move the focus with the arrow keys between a field and the links of lists below it.
 * @param {Document | HTMLElement} target
 * @param {HTMLElement} field
 * @param {HTMLElement[]} lists
 */
export const walk = (target, field, lists) => {
  /** @param {KeyboardEvent} event */
  const move = (event) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const modified = event.isComposing || event.altKey || event.ctrlKey || event.metaKey;
    if (!by || modified) return;
    /** @type {Element[]} */
    const stops = [field];
    for (const list of lists)
      stops.push(...list.querySelectorAll("a:not(.out a), button:not(.save, .like)"));
    const here = document.activeElement ? stops.indexOf(document.activeElement) : -1;
    const next = here < 0 ? undefined : stops[here + by];
    if (!(next instanceof HTMLElement)) return;
    event.preventDefault();
    next.focus();
  };
  target.addEventListener("keydown", (event) => {
    if (event instanceof KeyboardEvent) move(event);
  });
};

/** Elements around a list of results, which show how a search stands.
 * @param {HTMLElement} status @param {HTMLElement} results */
const surround = (status, results) => {
  const people = make("p", { className: "people", hidden: true });
  const hints = make("p", { className: "hints", hidden: true });
  const notes = make("p", { className: "notes", hidden: true });
  // It comes last, and has its place from the beginning, so that nothing moves.
  const own = document.querySelector("#search-first"); // beside the list, on the page of the search
  const first = own instanceof HTMLElement ? own : make("p", { className: "first", hidden: true });
  const failures = make("p", { role: "alert", hidden: true });
  const more = make("button", { type: "button", textContent: "Show more", hidden: true });
  const retry = make("button", { type: "button", textContent: "Try again" });
  status.after(notes, hints, failures, people);
  if (!own) people.after(first);
  results.after(more);
  return { people, notes, hints, failures, first, more, retry };
};

/** How a search stands, in a sentence. @param {Standing} standing */
const sentence = ({ unit, found, others, listed, back, done, failed, near, partial }) => {
  if (partial)
    return `${many(found, unit)} have this word, ${thousands(listed)} of the newest listed`;
  const first = found > listed ? `, the first ${thousands(listed)} listed` : "";
  const whole = done && !failed.length;
  const rest = done ? first : `, back to ${month(back)} …`;
  if (others && !near) {
    const some = `${many(found, unit)} with all words`;
    return `${some}${whole ? "" : " so far"}, ${thousands(others)} with some${done ? "" : " …"}`;
  }
  if (near) return `No ${unit} holds all of these words; ${many(found, unit)} come near${first}`;
  return `${many(found, unit)} ${whole ? "found" : "so far"}${rest}`;
};

/**
 * Start a search that shows itself in `status`, `results` (a list) and elements around them.
 * @param {object} options
 * @param {string} options.root
 * @param {HTMLElement} options.status
 * @param {HTMLElement} options.results
 * @param {number} options.size results at first, and with each "Show more"
 * @param {HTMLElement | null} [options.scroller] what scrolls, if not the page
 * @param {(standing: Standing) => void} [options.told] hears of all that the worker tells
 * @param {(q: string, standing: Standing) => void} [options.compared] hears of a second query, if two
 *   are compared
 * @param {(query: string | null) => void} options.look hears of a search that is proposed because
 *   nothing was found; of null if the last one is to be tried again
 */
export const view = ({
  root,
  status,
  results,
  size,
  scroller = null,
  told = () => {},
  compared = () => {},
  look,
}) => {
  const { people, notes, hints, failures, first, more, retry } = surround(status, results);
  const list = resultList({ root, results, scroller });
  const site = new URL(root, location.href).href;
  /** @type {Worker | null} */
  let worker = null;
  let run = 0; // answers to an earlier run are not shown
  let asked = ""; // the words that were asked last
  /** @type {Query} */
  let wish = FIELDS;
  /** @type {Standing | null} what was told last of the present run */
  let last = null;
  /** @type {Promise<import("./ids.js").Place | null> | null} of an identifier that was typed */
  let direct = null;
  let end = 0; // where the list ended when somebody asked for more

  /** @param {import("./rows.js").Row[]} rows @param {number} listed */
  const paint = (rows, listed) => {
    const waiting = document.activeElement === more;
    list.paint(led.rows.length ? withLeads(rows, led.rows) : rows);
    // The focus of somebody who asked for more goes on where the list ended.
    const next = waiting && results.children[end]?.querySelector("a");
    if (next) next.focus({ preventScroll: true });
    more.hidden = results.children.length >= listed;
  };

  // ---- Authors ----
  /** @param {Author} author */
  const name = (author) => make("a", { href: root + author.path }, author.name);
  /** @param {{ count: number, first: Author[] }} found */
  const introduce = ({ count, first }) => {
    people.hidden = !count;
    people.replaceChildren(make("span", {}, count === 1 ? "Author" : "Authors"), " ");
    for (const author of first) {
      people.append(make("span", {}, name(author), ` ${thousands(author.papers)}`), " ");
    }
    if (count <= first.length) return;
    const href = `${root}authors/?${new URLSearchParams({ name: asked })}`;
    people.append(make("a", { href }, `and ${thousands(count - first.length)} more`));
  };

  // ---- Papers that are meant by name ----
  /** @type {{ key: string, rows: Row[] }} */
  let led = { key: "", rows: [] };
  let following = false; // whether they are being fetched
  /** @param {Standing} standing */
  const follow = async ({ leads, years }) => {
    const key = JSON.stringify(leads);
    if (led.key === key) return;
    led = { key, rows: [] };
    const turn = run;
    const { order } = wish;
    following = true;
    const rows =
      leads.length && order === "relevance" ? await meantBy(site, leads, wish, years) : [];
    if (turn !== run || led.key !== key) return;
    following = false;
    led.rows = rows;
    if (!last) return;
    if (rows.length) paint(last.rows, last.listed);
    status.ariaBusy = String(!last.done);
  };

  /** @param {Row | null} row */
  const begin = (row) => {
    if (!row) return;
    const title = row.title.map(([text]) => text).join(" ");
    const date = make("time", { dateTime: row.date }, day(row.date));
    first.replaceChildren(
      "The first here, ",
      date,
      ": ",
      make("a", { href: root + row.path, title }, title),
    );
  };

  // ---- How things stand ----
  /** @param {Standing} standing */
  const note = ({ mended, dropped, years, partial, others, near }) => {
    /** @param {string} label @param {() => void} act */
    const button = (label, act) => {
      const made = make("button", { type: "button", textContent: label });
      made.addEventListener("click", act);
      return made;
    };
    /** @type {(Node | string)[][]} */
    const parts = [];
    const { q } = wish;
    if (mended) {
      const typed = button(q, () => look(verbatim(q, mended.words)));
      const shown = make("strong", {}, mended.query);
      parts.push(["Showing results for ", shown, "; search for ", typed, " instead."]);
    }
    if (dropped) {
      const words = dropped.words.flatMap((word, n) => [n ? ", " : "", make("s", {}, word)]);
      parts.push(["No paper holds all of these words; left out: ", ...words, "."]);
    }
    if (years?.bare) {
      const word = button("take it as a word", () => look(verbatim(q, [years.from])));
      const all = button("all years", () => look(replaced(q, new Map([[years.from, ""]]))));
      parts.push([`Of ${years.from} alone: `, all, " or ", word, "."]);
    }
    if (partial) {
      const all = button("search all years", () => ask(wish, { all: true }));
      parts.push(["Most papers have it, so that only the newest were looked through: ", all, "."]);
    }
    const [word = ""] = plainWords(q).sort((a, b) => b.length - a.length);
    if (others && !near && word) {
      const all = button("only those with all words", () => look(verbatim(q, [word])));
      parts.push(["Some of the words are enough; ", all, "."]);
    }
    notes.hidden = !parts.length;
    notes.replaceChildren(...parts.map((part) => make("span", {}, ...part)));
  };
  /** @param {Hints} ways */
  const suggest = ({ fewer, name: author }) => {
    hints.hidden = !(author || fewer.length);
    hints.replaceChildren();
    if (author) hints.append("Do you mean the author ", name(author), "? ");
    for (const [n, { query }] of fewer.entries()) {
      const button = make("button", { type: "button", textContent: query });
      button.addEventListener("click", () => look(query));
      hints.append(n ? " or " : "With fewer words: ", button);
    }
  };
  /** @param {Period[]} failed */
  const regret = (failed) => {
    const lost = failed.map(({ from, to }) => (from && to ? period(from, to) : "the index"));
    failures.replaceChildren(`Could not be loaded: ${lost.join("; ")}. `, retry);
    failures.hidden = !lost.length;
  };
  /** @param {Answer} answer */
  const hear = (answer) => {
    if (answer.run !== run) return;
    if ("people" in answer) {
      list.steady(() => introduce(answer.people));
      return;
    }
    if ("beside" in answer) {
      compared(answer.q, answer.beside);
      return;
    }
    last = answer;
    list.steady(() => {
      status.textContent = sentence(answer);
      regret(answer.failed);
      note(answer);
      begin(answer.first);
      if (answer.hints) suggest(answer.hints);
      paint(answer.rows, answer.listed);
      told(answer);
    });
    follow(answer);
    status.ariaBusy = String(!answer.done || following);
  };

  // ---- The worker ----
  /** @param {Request} request */
  const send = (request) => worker?.postMessage(request);
  const start = () => {
    if (worker) return;
    worker = new Worker(new URL("search-worker.js", import.meta.url), { type: "module" });
    worker.onmessage = ({ data }) => hear(data);
    worker.onerror = () => {
      status.textContent = "Search could not start in this browser.";
    };
    send({ site });
  };

  // ---- Identifiers ----
  /** @param {Identifier} known @param {number} turn */
  const identify = async (known, turn) => {
    status.ariaBusy = "true";
    status.textContent = "Searching …";
    try {
      const found = await direct;
      const row = found && (await (await import("./known-paper.js")).read(site, found));
      if (turn !== run) return;
      paint(row ? [row] : [], row ? 1 : 0);
      const missing = `No paper found: this archive does not hold ${known.id ?? known.doi}`;
      status.textContent = found ? "1 paper found; Enter leads to it" : missing;
    } catch {
      if (turn === run) status.textContent = "The list of identifiers could not be loaded";
    }
    if (turn === run) status.ariaBusy = "false";
  };

  /** @param {Query} query @param {Wanted} [options] */
  const ask = (
    query,
    { wanted = size, facets = [], again = false, keep = false, all = false } = {},
  ) => {
    run += 1;
    asked = query.q;
    wish = query;
    last = null;
    led = { key: "", rows: [] };
    following = false;
    const known = parse(query.q);
    direct = known && locate(site, known);
    direct?.catch(() => {}); // told where it is waited for
    if (!keep) {
      list.begin();
      for (const one of [failures, notes, hints, people]) one.hidden = true;
    }
    if (known) {
      send({});
      identify(known, run);
      return;
    }
    const can = enough(query);
    first.hidden = !(can && query.q);
    if (!keep) first.replaceChildren();
    status.ariaBusy = String(can);
    if (can) {
      start();
      send({ run, query, again, wanted, facets, all });
      if (!keep) status.textContent = "Searching …";
    } else {
      send({});
      status.textContent = query.q && "Type two letters or more";
      paint([], 0);
    }
  };

  retry.addEventListener("click", () => look(null));
  more.addEventListener("click", () => {
    end = results.children.length;
    list.hold();
    history.replaceState({ wanted: end + size }, "");
    send({ run, wanted: end + size });
  });

  return {
    ask,
    start,
    people,
    hints,
    /** The address of the paper whose identifier was asked for last; null if it was none. */
    target: async () => {
      const found = await direct?.catch(() => null);
      return found ? site + found.path : null;
    },
  };
};
