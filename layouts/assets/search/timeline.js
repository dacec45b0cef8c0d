// @ts-check
// The chart above results: how many papers of each year hold what was asked, or of each month if all
// are of one year, and what share of all papers that is. Bars of years are buttons that filter.
import { make, many, month, thousands } from "./elements.js";

/** @typedef {Record<string, number>} ByTime papers by month or year */
/** @typedef {{ name: string, papers: ByTime }} Series what one query found */
/** @typedef {{ when: string, label: string, all: number, papers: number[] }} Column */

const FEWEST = 2; // columns that are worth a chart
const YEAR = 4; // letters of a year

/** Sums by year, or by month of a single year. @param {ByTime} papers @param {number} letters */
const gathered = (papers, letters) => {
  /** @type {ByTime} */
  const sums = {};
  for (const [when, count] of Object.entries(papers)) {
    const key = when.slice(0, letters);
    sums[key] = (sums[key] ?? 0) + count;
  }
  return sums;
};

/**
 * The columns of a chart, from the first year or month in which something was found to the last of
 * the archive; none if they are too few.
 * @param {Series[]} series
 * @param {ByTime} all papers of the archive by month
 * @param {string} year that results are limited to, or nothing
 * @returns {Column[]}
 */
export const columns = (series, all, year) => {
  const found = series.flatMap(({ papers }) => Object.keys(papers));
  if (!found.length) return [];
  const years = new Set(found.map((when) => when.slice(0, YEAR)));
  const byMonth = years.size === 1 && found.every((when) => when.length > YEAR);
  const letters = byMonth ? undefined : YEAR;
  const sums = gathered(all, letters ?? Number.MAX_SAFE_INTEGER);
  const own = series.map(({ papers }) => gathered(papers, letters ?? Number.MAX_SAFE_INTEGER));
  const [only] = years;
  const first = byMonth ? only : ([...years].sort()[0] ?? "");
  const shown = Object.keys(sums)
    .sort()
    .filter((when) => (byMonth ? when.startsWith(only) : when >= first));
  if (year && !byMonth) return [];
  if (shown.length < FEWEST) return [];
  return shown.map((when) => ({
    when,
    label: byMonth ? month(when).slice(0, 3) : when,
    all: sums[when],
    papers: own.map((papers) => papers[when] ?? 0),
  }));
};

/** @param {number} share of one */
const percent = (share) =>
  `${(share * 100).toLocaleString("en", { maximumSignificantDigits: 2 })} %`;

/**
 * Make a chart of an element; `choose` hears of a year that somebody picks.
 * @param {HTMLElement} figure
 * @param {(year: string) => void} choose
 */
export const timeline = (figure, choose) => {
  let shares = false;
  let drawn = "";
  /** @type {() => void} */
  let again = () => {};
  const caption = make("figcaption", {});
  const bars = make("ol", {});
  const toggle = make("button", { type: "button", textContent: "As a share of all papers" });
  toggle.ariaPressed = "false";
  toggle.addEventListener("click", () => {
    shares = !shares;
    toggle.ariaPressed = String(shares);
    again();
  });
  figure.replaceChildren(caption, bars);

  /** @param {Column} column @param {Series[]} series @param {number} most */
  const bar = ({ when, label, all, papers }, series, most) => {
    const said = papers.map((count, n) => {
      const name = series.length > 1 ? `${series[n].name}: ` : "";
      return `${name}${many(count, "paper")}, ${percent(count / (all || 1))} of all`;
    });
    const title = `${when.length > YEAR ? month(when) : when}: ${said.join("; ")}`;
    const heights = papers.map((count) => {
      const part = make("span", { className: "bar" });
      const value = shares ? count / (all || 1) : count;
      part.style.setProperty("--height", `${most ? (100 * value) / most : 0}%`);
      return part;
    });
    const inside = [...heights, make("span", { className: "year" }, label)];
    if (when.length > YEAR)
      return make("li", { title }, make("span", { role: "img", ariaLabel: title }, ...inside));
    const button = make("button", { type: "button", title, ariaLabel: title }, ...inside);
    button.addEventListener("click", () => choose(when));
    return make("li", {}, button);
  };

  /**
   * Show what was found, or nothing.
   * @param {Series[]} series
   * @param {ByTime} all
   * @param {string} year
   */
  const show = (series, all, year) => {
    again = () => show(series, all, year);
    const key = JSON.stringify([series, year, shares]);
    if (key === drawn) return; // and who stands on a bar stays there
    drawn = key;
    const found = columns(series, all, year);
    const values = found.flatMap(({ papers, all: sum }) =>
      papers.map((count) => (shares ? count / (sum || 1) : count)),
    );
    const most = Math.max(0, ...values);
    figure.hidden = !found.length;
    const names = series.map(({ name, papers }) => {
      const sum = Object.values(papers).reduce((one, other) => one + other, 0);
      return make("span", { className: "name" }, `${name} ${thousands(sum)}`);
    });
    const legend =
      series.length > 1
        ? names
        : ["Papers ", found[0]?.when.length > YEAR ? "by month" : "by year"];
    caption.replaceChildren(...legend, " ", toggle);
    bars.replaceChildren(...found.map((column) => bar(column, series, most)));
    bars.scrollLeft = bars.scrollWidth; // the newest, where not all have room
  };
  return {
    show,
    hide: () => {
      figure.hidden = true;
      drawn = "";
    },
  };
};
