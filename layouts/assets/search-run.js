// @ts-check
// A search: asks shard after shard, newest first, and tells how it goes on. The newest answers while
// others are fetched, and one that fails costs only its own papers.
import { count, incomplete, match } from "./engine.js";
import { add, places, sieve } from "./filters.js";
import { fold } from "./fold.js";
import { byRank, gain, gainOfName, named } from "./ranking.js";
import { row } from "./rows.js";
import { indexed } from "./words.js";

/** @typedef {import("./engine.js").Listing} Listing */
/** @typedef {import("./engine.js").Match} Match */
/** @typedef {import("./engine.js").Shard} Shard */
/** @typedef {import("./filters.js").Counts} Counts */
/** @typedef {import("./hints.js").Hints} Hints */
/** @typedef {import("./query.js").Query} Query */
/** @typedef {import("./rows.js").Row} Row */
/** @typedef {{ from?: string, to?: string }} Period of a shard; neither, if all are missing */
/** @typedef {{ query: Query, wanted: number, facets: string[] }} Wish */
/**
 * How a search stands.
 * @typedef {object} Standing
 * @property {"paper" | "day"} unit of what is counted
 * @property {number} found
 * @property {number} listed how many of them can be shown
 * @property {string} back how far the search has come: a day or a month
 * @property {boolean} done
 * @property {Period[]} failed
 * @property {Row[]} rows
 * @property {Counts} counts
 * @property {Hints | null} hints
 * @property {boolean} near whether nothing holds all words, and what is listed comes near them
 */
/**
 * What a shard holds.
 * @typedef {Match & { shard: number, place: number, row?: Promise<Row>, shown?: Row, lifted?: boolean }} Hit
 */

const LISTED = 1000; // results that can be listed; all are counted
const AHEAD = 5; // shards being fetched while one is waited for
const NEWEST = 3; // shards that are asked one by one, as long as none of them has results
const DEEP = 60; // papers whose titles are looked at, at the end
const DEEPER = 200; // for one word, which is a name more often than not
const RHYTHM = 250; // ms between lists while results stream in
const FEW = 10; // papers found for which a name may have been meant that is spelt otherwise

/** What Pagefind found for the words that were asked last, by shard. */
let answers = { q: "", shards: /** @type {Map<Shard, ReturnType<typeof match>>} */ (new Map()) };

/** Forget what was found. */
export const clear = () => {
  answers = { q: "", shards: new Map() };
};

export class Run {
  wanted;
  #root;
  #query;
  #facets;
  #tell;
  #asked;
  /** @type {"paper" | "day"} */
  #unit = "paper";
  /** @type {Shard[]} */
  #shards = [];
  /** @type {Hit[]} */
  #hits = [];
  /** @type {Counts} */
  #counts = {};
  /** @type {Hints | null} */
  #hints = null;
  /** @type {Set<Period>} */
  #failed = new Set();
  /** @type {{ hits: Hit[], counts: Counts }[]} of shards that lack a word, if none has it */
  #spare = [];
  #near = false;
  #found = 0;
  #back = "";
  #done = false;
  #stopped = false;
  #told = false; // whether first results are shown
  #waiting = false; // whether there is more to tell
  #telling = false;
  #wake = () => {};

  /**
   * @param {string} root
   * @param {Wish} wish
   * @param {(standing: Standing) => void} tell is told again and again how the search stands
   */
  constructor(root, { query, wanted, facets }, tell) {
    this.wanted = wanted;
    this.#root = root;
    this.#query = query;
    this.#facets = facets;
    this.#tell = tell;
    this.#asked = fold(indexed(query.q));
  }

  /** Stop at the next step. */
  stop() {
    this.#stopped = true;
  }

  /** Show more results. @param {number} wanted */
  extend(wanted) {
    this.wanted = wanted;
    this.#show();
  }

  /** Search. @param {Promise<Listing>} listing */
  async start(listing) {
    try {
      const { granularity, shards } = await listing;
      this.#unit = granularity;
      this.#shards = shards.filter((shard) => this.#covers(shard));
    } catch {
      this.#failed.add({});
    }
    /** @type {Promise<{ hits: Hit[], counts: Counts, near: boolean }>[]} */
    const asked = [];
    for (const [number, shard] of this.#shards.entries()) {
      // Until the first results are shown, the line is theirs; they come from one of the newest
      // shards, or are rare.
      const first = !this.#told && number < NEWEST;
      const last = Math.min(number + (first ? 0 : AHEAD), this.#shards.length - 1);
      for (let n = number; n <= last; n += 1) asked[n] ??= this.#ask(n);
      try {
        this.#take(await asked[number]);
      } catch {
        this.#failed.add(shard);
      }
      const { year } = this.#query;
      this.#back = shard.from < year ? `${year}-01` : shard.from;
      const told = this.#show();
      if (first) await told;
      // A turn of the event loop, so that a newer search can take over.
      await new Promise((resolve) => setTimeout(resolve));
      if (this.#stopped) return;
    }
    if (!this.#found && this.#spare.length) {
      this.#near = true;
      for (const answer of this.#spare) this.#take({ ...answer, near: false });
    }
    this.#done = true;
    this.#wake();
    if (this.#found < FEW && this.#query.q && !this.#failed.size) {
      this.#show();
      this.#hints = await this.#lookForHints().catch(() => null);
    }
    this.#show();
  }

  /** Years are counted in all shards, results only come from those of the year.
   * @param {Shard} shard */
  #covers({ from, to }) {
    const { year } = this.#query;
    if (!year || this.#facets.includes("year")) return true;
    return from.slice(0, 4) <= year && to.slice(0, 4) >= year;
  }

  /** @param {{ hits: Hit[], counts: Counts, near: boolean }} answer */
  #take({ hits, counts, near }) {
    if (near) {
      this.#spare.push({ hits, counts });
      return;
    }
    this.#found += hits.length;
    this.#hits = [...this.#hits, ...hits].sort(byRank).slice(0, LISTED);
    add(this.#counts, counts);
  }

  /** Ask a shard. @param {number} number */
  async #ask(number) {
    const shard = this.#shards[number];
    const { q, order } = this.#query;
    if (answers.q !== q) answers = { q, shards: new Map() };
    const known = answers.shards;
    const matched = known.get(shard) ?? match(q, shard, () => !this.#stopped);
    known.set(shard, matched);
    try {
      const { matches, near } = await matched;
      const { hits, counts } = await sieve(matches, shard, this.#query, this.#facets);
      if (this.#stopped) known.delete(shard); // it may have stopped halfway
      const newest = order === "newest" ? await places(shard) : null;
      if (incomplete(shard)) throw new Error(`${shard.path} is incomplete`);
      /** @param {Match} hit */
      const rank = ({ id, score }) =>
        newest ? { score: 0, place: newest.get(id) ?? newest.size } : { score, place: 0 };
      const ranked = hits.map((hit) => ({ ...hit, ...rank(hit), shard: number }));
      return { hits: ranked, counts, near };
    } catch (error) {
      known.delete(shard);
      throw error;
    }
  }

  /** Tell how things stand, with the rows to show; what comes in meanwhile is told next. */
  async #show() {
    this.#waiting = true;
    if (this.#telling) return;
    this.#telling = true;
    while (this.#waiting && !this.#stopped) {
      // Of what comes in soon after, most would be pushed off the list again by what comes next.
      if (this.#told && !this.#done) await this.#pause();
      this.#waiting = false;
      const standing = this.#standing();
      const top = this.#hits.slice(0, this.#depth());
      await Promise.all(top.map((hit) => this.#load(hit)));
      this.#lift(top);
      const rows = this.#hits.slice(0, this.wanted).flatMap(({ shown }) => shown ?? []);
      this.#told ||= rows.length > 0;
      const failed = [...this.#failed].map(({ from, to }) => ({ from, to }));
      if (!this.#stopped) this.#tell({ ...standing, failed, rows, listed: this.#hits.length });
    }
    this.#telling = false;
  }

  #pause() {
    return new Promise((resolve) => {
      this.#wake = () => resolve(undefined);
      setTimeout(resolve, RHYTHM);
    });
  }

  /** As things stand before rows are loaded. */
  #standing() {
    const [unit, found, back, done] = [this.#unit, this.#found, this.#back, this.#done];
    const near = this.#near;
    return { unit, found, back, done, counts: this.#counts, hints: this.#hints, near };
  }

  /** How many results to load: at the end one looks deeper for titles that are what was meant. */
  #depth() {
    const deep = this.#done && this.#unit === "paper" && this.#query.order !== "newest";
    const depth = this.#asked.length < 2 ? DEEPER : DEEP;
    return deep ? Math.max(this.wanted, depth) : this.wanted;
  }

  /** @param {Hit} hit */
  async #load(hit) {
    hit.row ??= hit.data().then((found) => row(found, hit, this.#asked));
    try {
      hit.shown = await hit.row;
    } catch {
      this.#failed.add(this.#shards[hit.shard]);
    }
  }

  /** Lift papers whose titles are what was typed. @param {Hit[]} hits */
  #lift(hits) {
    if (this.#query.order === "newest") return;
    for (const hit of hits) {
      if (hit.lifted || !hit.shown) continue;
      hit.lifted = true;
      const shown = hit.shown.within ?? [hit.shown];
      const texts = shown.map(({ title }) => title.map(([text]) => text).join(" "));
      const words = (/** @type {string} */ text) => fold(indexed(text));
      const name = Math.max(0, ...texts.map((text) => named(text, this.#asked, words)));
      const best = Math.max(gain(texts.map(words), this.#asked), gainOfName(name, hit.shown.date));
      hit.score += best;
      hit.shown.score = hit.score;
    }
    this.#hits.sort(byRank);
  }

  /** They are fetched only if somebody needs them. */
  async #lookForHints() {
    const { hints } = await import("./hints.js");
    const goesOn = () => !this.#stopped;
    const [shards, found] = [this.#shards, this.#found];
    return hints(this.#root, this.#query.q, { shards, found, count, goesOn });
  }
}
