// @ts-check
// What every page gains from a script: a choice of colours, and keys. It stands in the head and is not
// deferred, so that the chosen colours are there at first paint; what few visits need is fetched when
// it is needed.
"use strict";
(() => {
  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  const root = new URL("..", script.src).href;
  /** @param {string} name */
  const asset = (name) => import(`${root}assets/${name}`);
  const html = document.documentElement;
  html.classList.add("js");

  /** @param {string} selector @returns {HTMLElement[]} */
  const all = (selector) => [...document.querySelectorAll(/** @type {"a"} */ (selector))];
  /** @param {string} selector @returns {HTMLElement | null} */
  const one = (selector) => document.querySelector(selector);

  // Storage may be forbidden; the site then forgets, and works.
  /** @param {"localStorage" | "sessionStorage"} name */
  const storage = (name) => {
    try {
      return window[name];
    } catch {
      return null;
    }
  };
  const local = storage("localStorage");
  const session = storage("sessionStorage");
  /** @param {string} key */
  const recall = (key, from = local) => from?.getItem(key) ?? null;
  /** @param {string} key @param {string} value */
  const keep = (key, value, into = local) => {
    try {
      into?.setItem(key, value);
    } catch {
      /* full: forgotten */
    }
  };

  // A redirect leads to the same place within the page.
  const moved = location.hash && one("meta[http-equiv=refresh] ~ link[rel=canonical]");
  if (moved instanceof HTMLLinkElement) location.replace(moved.href + location.hash);

  /** @param {string} label @param {() => void} action */
  const button = (label, action) => {
    const element = document.createElement("button");
    element.type = "button";
    element.textContent = label;
    element.addEventListener("click", action);
    return element;
  };

  // ---- Colours: as the system says, or light, or dark ----
  const SCHEMES = [
    ["", "as your system", "◐"],
    ["light", "light", "○"],
    ["dark", "dark", "●"],
  ];
  let scheme = Math.max(
    0,
    SCHEMES.findIndex(([value]) => value === recall("scheme")),
  );

  const colour = () => {
    html.style.colorScheme = SCHEMES[scheme][0];
  };
  const addColours = () => {
    const choice = button("", () => {
      scheme = (scheme + 1) % SCHEMES.length;
      keep("scheme", SCHEMES[scheme][0]);
      show();
    });
    const show = () => {
      colour();
      choice.title = `Colours: ${SCHEMES[scheme][1]}`;
      choice.setAttribute("aria-label", choice.title);
      choice.textContent = SCHEMES[scheme][2];
    };
    choice.className = "scheme";
    show();
    one("body > header")?.append(choice);
  };
  colour();
  // Titles alone: known before the first paint, so that nothing jumps.
  if (recall("skim") === "titles") html.classList.add("titles");

  /** @param {string} path @param {string} text */
  const link = (path, text) =>
    Object.assign(document.createElement("a"), { href: root + path, textContent: text });

  // ---- Masthead: authors' pages come in hundreds of thousands, and say themselves only what is near ----
  const fillMasthead = () => {
    const nav = one("body > header > nav");
    if (nav?.children.length !== 1) return;
    const [authors] = nav.querySelectorAll("a");
    if (authors?.href !== `${root}authors/`) return;
    nav.prepend(link("days/", "Days"), " ", link("categories/", "Categories"), " ");
    nav.append(" ", link("venues/", "Venues"));
    if (!nav.nextElementSibling) nav.after(link("search/", "Search"));
  };
  // As soon as it stands: once it is painted, what is below would jump.
  const masthead = new MutationObserver(() => {
    if (!one("body > header + *")) return;
    masthead.disconnect();
    fillMasthead();
  });
  masthead.observe(html, { childList: true, subtree: true });

  // ---- Head: what is asked for once the page stands need not be in each of them ----
  /** @param {string} rel @param {string} name */
  const addLink = (rel, name) => {
    const href = `${root}assets/${name}`;
    document.head.append(Object.assign(document.createElement("link"), { rel, href }));
  };
  // Authors' pages say nothing of themselves for search engines, which run scripts.
  const describe = () => {
    const name = one("main:not(.sharing) > h1");
    if (!name || one("meta[name=description]")) return;
    const papers = one("main > h1 + p")?.textContent.match(/^\s*([\d,]+ papers)/)?.[1] ?? "1 paper";
    const content = `${name.textContent}: ${papers}`;
    document.head.append(
      Object.assign(document.createElement("meta"), { name: "description", content }),
    );
  };

  // ---- Authors with few papers share pages: name the one, or go on to what has become a page of their own ----
  const showPerson = () => {
    // Not by :target, which browsers may set later.
    const slug = CSS.escape(decodeURIComponent(location.hash.slice(1)));
    const name = slug && one(`main.sharing > #${slug} > h2`);
    if (!name) return;
    const [own] = name.querySelectorAll("a");
    if (own) location.replace(own.href);
    else document.title = `${name.textContent} · ${one("body > header > a")?.textContent}`;
  };

  // ---- Formulas wider than the page scroll within their paragraph: let the keyboard get there, too ----
  const reachFormulas = () => {
    for (const box of all("p:has(math), h2:has(math), li:has(math)")) {
      if (box.scrollWidth > box.clientWidth && !box.querySelector("a")) box.tabIndex = 0;
      else box.removeAttribute("tabindex");
    }
  };

  // ---- Keys ----
  // Where j and k stop: papers of a day, lines of a list, results.
  /** @param {1 | -1} by */
  const step = (by) => {
    const stops = all(
      "article:not([hidden]) > h2 > a, main ol > li > a:first-child, main ol > li > h2 > a",
    );
    if (!stops.length) return;
    /** @param {HTMLElement} link */
    const box = (link) => link.closest("article, li") ?? link;
    const focused = stops.findIndex((link) => box(link).contains(document.activeElement));
    // With nothing focused, go on from what is in view.
    const below = stops.findIndex((link) => box(link).getBoundingClientRect().top > 8);
    const here = focused >= 0 ? focused : (below < 0 ? stops.length : below) - (by > 0 ? 1 : 0);
    const next = stops[here + by];
    if (next) {
      next.focus({ preventScroll: true });
      box(next).scrollIntoView({ block: one("article") ? "start" : "nearest" });
      return;
    }
    const onward = one("article") && one(by > 0 ? ".pager [rel=next]" : ".pager [rel=prev]");
    if (!(onward instanceof HTMLAnchorElement)) return;
    // Going back over the edge of a day enters the earlier day at its end.
    if (by < 0) keep("from", "below", session);
    location.href = onward.href;
  };
  const comeInFromBelow = () => {
    if (recall("from", session) !== "below") return;
    session?.removeItem("from");
    const last = all("article > h2 > a").pop();
    last?.focus({ preventScroll: true });
    last?.closest("article")?.scrollIntoView();
  };

  // ---- Search: over the page, but on its own page in the page ----
  /** @type {string | null} */
  let early = null; // what is typed before it stands
  const search = async () => {
    const field = one("#search-form input[type=search]");
    if (field instanceof HTMLInputElement) {
      field.focus();
      field.select();
      return;
    }
    early = "";
    try {
      (await asset("overlay.js")).openSearch(root, early);
      early = null;
    } catch {
      location.href = `${root}search/`;
    }
  };
  const linkSearch = () => {
    const link = one("body > header > nav + a");
    if (!link) return;
    link.setAttribute("aria-haspopup", "dialog");
    link.setAttribute("aria-keyshortcuts", "/ Control+K");
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      search();
    });
    // What it takes is fetched when a hand approaches.
    link.addEventListener("pointerenter", () => asset("overlay.js").catch(() => {}), {
      once: true,
    });
  };

  /** Have something done to the paper that has the focus. @param {string} what */
  const act = (what) =>
    (document.activeElement ?? document).dispatchEvent(
      new CustomEvent("paper", { bubbles: true, detail: what }),
    );
  /** @type {Record<string, () => void>} */
  const ACTIONS = {
    j: () => step(1),
    k: () => step(-1),
    c: () => act("cite"),
    s: () => act("save"),
    m: () => act("read"),
    o: () => act("unfold"),
    t: () => act("skim"),
    l: () => location.assign(`${root}reading-list/`),
    n: () => location.assign(`${root}new/`),
    "/": search,
    "?": () => help(),
  };
  const help = async () => {
    /** @param {boolean} on */
    const change = (on) => keep("keys", on ? "on" : "off");
    (await asset("dialog.js")).openKeys({ on: recall("keys") !== "off", change });
  };

  /** The key of an event as ACTIONS name it: of other layouts by its place, capitals as small ones.
   * @param {KeyboardEvent} event */
  const keyOf = ({ key, code }) => {
    const place = /^Key([A-Z])$/.exec(code)?.[1];
    const foreign = place && key.length === 1 && key > "\x7f";
    return (foreign ? place : key.length === 1 ? key : "").toLowerCase();
  };

  document.addEventListener("keydown", (event) => {
    const control = event.ctrlKey || event.metaKey;
    if (early !== null && event.key.length === 1 && !control) {
      early += event.key;
      event.preventDefault();
      return;
    }
    if (control && !event.shiftKey && !event.altKey && keyOf(event) === "k") {
      event.preventDefault();
      search();
      return;
    }
    if (control || event.altKey || event.isComposing || recall("keys") === "off") return;
    const { target } = event;
    const typing = "input, select, textarea, dialog";
    if (target instanceof Element && target.closest(typing)) return;
    const action = ACTIONS[keyOf(event)];
    if (action) {
      event.preventDefault();
      action();
    }
  });

  // ---- Without a network: what was visited is kept by a worker, at the site's root for its reach ----
  const SETTLED = 3000; // milliseconds, until when a search has its first results on a slow line
  const keepOffline = async () => {
    const { serviceWorker } = navigator; // none where the connection is not safe
    // Nothing stands between the preview, whose pages know when they were made, and what it shows.
    const able = serviceWorker && location.protocol !== "file:" && !one("script[data-boot]");
    if (!able || !one("link[rel=manifest]")) return;
    // To register again would call back a worker that takes its leave.
    if (!serviceWorker.controller) await new Promise((done) => setTimeout(done, SETTLED));
    const worker = serviceWorker.controller
      ? await serviceWorker.ready
      : await serviceWorker.register(`${root}sw.js`, { updateViaCache: "none" });
    const offer = async () => {
      const { active, waiting } = worker;
      if (active && waiting) (await asset("update.js")).offer(waiting);
    };
    offer();
    const own = !one("#kept-title"); // the page that says so itself
    if (serviceWorker.controller && !navigator.onLine && own)
      (await asset("update.js")).tellKept(root);
    worker.addEventListener("updatefound", () =>
      worker.installing?.addEventListener("statechange", offer),
    );
  };

  document.addEventListener("DOMContentLoaded", async () => {
    masthead.disconnect();
    fillMasthead();
    linkSearch();
    if (!one("link[rel=icon]")) addLink("icon", "favicon.svg");
    addLink("apple-touch-icon", "apple-touch-icon.png");
    describe();
    addColours();
    const tools = document.createElement("div");
    const own = [
      ["new/", "What is new"],
      ["reading-list/", "Reading list"],
      ["interests/", "Interests"],
    ].map(([path, label]) => link(path, label));
    if (one("link[rel=manifest]")) own.push(link("offline/", "Offline"));
    tools.append(...own, button("Keys", help));
    (one("body > footer") ?? document.body.appendChild(document.createElement("footer"))).append(
      tools,
    );
    keepOffline().catch(() => {}); // private windows, and hosts without the worker
    showPerson();
    addEventListener("hashchange", showPerson);
    reachFormulas();
    addEventListener("resize", reachFormulas);
    comeInFromBelow();
    const status = one("#search-status");
    if (status && location.protocol === "file:")
      status.textContent =
        "Opened as a file, this page may fetch nothing, so that the search stays empty. Serve the " +
        "site’s folder instead, for instance with python3 -m http.server.";
    const searches = one("#saved-searches");
    if (searches && recall("saved-searches"))
      (await asset("home-searches.js")).showSearches(root, searches);
    const day = one("main.home .date");
    if (day)
      asset("home-new.js").then(
        ({ tellNew }) => tellNew(root, day),
        () => {},
      );
    if (one('article, main:not(.reader) ol > li > a[href*="/#"], #search-results'))
      (await asset("papers.js")).enrich(root);
    if (one("article")) (await asset("day.js")).enrichDay(root);
    if (recall("interests")) (await asset("interests.js")).apply(root);
  });
})();
