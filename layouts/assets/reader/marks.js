// @ts-check
// What was read: opened, scrolled past, or marked. Kept in this browser, for each day the ids.

import { button } from "./controls.js";
import { forgetWords, noteWords } from "./liked-words.js";
import { BOXES, idOf, paperIn, shownBy, text } from "./shown.js";

const PREFIX = "read:";
const LOOKED_AT = 500; // milliseconds in view before scrolling past counts as reading

/** @param {string} day `2021/12/19` */
const readOn = (day) => {
  try {
    return new Set((localStorage.getItem(PREFIX + day) ?? "").split(" ").filter(Boolean));
  } catch {
    return new Set();
  }
};

/** @param {string} path @param {boolean} on */
const note = (path, on) => {
  const day = path.slice(0, path.indexOf("/#"));
  const read = readOn(day);
  if (on) read.add(idOf(path));
  else read.delete(idOf(path));
  try {
    if (read.size) localStorage.setItem(PREFIX + day, [...read].join(" "));
    else localStorage.removeItem(PREFIX + day);
  } catch {
    /* forgotten */
  }
};

/** @param {string} path */
const isRead = (path) => readOn(path.slice(0, path.indexOf("/#"))).has(idOf(path));

/** @param {Element} element @param {boolean} on */
const show = (element, on) => {
  element.classList.toggle("read", on);
  const state = element.querySelector(":scope > footer .read");
  if (!state) return;
  state.textContent = on ? "Read" : "Mark read";
  state.setAttribute("aria-pressed", String(on));
  state.setAttribute("aria-label", `${state.textContent}: ${text(element.querySelector("h2 a"))}`);
};

/** Mark papers in full as they are read. @param {string} root */
export const markRead = (root) => {
  /** @type {WeakMap<Element, string>} */
  const paths = new WeakMap();
  /** @param {Element} element @param {boolean} on */
  const set = (element, on) => {
    const path = paths.get(element);
    if (!path || element.classList.contains("read") === on) return;
    note(path, on);
    show(element, on);
    document.dispatchEvent(new CustomEvent("read"));
  };
  /** By hand: what was only scrolled past says little of what somebody likes.
   * @param {Element} element @param {boolean} on */
  const setByHand = (element, on) => {
    const path = paths.get(element);
    if (!path) return;
    if (on) noteWords(idOf(path), { ...paperIn(element), path });
    else forgetWords(idOf(path));
    set(element, on);
  };
  /** @type {WeakMap<Element, number>} */
  let seen = new WeakMap();
  // Who is moved, or hidden, was not scrolled past.
  document.addEventListener("filtered", () => {
    seen = new WeakMap();
  });
  /** @type {WeakSet<Element>} */
  const kept = new WeakSet(); // marked unread by hand
  const watcher = new IntersectionObserver((found) => {
    for (const { target, isIntersecting, boundingClientRect, time } of found) {
      if (isIntersecting) {
        if (!seen.has(target)) seen.set(target, time);
        continue;
      }
      const looked = time - (seen.get(target) ?? time) > LOOKED_AT;
      seen.delete(target);
      if (looked && boundingClientRect.bottom < 0 && !kept.has(target)) set(target, true);
    }
  });
  const begin = () => {
    for (const article of document.querySelectorAll("article")) {
      const one = paths.has(article) ? null : shownBy(article, root);
      if (!one) continue;
      paths.set(article, one.path);
      article.querySelector("footer > p")?.append(" ", button("Mark read", { class: "read" }));
      show(article, isRead(one.path));
      watcher.observe(article);
    }
  };
  begin();
  document.addEventListener("papers", begin); // more of them have come
  /** @param {EventTarget | null} target */
  const turn = (target) => {
    const article = target instanceof Element ? target.closest(BOXES) : null;
    if (!article || !paths.has(article)) return;
    const on = !article.classList.contains("read");
    if (!on) kept.add(article);
    setByHand(article, on);
  };
  document.addEventListener("paper", (event) => {
    if (event instanceof CustomEvent && event.detail === "read") turn(event.target);
  });
  document.addEventListener("click", ({ target }) => {
    if (!(target instanceof Element)) return;
    if (target.closest("button.read")) turn(target);
    else if (target.closest("article > h2 > a, article > footer > p > a:nth-of-type(2)")) {
      const article = target.closest("article");
      if (article) setByHand(article, true);
    }
  });
};
