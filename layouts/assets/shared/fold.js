// @ts-check
// Folds names as archive/names.py does, so that scripts find what Python has listed.
import { GAP, LETTERS } from "./facts.js";

/** @type {Record<string, string>} */
const letters = LETTERS;
const SPECIAL = new RegExp(`[${Object.keys(letters).join("")}]`, "g");
const BETWEEN = new RegExp(GAP, "u");

/**
 * Fold a name into its words: `Łukasz Müller-Ek` gives `["lukasz", "muller", "ek"]`.
 * @param {string} text
 */
export const fold = (text) =>
  text
    .normalize("NFKD")
    .toLowerCase()
    .replace(SPECIAL, (letter) => letters[letter])
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .split(BETWEEN)
    .map((word) => word.replace(/[^\p{L}\p{N}]/gu, ""))
    .filter(Boolean);
