// @ts-check
// A search: asks shard after shard, newest first, and tells how it goes on. The newest answers while
// others are fetched, and one that fails costs only its own papers. If nothing holds what was typed,
// it is asked anew: as it was meant, or without what nothing holds.
import { describes, divides, esteem, namings } from "./any-words.js";
import { count, incomplete, match, some } from "./engine.js";
import { add, months, places, sieve } from "./filters.js";
import { fold } from "./fold.js";
import { leads } from "./leads.js";
import { mended, without } from "./mending.js";
import { FIELDS, limits, understand } from "./query.js";
import { byRank, gain, STRANGER } from "./ranking.js";
import { row } from "./rows.js";
import { everyday, isEveryday, summed } from "./totals.js";
import { indexed } from "./words.js";

/** @typedef {import("./engine.js").Answer} Answer */
/** @typedef {import("./engine.js").Listing} Listing */
/** @typedef {import("./engine.js").Match} Match */
/** @typedef {import("./engine.js").Shard} Shard */
/** @typedef {import("./filters.js").Counts} Counts */
/** @typedef {import("./hints.js").Hints} Hints */
/** @typedef {import("./leads.js").Lead} Lead */
/** @typedef {import("./query.js").Asked} Asked */
/** @typedef {import("./query.js").Query} Query */
/** @typedef {import("./rows.js").Row} Row */
/** @typedef {{ from?: string, to?: string }} Period of a shard; neither, if all are missing */
/** @typedef {{ query: Query, wanted: number, facets: string[], all?: boolean, newest?: boolean }} Wish what is sought: `all` years of a word that most papers have, or the `newest` shard alone */
/** @typedef {{ words: string[], query: string }} Instead what was asked in place of some words */
/**
 * How a search stands.
 * @typedef {object} Standing
 * @property {"paper" | "day"} unit of what is counted
 * @property {number} found
 * @property {number} listed how many of them can be shown
 * @property {number} others how many of these hold only some of the words
 * @property {string} back how far the search has come: a day or a month
 * @property {boolean} done
 * @property {Period[]} failed
 * @property {Row[]} rows
 * @property {Counts} counts
 * @property {Hints | null} hints
 * @property {boolean} near whether nothing holds all words, and what is listed comes near them
 * @property {boolean} partial whether only the newest were looked through, for the word is in most
 * @property {Asked["years"]} years that the query itself limits the search to
 * @property {Instead | null} mended the words that were taken for misspelt
 * @property {Instead | null} dropped the words that were left out
 * @property {Lead[]} leads papers that are meant by name
 * @property {Record<string, number>} found_by months or years of what was found
 * @property {Record<string, number>} all_by months or years of all that there is
 * @property {Row | null} first the oldest of what was found, at the end
 */
/**
 * What a shard holds.
 * @typedef {Match & { shard: number, place: number, named?: Naming | null, row?: Promise<Row>, shown?: Row, lifted?: boolean }} Hit
 */
/** @typedef {import("./any-words.js").Naming} Naming */
/**
 * What is taken of a shard: papers with all words, and those with some that say most.
 * @typedef {{ hits: Hit[], others: Hit[], counts: Counts, months: Record<string, number>, oldest: Hit | null }} Taken
 */

const LISTED = 1000; // results that can be listed; all are counted
const AHEAD = 5; // shards being fetched while one is waited for
const NEWEST = 3; // shards that are asked one by one, as long as none of them has results
const SOON = 6; // results that are shown before others are fetched
const DEEP = 60; // papers whose titles are looked at, at the end
const RHYTHM = 250; // ms between lists while results stream in
const OTHERS = 60; // papers of a shard that hold some of the words
const BELOW = 1e7; // more than any score: such papers stand below those with all words
const FEW = 10; // papers found for which a name may have been meant that is spelt otherwise

/** What Pagefind found for the words that were asked last, by shard. */
let answers = { key: "", shards: /** @type {Map<Shard, Promise<Answer>>} */ (new Map()) };

/** Forget what was found. */
export const clear = () => {
  answers = { key: "", shards: new Map() };
};

/** @type {Taken} */
const NOTHING = { hits: [], others: [], counts: {}, months: {}, oldest: null };

export class Run {
  wanted;
  #root;
  #query;
  #facets;
  #all;
  #newest;
  #tell;
  /** @type {Asked} */
  #asked;
  /** @type {Listing | null} */
  #listing = null;
  /** @type {Shard[]} */
  #shards = [];
  /** @type {Hit[]} */
  #hits = [];
  /** @type {Counts} */
  #counts = {};
  /** @type {Record<string, number>} */
  #months = {};
  /** @type {Record<string, number>} of all papers there are */
  #allMonths = {};
  /** @type {Hints | null} */
  #hints = null;
  /** @type {Set<Period>} */
  #failed = new Set();
  /** @type {Taken[]} of shards that lack a word, if none has it */
  #spare = [];
  /** @type {Map<string, number>} by word the shards that lack it */
  #lacking = new Map();
  /** @type {Lead[]} */
  #leads = [];
  /** @type {string[]} the words that they are looked up for */
  #named = [];
  /** @type {Instead | null} */
  #mended = null;
  /** @type {Instead | null} */
  #dropped = null;
  /** @type {Hit | null} */
  #oldest = null;
  /** @type {Row | null} */
  #first = null;
  /** @type {Record<string, number> | null} by year, of a word that most papers have */
  #everyday = null;
  #near = false;
  #others = 0;
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
   * @param {(standing: Standing) => void} tell gets the state of the search after each step
   */
  constructor(root, { query, wanted, facets, all = false, newest = false }, tell) {
    this.wanted = wanted;
    this.#root = root;
    this.#query = query;
    this.#facets = facets;
    this.#all = all;
    this.#newest = newest;
    this.#tell = tell;
    this.#asked = understand(query.q);
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
      this.#listing = await listing;
      this.#allMonths = summed(this.#listing.shards.map((shard) => shard.months));
    } catch {
      this.#failed.add({});
    }
    const asked = this.#understood(this.#query.q);
    this.#lead(asked);
    await this.#seek(asked);
    if (!this.#found && this.#others) {
      this.#near = true;
      this.#found = this.#others;
    }
    if (!this.#found && !this.#stopped && !this.#newest) await this.#seekOtherwise();
    if (this.#found && this.#found < FEW && !this.#near) await this.#seekSome();
    if (this.#stopped) return;
    this.#done = true;
    this.#wake();
    if (this.#oldest && !this.#near && !this.#everyday && this.#found > 1)
      this.#first = await this.#load(this.#oldest);
    const few = this.#found < FEW || this.#dropped;
    if (few && !describes(this.#asked) && !this.#newest && this.#query.q && !this.#failed.size) {
      this.#show();
      this.#hints ??= await this.#lookForHints(understand(this.#query.q).plain).catch(() => null);
    }
    this.#show();
  }

  /** What a query says, in this archive. @param {string} q @param {boolean} [years] */
  #understood(q, years = true) {
    const all = this.#listing?.shards ?? [];
    const [from, to] = [all.at(-1)?.from ?? "", all[0]?.to ?? ""];
    const span = years && from ? { from: from.slice(0, 4), to: to.slice(0, 4) } : null;
    return understand(q, span);
  }

  /** Nothing holds what was typed: a year may be a word, and words may be too many. */
  async #seekOtherwise() {
    const { q } = this.#query;
    const typed = this.#mended?.query ?? q;
    if (this.#asked.years?.bare) await this.#seek(this.#understood(typed, false));
    if (this.#found || this.#stopped || this.#failed.size) return;
    const absent = [...this.#lacking]
      .filter(([, shards]) => shards === this.#shards.length)
      .map(([word]) => word);
    const dropped = without(typed, absent);
    const asked = dropped && this.#understood(dropped.query);
    if (asked?.words.length) {
      this.#dropped = dropped;
      await this.#seek(asked);
    } else if (this.#spare.length) {
      this.#near = true;
      for (const taken of this.#spare) this.#take(taken);
      return;
    }
    if (this.#found || this.#stopped) return;
    const left = this.#dropped?.query ?? typed;
    this.#hints = await this.#lookForHints(left).catch(() => null);
    const [best] = this.#hints?.fewer ?? [];
    if (!best || this.#stopped) return;
    const kept = new Set(fold(best.query));
    const words = fold(indexed(this.#understood(typed).plain)).filter((word) => !kept.has(word));
    this.#dropped = { words, query: best.query };
    await this.#seek(this.#understood(best.query));
  }

  /** Few papers hold all of some words: those that hold most of them follow. */
  async #seekSome() {
    const { order } = this.#query;
    if (!divides(this.#asked) || order !== "relevance" || this.#newest) return;
    const known = new Set(this.#hits.map(({ id }) => id));
    for (const [number, shard] of this.#shards.entries()) {
      if (this.#stopped) return;
      const found = await some(this.#asked, shard, [], () => !this.#stopped).catch(() => []);
      const rest = found.filter(({ id }) => !known.has(id));
      const others = await this.#foremost(rest, number).catch(() => []);
      for (const hit of others) hit.score -= BELOW;
      this.#take({ ...NOTHING, others });
      this.#show();
    }
  }

  /** Those of some papers of a shard that say most of what was asked, and pass the filters.
   * @param {Match[]} found @param {number} number */
  async #foremost(found, number) {
    const shard = this.#shards[number];
    const inside = await this.#inTime(found, shard);
    const { hits } = await sieve(inside, shard, { ...this.#query, ...this.#asked.filters }, []);
    const esteemed = await this.#esteem(hits, shard);
    return esteemed
      .sort((a, b) => b.score - a.score)
      .slice(0, OTHERS)
      .map((hit) => ({ ...hit, shard: number, place: 0 }));
  }

  /** Papers with what they count because later ones name them.
   * @param {Match[]} found @param {Shard} shard */
  async #esteem(found, shard) {
    const [named, order] = await Promise.all([namings(this.#root, shard.path), places(shard)]);
    return found.map((hit) => {
      const naming = named(order.size - (order.get(hit.id) ?? 0));
      return { ...hit, score: hit.score + esteem(naming), named: naming };
    });
  }

  /** Those of some papers of a shard that stand in the years asked for.
   * @param {Match[]} found @param {Shard} shard */
  async #inTime(found, shard) {
    const { years } = this.#asked;
    if (!years) return found;
    const when = await months(shard);
    return found.filter(({ id }) => {
      const year = when(id).slice(0, 4);
      return years.from <= year && year <= years.to;
    });
  }

  /** Ask all shards. @param {Asked} given */
  async #seek(given) {
    this.#begin(given);
    const ahead = this.#mayBeEveryday() ? 0 : AHEAD;
    /** @type {Promise<Taken & { near: boolean, lacking: string[] }>[]} */
    const asked = [];
    for (const [number, shard] of this.#shards.entries()) {
      // Until the first results are shown, the line is theirs; they come from one of the newest
      // shards, or are rare.
      const first = !this.#told && number < NEWEST;
      const last = Math.min(number + (first ? 0 : ahead), this.#shards.length - 1);
      for (let n = number; n <= last; n += 1) asked[n] ??= this.#ask(n);
      try {
        const { near, lacking, ...taken } = await asked[number];
        for (const word of lacking) this.#lacking.set(word, (this.#lacking.get(word) ?? 0) + 1);
        if (!number && lacking.length && (await this.#mend(lacking))) return;
        if (near) this.#spare.push({ ...taken, others: [] });
        this.#take(near ? { ...NOTHING, others: taken.others } : taken);
      } catch {
        this.#failed.add(shard);
      }
      const from = this.#query.year || this.#asked.years?.from || "";
      this.#back = shard.from < from ? `${from}-01` : shard.from;
      const told = this.#show();
      if (first) await told;
      // A turn of the event loop, so that a newer search can take over.
      await new Promise((resolve) => setTimeout(resolve));
      if (this.#stopped) return;
      if (this.#hits.length >= LISTED && (await this.#isEveryday())) return;
    }
  }

  /** @param {Asked} asked */
  #begin(asked) {
    this.#asked = asked;
    const all = this.#listing?.shards ?? [];
    this.#shards = this.#newest ? all.slice(0, 1) : all.filter((shard) => this.#covers(shard));
    this.#hits = [];
    this.#counts = {};
    this.#months = {};
    this.#spare = [];
    this.#lacking = new Map();
    this.#oldest = null;
    this.#everyday = null;
    this.#found = 0;
    this.#others = 0;
  }

  /** Papers that are meant by name: they are sent as soon as they are known.
   * @param {Asked} asked */
  async #lead({ words, within }) {
    this.#named = words;
    if (within.length || this.#listing?.granularity === "day") return;
    const found = await leads(this.#root, this.#listing?.names ?? "", words).catch(() => []);
    if (words !== this.#named || !found.length) return;
    this.#leads = found;
    this.#show();
  }

  /** Look whether words that the newest shard lacks are misspelt, and if so ask for what they mean.
   * @param {string[]} lacking */
  async #mend(lacking) {
    if (this.#mended || this.#dropped || this.#stopped) return false;
    const names = this.#listing?.names ?? "";
    const { q } = this.#query;
    this.#mended = await mended(this.#root, { q, names, lacking }).catch(() => null);
    if (!this.#mended || this.#stopped) return false;
    const asked = this.#understood(this.#mended.query);
    this.#lead(asked);
    await this.#seek(asked);
    return true;
  }

  /** Whether a word may be asked for that most papers have, and nothing else. */
  #mayBeEveryday() {
    const filtered = Object.entries(this.#query).some(
      ([name, value]) => value !== FIELDS[name] && name !== "q",
    );
    if (this.#all || filtered || this.#asked.years || limits(this.#asked)) return false;
    return isEveryday(this.#listing?.common ?? "", this.#asked);
  }

  /** Whether it is enough to have looked through the newest shards: most papers have the word. */
  async #isEveryday() {
    if (!this.#mayBeEveryday()) return false;
    this.#everyday = await everyday(this.#root, this.#asked).catch(() => null);
    if (!this.#everyday) return false;
    this.#found = Object.values(this.#everyday).reduce((sum, papers) => sum + papers, 0);
    return true;
  }

  /** Years are counted in all shards, results only come from those of the year.
   * @param {Shard} shard */
  #covers({ from, to }) {
    const { year } = this.#query;
    const [first, last] = [from.slice(0, 4), to.slice(0, 4)];
    const { years } = this.#asked;
    if (years && (years.from > last || years.to < first)) return false;
    if (!year || this.#facets.includes("year")) return true;
    return first <= year && last >= year;
  }

  /** @param {Taken} taken */
  #take({ hits, others, counts, months: found, oldest }) {
    this.#found += hits.length;
    this.#others += others.length;
    this.#hits = [...this.#hits, ...hits, ...others].sort(byRank).slice(0, LISTED);
    add(this.#counts, counts);
    this.#months = summed([this.#months, found]);
    this.#oldest = oldest ?? this.#oldest;
  }

  /** What Pagefind finds in a shard. @param {Shard} shard */
  #match(shard) {
    const { plain, within, without: not } = this.#asked;
    const key = JSON.stringify([plain, within, not]);
    if (answers.key !== key) answers = { key, shards: new Map() };
    const matched = answers.shards.get(shard) ?? match(this.#asked, shard, () => !this.#stopped);
    answers.shards.set(shard, matched);
    return matched;
  }

  /** Ask a shard. @param {number} number */
  async #ask(number) {
    const shard = this.#shards[number];
    const known = answers.shards;
    try {
      const { matches, near, lacking, others: some } = await this.#match(shard);
      const when = await months(shard);
      const inside = await this.#inTime(matches, shard);
      const query = { ...this.#query, ...this.#asked.filters };
      const { hits, counts } = await sieve(inside, shard, query, this.#facets);
      if (this.#stopped) answers.shards.delete(shard); // it may have stopped halfway
      const order = hits.length ? await places(shard) : new Map();
      if (incomplete(shard)) throw new Error(`${shard.path} is incomplete`);
      const place = (/** @type {string} */ id) => order.get(id) ?? order.size;
      const { order: wanted } = this.#query;
      /** @param {Match} hit */
      const rank = ({ id, score }) => {
        if (wanted === "newest") return { score: 0, shard: number, place: place(id) };
        if (wanted === "oldest") return { score: 0, shard: -number, place: -place(id) };
        return { score, shard: number, place: 0 };
      };
      const describing = some && wanted === "relevance";
      const esteemed = describing ? await this.#esteem(hits, shard) : hits;
      const others = describing ? await this.#foremost(some, number) : [];
      const ranked = esteemed.map((hit) => ({ ...hit, ...rank(hit) }));
      /** @type {Record<string, number>} */
      const found = {};
      for (const { id } of hits) found[when(id)] = (found[when(id)] ?? 0) + 1;
      const oldest = ranked.reduce(
        (one, hit) => (!one || place(hit.id) > place(one.id) ? hit : one),
        /** @type {Hit | null} */ (null),
      );
      return { hits: ranked, others, counts, months: found, oldest, near, lacking };
    } catch (error) {
      known.delete(shard);
      throw error;
    }
  }

  /** Send the state, with the rows to show; later results are sent next. */
  async #show() {
    this.#waiting = true;
    if (this.#telling) return;
    this.#telling = true;
    while (this.#waiting && !this.#stopped) {
      // Of what comes in soon after, most would be pushed off the list again by what comes next.
      if (this.#told && !this.#done) await this.#pause();
      this.#waiting = false;
      const standing = this.#standing();
      // The first few come sooner than a whole page of them.
      const depth = this.#told ? this.#depth() : Math.min(this.wanted, SOON);
      const top = this.#hits.slice(0, depth);
      await Promise.all(top.map((hit) => this.#load(hit)));
      this.#lift(top);
      const rows = this.#hits.slice(0, this.wanted).flatMap(({ shown }) => shown ?? []);
      this.#waiting ||= !this.#told && depth < this.wanted && this.#hits.length > depth;
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
    return {
      unit: this.#listing?.granularity ?? "paper",
      found: this.#found,
      others: this.#others,
      back: this.#back,
      done: this.#done,
      near: this.#near,
      partial: Boolean(this.#everyday),
      counts: this.#counts,
      hints: this.#hints,
      years: this.#asked.years,
      mended: this.#mended,
      dropped: this.#dropped,
      leads: this.#leads,
      first: this.#first,
      found_by: this.#everyday ?? this.#months,
      all_by: this.#allMonths,
    };
  }

  /** How many results to load: at the end one looks deeper for titles that are what was meant. */
  #depth() {
    const deep =
      this.#done && this.#listing?.granularity !== "day" && this.#query.order === "relevance";
    return deep ? Math.max(this.wanted, DEEP) : this.wanted;
  }

  /** @param {Hit} hit */
  async #load(hit) {
    hit.row ??= hit.data().then((found) => row(found, hit, this.#asked.words, hit.named));
    try {
      hit.shown = await hit.row;
    } catch {
      this.#failed.add(this.#shards[Math.abs(hit.shard)]);
    }
    return hit.shown ?? null;
  }

  /** Lift papers whose titles are what was typed. @param {Hit[]} hits */
  #lift(hits) {
    if (this.#query.order !== "relevance") return;
    const { words, initials } = this.#asked;
    const asked = [
      ...words,
      ...initials.map(({ family }) => family).filter((one) => !words.includes(one)),
    ];
    for (const hit of hits) {
      if (hit.lifted || !hit.shown) continue;
      hit.lifted = true;
      const names = hit.shown.result.authors ?? [];
      const authors = fold(indexed(names.join(" ")));
      const titles = (hit.shown.within ?? [hit.shown]).map(({ title }) => ({
        title: fold(indexed(title.map(([text]) => text).join(" "))),
        authors,
      }));
      hit.score += gain(titles, asked);
      const folded = names.map((name) => fold(name));
      const strange = initials.some(
        ({ initial, family }) =>
          !folded.some((name) => name.includes(family) && name[0]?.startsWith(initial)),
      );
      if (strange) hit.score *= STRANGER;
      hit.shown.score = hit.score;
    }
    this.#hits.sort(byRank);
  }

  /** They are fetched only if somebody needs them. @param {string} q */
  async #lookForHints(q) {
    const { hints } = await import("./hints.js");
    const goesOn = () => !this.#stopped;
    const [shards, found] = [this.#shards, this.#found];
    const counted = (/** @type {string} */ words, /** @type {Shard} */ shard) =>
      count({ ...this.#asked, plain: words, within: [] }, shard);
    return hints(this.#root, q, { shards, found, count: counted, goesOn });
  }
}
