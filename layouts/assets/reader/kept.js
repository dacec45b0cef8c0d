// @ts-check
// The page of what is kept on this device: shown in place of a page that is not, or by its own address.
import { make, many } from "./elements.js";
import { here, pathOf } from "./page.js";

const root = new URL("..", import.meta.url).href;
const ours = `dayleaf ${root} `;
const OFFLINE = "offline/";
const NONE = "Nothing yet: pages that you visit are kept, and the newest days.";

/** @param {string} id */
const place = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** The kept pages with their titles, those visited last first. @param {string} name */
const pages = async (name) => {
  if (!(await caches.has(ours + name))) return [];
  const cache = await caches.open(ours + name);
  const read = async (/** @type {Request} */ request) => {
    const text = (await (await cache.match(request))?.text()) ?? "";
    const title = new DOMParser().parseFromString(text, "text/html").title;
    return { url: request.url, title: title.replace(/ · [^·]*$/, "") || request.url };
  };
  const keys = (await cache.keys()).filter(({ url }) => pathOf(url, root) !== OFFLINE);
  return (await Promise.all(keys.map(read))).reverse();
};

const list = async () => {
  const found = [...(await pages("pages")), ...(await pages("days"))];
  const once = new Map(found.toReversed().map((page) => [pathOf(page.url, root), page]));
  const links = [...once.values()].toReversed().map(({ url, title }) => {
    return make("li", {}, make("a", { href: url }, title));
  });
  place("kept-pages").replaceChildren(...links);
  place("kept-status").textContent = links.length ? `${many(links.length, "page")} kept` : NONE;
};

/** @param {string} label @param {() => Promise<void>} act */
const button = (label, act) => {
  const made = make("button", { type: "button", textContent: label });
  made.addEventListener("click", async () => {
    made.disabled = true;
    await act();
    made.disabled = false;
    made.focus();
  });
  return made;
};

/** @param {unknown} message @returns {Promise<boolean>} */
const ask = async (message) => {
  const { active } = await navigator.serviceWorker.ready;
  const { port1, port2 } = new MessageChannel();
  return new Promise((done) => {
    port1.onmessage = ({ data }) => done(data);
    active?.postMessage(message, [port2]);
  });
};

const offerSearch = async () => {
  const status = place("kept-search");
  const controls = place("kept-controls");
  const say = async () => {
    const on = await caches.has(`${ours}search`);
    status.textContent = on
      ? "The newest papers can be searched without a network."
      : "Searching needs a network, unless you keep the newest papers here: a few megabytes.";
    return on;
  };
  const draw = async () => {
    const on = await say();
    const keep = button(
      on ? "Renew the kept search" : "Keep the newest papers for search",
      async () => {
        status.textContent = "Fetching…";
        const done = await ask("keep search");
        await draw();
        if (!done) status.textContent = "Not all of it could be fetched. Try again with a network.";
      },
    );
    const forget = button("Forget everything kept", async () => {
      const names = (await caches.keys()).filter((name) => name.startsWith(ours));
      const visited = names.filter((name) => !name.startsWith(`${ours}frame`));
      await Promise.all(visited.map((name) => caches.delete(name)));
      navigator.serviceWorker.controller?.postMessage("forget search");
      await draw();
      await list();
    });
    controls.replaceChildren(...(controls.dataset.search ? [keep, " "] : []), forget);
  };
  await draw();
};

if ("serviceWorker" in navigator && "caches" in window) {
  if (here(root) === OFFLINE) {
    place("kept-title").textContent = "Kept on this device";
    document.title = document.title.replace(/^[^·]+/, "Kept on this device ");
    place("kept-why").hidden = true;
  } else {
    place("kept-again").append(button("Try again", async () => location.reload()));
  }
  list();
  offerSearch();
} else place("kept-status").textContent = "This browser keeps no pages of this site.";
