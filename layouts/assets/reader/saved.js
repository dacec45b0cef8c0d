// @ts-check
// The papers on the reading list. They live in this browser only, each under a key of its own, so
// that tabs that change different papers at once do not undo each other's work.

import { makeRoom } from "./liked-words.js";

/** @typedef {import("./references.js").Paper} Paper */
/**
 * What somebody makes of a paper.
 * @typedef {object} Keeping
 * @property {number} place in the list, from the first on; papers saved later have larger ones
 * @property {string} since when it was saved, `2021-12-19T08:30:00.000Z`
 * @property {string} note
 * @property {string[]} tags
 * @property {boolean} done whether it has been read
 */
/** @typedef {Paper & Keeping} Saved */

const PREFIX = "saved:";
const OLD = "saved"; // one list of all

const store = () => {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
};

/** @param {string | null} json */
const parse = (json) => {
  try {
    return json ? JSON.parse(json) : null;
  } catch {
    return null;
  }
};

/** Make entries of the list that there was before. */
const divide = () => {
  const before = parse(store()?.getItem(OLD) ?? null);
  if (!Array.isArray(before)) return;
  store()?.removeItem(OLD);
  for (const paper of before)
    keep(whole({ ...paper, published: paper.year, address: paper.arxiv }));
};

/** Every field of an entry, from any source. @param {any} given @returns {Saved} */
export const whole = (given) => ({
  ...{ category: "", published: "", doi: "", journal: "", comment: "", address: "", path: "" },
  ...given,
  id: String(given.id),
  title: String(given.title ?? given.id),
  authors: Array.isArray(given.authors) ? given.authors.map(String) : [],
  place: Number(given.place) || Date.now(),
  since: String(given.since ?? new Date().toISOString()),
  note: String(given.note ?? ""),
  tags: Array.isArray(given.tags) ? given.tags.map(String) : [],
  done: Boolean(given.done),
});

/** The entry of a paper. @param {string} id @returns {Saved | null} */
export const entryOf = (id) => {
  const found = parse(store()?.getItem(PREFIX + id) ?? null);
  return found && typeof found === "object" ? whole(found) : null;
};

/** Whether a paper is on the list. @param {string} id */
const isSaved = (id) => (store()?.getItem(PREFIX + id) ?? null) !== null;

/** Let the button of a paper say whether it is on the list. @param {Element} button @param {string} id @param {string} title */
export const tellSaved = (button, id, title) => {
  const on = isSaved(id);
  button.textContent = on ? "Saved" : "Save";
  button.setAttribute("aria-pressed", String(on));
  button.setAttribute("aria-label", `${button.textContent}: ${title}`);
};

/** All entries, in the reader's order. @returns {Saved[]} */
export const entries = () => {
  divide();
  const keys = Object.keys(store() ?? {}).filter((key) => key.startsWith(PREFIX));
  const found = keys.map((key) => entryOf(key.slice(PREFIX.length)));
  return found.filter((one) => one !== null).sort((a, b) => a.place - b.place);
};

/** Keep an entry; tell whether the browser lets us. @param {Saved} entry @returns {boolean} */
export const keep = (entry) => {
  try {
    const into = store();
    into?.setItem(PREFIX + entry.id, JSON.stringify(entry));
    return into !== null;
  } catch {
    return makeRoom() && keep(entry); // words of papers can be learned again
  }
};

/** @param {string} id */
export const drop = (id) => store()?.removeItem(PREFIX + id);

/** Call with the id of each paper that another tab has changed. @param {(id: string) => void} tell */
export const onOthers = (tell) =>
  addEventListener("storage", ({ key }) => {
    if (key?.startsWith(PREFIX)) tell(key.slice(PREFIX.length));
  });
