// The search page, in two parts: in the page this file reads the form, keeps the address and paints; started
// again as a worker it drives Pagefind, and sends only the rows to show. (Pagefind's own worker hands over
// every match, 86,000 for "image", and is silent about files that it could not fetch.)
//
// Each shard in search/shards.json, newest first, is a Pagefind index and is asked by itself: the newest
// answers while others are fetched, and one that fails costs only its own papers.
const PAGE = 20; // results at first, and with each "Show more"
const LISTED = 1000; // results that can be listed; all are counted
const AHEAD = 5; // shards being fetched while one is waited for
const EXCERPT = 40; // words
const LIFT = 5; // how much better a paper is that holds the words as a phrase
const [SAMPLE, SHORT] = [30720, 112]; // the sample's bytes and the words of one byte, as in search/fragments.py
const NAMED = 4; // authors of a result that are named
const PAUSE = 150; // ms without a key before a search starts
// The title counts most.
const RANKING = { metaWeights: { title: 10 } };

// An arXiv identifier: alone, with its version, within an address.
const ID = /^(?:\S*arxiv\.org\/\w+\/|arxiv:)?(\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?\/\d{7})(?:v\d+)?(?:\.pdf)?$/i;
const HYPHEN = /(?<=[\p{L}\p{N}])[-\u2010-\u2014/](?=[\p{L}\p{N}])/gu;

/** The order of results: by score (zero where dates rule), then newest first. */
const byRank = (a, b) => b.score - a.score || a.shard - b.shard || a.place - b.place;

// ======== The worker ========
const work = () => {
  let root, pagefind;
  let listing = null; // promise of the shards
  let current = null; // the search that counts; any other stops at its next step

  // Pagefind passes over files that it cannot fetch, so we note them on their way. What is asked for again and
  // again is fetched once: its program, the same in all shards, and the dictionary of a shard's fragments.
  let lost = [];
  const kept = new Map();
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
  // A fragment's file goes on where the dictionary's breaks off: DEFLATE as if both were one. What comes out is
  // the vocabulary, a line a word, a zero, the sample, and the fragment, with words by their numbers.
  const unpack = async (dictionary, fragment) => {
    const stream = new Blob([dictionary, fragment]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
    const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
    const end = bytes.indexOf(0);
    const words = new TextDecoder().decode(bytes.subarray(0, end)).split("\n");
    let text = ""; // of bytes, a character each
    for (let n = end + 1 + SAMPLE; n < bytes.length; n += 1) {
      const place = bytes[n] - 128;
      if (bytes[n] === 1) text += String.fromCharCode(bytes[n += 1]);
      else if (place < 0) text += String.fromCharCode(bytes[n]);
      else text += place < SHORT ? words[place] : words[SHORT + (place - SHORT) * 256 + bytes[n += 1]];
    }
    return Uint8Array.from(text, (character) => character.charCodeAt(0));
  };
  self.fetch = async (address, options) => {
    const [program] = address.match(/\/wasm\.[^/]+$/) ?? [];
    const [, folder] = address.match(/^(.+\/fragment\/)[^/]+$/) ?? [];
    try {
      if (program) return new Response(await once(program, `${root}search${program}`, options));
      const both = [load(address, options), folder && once(folder, `${folder}dictionary`, options)];
      const [data, dictionary] = await Promise.all(both);
      return new Response(dictionary ? await unpack(dictionary, data) : data);
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

  /** What to ask Pagefind: terms, and a phrase that lifts what holds it. */
  const questions = (q) => {
    const [, id] = q.match(ID) ?? [];
    // Within quotes, because for a word that it does not know Pagefind takes one that begins alike.
    if (!q || id || /^".+"$/.test(q)) return { terms: [id ? `"${id}"` : q || null] };
    // `few-shot` is indexed as fewshot, few and shot; in titles as few and shot alone.
    return { terms: [...new Set([q.replace(HYPHEN, " "), q])], phrase: / /.test(q) && `"${q.replaceAll('"', "")}"` };
  };
  const ask = async (job, number) => {
    const { q, category, year, order } = job.query;
    const shard = job.shards[number];
    const index = await open(shard);
    // A shard within the year needs no filter, and so no file of filters.
    const across = year && (shard.from < year || shard.to.slice(0, 4) > year);
    const options = { filters: { ...(category && { category }), ...(across && { year }) } };
    const { terms, phrase } = questions(q);
    await Promise.all(terms.map((term) => index.preload(term, options)));
    const found = new Map();
    for (const term of terms) {
      if (job !== current) return [];
      for (const { id, score, data } of (await index.search(term, options)).results) {
        if (!(found.get(id)?.score >= score)) found.set(id, { score, data, shard: number, place: 0 });
      }
    }
    if (order === "newest") {
      const all = await index.search(null, { sort: { date: "desc" } });
      all.results.forEach(({ id }, place) => Object.assign(found.get(id) ?? {}, { score: 0, place }));
    } else if (phrase && found.size > 1) {
      for (const { id } of (await index.search(phrase, options)).results) {
        if (found.has(id)) found.get(id).score *= LIFT;
      }
    }
    if (lost.some((address) => address.startsWith(root + shard.path))) throw new Error(`${shard.path} is incomplete`);
    return [...found.values()];
  };

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
  /** The stretch of the abstract with most matches, from a few words before the first of them. */
  const excerpt = (words, from, marked) => {
    const places = [...marked].filter((place) => place >= from);
    let [start, most] = [from, 0];
    for (const place of places) {
      const count = places.filter((other) => other >= place && other < place + EXCERPT - 6).length;
      if (count > most) [start, most] = [Math.max(from, Math.min(place - 6, words.length - EXCERPT)), count];
    }
    const found = pieces(words, start, start + EXCERPT, marked);
    if (start > from) found.unshift(["…", false]);
    if (start + EXCERPT < words.length) found.push(["…", false]);
    return found;
  };
  const credit = (names) => {
    const others = names.length - NAMED;
    if (others < 2) return names.join(", ");
    return `${names.slice(0, NAMED).join(", ")} and ${others} others`;
  };
  const row = async ({ data, score, shard, place }) => {
    const { url, content, locations, anchors, filters } = await data();
    const words = content.split(" ");
    const marked = new Set(locations.sort((a, b) => a - b));
    const [title, names, abstract] = ["t", "n", "a"].map((mark) => anchors.find(({ id }) => id === mark)?.location ?? 0);
    // Pagefind ends what has no full stop with one.
    for (const last of [title - 1, names - 1]) words[last] = words[last]?.replace(/\.$/, "");
    return {
      score, shard, place, path: url.slice(1), date: url.slice(1, 11).replaceAll("/", "-"),
      category: filters.category?.[0], authors: credit(words.slice(title, names).join(" ").split(", ")),
      title: pieces(words, 0, title, marked), excerpt: excerpt(words, abstract, marked),
    };
  };

  /** Tell the page how things stand, with the rows to show; what comes in meanwhile is told next. */
  const tell = async (job) => {
    job.waiting = true;
    if (job.telling) return;
    job.telling = true;
    while (job.waiting && job === current) {
      job.waiting = false;
      const { run, unit, hits, found, back, done } = job;
      const top = hits.slice(0, job.wanted);
      const rows = await Promise.allSettled(top.map((hit) => (hit.row ??= row(hit))));
      rows.forEach(({ reason }, n) => { if (reason) job.failed.add(job.shards[top[n].shard]); });
      const failed = [...job.failed].map(({ from, to }) => ({ from, to }));
      const ready = rows.flatMap(({ value }) => value ?? []);
      if (job === current) postMessage({ run, unit, found, back, done, failed, rows: ready, listed: hits.length });
    }
    job.telling = false;
  };

  const search = async (job) => {
    const { year, q } = job.query;
    try {
      const { granularity, shards } = await (listing ??= list());
      const covers = ({ from, to }) => !year || (from.slice(0, 4) <= year && to.slice(0, 4) >= year);
      Object.assign(job, { unit: granularity, shards: shards.filter(covers) });
    } catch {
      listing = null;
      job.failed.add({});
    }
    const answers = [];
    for (const [number, shard] of job.shards.entries()) {
      // Until the newest shard has answered, the line is its own.
      for (let n = number; n <= number + (number && AHEAD) && n < job.shards.length; n += 1) answers[n] ??= ask(job, n);
      try {
        const found = await answers[number];
        job.found += found.length;
        job.hits = [...job.hits, ...found].sort(byRank).slice(0, LISTED);
      } catch {
        job.failed.add(shard);
      }
      job.back = shard.from < year ? `${year}-01` : shard.from;
      const told = tell(job);
      if (!number) await told;
      // A turn of the event loop, so that a newer search can take over.
      await new Promise((resolve) => { setTimeout(resolve); });
      if (job !== current) return;
      if (job.found && ID.test(q)) break;
    }
    job.done = true;
    tell(job);
  };

  self.onmessage = ({ data: { site, run, query, wanted, again } }) => {
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
        fresh = { cache: "reload" };
      }
      current = { run, query, wanted, unit: "paper", shards: [], hits: [], found: 0, done: false, failed: new Set() };
      search(current);
    } else if (run && current?.run === run) {
      current.wanted = wanted;
      tell(current);
    } else current = null;
  };
};

// ======== The page ========
const MONTHS = "January February March April May June July August September October November December".split(" ");
const month = (iso) => `${MONTHS[iso.slice(5, 7) - 1]} ${iso.slice(0, 4)}`;
const day = (iso) => `${Number(iso.slice(8))} ${MONTHS[iso.slice(5, 7) - 1].slice(0, 3)} ${iso.slice(0, 4)}`;
const FIELDS = { q: "", category: "", year: "", order: "relevance" };

const make = (name, properties, ...children) => {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
};
const place = (element) => element.getBoundingClientRect();

const browse = () => {
  const { root } = document.querySelector("main").dataset;
  const [form, status, results] = ["form", "status", "results"].map((id) => document.getElementById(`search-${id}`));
  const more = make("button", { type: "button", textContent: "Show more", hidden: true });
  const retry = make("button", { type: "button", textContent: "Try again" });
  const failures = make("p", { role: "alert", hidden: true });
  status.after(failures);
  results.after(more);
  const worker = new Worker(import.meta.url, { type: "module" });
  let run = 0; // answers to an earlier run are not shown
  let asked; // the address of what was asked last
  let decided; // the address that the present entry of the history was made for
  let stale = false; // the list still shows the search before
  let reading = false; // somebody has begun to look at the list
  let timer;

  const state = () => Object.fromEntries(Object.keys(FIELDS).map((name) => [name, form.elements[name].value.trim()]));
  const address = () => {
    const entries = Object.entries(state()).filter(([name, value]) => value && value !== FIELDS[name]);
    return entries.length ? `?${new URLSearchParams(entries)}` : location.pathname;
  };
  const ask = (again = false) => {
    if (address() === asked && !again) return;
    asked = address();
    run += 1;
    [stale, reading] = [true, false];
    const query = state();
    if (!query.q) query.order = "newest";
    // One Latin letter would find nearly everything, slowly.
    const enough = Boolean(/..|[^\0-\x7f]/.test(query.q) || query.category || query.year);
    worker.postMessage(enough ? { run, query, again, wanted: history.state?.wanted ?? PAGE } : {});
    status.ariaBusy = enough;
    status.textContent = enough ? "Searching …" : query.q && "Type two letters or more";
    failures.hidden = true;
    if (!enough) paint([], 0);
  };

  // Typing drafts in the present entry of the history; a decision gives that entry back what it held and
  // makes a new one. So Back goes from decision to decision, not from letter to letter.
  const draft = () => {
    history.replaceState(null, "", address());
    ask();
  };
  const decide = () => {
    clearTimeout(timer);
    if (address() !== decided) {
      history.replaceState(null, "", decided);
      decided = address();
      history.pushState(null, "", decided);
    }
    ask();
  };
  const arrive = () => {
    clearTimeout(timer);
    const given = new URLSearchParams(location.search);
    for (const [name, usual] of Object.entries(FIELDS)) {
      const value = given.get(name) ?? usual;
      form.elements[name].value = value;
      // A link may name a category that the form does not offer.
      if (!form.elements[name].value && value) form.elements[name].add(new Option(value, value, true, true));
    }
    decided = address();
    ask();
  };

  const marked = (all) => all.flatMap(([text, hit], n) => [n ? " " : "", hit ? make("mark", {}, text) : text]);
  const item = (row) => {
    const about = make("p", {}, make("time", { dateTime: row.date }, day(row.date)));
    if (row.authors) about.append(" · ", make("span", { className: "by" }, row.authors));
    if (row.category) about.append(" ", make("b", { className: "tag" }, row.category));
    const link = make("a", { className: "t", href: root + row.path }, ...marked(row.title));
    return make("li", { row }, link, about, make("p", { className: "excerpt" }, ...marked(row.excerpt)));
  };
  const paint = (rows, listed) => {
    if (stale) results.replaceChildren();
    stale = false;
    // While somebody reads, nothing that was shown goes, and nothing comes between what is in view: that stays
    // where it is, and what ranks within it comes after it.
    const focused = document.activeElement;
    const old = [...results.children];
    reading ||= results.contains(focused) || place(results).top < 0;
    const inView = reading ? old.filter((one) => place(one).bottom > 0 && place(one).top < innerHeight) : [];
    const kept = reading && (focused.closest("#search-results > li") ?? inView[0]);
    const before = kept && place(kept).top;
    const below = inView.at(-1)?.nextElementSibling;
    const known = new Map(old.map((one) => [one.row.path, one]));
    for (const row of rows) {
      if (known.delete(row.path)) continue;
      const next = [...results.children].find((one) => byRank(row, one.row) < 0) ?? null;
      results.insertBefore(item(row), inView.indexOf(next) > 0 ? below : next);
    }
    if (!reading) known.forEach((one) => one.remove());
    if (kept) scrollBy({ top: place(kept).top - before, behavior: "instant" });
    // Whoever asked for more goes on where the list ended.
    if (focused === more) results.children[more.from]?.querySelector("a").focus({ preventScroll: true });
    more.hidden = results.children.length >= listed;
  };
  const say = ({ unit, found, listed, back, done, failed }) => {
    const many = `${found ? found.toLocaleString("en") : "No"} ${unit}${found === 1 ? "" : "s"}`;
    const first = found > listed ? `, the first ${listed.toLocaleString("en")} listed` : "";
    const whole = done && !failed.length;
    status.textContent = `${many} ${whole ? "found" : "so far"}${done ? first : `, back to ${month(back)} …`}`;
    status.ariaBusy = !done;
    const period = ({ from, to }) => [...new Set([month(from), month(to)])].join(" to ");
    const lost = failed.map((shard) => (shard.from ? period(shard) : "the index"));
    failures.replaceChildren(`Could not be loaded: ${lost.join("; ")}. `, retry);
    failures.hidden = !lost.length;
  };

  worker.onmessage = ({ data }) => {
    if (data.run !== run) return;
    say(data);
    paint(data.rows, data.listed);
  };
  worker.onerror = () => { status.textContent = "Search could not start in this browser."; };
  worker.postMessage({ site: new URL(root, location.href).href });
  form.addEventListener("input", ({ target }) => {
    clearTimeout(timer);
    if (target.name === "q") timer = setTimeout(draft, PAUSE);
    else decide();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    decide();
  });
  addEventListener("popstate", arrive);
  retry.addEventListener("click", () => ask(true));
  more.addEventListener("click", () => {
    more.from = results.children.length;
    reading = true;
    history.replaceState({ wanted: more.from + PAGE }, "");
    worker.postMessage({ run, ...history.state });
  });
  // Rows that move under a pointer at rest are no sign of reading.
  results.addEventListener("pointermove", (event) => { reading ||= Boolean(event.movementX || event.movementY); });
  document.addEventListener("keydown", (event) => {
    const stops = [form.elements.q, ...results.querySelectorAll("li > a")];
    const next = stops[stops.indexOf(document.activeElement) + { ArrowDown: 1, ArrowUp: -1 }[event.key]];
    const modified = event.isComposing || event.altKey || event.ctrlKey || event.metaKey;
    if (!next || modified || !stops.includes(document.activeElement)) return;
    event.preventDefault();
    next.focus();
  });
  // We hold the page in place ourselves; browsers that do so, too, would move it twice.
  document.documentElement.style.overflowAnchor = "none";
  arrive();
};

if (typeof document === "undefined") work();
else browse();
