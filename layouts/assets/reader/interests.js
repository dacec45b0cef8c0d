// @ts-check
// What somebody follows or hides: words and phrases, authors, categories, venues. Kept in this
// browser; what a page lists is looked through here, and nothing of it leaves.
import { button, tools } from "./controls.js";
import { filed } from "./filed.js";
import { here } from "./page.js";
import { shown, text } from "./shown.js";

/**
 * @typedef {"words" | "author" | "category" | "venue"} Sort
 * @typedef {{ sort: Sort, value: string, label: string, hide: boolean }} Interest `value` is what is
 *   looked for: words, an author's slug, a category's code, a venue's slug
 */

const SITE = new URL("..", import.meta.url).href;
const KEY = "interests";
const SORTS = ["words", "author", "category", "venue"];
const HASH = "#interests=";

/** Words as they are compared: small letters without marks, one space between. @param {string} said */
const folded = (said) =>
  ` ${said
    .normalize("NFKD")
    .toLowerCase()
    .replace(/\p{M}/gu, "")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim()} `;

/** @param {any} one @returns {one is Interest} */
const isInterest = (one) =>
  SORTS.includes(one?.sort) && typeof one.value === "string" && folded(one.value) !== "  ";

/** @param {unknown} given @returns {Interest[]} */
export const cleaned = (given) =>
  (Array.isArray(given) ? given : []).filter(isInterest).map(({ sort, value, label, hide }) => ({
    sort,
    value: sort === "category" ? filed(value.slice(0, 200)) : value.slice(0, 200),
    label: String(label || value).slice(0, 200),
    hide: Boolean(hide),
  }));

/** @returns {Interest[]} */
export const interests = () => {
  try {
    return cleaned(JSON.parse(localStorage.getItem(KEY) ?? "[]"));
  } catch {
    return [];
  }
};

/** Keep them, each once; tell whether the browser lets us. @param {Interest[]} all */
export const keepInterests = (all) => {
  const known = new Map(all.map((one) => [`${one.sort} ${folded(one.value)}`, one]));
  try {
    if (known.size) localStorage.setItem(KEY, JSON.stringify([...known.values()]));
    else localStorage.removeItem(KEY);
    return true;
  } catch {
    return false;
  }
};

/** A link that carries them to another browser. @param {string} root */
export const linkOf = (root) =>
  `${root}interests/${HASH}${encodeURIComponent(JSON.stringify(interests()))}`;

/** Those that a link carries. @param {string} hash */
export const carried = (hash) => {
  if (!hash.startsWith(HASH)) return [];
  try {
    return cleaned(JSON.parse(decodeURIComponent(hash.slice(HASH.length))));
  } catch {
    return [];
  }
};

/** The last part of an address: `luc-van-gool`, `cs.CV`, `cvpr`. @param {string} href @param {RegExp} pattern */
const part = (href, pattern) => pattern.exec(href)?.slice(1).find(Boolean) ?? "";
const AUTHOR = /\/(?:authors\/([^/]+)\.html|people\/[0-9a-f]+\.html#(.+))/;
const CATEGORY = /\/categories\/([^/]+)\//;
const VENUE = /\/venues\/([^/]+)\//;

/** @param {HTMLElement} line */
const withoutTitle = (line) => text(line).slice(text(line.querySelector("a")).length);

/** What an element says of a paper, each as it is compared. @param {HTMLElement} element */
const said = (element) => {
  const links = [...element.querySelectorAll("a")].map(({ href }) => href);
  /** @param {RegExp} pattern */
  const parts = (pattern) => new Set(links.map((href) => part(href, pattern)).filter(Boolean));
  const codes = parts(CATEGORY);
  for (const tag of element.querySelectorAll(":scope > b, :scope > footer b")) codes.add(text(tag));
  return {
    words: folded([...element.childNodes].map((part) => part.textContent).join(" ")),
    author: parts(AUTHOR),
    category: codes,
    venue: parts(VENUE),
    // Authors and venues in a line have no link, but a name.
    named: folded(element.matches("article") ? text(element.children[1]) : withoutTitle(element)),
  };
};

/** @param {ReturnType<typeof said>} paper @param {Interest} one */
const meets = (paper, { sort, value, label }) => {
  if (sort === "words") return paper.words.includes(folded(value));
  if (paper[sort].has(value)) return true;
  return (sort === "author" || sort === "venue") && paper.named.includes(folded(label));
};

/** @param {Interest[]} found */
const reasons = (found) => [...new Set(found.map(({ label }) => label))].join(", ");

/** @param {HTMLElement} element @param {Interest[]} all */
const mark = (element, all) => {
  element.querySelector(":scope > .reason")?.remove();
  element.classList.remove("followed", "put-away");
  const paper = said(element);
  const found = all.filter((one) => meets(paper, one));
  const followed = found.filter(({ hide }) => !hide);
  const hidden = found.filter(({ hide }) => hide);
  if (!found.length) return;
  const reason = document.createElement("span");
  reason.className = "reason";
  // Who follows an author does not want to miss them for a word.
  if (followed.length) {
    element.classList.add("followed");
    reason.textContent = `You follow ${reasons(followed)}`;
  } else {
    element.classList.add("put-away");
    const open = button("Show", {});
    open.addEventListener("click", () => element.classList.remove("put-away"));
    reason.append(`Hidden for ${reasons(hidden)} `, open);
  }
  element.append(reason);
};

/** What a page is about that can be followed: an author, a category, a venue. @returns {Interest | null} */
const ofPage = () => {
  const place = CSS.escape(decodeURIComponent(location.hash.slice(1)));
  const shared = place ? `, main.sharing > #${place} > h2` : "";
  const heading = text(document.querySelector(`main:not(.sharing) h1${shared}`));
  for (const [sort, pattern] of /** @type {[Sort, RegExp][]} */ ([
    ["author", AUTHOR],
    ["category", CATEGORY],
    ["venue", VENUE],
  ])) {
    const value = part(`/${here(SITE)}${location.hash}`, pattern);
    // The page of a period is followed as what it is a period of.
    const label = sort === "author" ? heading : heading.replace(/, .*$| \d{4}$/, "");
    if (value) return { sort, value: decodeURIComponent(value), label, hide: false };
  }
  return null;
};

/** Let a button say whether the page's subject is followed. @param {Element} follow @param {Interest} one */
const showFollowing = (follow, one) => {
  const on = interests().some((other) => isSame(one, other));
  follow.setAttribute("aria-pressed", String(on));
  follow.textContent = on ? "Following" : "Follow";
};

/** @param {Interest} one @param {Interest} other */
const isSame = (one, other) =>
  other.sort === one.sort && other.value === one.value && other.hide === one.hide;

/** Follow what the page is about, or no longer. @param {Element} follow the button */
export const turnFollowing = (follow) => {
  const one = ofPage();
  if (!one) return;
  const rest = interests().filter((other) => !isSame(one, other));
  keepInterests(rest.length < interests().length ? rest : [...rest, one]);
  showFollowing(follow, one);
};

/** Mark what the page lists, and offer to follow what it is about. @param {string} root */
export const apply = (root) => {
  const markAll = () => {
    const all = interests();
    const about = ofPage();
    // A page's own subject is no news on it.
    const told = all.filter(({ sort, value }) => sort !== about?.sort || value !== about.value);
    if (told.length) for (const { element } of shown(root)) mark(element, told);
    summary();
  };
  const summary = () => {
    const followed = [...document.querySelectorAll("main .followed")];
    const place = document.querySelector("main.day > header, main.new > header");
    if (!place || !followed.length) return;
    const there = place.querySelector(".follows") ?? document.createElement("span");
    there.className = "follows";
    const first = document.createElement("a");
    first.href = `#${followed[0].id}`;
    first.textContent = `${followed.length} that you follow`;
    there.replaceChildren(first);
    tools().append(there);
  };
  const [follow, subject] = [document.querySelector("button.follow"), ofPage()];
  if (follow && subject) showFollowing(follow, subject);
  markAll();
  document.addEventListener("papers", markAll);
};
