// @ts-check
// Makes elements, and the labels that they bear.
import { MONTHS } from "./facts.js";

/**
 * Make an element with properties and children.
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {Partial<HTMLElementTagNameMap[Name]>} properties
 * @param {(Node | string)[]} children
 * @returns {HTMLElementTagNameMap[NoInfer<Name>]}
 */
export const make = (name, properties, ...children) => {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
};

/** `2021-12-19` gives `December 2021`. @param {string} iso */
export const month = (iso) => `${MONTHS[Number(iso.slice(5, 7)) - 1]} ${iso.slice(0, 4)}`;

/** `2021-12-19` gives `19 Dec 2021`. @param {string} iso */
export const day = (iso) => `${Number(iso.slice(8))} ${month(iso).slice(0, 3)} ${iso.slice(0, 4)}`;

/** `2021-11` and `2021-12` give `November 2021 to December 2021`.
 * @param {string} from @param {string} to */
export const period = (from, to) => [...new Set([month(from), month(to)])].join(" to ");

/** `192108` gives `192,108`. @param {number} count */
export const thousands = (count) => count.toLocaleString("en");

/** `many(3, "paper")` gives `3 papers`. @param {number} count @param {string} unit */
export const many = (count, unit) =>
  `${count ? thousands(count) : "No"} ${unit}${count === 1 ? "" : "s"}`;

/**
 * A control with its label, in a paragraph.
 * @param {string} said @param {HTMLElement} control
 */
export const labelled = (said, control) => {
  const label = make("label", { htmlFor: control.id }, said);
  return make("p", {}, label, control);
};

/** A box to tick, within its label. @param {string} said @param {HTMLInputElement} box */
export const ticked = (said, box) => {
  const label = make("label", {});
  label.append(box, ` ${said}`);
  return label;
};
