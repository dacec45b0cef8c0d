// @ts-check
// How much is new on home since the last visit.
import { make, many } from "./elements.js";
import { fresh, newest, seenTo, setSeenTo } from "./visits.js";

/** @param {string} root @param {Element} place what tells of the newest day */
export const tellNew = async (root, place) => {
  const days = await newest(root);
  if (!seenTo()) return setSeenTo(days[0]?.[0] ?? "");
  const found = fresh(days);
  const count = found.reduce((sum, [, papers]) => sum + papers, 0);
  if (!count) return;
  const words = `${many(count, "new paper")} in ${many(found.length, "day")}`;
  place.append(" · ", make("a", { href: `${root}new/`, className: "fresh" }, words));
};
