// @ts-check
// Examples that Python and scripts share; tests/test_vectors.py has the other half.
import { readFileSync } from "node:fs";

/** @param {string} name @returns {any[]} */
export const vectors = (name) =>
  JSON.parse(readFileSync(new URL(`../vectors/${name}`, import.meta.url), "utf8"));
