// @ts-check
// The service worker, which the build writes to the site's root as `sw.js` (assets/offline.py): what
// readers have visited, and the newest days, can be read without a network.
//
// The network always comes first, and what is kept stands in only where it fails, so that no reader
// is held on old files. A new version waits until a reader agrees to it or all pages are closed.

import { isSame, names } from "./page.js";

/** @typedef {Event & { waitUntil: (work: Promise<unknown>) => void }} Lasting */
/** @typedef {Lasting & { request: Request, respondWith: (answer: Promise<Response>) => void }} Asked */
/** @typedef {Lasting & { data: unknown, ports: readonly MessagePort[] }} Told */
/** @typedef {{ url: string }} Client */
/**
 * What the build says.
 * @typedef {object} Build
 * @property {string} build its fingerprint
 * @property {Record<string, string>} frame the files of every page's frame with their hashes
 * @property {string[]} search what a search needs besides its index
 * @property {string} newest the list of that
 * @property {string[]} data what pages fetch of the archive
 * @property {string} words the list of words, kept once somebody has fetched it
 * @property {string} references the name of what they fetch of a day
 */
/**
 * @typedef {object} Worker
 * @property {Build} DAYLEAF
 * @property {{ scope: string, unregister: () => Promise<boolean> }} registration
 * @property {{ claim: () => Promise<void>, matchAll: (options: object) => Promise<Client[]> }} clients
 * @property {() => Promise<void>} skipWaiting
 * @property {(event: Lasting) => void} oninstall
 * @property {(event: Lasting) => void} onactivate
 * @property {(event: Asked) => void} onfetch
 * @property {(event: Told) => void} onmessage
 */
const worker = /** @type {Worker} */ (/** @type {unknown} */ (self));
const { build, frame, search, newest, data, words, references } = worker.DAYLEAF;
const { scope } = worker.registration;

const PATIENCE = 3000; // ms that the network gets where a copy could stand in
const VISITED = 60; // pages
const DAYS = 3; // the newest
const FILES = 60; // of data
const AT_ONCE = 8; // files of a search that are fetched side by side

// Sites below one host share the room: each names its own.
const ours = `dayleaf ${scope} `;
const FRAME = `${ours}frame ${build}`;
const PAGES = `${ours}pages`;
const NEWEST = `${ours}days`;
const SEARCH = `${ours}search`;
const DATA = `${ours}data`;
const LASTING = [FRAME, PAGES, NEWEST, DATA, SEARCH];
const OFFLINE = `${scope}offline/`;
const DAY = /^\d{4}\/\d\d\/\d\d\//; // its page, and what stands beside it

/** @type {boolean | null} whether the reader wants to search without a network; null: not yet known */
let searched = null;
const learnSearched = async () => {
  searched ??= await caches.has(SEARCH);
  return searched;
};
let leaving = false; // then nothing is kept any more
let looked = false; // whether the site still has a worker

/** @param {string} url */
const bare = (url) => url.replace(/[?#].*$/, "");
/** A cache, as long as the worker stays: one that is opened while it leaves would stay behind. @param {string} name */
const open = async (name) => {
  const cache = await caches.open(name);
  if (!leaving) return cache;
  await caches.delete(name);
  throw new Error("The worker leaves.");
};
/** @param {string} key @returns {Promise<Response | undefined>} */
const find = async (key) => {
  for (const name of key.includes("/assets/") ? [key] : names(key)) {
    for (const cacheName of LASTING) {
      const kept = await caches.match(name, { cacheName }); // which opens none that is not there
      if (kept) return kept;
    }
  }
  return undefined;
};
/** @param {Response} answer */
const isPage = (answer) => answer.headers.get("content-type")?.startsWith("text/html") ?? false;
/** Failed and opaque answers are never kept, nor those of another page. @param {string} key @param {Response} answer */
const isSound = (key, answer) =>
  answer.status === 200 &&
  answer.type === "basic" &&
  (!answer.redirected || isSame(key, bare(answer.url)));
/** An answer as a page may get it: browsers refuse one that was redirected, be it to the same page. @param {Response} answer */
const direct = async (answer) =>
  answer.redirected
    ? new Response(await answer.blob(), { status: answer.status, headers: answer.headers })
    : answer;

/** @param {string} name @param {string} key @param {Response} answer @param {number} [most] */
const keep = async (name, key, answer, most) => {
  if (!isSound(key, answer)) return;
  const cache = await open(name);
  await cache.delete(key); // so that it stands last, as the newest
  await cache.put(key, await direct(answer));
  if (!most) return;
  for (const old of (await cache.keys()).slice(0, -most)) await cache.delete(old);
};
/** @param {string} name @param {string} path */
const take = async (name, path) => {
  const answer = await fetch(scope + path, { cache: "no-cache" });
  if (!isSound(scope + path, answer)) throw new Error(`${answer.status} ${answer.url}`);
  await keep(name, scope + path, answer);
};

// ---- Coming and going ----
const install = async () => {
  const cache = await open(FRAME);
  /** @param {[string, string]} file */
  const add = async ([path, integrity]) => {
    // With its hash: half a deployment installs nothing.
    const answer = await fetch(scope + path, { cache: "no-cache", integrity });
    if (!isSound(scope + path, answer)) throw new Error(`${answer.status} ${answer.url}`);
    await cache.put(scope + path, await direct(answer));
  };
  try {
    await Promise.all(Object.entries(frame).map(add));
  } catch (error) {
    await caches.delete(FRAME);
    throw error;
  }
};

/** @param {string[]} lasting */
const removeOthers = async (lasting) => {
  const names = (await caches.keys()).filter((name) => name.startsWith(ours));
  const others = names.filter((name) => !lasting.includes(name));
  await Promise.all(others.map((name) => caches.delete(name)));
};
const leave = async () => {
  leaving = true;
  await removeOthers([]);
  // Not waited for: pages wait for the worker's beginning, and this may wait for them.
  worker.registration.unregister();
};
/** Leave where the site has no worker any more. */
const look = async () => {
  const answer = await fetch(`${scope}sw.js`, { cache: "no-cache" });
  if (answer.status === 404 || answer.status === 410) await leave();
};

const activate = async () => {
  const first = !(await caches.keys()).some((name) => name.startsWith(ours) && name !== FRAME);
  await removeOthers(LASTING);
  if (!first) return;
  await worker.clients.claim();
  // The pages that brought the worker came before it.
  const open = await worker.clients.matchAll({ type: "window", includeUncontrolled: true });
  const paths = open.map(({ url }) => bare(url)).filter((url) => url.startsWith(scope));
  // Not waited for: until the worker has begun, all that pages ask for waits, too.
  for (const path of new Set(paths)) visit(path).catch(() => {});
};
/** @param {string} url */
const visit = async (url) => {
  const answer = await fetch(url);
  if (isPage(answer)) await notice(url, answer);
};

// ---- What is kept ----
/** Keep a page, and with the home page the newest days. @param {string} key @param {Response} answer */
const notice = async (key, answer) => {
  if (!isSound(key, answer) || !isPage(answer) || isSame(key, OFFLINE)) return;
  const home = isSame(key, scope) ? await answer.clone().text() : "";
  await keep(PAGES, key, answer, VISITED);
  if (!home) return;
  const { connection } = /** @type {{ connection?: { saveData: boolean } }} */ (navigator);
  if (!connection?.saveData) await keepDays(home);
  if (await learnSearched()) await keepSearch();
};

/** @param {string} home the home page */
const keepDays = async (home) => {
  const found = home.matchAll(/href=["']?(?:\.\/)?(\d{4}\/\d\d\/\d\d\/)/g);
  const paths = [...new Set([...found].map(([, path]) => path))].slice(0, DAYS);
  const cache = await open(NEWEST);
  let came = false;
  for (const path of paths) {
    if (await cache.match(scope + path)) continue;
    await take(NEWEST, path);
    await take(DATA, path + references);
    came = true;
  }
  if (came) for (const path of data) await take(DATA, path);
  for (const { url } of await cache.keys())
    if (!paths.includes(url.slice(scope.length))) await cache.delete(url);
};

/** Keep what a search of the newest part of the archive needs. */
const keepSearch = async () => {
  /** @type {{ lasting: string[], changing: string[] }} `lasting` are named by what they hold */
  const list = await (await fetch(scope + newest, { cache: "no-cache" })).json();
  const cache = await open(SEARCH);
  const missing = [...search, ...list.changing];
  for (const path of list.lasting) if (!(await cache.match(scope + path))) missing.push(path);
  for (let from = 0; from < missing.length; from += AT_ONCE)
    await Promise.all(missing.slice(from, from + AT_ONCE).map((path) => take(SEARCH, path)));
  const wanted = new Set([...search, ...list.changing, ...list.lasting]);
  for (const { url } of await cache.keys())
    if (!wanted.has(url.slice(scope.length))) await cache.delete(url);
  searched = true;
};

// ---- Answers ----
/** The page that says so, whose links begin at the site's root here. @returns {Promise<Response>} */
const missing = async () => {
  const page = await find(OFFLINE);
  if (!page) return Response.error();
  const base = new URL(scope).pathname;
  const text = (await page.text()).replace(/(=["']?)\.\.\//g, `$1${base}`);
  const headers = { "Content-Type": "text/html; charset=utf-8" };
  return new Response(text, { status: 503, headers });
};

/**
 * Ask the network; take what is kept where it fails or is slow.
 * @param {Asked} event
 * @param {(key: string, answer: Response) => Promise<unknown>} store what to do with its answer
 * @param {(status: number) => boolean} fails which answers are none
 * @returns {Promise<Response | undefined>}
 */
const answer = async (event, store, fails) => {
  const key = bare(event.request.url);
  const network = fetch(event.request).then((found) => {
    event.waitUntil(store(key, found.clone()).catch(() => {})); // no room: not kept
    return found;
  });
  const kept = await find(key);
  /** @type {Promise<undefined>} */
  const patience = new Promise((done) => {
    if (kept) setTimeout(done, PATIENCE);
  });
  try {
    const found = await Promise.race([network, patience]);
    if (found && !(kept && fails(found.status))) return found;
  } catch {
    /* no network */
  }
  event.waitUntil(network.catch(() => {}));
  return kept;
};

/** @param {Asked} event */
const answerPage = async (event) => {
  if (!looked) {
    looked = true;
    event.waitUntil(look().catch(() => {}));
  }
  return (await answer(event, notice, (status) => status >= 500)) ?? missing();
};
/** @param {Asked} event */
const answerAsset = async (event) => {
  /** @param {string} key @param {Response} found */
  const store = (key, found) => keep(FRAME, key, found);
  return (await answer(event, store, (status) => status >= 400)) ?? Response.error();
};
/** What a page fetches of a day, or of the archive. @param {Asked} event */
const answerData = async (event) => {
  /** @param {string} key @param {Response} found */
  const store = (key, found) =>
    isPage(found) ? notice(key, found) : keep(DATA, key, found, FILES);
  return (await answer(event, store, (status) => status >= 400)) ?? Response.error();
};
/** @param {Asked} event */
const answerSearch = async (event) => {
  if (!(await learnSearched())) return fetch(event.request);
  return (
    (await answer(
      event,
      async () => {},
      (status) => status >= 400,
    )) ?? Response.error()
  );
};

/** @param {Asked} event */
const onFetch = (event) => {
  const { request } = event;
  if (request.method !== "GET" || request.headers.has("range")) return;
  if (!request.url.startsWith(scope)) return;
  const path = bare(request.url).slice(scope.length);
  if (request.mode === "navigate") event.respondWith(answerPage(event));
  else if (path.startsWith("assets/")) event.respondWith(answerAsset(event));
  else if (DAY.test(path) || data.includes(path) || path === words)
    event.respondWith(answerData(event));
  else if (path.startsWith("search/") && searched !== false) event.respondWith(answerSearch(event));
};

learnSearched();
worker.oninstall = (event) => event.waitUntil(install());
worker.onactivate = (event) => event.waitUntil(activate());
worker.onfetch = onFetch;
worker.onmessage = (event) => {
  const [port] = event.ports;
  if (event.data === "take over") event.waitUntil(worker.skipWaiting());
  if (event.data === "keep search")
    event.waitUntil(
      keepSearch().then(
        () => port?.postMessage(true),
        () => port?.postMessage(false),
      ),
    );
  if (event.data === "forget search") searched = false;
};
