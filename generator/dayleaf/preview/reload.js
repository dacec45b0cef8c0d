// @ts-check
// Keeps a page of the preview up to date. The server sends the whole state of the preview whenever
// it changes; the page compares that with what it was made of and does what is needed, so that it
// does not matter which states it has missed. Not part of the built site.
"use strict";
(() => {
  /**
   * What went wrong, and where.
   * @typedef {{ title: string, place: string, what: string, advice: string, page: string,
   *   line: number, lines: [number, string][], chain: string[] }} Failure
   */
  /**
   * The state of the preview, as state.py tells it.
   * @typedef {{ boot: string, version: number, pages: number, assets: Record<string, number>,
   *   ready: boolean, doing: string, search: string, failures: Failure[] }} State
   */

  // page: fingerprint, empty where there is no page yet; boot and version: the state it was made in
  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  const { page, boot, token, version } = script.dataset;
  const made = { page, boot, version: Number(version) };
  const KEY = "dayleaf-preview";

  // ---- The place where one was reading, kept over a reload ----
  const keepPlace = () => {
    // What is above may change in height: hold on to the element at the top of the window.
    const element = document.elementFromPoint(innerWidth / 2, 1)?.closest("[id]");
    const place = {
      href: location.href,
      x: scrollX,
      y: scrollY,
      id: element?.id,
      top: element?.getBoundingClientRect().top,
    };
    try {
      sessionStorage.setItem(KEY, JSON.stringify(place));
    } catch {
      return;
    }
    history.scrollRestoration = "manual";
  };
  const findPlace = () => {
    let place = null;
    try {
      place = JSON.parse(sessionStorage.getItem(KEY) ?? "null");
      sessionStorage.removeItem(KEY);
    } catch {
      /* storage is forbidden, or holds something else */
    }
    if (place?.href !== location.href) return;
    const go = () => {
      scrollTo({ left: place.x, top: place.y, behavior: "instant" });
      const element = place.id && document.getElementById(place.id);
      if (element)
        scrollBy({ top: element.getBoundingClientRect().top - place.top, behavior: "instant" });
    };
    go();
    // Once more when images and fonts are there, and papers off screen have their true height.
    addEventListener("load", () =>
      requestAnimationFrame(() => {
        go();
        history.scrollRestoration = "auto";
      }),
    );
  };
  const reload = () => {
    leave();
    keepPlace();
    location.reload();
  };

  // ---- Assets: a stylesheet is swapped without a flash of the bare page ----
  /**
   * Which of the files that were fetched are assets that have changed.
   * @param {PerformanceEntryList} fetched
   * @param {(asset: string, entry: PerformanceEntry) => boolean} changed
   */
  const stale = (fetched, changed) =>
    fetched.filter((entry) => {
      const url = new URL(entry.name);
      return url.origin === location.origin && changed(decodeURI(url.pathname).slice(1), entry);
    });
  /** @param {string} stamp */
  const swapStyles = (stamp) => {
    const sheets = document.querySelectorAll(/** @type {"link"} */ ("link[rel~=stylesheet]"));
    for (const old of sheets) {
      const url = new URL(old.href);
      if (url.origin !== location.origin) continue;
      url.searchParams.set("preview", stamp);
      const fresh = /** @type {HTMLLinkElement} */ (old.cloneNode());
      fresh.href = url.href;
      fresh.onload = fresh.onerror = () => old.remove();
      old.after(fresh);
    }
  };

  // ---- What went wrong, in shadow roots, out of reach of the site's stylesheet ----
  const LOOK = `
    :host { all: initial; position: fixed; inset: auto 0 0; z-index: 2147483647; }
    * { box-sizing: border-box; }
    .box { max-height: 70vh; overflow: auto; padding: 1rem 1.5rem 1.25rem; background: #2a1215; color: #fff;
      border-top: 4px solid #ff6b6b; font: 15px/1.5 system-ui, sans-serif; }
    .note { background: #14202e; border-color: #6ba8ff; padding: .5rem 1.5rem; }
    h2 { margin: 0; font-size: 1.1rem; color: #ffb3b3; } section + section { margin-top: 1.25rem; }
    p { margin: .35rem 0 0; white-space: pre-wrap; overflow-wrap: anywhere; } .place, .chain { color: #d9b8b8; }
    .advice::before { content: "→ "; }
    pre { margin: .6rem 0 0; padding: .5rem .75rem; overflow-x: auto; background: #1a0a0c; font: 13px/1.5 ui-monospace, monospace; }
    pre > * { display: block; width: fit-content; min-width: 100%; } mark { background: #5c1d22; color: #fff; }
    button { float: right; font: inherit; }`;
  /** @param {string} name @param {string} [text] @param {string} [kind] */
  const make = (name, text, kind) => {
    const element = document.createElement(name);
    if (text) element.textContent = text;
    if (kind) element.className = kind;
    return element;
  };
  /** @param {string} name @param {string} look */
  const shadow = (name, look) => {
    const host = document.createElement(name);
    // A sheet made by a script is allowed even where the site's policy forbids inline styles.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(look);
    const root = host.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [sheet];
    document.documentElement.append(host);
    return root;
  };
  /** @param {Failure} failure */
  const told = (failure) => {
    const section = make("section");
    section.append(make("h2", failure.title));
    if (failure.place) section.append(make("p", failure.place, "place"));
    section.append(make("p", failure.what, "what"));
    if (failure.advice) section.append(make("p", failure.advice, "advice"));
    if (failure.lines.length) {
      const lines = make("pre");
      for (const [number, text] of failure.lines) {
        lines.append(
          make(number === failure.line ? "mark" : "span", `${String(number).padStart(5)}  ${text}`),
        );
      }
      section.append(lines);
    }
    for (const place of failure.chain)
      section.append(make("p", `included or called by ${place}`, "chain"));
    if (failure.page) section.append(make("p", `while making /${failure.page}`, "chain"));
    return section;
  };
  /** @type {ShadowRoot | null} */
  let overlay = null;
  let shown = "[]";
  let hidden = "[]"; // what somebody has put away stays away until it is another
  /** @param {Failure[]} failures */
  const showFailures = (failures) => {
    const now = JSON.stringify(failures);
    if (now === shown) return;
    shown = now;
    overlay?.host.remove();
    overlay = null;
    if (!failures.length || now === hidden) return;
    const root = shadow("dayleaf-failure", LOOK);
    overlay = root;
    const box = make("div", "", "box");
    box.setAttribute("role", "alert");
    const close = make("button", "Hide");
    close.onclick = () => {
      hidden = now;
      root.host.remove();
    };
    box.append(close, ...failures.map(told));
    if (made.page) box.append(make("p", "The page beneath is the last good one.", "chain"));
    root.append(box);
  };

  // ---- What one should know: a part of the archive, an index of another day ----
  /** @type {ShadowRoot | null} */
  let note = null;
  /** @param {State} state */
  const showNote = (state) => {
    const search = document.getElementById("search-form") ? state.search : "";
    const text = made.page
      ? [state.doing && `${state.doing}. Until then pages show what has been read.`, search]
          .filter(Boolean)
          .join(" ")
      : "";
    if (text && !note) {
      note = shadow("dayleaf-note", LOOK);
      note.append(make("div", "", "box note"));
    }
    if (note) {
      const host = /** @type {HTMLElement} */ (note.host);
      if (note.firstChild) note.firstChild.textContent = text;
      host.hidden = !text;
      host.style.display = text ? "" : "none";
    }
  };

  /**
   * Take in assets that have changed; tell whether that takes a reload.
   * @param {PerformanceEntryList} entries
   * @param {string} stamp
   */
  const renew = (entries, stamp) => {
    const reloads = entries.some((entry) => !new URL(entry.name).pathname.endsWith(".css"));
    if (reloads) reload();
    else if (entries.length) swapStyles(stamp);
    return reloads;
  };
  // What was asked for before a change was told, and comes after: it is listed only once it has
  // come, and may be the old one.
  /** @type {Map<string, number>} */
  const toldAt = new Map();
  new PerformanceObserver((list) => {
    const late = stale(
      list.getEntries(),
      (asset, entry) => entry.startTime < (toldAt.get(asset) ?? 0),
    );
    renew(late, `${made.boot}${made.version}late`);
  }).observe({ type: "resource" });

  // ---- Acting on a state ----
  /** @param {State} state @returns {Promise<void>} */
  const act = async (state) => {
    const doing = document.querySelector("[data-doing]");
    if (doing && !made.page) doing.textContent = state.doing;
    showFailures(state.failures);
    showNote(state);
    if (!state.ready) return;
    const other = state.boot !== made.boot;
    const assets = Object.entries(state.assets)
      .filter(([, at]) => other || at > made.version)
      .map(([path]) => path);
    const look = other || state.pages > made.version || !made.page;
    [made.boot, made.version] = [state.boot, state.version];
    for (const path of assets) toldAt.set(path, performance.now());
    const mine = stale(performance.getEntriesByType("resource"), (one) => assets.includes(one));
    const stamp = `${state.boot}${state.version}`;
    if (renew(mine, stamp)) return;
    if (other && !mine.length) swapStyles(stamp);
    if (!look) return;
    const answer = await fetch(location.href, { method: "HEAD", cache: "no-store" }).catch(
      () => null,
    );
    const now = answer?.headers.get("ETag");
    if (now && now !== `"${made.page}"`) reload();
  };

  // ---- Listening ----
  // Browsers allow six connections to a host, so of all tabs one listens and tells the others: the
  // one that has the lock, which goes on to another when that tab goes. Where a browser keeps locks
  // to secure pages (the preview seen from another machine), each tab that is seen listens.
  /** @type {EventSource | null} */
  let stream = null;
  const leave = () => {
    stream?.close();
    stream = null;
  };
  /** @param {(state: State) => void} tell */
  const connect = (tell) => {
    stream = new EventSource("/-/events");
    stream.onmessage = (event) => {
      const state = JSON.parse(event.data);
      tell(state);
      act(state);
    };
  };
  const listen = () => {
    if (document.visibilityState === "visible" && !stream) connect(() => {});
  };
  if (navigator.locks && window.BroadcastChannel) {
    const others = new BroadcastChannel(KEY);
    others.onmessage = (event) => act(event.data);
    navigator.locks.request(KEY, () => {
      connect((state) => others.postMessage(state));
      return new Promise(() => {}); // for as long as the page lives
    });
    // What was told before this page came, or while it was kept for the way back.
    addEventListener("pageshow", () =>
      fetch("/-/state")
        .then((answer) => answer.json())
        .then(act, () => {}),
    );
  } else {
    document.addEventListener("visibilitychange", () => (document.hidden ? leave() : listen()));
    addEventListener("pagehide", leave);
    addEventListener("pageshow", listen);
    listen();
  }

  // ---- Where does this come from? Alt-I ----
  document.addEventListener("keydown", async (event) => {
    if (!event.altKey || event.ctrlKey || event.metaKey || event.code !== "KeyI") return;
    event.preventDefault();
    const panel = "/-/panel.js";
    const { toggle } = await import(panel);
    toggle({ make, shadow, token });
  });
  findPlace();
})();
