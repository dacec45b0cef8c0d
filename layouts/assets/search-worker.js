// What searches, in a worker of its own: drives Pagefind and sends only the rows to show. (Pagefind's own
// worker hands over every match, 86,000 for "image", and is silent about files that it could not fetch.)
//
// Each shard in search/shards.json, newest first, is a Pagefind index and is asked by itself: the newest
// answers while others are fetched, and one that fails costs only its own papers. Filters and their counts
// are ours, from Pagefind's files: with ten milliseconds for each value, Pagefind itself would take half a
// minute to tell which papers have it, and the same answer of its serves every combination and every count.
import { fold, nearest, people } from "./names.js";
import { readFilter, readMeta } from "./pagefind-files.js";

const LISTED = 1000; // results that can be listed; all are counted
const AHEAD = 5; // shards being fetched while one is waited for
const NEWEST = 3; // shards that are asked one by one, as long as none of them has results
const EXCERPT = 40; // words
const TOP = 1e6; // more than any score
const MANY = 3; // words from which on a title that holds all of them is meant
const DEEP = 60; // papers whose titles are looked at for that
const LIFT = 5; // how much better a paper is that holds the words as a phrase
const [SAMPLE, SHORT] = [30720, 96]; // the sample's bytes and the words of one byte, as in search/dictionary.py
const NAMED = 4; // authors of a result that are named
const WITHIN = 4; // papers shown of a day, where a record is a day
const RHYTHM = 250; // ms between lists while results stream in
const HINTS = 3; // ways on, where nothing is found
const FEW = 10; // papers found for which a name may have been meant that is spelt otherwise
// The title counts most.
const RANKING = { metaWeights: { title: 10 } };
const FACETS = ["year", "category", "cross"];

const HYPHEN = /(?<=[\p{L}\p{N}])[-\u2010-\u2014/](?=[\p{L}\p{N}])/gu;

/** The order of results: by score (zero where dates rule), then newest first. */
const byRank = (a, b) => b.score - a.score || a.shard - b.shard || a.place - b.place;

let root, pagefind;
let listing = null; // promise of the shards
let current = null; // the search that counts; any other stops at its next step
let answers = { q: null, shards: new Map() }; // what Pagefind found for the words asked last

// Pagefind passes over files that it cannot fetch, so we note them on their way. What is asked for again and
// again is fetched once: its program, the same in all shards, and dictionaries.
let lost = [];
const kept = new Map();
const metas = new Map(); // of each shard that stands, what it says of itself
const network = self.fetch.bind(self);
let fresh = {}; // after a failure, also past what the browser keeps of it
const load = async (address, options) => {
  const answer = await network(address, { ...options, ...fresh });
  if (!answer.ok) throw new Error(`${answer.status} ${answer.url}`);
  return answer.arrayBuffer();
};
const once = (key, ...request) => {
  if (!kept.has(key)) kept.set(key, load(...request).catch((error) => { kept.delete(key); throw error; }));
  return kept.get(key);
};
// A bundle's file goes on where the dictionary's breaks off: DEFLATE as if both were one. What comes out is the
// vocabulary, a line a word, a zero, the sample, and the bundle, a line a paper, with words by their numbers.
const vocabularies = new Map();
const unpack = async (folder, name, place, number) => {
  const files = [`${root}search/dictionary/${name}`, folder + place];
  const [dictionary, bundle] = await Promise.all(files.map((file) => once(file, file)));
  const stream = new Blob([dictionary, bundle]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  const end = bytes.indexOf(0);
  if (!vocabularies.has(name)) vocabularies.set(name, new TextDecoder().decode(bytes.subarray(0, end)).split("\n"));
  const words = vocabularies.get(name);
  let text = ""; // of bytes, a character each
  for (let n = end + 1 + SAMPLE; n < bytes.length; n += 1) {
    const place = bytes[n] - 128;
    if (bytes[n] === 1) text += String.fromCharCode(bytes[n += 1]);
    else if (place < 0) text += String.fromCharCode(bytes[n]);
    else text += place < SHORT ? words[place] : words[SHORT + (place - SHORT) * 256 + bytes[n += 1]];
  }
  const line = Uint8Array.from(text.split("\n")[number], (character) => character.charCodeAt(0));
  const [url, category, places, content] = JSON.parse(new TextDecoder().decode(line));
  // Places tell a paper's title, authors and abstract apart, or are the headings in a day of papers.
  const headings = places.filter(Array.isArray);
  const anchors = headings.map(([id, heading, location]) => ({ element: "h2", id, text: heading, location }));
  return { url: `/${url}`, content, category, places, anchors, meta: {} };
};
const FRAGMENT = /^(.+\/fragment\/)(\w+)\/(\w+)\/(\d+)\.pf_fragment$/;
self.fetch = async (address, options) => {
  const [program] = address.match(/\/wasm\.[^/]+$/) ?? [];
  const [, ...fragment] = address.match(FRAGMENT) ?? [];
  try {
    if (program) return new Response(await once(program, `${root}search${program}`, options));
    // The signature tells Pagefind that nothing is left to unpack.
    if (fragment.length) return new Response(`pagefind_dcd${JSON.stringify(await unpack(...fragment))}`);
    const data = await load(address, options);
    if (address.includes(".pf_meta")) metas.set(address.replace(/[^/]+$/, ""), data.slice());
    return new Response(data);
  } catch (error) {
    lost.push(address);
    throw error;
  }
};
// Whoever asks an index that did not start is told; here it would be told twice.
self.addEventListener("unhandledrejection", (event) => event.preventDefault());

const list = async () => {
  const answer = fetch(`${root}search/shards.json`, { cache: "no-cache" });
  pagefind = await import(`${root}search/pagefind.js`);
  return (await answer).json();
};

// Two first starts at once would each bring the program, and the later would replace the one in use: until
// one shard stands, they start one after another.
let gate = Promise.resolve();
let standing = false;
const open = (shard) => {
  const start = async () => {
    const index = pagefind.createInstance({ basePath: root + shard.path, baseUrl: "/", ranking: RANKING });
    await index.search(""); // finds nothing, but waits until the index stands
    standing = true;
    return index;
  };
  shard.index ??= standing ? start() : (gate = gate.then(start, start));
  return shard.index;
};

// ---- Filters ----
/** What a shard's metadata say: its papers, oldest first, and its filters' files. */
const about = async (shard) => {
  await open(shard);
  shard.meta ??= readMeta(metas.get(root + shard.path));
  return shard.meta;
};

/** Which values of a filter each paper of a shard has; a shard within one year needs no file for that. */
const values = (shard, name) => {
  const find = async () => {
    const year = shard.from.slice(0, 4);
    if (name === "year" && year === shard.to.slice(0, 4)) return { get: () => [year] };
    const { papers, filters } = await about(shard);
    if (!filters[name]) return new Map();
    return readFilter(await load(`${root}${shard.path}filter/${filters[name]}.pf_filter`), papers);
  };
  shard.values ??= {};
  return (shard.values[name] ??= find().catch((error) => { delete shard.values[name]; throw error; }));
};

/** Keep what passes all filters, and count for each facet in `job.facets` what passes the others. */
const sieve = async (job, shard, found) => {
  const chosen = FACETS.filter((name) => job.query[name]);
  const names = FACETS.filter((name) => job.query[name] || job.facets.includes(name));
  if (!names.length) return { hits: found, counts: {} };
  const tables = await Promise.all(names.map((name) => values(shard, name)));
  const has = Object.fromEntries(names.map((name, n) => [name, (id) => tables[n].get(id) ?? []]));
  const counts = Object.fromEntries(job.facets.map((name) => [name, {}]));
  const hits = found.filter(({ id }) => {
    const missed = chosen.filter((name) => !has[name](id).includes(job.query[name]));
    for (const name of job.facets) {
      if (missed.some((other) => other !== name)) continue;
      for (const value of has[name](id)) counts[name][value] = (counts[name][value] ?? 0) + 1;
    }
    return !missed.length;
  });
  return { hits, counts };
};

// ---- Words ----
/** What to ask Pagefind: terms, and a phrase that lifts what holds it. */
const questions = (q) => {
  if (!q || /^".+"$/.test(q)) return { terms: [q || null] };
  // `few-shot` is indexed as fewshot, few and shot; in titles as few and shot alone.
  return { terms: [...new Set([q.replace(HYPHEN, " "), q])], phrase: / /.test(q) && `"${q.replaceAll('"', "")}"` };
};

/** What a shard holds of some words, with scores, whatever the filters. */
const match = async (q, shard, goesOn) => {
  const index = await open(shard);
  const { terms, phrase } = questions(q);
  await Promise.all(terms.map((term) => index.preload(term)));
  const found = new Map();
  for (const term of terms) {
    if (!goesOn()) return [];
    for (const { id, score, data } of (await index.search(term)).results) {
      if (!(found.get(id)?.score >= score)) found.set(id, { id, score, data });
    }
  }
  if (phrase && found.size > 1) {
    for (const { id } of (await index.search(phrase)).results) {
      if (found.has(id)) found.get(id).score *= LIFT;
    }
  }
  return [...found.values()];
};

/** The place of each paper of a shard from the newest on: it was indexed oldest first. */
const places = (shard) => {
  const find = async () => {
    const { papers } = await about(shard);
    return new Map(papers.map((id, place) => [id, papers.length - place]));
  };
  return (shard.places ??= find());
};

const ask = async (job, number) => {
  const shard = job.shards[number];
  const { q, order } = job.query;
  const goesOn = () => job === current;
  if (answers.q !== q) answers = { q, shards: new Map() };
  const known = answers.shards;
  if (!known.has(shard)) known.set(shard, match(q, shard, goesOn));
  try {
    const { hits, counts } = await sieve(job, shard, await known.get(shard));
    if (!goesOn()) known.delete(shard); // it may have stopped halfway
    const newest = order === "newest" ? await places(shard) : null;
    if (lost.some((address) => address.startsWith(root + shard.path))) throw new Error(`${shard.path} is incomplete`);
    const rank = ({ id, score }) => (newest ? { score: 0, place: newest.get(id) ?? newest.size } : { score, place: 0 });
    return { hits: hits.map((hit) => ({ ...hit, ...rank(hit), shard: number })), counts };
  } catch (error) {
    known.delete(shard);
    throw error;
  }
};

// ---- Rows ----
/** Words as [text, marked] pieces, neighbours of a kind in one. */
const pieces = (words, from, to, marked) => {
  const found = [];
  for (let place = from; place < Math.min(to, words.length); place += 1) {
    const hit = marked.has(place);
    if (found.at(-1)?.[1] === hit) found.at(-1)[0] += ` ${words[place]}`;
    else found.push([words[place], hit]);
  }
  return found;
};
/** The stretch of some words with most matches, from a few words before the first of them. */
const excerpt = (words, from, to, marked) => {
  const hits = [...marked].filter((place) => place >= from && place < to);
  let [start, most] = [from, 0];
  for (const place of hits) {
    const count = hits.filter((other) => other >= place && other < place + EXCERPT - 6).length;
    if (count > most) [start, most] = [Math.max(from, Math.min(place - 6, to - EXCERPT)), count];
  }
  const found = pieces(words, start, Math.min(start + EXCERPT, to), marked);
  if (start > from) found.unshift(["…", false]);
  if (start + EXCERPT < to) found.push(["…", false]);
  return found;
};

/** The papers of a day that match best, where a record is a day: Pagefind's sub-results. */
const within = ({ sub_results: parts, content }, marked, asked) => {
  const words = content.split(" ");
  const papers = parts.filter(({ anchor }) => anchor?.element === "h2");
  const starts = papers.map(({ anchor }) => anchor.location).sort((a, b) => a - b);
  const score = ({ title, weighted_locations: found }) => {
    const held = asked.filter((word) => fold(title).includes(word)).length;
    return TOP * held + found.reduce((sum, { balanced_score: one }) => sum + one, 0);
  };
  const scored = papers.map((paper) => [score(paper), paper]).sort(([a], [b]) => b - a).slice(0, WITHIN);
  return scored.map(([, { url, title, anchor: { location } }]) => {
    const own = title.split(/\s+/); // Pagefind's text of all ends each title with a full stop
    const hits = new Set([...own.keys()].filter((n) => marked.has(location + n)));
    // Where the next paper that matches begins: the one after this is not known.
    const end = starts.find((one) => one > location) ?? words.length;
    return {
      path: url.slice(1), title: pieces(own, 0, own.length, hits),
      excerpt: excerpt(words, location + own.length, end, marked),
    };
  });
};
const credit = (names) => {
  const others = names.length - NAMED;
  if (others < 2) return names.join(", ");
  return `${names.slice(0, NAMED).join(", ")} and ${others} others`;
};
const row = async ({ data, score, shard, place }, asked) => {
  const found = await data();
  const { url, content, locations, category, places, anchors: [day] } = found;
  const words = content.split(" ");
  const marked = new Set(locations.sort((a, b) => a - b));
  const about = { score, shard, place, path: url.slice(1), date: url.slice(1, 11).replaceAll("/", "-") };
  // Pagefind ends what has no full stop with one.
  const cut = (end) => { words[end - 1] = words[end - 1]?.replace(/\.$/, ""); };
  if (day) {
    cut(day.location);
    return { ...about, title: [[words.slice(0, day.location).join(" "), false]], excerpt: [], within: within(found, marked, asked) };
  }
  const [title, authors] = places;
  cut(title);
  cut(authors);
  return {
    ...about, category, authors: credit(words.slice(title, authors).join(" ").split(", ")),
    title: pieces(words, 0, title, marked), excerpt: excerpt(words, authors, words.length, marked),
  };
};

/** How much a title is worth by itself: it is what was typed, begins so, or holds every word of it. */
const worth = (title, asked) => {
  if (title.join(" ") === asked.join(" ")) return 3;
  if (asked.length < MANY) return 0;
  if (asked.every((word, n) => word === title[n])) return 2;
  return asked.every((word) => title.includes(word)) ? 1 : 0;
};
/** Lift papers whose titles are what was typed: their abstracts need say little of it. */
const liftTitles = (job, hits) => {
  const { q, order } = job.query;
  const asked = fold(q);
  if (order === "newest" || asked.length < 2) return;
  for (const hit of hits) {
    if (hit.lifted || !hit.shown) continue;
    hit.lifted = true;
    const titles = (hit.shown.within ?? [hit.shown]).map(({ title }) => fold(title.map(([text]) => text).join(" ")));
    hit.score += TOP * Math.max(0, ...titles.map((title) => worth(title, asked)));
    hit.shown.score = hit.score;
  }
  job.hits.sort(byRank);
};

/** Tell the page how things stand, with the rows to show; what comes in meanwhile is told next. */
const tell = async (job) => {
  job.waiting = true;
  if (job.telling) return;
  job.telling = true;
  while (job.waiting && job === current) {
    // Of what comes in soon after, most would be pushed off the list again by what comes next.
    if (job.told && !job.done) {
      await new Promise((resolve) => {
        job.wake = resolve;
        setTimeout(resolve, RHYTHM);
      });
    }
    job.waiting = false;
    const { run, unit, found, back, done, counts, hints } = job;
    // At the end one looks deeper for titles that hold many words, in any order.
    const asked = fold(job.query.q);
    const deep = done && unit === "paper" && asked.length >= MANY && job.query.order !== "newest";
    const top = job.hits.slice(0, deep ? Math.max(job.wanted, DEEP) : job.wanted);
    await Promise.allSettled(top.map(async (hit) => {
      hit.row ??= row(hit, asked);
      try {
        hit.shown = await hit.row;
      } catch {
        job.failed.add(job.shards[hit.shard]);
      }
    }));
    liftTitles(job, top);
    const failed = [...job.failed].map(({ from, to }) => ({ from, to }));
    const ready = job.hits.slice(0, job.wanted).flatMap(({ shown }) => shown ?? []);
    const listed = job.hits.length;
    job.told ||= ready.length > 0;
    if (job === current) postMessage({ run, unit, found, back, done, failed, rows: ready, listed, counts, hints });
  }
  job.telling = false;
};

// ---- Where nothing is found ----
/** Fewer words that the archive does hold together, and a name that is spelt nearly so. */
const hints = async (job) => {
  const { q } = job.query;
  const words = q.replaceAll('"', "").split(/\s+/).filter(Boolean);
  const fewer = [];
  if (/^".+"$/.test(q) && words.length > 1) fewer.push(words.join(" "));
  if (words.length > 1) fewer.push(...words.map((_, n) => words.toSpliced(n, 1).join(" ")));
  const held = job.found ? [] : fewer.map((query) => ({ query, count: 0 }));
  for (const shard of job.shards) {
    const index = await open(shard);
    for (const one of held) {
      if (job !== current) return null;
      one.count += (await index.search(one.query)).results.length;
    }
  }
  const known = (await people(root, q).catch(() => null))?.count;
  const name = known ? null : await nearest(root, q).catch(() => null);
  return { fewer: held.filter(({ count }) => count).sort((a, b) => b.count - a.count).slice(0, HINTS), name };
};

// ---- A search ----
const add = (job, counts) => {
  for (const [name, found] of Object.entries(counts)) {
    const sums = (job.counts[name] ??= {});
    for (const [value, count] of Object.entries(found)) sums[value] = (sums[value] ?? 0) + count;
  }
};
const search = async (job) => {
  const { year } = job.query;
  try {
    const { granularity, shards } = await (listing ??= list());
    // Years are counted in all shards, results only come from those of the year.
    const every = !year || job.facets.includes("year");
    const covers = ({ from, to }) => every || (from.slice(0, 4) <= year && to.slice(0, 4) >= year);
    Object.assign(job, { unit: granularity, shards: shards.filter(covers) });
  } catch {
    listing = null;
    job.failed.add({});
  }
  const asked = [];
  for (const [number, shard] of job.shards.entries()) {
    // Until the first results are shown, the line is theirs; they come from one of the newest shards, or are rare.
    const first = !job.told && number < NEWEST;
    for (let n = number; n <= number + (first ? 0 : AHEAD) && n < job.shards.length; n += 1) asked[n] ??= ask(job, n);
    try {
      const { hits, counts } = await asked[number];
      job.found += hits.length;
      job.hits = [...job.hits, ...hits].sort(byRank).slice(0, LISTED);
      add(job, counts);
    } catch {
      job.failed.add(shard);
    }
    job.back = shard.from < year ? `${year}-01` : shard.from;
    const told = tell(job);
    if (first) await told;
    // A turn of the event loop, so that a newer search can take over.
    await new Promise((resolve) => { setTimeout(resolve); });
    if (job !== current) return;
  }
  job.done = true;
  job.wake?.();
  if (job.found < FEW && job.query.q && !job.failed.size) {
    tell(job);
    job.hints = await hints(job).catch(() => null);
  }
  tell(job);
};

const authors = async (run, q) => {
  if (fold(q).length) postMessage({ run, people: await people(root, q).catch(() => []) });
};

self.onmessage = ({ data: { site, run, query, wanted, again, facets = [] } }) => {
  if (site) {
    root = site;
    // Nobody has asked yet, but every search begins with the newest shard.
    listing = list();
    listing.then(({ shards: [newest] }) => open(newest));
  } else if (query) {
    // After a failure everything is fetched again: a deployment may have changed it.
    if (again) {
      [listing, lost] = [null, []];
      kept.clear();
      answers = { q: null, shards: new Map() };
      fresh = { cache: "reload" };
    }
    current = {
      run, query, wanted, facets, unit: "paper", shards: [], hits: [], counts: {}, hints: null, found: 0, done: false,
      failed: new Set(),
    };
    search(current);
    authors(run, query.q);
  } else if (run && current?.run === run) {
    current.wanted = wanted;
    tell(current);
  } else current = null;
};
