// @ts-check
// Categories of arXiv that have two names.
import { ALIASES } from "./facts.js";

/** @type {Record<string, string>} */
const aliases = ALIASES;

/** A category's code as arXiv files it: `cs.SY` is `eess.SY`. @param {string} code */
export const filed = (code) => aliases[code] ?? code;
