// @ts-check
// Where an author's papers are.
import { AUTHOR, IDS } from "./facts.js";

/**
 * The author's page, or of somebody without one the only paper; of somebody with several papers and
 * no page, the address at which 404.html lists them.
 * @param {import("./names.js").Author} author
 */
export const address = ({ slug, ids }) =>
  ids?.length === 1 ? IDS + ids[0] : AUTHOR.replace("{}", slug);
