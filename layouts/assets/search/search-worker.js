// @ts-check
// The worker that searches: takes messages from a page and posts what search-run.js tells.
import { forget, list, open } from "./engine.js";
import { fold } from "./fold.js";
import { people } from "./names.js";
import { sides } from "./query.js";
import { clear, Run } from "./search-run.js";

/** @typedef {import("./search-run.js").Wish} Wish */
/**
 * What a page says: where the site is; what it seeks, `again` after a failure; that it wants to see
 * more of that; or, with nothing in it, that it seeks nothing.
 * @typedef {{ site: string } | { run: number, again?: boolean } & Wish
 *   | { run: number, wanted: number } | {}} Request
 */
/**
 * What a page hears: how a search stands, how the one that it is compared with does, or which
 * authors have such names.
 * @typedef {{ run: number, people: Awaited<ReturnType<typeof people>> }
 *   | { run: number, beside: import("./search-run.js").Standing, q: string }
 *   | { run: number } & import("./search-run.js").Standing} Answer
 */

let root = "";
/** @type {ReturnType<typeof list> | null} */
let listing = null;
/** @type {{ number: number, run: Run, beside: Run | null } | null} the search that counts */
let current = null;

/** @param {Answer} answer */
const post = (answer) => self.postMessage(answer);

/** @param {number} run @param {string} q */
const introduce = async (run, q) => {
  if (!fold(q).length) return;
  const nobody = { count: 0, first: [] };
  post({ run, people: await people(root, q).catch(() => nobody) });
};

const listed = () => {
  if (!listing) {
    const made = list(root);
    listing = made;
    made.catch(() => {
      if (listing === made) listing = null;
    });
  }
  return listing;
};

/** @param {number} number @param {Wish} wish @param {boolean} again */
const seek = (number, wish, again) => {
  if (again) {
    listing = null;
    forget();
    clear();
  }
  stop();
  const [q, other] = sides(wish.query.q);
  const own = { ...wish, query: { ...wish.query, q } };
  const run = new Run(root, own, (standing) => post({ run: number, ...standing }));
  const second = other ? { ...wish, wanted: 0, query: { ...wish.query, q: other } } : null;
  const beside =
    second && new Run(root, second, (one) => post({ run: number, beside: one, q: other }));
  current = { number, run, beside };
  run.start(listed()).then(() => beside?.start(listed()));
  introduce(number, q);
};

const stop = () => {
  current?.run.stop();
  current?.beside?.stop();
};

/** @param {MessageEvent<Request>} event */
self.onmessage = ({ data }) => {
  if ("site" in data) {
    root = data.site;
    // Nobody has asked yet, but every search begins with the newest shard.
    listed().then(({ shards: [newest] }) => open(newest));
  } else if ("query" in data) {
    seek(data.run, data, data.again ?? false);
  } else if ("run" in data && current?.number === data.run) {
    current.run.extend(data.wanted);
  } else {
    stop();
    current = null;
  }
};
