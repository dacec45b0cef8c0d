// @ts-check
// The page of all authors: find one while typing.
import { many, thousands } from "./elements.js";
import { NAME_LETTERS } from "./facts.js";
import { fold } from "./fold.js";
import { find } from "./names.js";

/** @typedef {import("./names.js").Author} Author */

const MOST = 50;

/** @param {string} id */
const element = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
const root = document.querySelector("main")?.dataset.root ?? "";
const form = element("find-form");
const input = /** @type {HTMLInputElement} */ (element("find"));
const [status, results] = [element("find-status"), element("find-results")];

/**
 * What to say of so many names; a list for two letters may hold only words of two.
 * @param {Author[]} found
 * @param {number} letters
 */
const count = (found, letters) => {
  const first = found.length > MOST ? `, the first ${MOST} shown` : "";
  const hint = letters < NAME_LETTERS ? "; a third letter finds more" : "";
  return `${many(found.length, "name")}${first}${hint}`;
};

/** @param {Author} author */
const item = (author) => {
  const link = document.createElement("a");
  link.href = root + author.path;
  link.textContent = author.name;
  const made = document.createElement("li");
  made.append(link, ` ${thousands(author.papers)}`);
  return made;
};

let latest = 0;
const look = async () => {
  latest += 1;
  const turn = latest;
  const plain = (/** @type {string} */ word) => /^[a-z0-9]/.test(word);
  const lengths = fold(input.value).map((word) => (plain(word) ? word.length : NAME_LETTERS));
  try {
    const found = await find(root, input.value);
    // An answer that arrives after a later question is of no use.
    if (turn !== latest) return;
    results.replaceChildren(...(found ?? []).slice(0, MOST).map(item));
    status.textContent = found
      ? count(found, Math.max(0, ...lengths))
      : "Two letters or more, of any part of the name";
  } catch {
    if (turn !== latest) return;
    results.replaceChildren();
    status.textContent = "The list of names could not be loaded. Go by the letters below.";
  }
};

input.addEventListener("input", look);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  results.querySelector("a")?.click();
});
form.addEventListener("keydown", (event) => {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  // With these keys an input method chooses a candidate.
  if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
  /** @type {HTMLElement[]} */
  const stops = [input, ...results.querySelectorAll("a")];
  const here = stops.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  const next = stops[here + (event.key === "ArrowDown" ? 1 : -1)];
  if (next) {
    event.preventDefault();
    next.focus();
  }
});
input.value ||= new URLSearchParams(location.search).get("name") ?? "";
look();
