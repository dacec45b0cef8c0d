// @ts-check
// The list of results: what it shows of each, and that what somebody looks at stays in its place.
import { day, make, many } from "./elements.js";
import { ARXIV_ID } from "./facts.js";
import { byRank } from "./ranking.js";
import { JOINED } from "./rows.js";
import { tellSaved } from "./saved.js";

/** @typedef {import("./rows.js").Piece} Piece */
/** @typedef {import("./rows.js").Row} Row */

/** @param {Piece[]} pieces */
const marked = (pieces) =>
  pieces.flatMap(([text, hit], n) => {
    const joined = text.startsWith(JOINED);
    const said = joined ? text.slice(JOINED.length) : text;
    return [n && !joined ? " " : "", hit ? make("mark", {}, said) : said];
  });

/** @param {string} href @param {Piece[]} title */
const heading = (href, title) => make("a", { className: "t", href }, ...marked(title));

/** @param {Piece[]} pieces */
const excerpt = (pieces) => make("p", { className: "excerpt" }, ...marked(pieces));

const ARXIV = new RegExp(`^(?:${ARXIV_ID})$`, "i");

/** Links to arXiv, which has no PDF of what was withdrawn. @param {string} id @param {boolean} pdf */
const outward = (id, pdf) => {
  const links = make("span", { className: "out" });
  links.append(make("a", { href: `https://arxiv.org/abs/${id}` }, "abstract"));
  if (pdf) links.append(" ", make("a", { href: `https://arxiv.org/pdf/${id}` }, "PDF"));
  return links;
};

/** A button to save a paper, which papers.js knows what to do for: made with its line, so that
 * nothing moves when it comes. @param {string} id @param {string} title */
const save = (id, title) => {
  const made = make("button", { type: "button", className: "save" });
  tellSaved(made, id, title);
  return made;
};

/** A button to seek papers like one, for which papers.js knows what to do. @param {string} title */
const like = (title) => {
  const made = make("button", { type: "button", className: "like" }, "More like this");
  made.setAttribute("aria-label", `More like this: ${title}`);
  return made;
};

/** The line below a title. @param {Row} row @param {string} title to save it by; empty for no button */
const about = ({ date, by, path, result, signal, named }, title) => {
  const line = make("p", {}, make("time", { dateTime: date }, day(date)));
  if (result.status) line.append(" ", make("strong", {}, result.status));
  if (by) line.append(" · ", make("span", { className: "by" }, by));
  if (signal) line.append(" · ", make("em", {}, signal));
  if (named) line.append(` · ${named.name} stands in ${many(named.papers, "later paper")}`);
  if (result.category) line.append(" ", make("b", { className: "tag" }, result.category));
  const id = decodeURIComponent(path.split("#")[1] ?? "");
  if (ARXIV.test(id)) line.append(" ", outward(id, !result.status));
  if (title && id) line.append(" ", save(id, title), " ", like(title));
  return line;
};

/** @param {string} root @param {Row} row @param {boolean} own whether the list is a page's own */
const item = (root, row, own) => {
  const link = heading(root + row.path, row.title);
  if (!row.within)
    return make("li", {}, link, about(row, own ? link.textContent : ""), excerpt(row.excerpt));
  const papers = row.within.map((paper) =>
    make(
      "li",
      {},
      heading(root + paper.path, paper.title),
      paper.status ? make("strong", {}, paper.status) : "",
      excerpt(paper.excerpt),
    ),
  );
  return make("li", {}, link, make("ol", {}, ...papers));
};

/** @param {Element} element */
const box = (element) => element.getBoundingClientRect();

/**
 * Make a list of results of an element; `scroller` is what scrolls, if not the page.
 * @param {{ root: string, results: HTMLElement, scroller: HTMLElement | null }} where
 */
export const resultList = ({ root, results, scroller }) => {
  let stale = false; // the list still shows the search before
  let reading = false; // somebody has begun to look at the list
  /** @type {WeakMap<Element, Row>} */
  const shown = new WeakMap();

  /** @param {Element} element */
  const rowOf = (element) => /** @type {Row} */ (shown.get(element));
  /** @param {Row} row */
  const made = (row) => {
    const element = item(root, row, !scroller);
    shown.set(element, row);
    return element;
  };
  const sight = () => (scroller ? box(scroller) : { top: 0, bottom: innerHeight });

  /** @param {Element[]} old */
  const visible = (old) => {
    const { top, bottom } = sight();
    return old.filter((one) => box(one).bottom > top && box(one).top < bottom);
  };

  /** While somebody reads, nothing that was shown goes, and nothing comes between what is in view:
   * what ranks within it comes after it.
   * @param {Row[]} rows @param {Element[]} inView */
  const insert = (rows, inView) => {
    const below = inView.at(-1)?.nextElementSibling ?? null;
    for (const row of rows) {
      const later = (/** @type {Element} */ other) => byRank(rowOf(other), row) > 0;
      const next = [...results.children].find(later) ?? null;
      const splits = next !== null && inView.indexOf(next) > 0;
      results.insertBefore(made(row), splits ? below : next);
    }
  };

  /** What somebody looks at: what has the focus, else the first in view; nothing unless they read. */
  const lookedAt = () => {
    const focused = document.activeElement;
    const scrolled = box(results).top < Math.min(sight().top, 0);
    reading ||= results.contains(focused) || scrolled || (scroller?.scrollTop ?? 0) > 0;
    if (!reading || stale) return null;
    const all = [...results.children];
    return all.find((one) => one.contains(focused)) ?? visible(all)[0] ?? null;
  };

  /** Do something to the list or to what stands above it, while what somebody looks at stays where
   * it is. @param {() => void} change */
  const steady = (change) => {
    const held = lookedAt();
    const before = held ? box(held).top : 0;
    change();
    const top = held?.isConnected ? box(held).top - before : 0;
    if (top) (scroller ?? window).scrollBy({ top, behavior: "instant" });
  };

  /** @param {Row[]} rows */
  const paint = (rows) => {
    if (stale) results.replaceChildren();
    stale = false;
    const old = [...results.children];
    const inView = reading ? visible(old) : [];
    const known = new Map(old.map((one) => [rowOf(one).path, one]));
    if (reading) {
      insert(
        rows.filter(({ path }) => !known.has(path)),
        inView,
      );
    } else {
      const elements = rows.map((row) => {
        const same = known.get(row.path);
        const element = same && rowOf(same).signal === row.signal ? same : null;
        if (element) shown.set(element, row);
        return element ?? made(row);
      });
      results.replaceChildren(...elements);
    }
  };

  // Rows that move under a pointer at rest are no sign of reading.
  results.addEventListener("pointermove", (event) => {
    reading ||= Boolean(event.movementX || event.movementY);
  });
  // We hold the list in place ourselves; browsers that do so, too, would move it twice.
  (scroller ?? document.documentElement).style.overflowAnchor = "none";

  return {
    /** Show the rows. @param {Row[]} rows */
    paint: (rows) => steady(() => paint(rows)),
    steady,
    /** Begin another list as soon as there are rows. */
    begin: () => {
      [stale, reading] = [true, false];
    },
    /** Hold the list in place from now on. */
    hold: () => {
      reading = true;
    },
  };
};
