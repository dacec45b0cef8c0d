// Keeps a page of the preview up to date. The server sends the whole state of the preview whenever
// it changes; the page compares that with what it was made of and does what is needed, so that it
// does not matter which states it has missed. Not part of the built site.
"use strict";
(() => {
  const made = document.currentScript.dataset; // page, styles, assets: fingerprints
  const KEY = "dayleaf-preview";

  // ---- The place where one was reading, kept over a reload ----
  const keepPlace = () => {
    // What is above may change in height: hold on to the element at the top of the window.
    const element = document.elementFromPoint(innerWidth / 2, 1)?.closest("[id]");
    const place = { href: location.href, x: scrollX, y: scrollY, id: element?.id, top: element?.getBoundingClientRect().top };
    try { sessionStorage.setItem(KEY, JSON.stringify(place)); } catch { return; }
    history.scrollRestoration = "manual";
  };
  const findPlace = () => {
    let place = null;
    try {
      place = JSON.parse(sessionStorage.getItem(KEY));
      sessionStorage.removeItem(KEY);
    } catch { /* storage is forbidden, or holds something else */ }
    if (place?.href !== location.href) return;
    const go = () => {
      scrollTo({ left: place.x, top: place.y, behavior: "instant" });
      const element = place.id && document.getElementById(place.id);
      if (element) scrollBy({ top: element.getBoundingClientRect().top - place.top, behavior: "instant" });
    };
    go();
    // Once more when images and fonts are there, and papers off screen have their true height.
    addEventListener("load", () => requestAnimationFrame(() => { go(); history.scrollRestoration = "auto"; }));
  };
  const reload = () => {
    keepPlace();
    location.reload();
  };

  // ---- A stylesheet, swapped without a flash of the bare page ----
  const swapStyles = (fingerprint) => {
    made.styles = fingerprint;
    for (const old of document.querySelectorAll("link[rel~=stylesheet]")) {
      const url = new URL(old.href);
      if (url.origin !== location.origin) continue;
      url.searchParams.set("preview", fingerprint);
      const fresh = old.cloneNode();
      fresh.href = url;
      fresh.onload = fresh.onerror = () => old.remove();
      old.after(fresh);
    }
  };

  // ---- What went wrong ----
  const STYLE = `
    :host { all: initial; position: fixed; inset: auto 0 0; z-index: 2147483647; }
    div { box-sizing: border-box; max-height: 60vh; overflow: auto; padding: 1rem 1.5rem 1.25rem;
      background: #2a1215; color: #fff; border-top: 4px solid #ff6b6b; font: 15px/1.5 system-ui, sans-serif; }
    strong { color: #ffb3b3; }
    pre { margin: .5rem 0 0; font: 13px/1.5 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
    button { float: right; font: inherit; }`;
  let overlay = null;
  const hide = () => {
    overlay?.remove();
    overlay = null;
  };
  const show = (failure) => {
    hide();
    overlay = document.createElement("dayleaf-failure");
    const box = document.createElement("div");
    const title = document.createElement("strong");
    const text = document.createElement("pre");
    const close = document.createElement("button");
    box.setAttribute("role", "alert");
    title.textContent = made.page ? `${failure.kind}: this is the last good site` : failure.kind;
    text.textContent = failure.message;
    close.textContent = "Hide";
    close.onclick = hide;
    box.append(close, title, text);
    // A sheet made by a script is allowed even where the site's policy forbids inline styles.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    const root = overlay.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [sheet];
    root.append(box);
    document.documentElement.append(overlay);
  };

  // ---- Listening ----
  const act = async (state) => {
    const doing = document.querySelector("[data-doing]");
    if (doing && !made.page) doing.textContent = state.failure ? "" : state.doing;
    if (state.failure) show(state.failure);
    else hide();
    if (!state.ready) return;
    if (state.assets !== made.assets) {
      reload();
      return;
    }
    if (state.styles !== made.styles) swapStyles(state.styles);
    const answer = await fetch(location.href, { method: "HEAD", cache: "no-store" }).catch(() => null);
    const now = answer?.headers.get("ETag");
    if (now && now !== `"${made.page}"`) reload();
  };

  // Browsers allow six connections to a host: a tab that is not seen gives its own back.
  let stream = null;
  const listen = () => {
    if (document.visibilityState === "visible" && !stream) {
      stream = new EventSource("/-/events");
      stream.onmessage = (event) => act(JSON.parse(event.data));
    }
  };
  const leave = () => {
    stream?.close();
    stream = null;
  };
  document.addEventListener("visibilitychange", () => (document.hidden ? leave() : listen()));
  addEventListener("pagehide", leave);
  addEventListener("pageshow", listen);
  findPlace();
  listen();
})();
