// The search page. This file plays two parts. In the page it reads the form, keeps the address and paints.
// Started again as a worker it drives Pagefind: a word that stands in half of all abstracts then costs the
// page nothing, because only the rows to be shown ever leave the worker.
//
// The index is in shards by time, each a Pagefind index of its own, listed newest first in
// search/shards.json. Every shard is asked by itself: the newest answers while the others are still being
// fetched, and a shard that fails costs only its own papers.

const PAGE = 20; // results at first, and with each "Show more"
const LISTED = 1000; // results that can be listed; all are counted
const AHEAD = 4; // shards whose files are fetched while an earlier one is searched
const EXCERPT = 40; // words
const PAUSE = 150; // ms without a key before a search starts

/** The order of results: by score (nought where the order is by date), then newest first. */
const byRank = (a, b) => b.score - a.score || a.shard - b.shard || a.place - b.place;

// ======== The worker ========

// How titles are weighed: docs/search.md has the measurements.
const RANKING = { metaWeights: { title: 10, date: 0, category: 0 } };
// An identifier, also with its version or as an address of arXiv's.
const ID = /^(?:(?:https?:\/\/)?(?:\w+\.)?arxiv\.org\/\w+\/|arxiv:\s*)?(\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?\/\d{7})(?:v\d+)?(?:\.pdf)?$/i;
const LETTER = "[\\p{L}\\p{N}]";
const JOINT = new RegExp(`(?<=${LETTER})[-\u2010-\u2014/](?=${LETTER})`, "gu");

const work = () => {
  let root; // the site's address
  let pagefind;
  let listing = null; // promise of shards.json
  let current = null; // the search that counts; any other stops at its next step

  // Pagefind writes a file that it could not fetch to the console and goes on without it, so failures are
  // noted on their way. One WebAssembly serves all shards, so that it is fetched once.
  const lost = new Set();
  const programs = new Map();
  const network = self.fetch.bind(self);
  const whole = async (address, options) => {
    const answer = await network(address, options);
    if (!answer.ok) throw new Error(`${answer.status} ${address}`);
    return new Response(await answer.arrayBuffer());
  };
  self.fetch = async (address, options) => {
    const [, folder, file] = /^(.*\/)([^/?]*)/.exec(String(address));
    try {
      if (!file.startsWith("wasm.")) return await whole(address, options);
      if (!programs.has(file)) programs.set(file, whole(address, options));
      return (await programs.get(file)).clone();
    } catch (error) {
      programs.delete(file);
      lost.add(folder.replace(/(?:filter|fragment|index)\/$/, ""));
      throw error;
    }
  };
  // Pagefind starts an index behind our back; when that fails, our next question to it says so.
  self.addEventListener("unhandledrejection", (event) => event.preventDefault());

  const list = () => {
    listing ??= (async () => {
      const [answer, program] = await Promise.all([
        fetch(`${root}search/shards.json`, { cache: "no-cache" }),
        import(`${root}search/pagefind.js`),
      ]);
      pagefind = program;
      const { granularity, shards } = await answer.json();
      return shards.map((shard) => ({ ...shard, granularity, address: root + shard.path, index: null }));
    })();
    listing.catch(() => { listing = null; });
    return listing;
  };

  // Two first starts at once would each bring a WebAssembly, and the second would take the place of the
  // first: until one shard stands, they start one after another.
  let gate = Promise.resolve();
  let standing = false;
  const open = (shard) => {
    const start = async () => {
      const index = pagefind.createInstance({ basePath: shard.address, baseUrl: "/", ranking: RANKING });
      await index.search(""); // finds nothing; answers when the index stands
      standing = true;
      return index;
    };
    shard.index ??= standing ? start() : (gate = gate.then(start, start));
    shard.index.catch(() => {});
    return shard.index;
  };

  /** What to ask Pagefind for. The first question decides; the last one, the phrase, only lifts. */
  const questions = (q) => {
    if (!q) return { terms: [null] };
    if (ID.test(q)) return { terms: [ID.exec(q)[1]] };
    if (/^".+"$/.test(q)) return { terms: [q] };
    // "few-shot" stands in the index as `fewshot`, `few` and `shot`: asked in both ways, it also finds
    // titles that spell it otherwise.
    const apart = q.replace(JOINT, " ");
    const terms = apart === q ? [q] : [apart, q];
    return { terms, phrase: /\s/.test(q) ? `"${q.replaceAll('"', "")}"` : null };
  };

  const filters = (shard, { category, year }) => ({
    ...(category && { category }),
    // A shard that lies within the year needs no filter, hence no file of filters.
    ...(year && (shard.from < year || shard.to.slice(0, 4) > year) && { year }),
  });

  const ask = async (shard, number, query) => {
    const index = await open(shard);
    const options = { filters: filters(shard, query) };
    const { terms, phrase } = questions(query.q);
    const found = new Map();
    for (const term of terms) {
      for (const { id, score, data } of (await index.search(term, options)).results) {
        if (!(found.get(id)?.score > score)) found.set(id, { id, score, data, shard: number, place: 0 });
      }
    }
    if (phrase && found.size > 1) {
      for (const { id } of (await index.search(phrase, options)).results) {
        if (found.has(id)) found.get(id).score *= 2;
      }
    }
    if (query.order === "newest") {
      const all = await index.search(null, { sort: { date: "desc" } });
      all.results.forEach(({ id }, place) => {
        if (found.has(id)) Object.assign(found.get(id), { score: 0, place });
      });
    }
    // A part that could not be fetched was left out without a word: such an answer is not one.
    if (lost.has(shard.address)) throw new Error(`${shard.path} is incomplete`);
    return [...found.values()];
  };

  const prepare = async (shard, query) => {
    const index = await open(shard);
    const { terms } = questions(query.q);
    await Promise.all(terms.map((term) => index.preload(term, { filters: filters(shard, query) })));
  };

  /** Words from one place to another as [text, marked] pieces, neighbours of a kind in one. */
  const pieces = (words, from, to, marked) => {
    const found = [];
    for (let place = from; place < to; place += 1) {
      const hit = marked.has(place);
      if (found.at(-1)?.[1] === hit) found.at(-1)[0] += ` ${words[place]}`;
      else found.push([words[place], hit]);
    }
    return found;
  };

  /** The stretch of the text with most matches, a few words before the first of them. */
  const excerpt = (words, from, to, marked) => {
    const places = [...marked].filter((place) => place >= from && place < to).sort((a, b) => a - b);
    let [start, most] = [from, 0];
    for (const place of places) {
      const count = places.filter((other) => other >= place && other < place + EXCERPT - 6).length;
      if (count > most) [start, most] = [Math.max(from, place - 6), count];
    }
    const end = Math.min(to, start + EXCERPT);
    const found = pieces(words, start, end, marked);
    if (start > from) found.unshift(["…", false]);
    if (end < to) found.push(["…", false]);
    return found;
  };

  /** The rows of a hit: its paper or, where records are days, the day's papers that match best. */
  const rows = async (hit, granularity) => {
    const data = await hit.data();
    const words = data.content.split(" ");
    const marked = new Set(data.locations);
    const { date, authors = "", category = "" } = data.meta;
    const row = (address, title, at, body, end) => {
      // In the index a word joiner parts the halves of compounds in titles; here it goes.
      const spelled = title.replaceAll("\u2060 ", "").split(" ");
      const inTitle = new Set([...marked].map((place) => place - at));
      return {
        address: address.replace(/^\//, ""), date, authors, category,
        title: pieces(spelled, 0, spelled.length, inTitle),
        excerpt: excerpt(words, body ?? at + spelled.length, end, marked),
        score: hit.score, shard: hit.shard, place: hit.place,
      };
    };
    if (granularity === "paper") {
      const body = data.anchors.find(({ id }) => id === "a")?.location;
      return [row(data.url, data.meta.title, 0, body, words.length)];
    }
    return data.sub_results
      .filter((part) => part.anchor)
      .sort((a, b) => b.locations.length - a.locations.length)
      .slice(0, 3)
      .map((part) => {
        const next = data.anchors.find((other) => other.location > part.anchor.location);
        return row(part.url, part.title, part.anchor.location, undefined, next?.location ?? words.length);
      });
  };

  const tell = (job, more = {}) => {
    const { run, found, back, done, failed, granularity } = job;
    if (job === current) postMessage({ run, found, back, done, failed, granularity, ...more });
  };

  /** Send the rows to be shown. Answers that come while they are being fetched join the next sending. */
  const show = async (job) => {
    job.waiting = true;
    if (job.showing) return;
    job.showing = true;
    while (job.waiting && job === current) {
      job.waiting = false;
      const top = job.hits.slice(0, job.wanted);
      const fetched = await Promise.allSettled(top.map((hit) => (hit.rows ??= rows(hit, job.granularity))));
      fetched.forEach(({ status }, n) => {
        const { path, from, to } = job.shards[top[n].shard];
        if (status === "rejected" && !job.failed.some((other) => other.path === path)) job.failed.push({ path, from, to });
      });
      const ready = fetched.flatMap(({ value }) => value ?? []);
      tell(job, { rows: ready, listed: job.hits.length, more: job.hits.length > top.length });
    }
    job.showing = false;
  };

  /** The shards to ask, in order: the year's; for an identifier those of its time first. */
  const route = (shards, { q, year }) => {
    if (year) return shards.filter(({ from, to }) => from.slice(0, 4) <= year && to.slice(0, 4) >= year);
    const [, id] = ID.exec(q) ?? [];
    if (!id) return shards;
    const [, yy, mm] = /(\d\d)(\d\d)[\d.]*$/.exec(id.includes("/") ? id.slice(0, -3) : id.split(".")[0]);
    const month = (iso) => 12 * iso.slice(0, 4) + Number(iso.slice(5, 7));
    const then = 12 * (Number(yy) + (yy > "90" ? 1900 : 2000)) + Number(mm);
    const near = ({ from, to }) => month(from) <= then + 1 && month(to) >= then - 1;
    return [...shards.filter(near), ...shards.filter((shard) => !near(shard))];
  };

  const search = async (job) => {
    const { query } = job;
    try {
      const shards = await list();
      job.shards = route(shards, query);
      job.granularity = shards[0]?.granularity;
    } catch {
      Object.assign(job, { done: true, failed: [{ path: "" }] });
      tell(job);
      return;
    }
    for (const [number, shard] of job.shards.entries()) {
      // Before the first answer everything waits for the newest shard alone.
      if (number > 0) job.shards.slice(number + 1, number + 1 + AHEAD).forEach((next) => prepare(next, query).catch(() => {}));
      try {
        const found = await ask(shard, number, query);
        job.found += found.length;
        job.hits = [...job.hits, ...found].sort(byRank).slice(0, LISTED);
      } catch {
        job.failed.push({ path: shard.path, from: shard.from, to: shard.to });
      }
      job.back = query.year && shard.from < query.year ? `${query.year}-01` : shard.from;
      tell(job);
      if (number === 0) await show(job);
      else show(job);
      // A turn of the event loop, so that a newer search can take over.
      await new Promise((resolve) => { setTimeout(resolve); });
      if (job !== current) return;
      if (ID.test(query.q) && job.found) break;
    }
    job.done = true;
    tell(job);
    show(job);
  };

  /** Forget what failed: the list of shards too, which a deployment may have changed. */
  const forget = async () => {
    const shards = await list().catch(() => []);
    listing = null;
    const standingShards = new Map(shards.filter(({ address }) => !lost.has(address)).map((shard) => [shard.path, shard]));
    lost.clear();
    const renewed = await list().catch(() => []);
    renewed.forEach((shard) => { shard.index = standingShards.get(shard.path)?.index ?? null; });
  };

  self.onmessage = async ({ data }) => {
    if (data.root) {
      ({ root } = data);
      // Before anybody asks: the newest shard is what every search begins with.
      list().then((shards) => shards.length && open(shards[0])).catch(() => {});
    } else if (data.query) {
      const job = { ...data, hits: [], found: 0, back: null, done: false, failed: [] };
      current = job;
      if (data.again) await forget();
      if (job === current) search(job);
    } else if (data.wanted && current?.run === data.run) {
      current.wanted = data.wanted;
      show(current);
    } else {
      current = null;
    }
  };
};

// ======== The page ========

const MONTHS = [
  "January", "February", "March", "April", "May", "June",
  "July", "August", "September", "October", "November", "December",
];
const monthLabel = (iso) => `${MONTHS[iso.slice(5, 7) - 1]} ${iso.slice(0, 4)}`;
const dayLabel = (iso) => `${Number(iso.slice(8, 10))} ${MONTHS[iso.slice(5, 7) - 1].slice(0, 3)} ${iso.slice(0, 4)}`;

const FIELDS = { q: "", category: "", year: "", order: "relevance" };

const browse = () => {
  const { root } = document.querySelector("main").dataset;
  const form = document.getElementById("search-form");
  const status = document.getElementById("search-status");
  const results = document.getElementById("search-results");
  const input = form.elements.q;

  const make = (name, className, ...children) => {
    const element = document.createElement(name);
    if (className) element.className = className;
    element.append(...children);
    return element;
  };
  const button = (className, action) => {
    const element = make("button", className);
    element.type = "button";
    element.hidden = true;
    element.addEventListener("click", action);
    return element;
  };

  let run = 0; // answers to an earlier run are not shown
  let asked = null; // what the running search was asked, as its address
  let wanted = PAGE;
  let shown = new Map(); // address -> { row, item }
  let stale = false; // whether the list still shows the search before
  let reading = false; // whether the reader has begun to look at the list

  // ---- The form and the address ----
  const query = () => Object.fromEntries(Object.keys(FIELDS).map((name) => [name, form.elements[name].value.trim()]));
  const address = () => {
    const entries = Object.entries(query()).filter(([name, value]) => value && value !== FIELDS[name]);
    return entries.length ? `?${new URLSearchParams(entries)}` : location.pathname;
  };
  const fill = () => {
    const given = new URLSearchParams(location.search);
    for (const [name, usual] of Object.entries(FIELDS)) {
      const field = form.elements[name];
      const value = given.get(name) ?? usual;
      // A choice that is not offered is still a choice: a link may name a rare category.
      if (field.options && ![...field.options].some((option) => option.value === value)) field.add(new Option(value, value));
      field.value = value;
    }
    wanted = history.state?.wanted ?? PAGE;
  };

  // Typing drafts in the present entry of the history; a decision puts that entry back to what it was and
  // makes a new one. So Back goes from decision to decision, and not from letter to letter.
  let decided;
  const draft = () => {
    if (address() !== asked) history.replaceState(null, "", address());
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
    fill();
    decided = address();
    ask();
  };

  // ---- Asking ----
  const send = (message) => worker.postMessage(message);
  const ask = ({ again = false } = {}) => {
    if (address() === asked && !again) return;
    if (asked !== null && !again) wanted = history.state?.wanted ?? PAGE;
    asked = address();
    run += 1;
    stale = true;
    reading = false;
    failures.hidden = true;
    const { order, ...words } = query();
    // One Latin letter would find nearly everything, slowly.
    if (words.q.length > 1 || /[^\x00-\x7f]/.test(words.q) || words.category || words.year) {
      status.setAttribute("aria-busy", "true");
      status.textContent = "Searching …";
      send({ run, wanted, again, query: { ...words, order: words.q ? order : "newest" } });
    } else {
      send({});
      status.setAttribute("aria-busy", "false");
      status.textContent = words.q ? "Type two letters or more." : "";
      paint([]);
      more.hidden = true;
    }
  };
  const showMore = () => {
    wanted = shown.size + PAGE;
    history.replaceState({ wanted }, "");
    // The reader goes on where the list ended.
    onward = results.lastElementChild;
    reading = true;
    send({ run, wanted });
  };
  let onward = null;

  const more = button("more", showMore);
  more.textContent = "Show more";
  const above = button("above", () => {
    above.hidden = true;
    form.scrollIntoView({ block: "start" });
    results.querySelector("a")?.focus({ preventScroll: true });
  });
  const retry = button("", () => ask({ again: true }));
  retry.textContent = "Try again";
  retry.hidden = false;
  const failures = make("p", "failures");
  failures.hidden = true;
  failures.setAttribute("role", "alert");
  status.after(failures, above);
  results.after(more);

  // ---- Painting ----
  const marked = (all) => all.flatMap(([text, hit], n) => [n ? " " : "", hit ? make("mark", "", text) : text]);
  const item = ({ address: path, title, authors, date, category, excerpt }) => {
    const link = make("a", "t", ...marked(title));
    link.href = root + path;
    const time = make("time", "", dayLabel(date));
    time.dateTime = date;
    const about = make("p", "", time);
    if (authors) about.append(" · ", make("span", "by", authors));
    if (category) about.append(" ", make("b", "tag", category));
    return make("li", "", link, about, make("p", "excerpt", ...marked(excerpt)));
  };

  /** What the reader looks at: the result in focus, else the first in view. */
  const mainstay = () => {
    reading ||= results.matches(":focus-within") || results.getBoundingClientRect().top < 0;
    if (!reading) return null;
    return document.activeElement.closest("#search-results > li")
      ?? [...results.children].find((one) => one.getBoundingClientRect().bottom > 0);
  };

  const paint = (rows) => {
    if (stale) {
      results.replaceChildren();
      shown = new Map();
      above.hidden = true;
      stale = false;
    }
    const kept = mainstay();
    const before = kept?.getBoundingClientRect().top;
    const old = shown;
    shown = new Map(rows.map((row) => [row.address, old.get(row.address) ?? { row, item: item(row) }]));
    // While somebody reads, nothing that was shown goes; else the list is the best there are.
    for (const [path, entry] of old) {
      if (kept) shown.set(path, entry);
      else if (!shown.has(path)) entry.item.remove();
    }
    const order = [...shown.values()].sort((a, b) => byRank(a.row, b.row));
    // Ranks do not change, so what is shown stays in place and the new is put between.
    let at = results.firstElementChild;
    for (const entry of order) {
      if (entry.item === at) at = at.nextElementSibling;
      else results.insertBefore(entry.item, at);
    }
    if (kept) {
      scrollBy({ top: kept.getBoundingClientRect().top - before, behavior: "instant" });
      const better = order.filter((entry) => !old.has(entry.row.address) && entry.item.getBoundingClientRect().bottom < before).length;
      if (better) {
        above.textContent = "Better matches came in above";
        above.hidden = false;
      }
    }
    if (onward?.nextElementSibling) {
      onward.nextElementSibling.querySelector("a").focus({ preventScroll: true });
      onward = null;
    }
  };

  const count = (number, unit) => `${number.toLocaleString("en")} ${unit}${number === 1 ? "" : "s"}`;
  const say = ({ found, back, done, failed, listed, granularity }) => {
    const unit = granularity === "day" ? "day" : "paper";
    const many = found ? count(found, unit) : `No ${unit} found`;
    if (!done) status.textContent = `${found ? many : "Searching"}, back to ${monthLabel(back)} …`;
    else if (failed.length && !found) status.textContent = "";
    else status.textContent = `${many}${found > listed ? `, the first ${listed.toLocaleString("en")} listed` : ""}`;
    status.setAttribute("aria-busy", String(!done));
    if (!failed.length) return;
    const periods = failed.map(({ from, to }) => `${monthLabel(from)} to ${monthLabel(to)}`);
    failures.replaceChildren(failed[0].path ? `Papers from ${periods.join(", ")} could not be searched. ` : "The search index could not be loaded. ", retry);
    failures.hidden = false;
  };

  const worker = new Worker(import.meta.url, { type: "module" });
  let listed = 0;
  worker.onmessage = ({ data }) => {
    if (data.run !== run) return;
    ({ listed = listed } = data);
    say({ ...data, listed });
    if (data.rows) {
      paint(data.rows);
      more.hidden = !data.more;
    } else if (data.done && !data.found) paint([]);
  };
  worker.onerror = (event) => {
    // Without a message the worker itself could not start, else a fault of ours reached the top.
    if (!event.message) status.textContent = "Search could not start in this browser.";
  };
  send({ root: new URL(root, location.href).href });

  // ---- Hands ----
  let timer;
  form.addEventListener("input", (event) => {
    if (event.target !== input) return;
    clearTimeout(timer);
    timer = setTimeout(draft, PAUSE);
  });
  form.addEventListener("change", (event) => { if (event.target !== input) decide(); });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    decide();
  });
  addEventListener("popstate", arrive);
  // The pointer says where the reader is, once it moves of itself and not because the list moved below it.
  results.addEventListener("pointermove", (event) => { reading ||= Boolean(event.movementX || event.movementY); });
  document.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || event.isComposing || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const stops = [input, ...results.querySelectorAll("li > a")];
    const next = stops[stops.indexOf(document.activeElement) + step];
    if (!next || !stops.includes(document.activeElement)) return;
    event.preventDefault();
    next.focus();
  });
  // Otherwise the browser, too, would hold the page in place, and it would move twice.
  document.documentElement.style.overflowAnchor = "none";
  arrive();
};

if (typeof document === "undefined") work();
else browse();
