// @ts-check
// Searches that this browser remembers: the last ones, and those that somebody saved with a name.
// Nothing of it leaves the browser, but in a link that somebody takes along.

/** @typedef {{ name: string, address: string, seen: string }} Saved `address` is what follows `search/`, `seen` the newest day then */

const RECENT = "recent-searches";
const SAVED = "saved-searches";
const MOST = 8; // recent searches
const HASH = "#searches=";

/** @param {string} key @returns {any[]} */
const load = (key) => {
  try {
    const found = JSON.parse(localStorage.getItem(key) ?? "[]");
    return Array.isArray(found) ? found : [];
  } catch {
    return [];
  }
};

/** @param {string} key @param {unknown[]} values */
const store = (key, values) => {
  try {
    localStorage.setItem(key, JSON.stringify(values));
    return true;
  } catch {
    return false; // storage is forbidden, or full
  }
};

/** @param {unknown} one @returns {one is Saved} */
const isSaved = (one) => {
  const { name, address, seen } = /** @type {Partial<Saved>} */ (one ?? {});
  return (
    [name, address, seen].every((text) => typeof text === "string") && /^\?/.test(address ?? "")
  );
};

/** The last searches, the latest first. @returns {string[]} */
export const recent = () => load(RECENT).filter((one) => typeof one === "string");

/** Remember a search. @param {string} q */
export const remember = (q) => {
  if (q) store(RECENT, [q, ...recent().filter((other) => other !== q)].slice(0, MOST));
};

/** Forget the last searches. */
export const forgetRecent = () => store(RECENT, []);

/** @returns {Saved[]} */
export const saved = () => load(SAVED).filter(isSaved);

/** Save a search in the place of one of the same address; tell whether the browser lets us.
 * @param {Saved} search */
export const save = (search) =>
  store(SAVED, [...saved().filter(({ address }) => address !== search.address), search]);

/** @param {string} address */
export const remove = (address) =>
  store(
    SAVED,
    saved().filter((one) => one.address !== address),
  );

/** The saved searches as the end of a link to the search page. */
export const carried = () =>
  HASH + encodeURIComponent(JSON.stringify(saved().map(({ name, address }) => [name, address])));

/** Take in what a link carries; tell how many searches. @param {string} hash @param {string} seen */
export const takeIn = (hash, seen) => {
  if (!hash.startsWith(HASH)) return 0;
  try {
    /** @type {unknown[][]} */
    const pairs = JSON.parse(decodeURIComponent(hash.slice(HASH.length)));
    const searches = pairs.map(([name, address]) => ({ name, address, seen })).filter(isSaved);
    const known = new Set(saved().map(({ address }) => address));
    const fresh = searches.filter(({ address }) => !known.has(address));
    for (const one of fresh) save(one);
    return fresh.length;
  } catch {
    return 0; // somebody cut the link
  }
};
