// @ts-check
// Ranks days as the site's own scripts do: reads, as JSON, the archive's words and one task a line
// of standard input, and prints at which place of its day each of an author's later papers stands.
import { createInterface } from "node:readline";
import { sound } from "../layouts/assets/reader/liked-words.js";
import { likenesses } from "../layouts/assets/search/likeness.js";

/** @typedef {{ title: string, text: string }} Text */
/** @typedef {{ liked: Text[], day: Text[], own: number[] }} Task `own` are places in the day */

/** @type {import("../layouts/assets/search/likeness.js").Classes | null} */
let classes = null;

/** A paper as the browser keeps it once it was saved. @param {Text} paper @param {number} at */
const saved = ({ title, text }, at) => ({
  ...{ kind: /** @type {const} */ ("saved"), note: "", path: "", authors: [], category: "", at },
  title,
  words: sound({ title, words: text })?.words ?? "",
});

for await (const line of createInterface({ input: process.stdin })) {
  if (!classes) {
    classes = JSON.parse(line);
    continue;
  }
  /** @type {Task} */
  const { liked, day, own } = JSON.parse(line);
  const papers = day.map((paper) => ({ ...paper, authors: [], category: "" }));
  const scores = likenesses(classes ?? [], liked.map(saved), papers).map(({ score }) => score);
  const places = own.map(
    (at) => scores.filter((score, n) => n !== at && score >= scores[at]).length,
  );
  console.log(JSON.stringify(places));
}
