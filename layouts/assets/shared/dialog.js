// @ts-check
// Dialogs, and the one that explains the keys.

/**
 * Make an element with attributes and children.
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {Record<string, string>} attributes
 * @param {(Node | string)[]} children
 */
export const make = (name, attributes = {}, ...children) => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
};

/**
 * Open a dialog that closes by its button, by Escape and by a click beside it.
 * @param {string} title
 * @param {(Node | string)[]} children
 */
export const open = (title, ...children) => {
  const close = make("form", { method: "dialog" }, make("button", {}, "Close"));
  const dialog = make("dialog", { "aria-label": title }, make("h2", {}, title), ...children, close);
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
};

const KEYS = [
  ["j", "next paper, or on into the next day"],
  ["k", "previous paper"],
  ["Enter", "open the paper where it is published"],
  ["t", "titles only, or abstracts too"],
  ["o", "open or close a paper among titles"],
  ["c", "copy its citation"],
  ["s", "save it to the reading list"],
  ["m", "mark it read or unread"],
  ["n", "what is new since you were here"],
  ["l", "the reading list"],
  ["/ or Ctrl K", "search"],
  ["?", "this help"],
];

/**
 * Explain the keys, and let them be switched off: single letters get in the way of speech input.
 * @param {{ on: boolean, change: (on: boolean) => void }} options
 */
export const openKeys = ({ on, change }) => {
  const list = make("dl", { class: "keys" });
  for (const [key, meaning] of KEYS)
    list.append(make("dt", {}, make("kbd", {}, key)), make("dd", {}, meaning));
  const box = make("input", { type: "checkbox" });
  box.checked = on;
  box.addEventListener("change", () => change(box.checked));
  open("Keys", list, make("label", {}, box, " Single keys are on"));
};
