// @ts-check
// What the site's worker (sw.js) has to tell: a new version, which waits until somebody agrees, or
// that the page is a copy.
import { make } from "./elements.js";
import { say } from "./said.js";

/** @type {HTMLElement | null} */
let shown = null;

/** @param {ServiceWorker} waiting */
export const offer = (waiting) => {
  shown?.remove();
  const place = make("div", { className: "offer", role: "status" });
  document.body.append(place);
  shown = place;
  const close = () => place.remove();
  const accept = () => {
    navigator.serviceWorker.addEventListener("controllerchange", () => location.reload());
    waiting.postMessage("take over");
    close();
  };
  const yes = make("button", { type: "button", textContent: "Use it" });
  const no = make("button", { type: "button", textContent: "Later" });
  yes.addEventListener("click", accept);
  no.addEventListener("click", close);
  place.append("This site has a new version. ", yes, " ", no);
};

/** Say that the page comes from this device. @param {string} root */
export const tellKept = (root) =>
  say("No network: this is the copy kept on this device.", [
    "What is kept",
    () => location.assign(`${root}offline/`),
  ]);
