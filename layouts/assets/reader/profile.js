// @ts-check
// What "For you" knows of a reader: papers that they saved or opened, and words that they follow; as
// storage holds it, and as a file does.
import {
  forgetOldest,
  keepWords,
  keysOf,
  MOST,
  PREFIX,
  parse,
  SAVED,
  sound,
  store,
} from "./liked-words.js";

/** @typedef {import("./likeness.js").Liked} Liked */

const INTERESTS = "interests"; // interests.js

// JSON has neither sign outside of an escape.
const BEHIND_KEY = "\n";
const BEHIND_VALUE = "\0";

/** What storage holds of it, in one text: thousands of texts would take a page long to hand over. */
export const stored = () =>
  [...keysOf(SAVED), ...keysOf(PREFIX), INTERESTS]
    .map((key) => `${key}${BEHIND_KEY}${store()?.getItem(key) ?? ""}`)
    .join(BEHIND_VALUE);

/** @param {string} text of `stored` @returns {[key: string, value: string][]} */
export const unpacked = (text) =>
  text.split(BEHIND_VALUE).map((part) => {
    const at = part.indexOf(BEHIND_KEY);
    return [part.slice(0, at), part.slice(at + 1)];
  });

/** What somebody likes, by what storage holds; entries that are broken count nothing.
 * @param {[key: string, value: string][]} kept @returns {Liked[]} */
export const likedOf = (kept) => {
  /** @type {Map<string, Liked>} */
  const liked = new Map();
  for (const [key, value] of kept) {
    const record = key.startsWith(PREFIX) ? sound(parse(value)) : null;
    const none = { note: "", authors: [], category: "" };
    if (record) liked.set(key.slice(PREFIX.length), { ...record, ...none, kind: "opened" });
  }
  for (const [key, value] of kept) {
    const entry = key.startsWith(SAVED) ? parse(value) : null;
    if (!entry || typeof entry !== "object") continue;
    const id = key.slice(SAVED.length);
    const { title = id, note = "", tags = [], authors = [], category = "", path = "" } = entry;
    liked.set(id, {
      kind: "saved",
      title: String(title),
      words: liked.get(id)?.words ?? "",
      note: `${note} ${[tags].flat().join(" ")}`,
      path: String(path),
      authors: [authors].flat().map(String),
      category: String(category),
      at: Number(entry.place) || 0,
    });
  }
  const interests = parse(kept.find(([key]) => key === INTERESTS)?.[1]);
  const followed = (Array.isArray(interests) ? interests : [])
    .filter((one) => one?.sort === "words" && !one.hide && typeof one.value === "string")
    .map(({ value }) => {
      const none = { words: "", note: "", path: "", authors: [], category: "", at: 0 };
      return /** @type {Liked} */ ({ ...none, kind: "followed", title: value });
    });
  return [...liked.values(), ...followed];
};

/** All records, for a file. */
export const exported = () =>
  keysOf(PREFIX).flatMap((key) => {
    const record = sound(parse(store()?.getItem(key)));
    return record ? [{ id: key.slice(PREFIX.length), ...record }] : [];
  });

/** Take records of a file in; tell how many, and how many made no sense or found no room.
 * @param {unknown} profile */
export const imported = (profile) => {
  const all = Array.isArray(profile) ? profile : [profile];
  let taken = 0;
  for (const one of all.slice(0, MOST)) {
    const record = sound(one);
    const known = typeof one?.id === "string" ? store()?.getItem(PREFIX + one.id) : "";
    if (record && known !== "" && (known || keepWords(one.id, record))) taken += 1;
  }
  const excess = keysOf(PREFIX).length - MOST;
  if (excess > 0) forgetOldest(excess);
  return { taken, left: all.length - taken };
};
