// @ts-check
// What is new since somebody's last visit: the papers of those days in one list, as their own pages
// show them.

import { tools } from "./controls.js";
import { make, many, ticked } from "./elements.js";
import { fresh, newest, seenTo, setSeenTo } from "./visits.js";

const AT_ONCE = 200; // papers after which further days wait to be asked for

const main = /** @type {HTMLElement} */ (document.querySelector("main"));
const place = /** @type {HTMLElement} */ (document.getElementById("reader"));
const root = new URL("..", import.meta.url).href;
const lead = main.querySelector("header > p");

/** @param {string} day `2021/12/19` */
const fetchDay = async (day) => {
  const address = `${root}${day}/`;
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${answer.status}`);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const link of page.querySelectorAll("article a")) {
    const target = link.getAttribute("href");
    if (target !== null) link.setAttribute("href", new URL(target, address).href);
  }
  const title = page.querySelector("h1")?.textContent ?? day;
  const heading = make("h2", {}, make("a", { href: address }, title));
  const section = make("section", { className: "day-of" }, heading);
  section.append(...page.querySelectorAll("article"));
  return section;
};

/** @param {string} words */
const say = (words) => {
  if (lead) lead.textContent = words;
};

const show = async () => {
  const days = await newest(root);
  const waiting = fresh(days);
  const latest = days[0]?.[0] ?? "";
  const first = !seenTo();
  const count = waiting.reduce((sum, [, papers]) => sum + papers, 0);
  if (first) {
    setSeenTo(days[1]?.[0] ?? "");
    say(
      "This is your first visit: here is the newest day. From now on, this page begins where you left off.",
    );
  } else if (!waiting.length) {
    const link = make("a", { href: `${root}${latest}/` }, "Read the newest day again");
    lead?.replaceChildren("Nothing new since you were here. ", link, ".");
    return;
  } else say(`${many(count, "new paper")} in ${many(waiting.length, "day")}.`);

  const done = make("button", { type: "button", textContent: "I have seen these" });
  done.onclick = async () => {
    const before = seenTo();
    setSeenTo(latest);
    const { say: tell } = await import("./said.js");
    tell("From now on, this page begins after these.", ["Undo", () => setSeenTo(before)]);
  };
  const more = make("button", { type: "button" });
  const foot = make("p", { className: "buttons" }, more, " ", done);

  // There before the papers are, so that these stand still once they are shown.
  const scripts = Promise.all([import("./papers.js"), import("./day.js")]);
  let begun = false;
  const next = async () => {
    more.disabled = true;
    let added = 0;
    while (waiting.length && added < AT_ONCE) {
      const [day, papers] = waiting[0];
      const section = await fetchDay(day); // one after the other, the newest on the page first
      const [{ enrich }, { enrichDay }] = await scripts;
      place.append(section);
      waiting.shift();
      added += papers;
      if (begun) document.dispatchEvent(new CustomEvent("papers"));
      else {
        begun = true;
        enrich(root);
        enrichDay(root);
      }
    }
    const rest = waiting.reduce((sum, [, papers]) => sum + papers, 0);
    more.textContent = `Show ${many(rest, "paper")} of ${many(waiting.length, "earlier day")}`;
    more.hidden = !waiting.length;
    more.disabled = false;
  };
  more.onclick = () => next().catch(failed);
  place.after(foot);
  await next();
  const only = make("input", { type: "checkbox" });
  only.onchange = () => {
    main.classList.toggle("unread", only.checked);
    document.dispatchEvent(new CustomEvent("filtered"));
  };
  tools().append(ticked("Unread only", only));
};

/** @param {unknown} error */
const failed = (error) =>
  say(
    location.protocol === "file:"
      ? "Opened as a file, this page may fetch nothing: serve the site’s folder instead."
      : `The days could not be fetched (${error instanceof Error ? error.message : error}). Try again when you are online.`,
  );

show().catch(failed);
