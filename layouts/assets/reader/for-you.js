// @ts-check
// "For you": the papers of a page from newest to likest, each with the reason; and more papers like
// one of them. What is compared is on the page and in this browser, and the work is a worker's.
import { button, tools } from "./controls.js";
import { make, many } from "./elements.js";
import { SEARCH } from "./facts.js";
import { counts } from "./liked-words.js";
import { stored } from "./profile.js";
import { say } from "./said.js";
import { paperIn, text } from "./shown.js";

/** @typedef {import("./likeness-worker.js").Answer} Answer */
/** @typedef {import("./likeness.js").Likeness} Likeness */

const KEY = "for-you";
const STEPS = 4; // of the slider, from newest to likest
const AT_ONCE = 70; // papers that are moved before the browser paints
const TITLE = 8; // words of it that a reason has
const FOLLOWED = 0.5; // what a followed paper gains, as a share of the likest's score

const main = /** @type {HTMLElement} */ (document.querySelector("main"));

/** @type {Worker | null} */
let worker = null;
let runs = 0;
/** @type {Map<number, (answer: Answer) => void>} */
const waiting = new Map();

/** Ask the worker. @param {object} asked @returns {Promise<Answer>} */
const ask = (asked) => {
  if (!worker) {
    worker = new Worker(new URL("likeness-worker.js", import.meta.url), { type: "module" });
    const tell = (/** @type {Answer} */ answer) => {
      waiting.get(answer.run)?.(answer);
      waiting.delete(answer.run);
    };
    worker.onmessage = ({ data }) => tell(data);
    worker.onerror = () => {
      for (const run of [...waiting.keys()]) tell({ run, error: "its script did not start" });
      worker = null;
    };
  }
  runs += 1;
  const run = runs;
  const answer = new Promise((done) => waiting.set(run, done));
  worker.postMessage({ run, ...asked });
  return answer;
};

const recalled = () => {
  try {
    return Math.min(STEPS, Math.max(0, Number(localStorage.getItem(KEY)) || 0));
  } catch {
    return 0;
  }
};

/** @param {number} step */
const remember = (step) => {
  try {
    if (step) localStorage.setItem(KEY, String(step));
    else localStorage.removeItem(KEY);
  } catch {
    /* for this page, then */
  }
};

/** The papers where they stand, those of a day together. */
const places = () => {
  /** @type {Map<Element, { papers: HTMLElement[], front: Comment }>} by where they belong */
  const groups = new Map();
  /** @type {WeakMap<Element, Element>} */
  const homes = new WeakMap();
  return {
    /** All papers, newest first. */
    all: () => {
      /** @type {HTMLElement[]} */
      const articles = [...document.querySelectorAll("article")];
      for (const article of articles) {
        const home = article.parentElement;
        if (!home || homes.has(article)) continue;
        homes.set(article, home);
        const group = groups.get(home) ?? { papers: [], front: document.createComment("") };
        group.papers.push(article);
        groups.set(home, group);
      }
      return [...groups.values()].flatMap(({ papers }) => papers);
    },
    /** The heading of a paper's day, where days follow each other. @param {HTMLElement} article */
    dayOf: (article) => homes.get(article)?.querySelector(":scope > h2") ?? null,
    /** What to do, one after the other, to put all papers in an order, or each back.
     * @param {HTMLElement[] | null} order @param {(paper: HTMLElement) => void} dress */
    steps: (order, dress) => {
      const [first] = groups.keys();
      return [...groups].flatMap(([home, { papers, front }]) => {
        const own = order ? (home === first ? order : []) : papers;
        const begin = () => {
          home.classList.toggle("gathered", order !== null && home.matches("section"));
          const paper = home.querySelector(":scope > article");
          if (paper) paper.before(front);
          else if (!front.isConnected) home.append(front);
        };
        const parts = Array.from({ length: Math.ceil(own.length / AT_ONCE) }, (_, n) => () => {
          const part = own.slice(n * AT_ONCE, (n + 1) * AT_ONCE);
          front.before(...part);
          part.forEach(dress);
        });
        return [begin, ...parts];
      });
    },
  };
};

/** A title as far as a reason needs it. @param {string} title */
const short = (title) => {
  const words = title.split(" ");
  return words.length > TITLE ? `${words.slice(0, TITLE).join(" ")} …` : title;
};

/** @param {Likeness["like"]} like @param {string} root */
const sourceOf = (like, root) => {
  if (!like) return [];
  const { kind, title, path } = like;
  const link = path ? make("a", { href: root + path, title }, short(title)) : short(title);
  const before = { saved: "like", opened: "like", note: "your note on", followed: "you follow" };
  const after = { saved: ", which you saved", opened: ", which you read", note: "", followed: "" };
  return [`${before[kind]} `, link, after[kind]];
};

/** The day of a paper among those of others. @param {Element | null} day */
const dated = (day) => {
  const link = day?.querySelector("a");
  return link ? [make("a", { href: link.href }, text(link).replace(/^\w+, /, "")), " · "] : [];
};

/** @param {HTMLElement} article @param {Likeness | undefined} likeness @param {string} root
 * @param {Element | null} day its heading, where the page has several */
const explain = (article, likeness, root, day) => {
  article.querySelector(":scope > .because")?.remove();
  if (!likeness?.score && !day) return;
  const { because = [], like = null } = likeness ?? {};
  const words = because.length ? `Because of: ${because.join(", ")}` : "";
  const source = sourceOf(like, root);
  const between = words && source.length ? " · " : "";
  const why = [...dated(day), words, between, ...source];
  article.children[1]?.after(make("div", { className: "because" }, ...why));
};

/** Do something to the papers while the one in view keeps its place. @param {() => void} change */
const steady = (change) => {
  const seen =
    scrollY > 0 &&
    [...document.querySelectorAll("article")].find((one) => one.getBoundingClientRect().bottom > 0);
  const top = seen ? seen.getBoundingClientRect().top : 0;
  change();
  if (seen && top < 0)
    scrollBy({ top: seen.getBoundingClientRect().top - top, behavior: "instant" });
};

/** Until the browser has painted, or would have if anybody looked. */
const painted = () =>
  new Promise((done) => {
    if (document.hidden) setTimeout(done);
    else requestAnimationFrame(() => setTimeout(done));
  });

/** @param {string} root */
const sayWhom = (root) => {
  const { saved, opened } = counts();
  const parts = [
    saved && `${many(saved, "paper")} saved`,
    opened && `${many(opened, "paper")} opened`,
  ];
  const list = make("a", { href: `${root}reading-list/` }, parts.filter(Boolean).join(", "));
  return ["by ", list, ". Nothing of it leaves this browser."];
};

/** Offer to order the papers of a page. @param {string} root */
export const offer = (root) => {
  main.classList.add("ordered");
  const place = places();
  const choice = button("For you", { class: "for-you", "aria-pressed": "false" });
  const slider = make("input", { type: "range", max: String(STEPS), step: "1" });
  slider.min = "0";
  slider.setAttribute("aria-label", "Order, from newest to likest");
  const scale = make("span", { className: "likest" }, "Newest ", slider, " Likest");
  const status = make("span", {});
  status.setAttribute("role", "status");
  const line = make("p", { className: "by-whom" }, scale, " ", status);
  tools().prepend(choice, " ");
  tools().before(line);

  let step = recalled();
  /** @type {Map<HTMLElement, Likeness>} */
  let known = new Map();
  let asked = 0;

  const tell = () => {
    choice.setAttribute("aria-pressed", String(step > 0));
    line.hidden = !step;
    slider.value = String(step);
    const valued = [
      "newest first",
      "mostly newest",
      "half and half",
      "mostly likest",
      "likest first",
    ];
    slider.setAttribute("aria-valuetext", valued[step]);
  };

  /** @param {HTMLElement[]} all */
  const ordered = (all) => {
    const best = Math.max(...all.map((one) => known.get(one)?.score ?? 0)) || 1;
    const share = step / STEPS;
    const value = new Map(
      all.map((one, n) => {
        const followed = one.classList.contains("followed") ? FOLLOWED : 0;
        const hidden = one.classList.contains("put-away") ? 2 : 0;
        const likeness = (known.get(one)?.score ?? 0) / best + followed - hidden;
        return [one, share * likeness + (1 - share) * (1 - n / all.length)];
      }),
    );
    return all.toSorted((a, b) => (value.get(b) ?? 0) - (value.get(a) ?? 0));
  };

  let arranging = 0;
  const arrange = async () => {
    arranging += 1;
    const mine = arranging;
    const all = place.all();
    const order = step ? ordered(all) : null;
    /** @param {HTMLElement} one */
    const dress = (one) => {
      if (order) explain(one, known.get(one), root, place.dayOf(one));
      else one.querySelector(":scope > .because")?.remove();
    };
    for (const act of place.steps(order, dress)) {
      steady(act);
      await painted();
      if (mine !== arranging) return;
    }
    status.replaceChildren(...(step ? sayWhom(root) : []));
    document.dispatchEvent(new CustomEvent("filtered"));
  };

  const compare = async () => {
    const all = place.all();
    asked += 1;
    const mine = asked;
    const papers = all.map(paperIn);
    const { likenesses, alone, error } = await ask({ root, papers, kept: stored() });
    if (mine !== asked || !step) return;
    if (!likenesses) {
      say(`The papers stay as listed: the archive’s words could not be fetched (${error}).`, [
        "Try again",
        () => turn(step || STEPS),
      ]);
      step = 0;
      return tell();
    }
    known = new Map(all.map((one, n) => [one, likenesses[n]]));
    await arrange();
    if (mine !== asked || !step) return;
    if (!likenesses.some(({ score }) => score > 0))
      status.textContent = "Nothing here shares a word with what you saved or opened.";
    else if (alone)
      status.append(" This site has no list of words: they are weighed by this page.");
  };

  /** @param {number} to */
  const turn = (to) => {
    const before = step;
    step = to;
    remember(step);
    tell();
    if (step && !before) compare();
    else arrange();
  };
  choice.addEventListener("click", () => turn(step ? 0 : STEPS));
  slider.addEventListener("input", () => turn(Number(slider.value)));
  document.addEventListener("papers", () => {
    if (step) compare();
  });
  tell();
  if (step) compare();
};

/** Search the archive for papers like one. @param {{ title: string, text: string }} paper
 * @param {string} root */
export const seekLike = async ({ title, text }, root) => {
  const { description } = await ask({ root, describe: { title, text } });
  location.assign(`${root}${SEARCH}?${new URLSearchParams({ q: description || title.trim() })}`);
};
