// @ts-check
// How many later papers name a paper, said on its day.
import { make, many } from "./elements.js";
import { LANDMARKS, SEARCH } from "./facts.js";
import { load } from "./lists.js";
import { here } from "./page.js";

/**
 * Say of the papers of a day which later ones name them, where the site knows.
 * @param {string} root
 */
export const tellLandmarks = async (root) => {
  if (document.querySelector("main")?.dataset.landmarks === undefined) return;
  const year = here(root).slice(0, 4);
  /** @type {Record<string, [papers: number, name: string]>} */
  const named = await load(root + LANDMARKS.replace("{}", year), {});
  for (const article of document.querySelectorAll("article")) {
    const [papers, name] = named[article.id] ?? [];
    if (!papers || !name) continue;
    const search = `${root}${SEARCH}?${new URLSearchParams({ q: name })}`;
    const link = make("a", { href: search }, name);
    const line = make(
      "div",
      { className: "named" },
      link,
      ` stands in ${many(papers, "later paper")}`,
    );
    article.querySelector("footer")?.before(line);
  }
};
