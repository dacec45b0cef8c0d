// @ts-check
// Offers a new version of the site's worker (sw.js), which waits until somebody agrees.
import { make } from "./elements.js";

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
