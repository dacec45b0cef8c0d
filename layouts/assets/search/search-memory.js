// @ts-check
// What the search page offers of what this browser remembers: in an empty box the last searches and
// those that were saved, beside a search to save it.
import { make } from "./elements.js";
import {
  carried,
  forgetRecent,
  recent,
  remember,
  remove,
  save,
  saved,
  takeIn,
} from "./searches.js";

/**
 * Show it in an element; `go` hears of a search that somebody picks.
 * @param {HTMLElement} place
 * @param {{ newest: string, go: (address: string) => void }} options `newest` is the newest day
 */
export const memory = (place, { newest, go }) => {
  let shown = { q: "", address: "" };

  /** @param {string} label @param {() => void} act @param {string} [about] */
  const button = (label, act, about = "") => {
    const made = make("button", { type: "button", textContent: label });
    if (about) made.ariaLabel = about;
    made.addEventListener("click", act);
    return made;
  };
  /** @param {string} text @param {string} address */
  const link = (text, address) => {
    const made = make("a", { href: address }, text);
    made.addEventListener("click", (event) => {
      event.preventDefault();
      go(address);
    });
    return made;
  };
  /** @param {() => void} act */
  const then = (act) => () => {
    act();
    draw();
  };

  const latest = () => {
    const found = recent();
    if (!found.length) return [];
    const links = found.map((q) => make("li", {}, link(q, `?${new URLSearchParams({ q })}`)));
    const forget = make("li", {}, button("Forget them", then(forgetRecent)));
    return [make("h2", {}, "Searched last"), make("ul", {}, ...links, forget)];
  };
  const kept = () => {
    const found = saved();
    if (!found.length) return [];
    const links = found.map(({ name, address }) => {
      const drop = button(
        "Remove",
        then(() => remove(address)),
        `Remove ${name}`,
      );
      return make("li", {}, link(name, address), " ", drop);
    });
    const carry = make("a", { href: carried() }, "Link to take them along");
    return [make("h2", {}, "Saved"), make("ul", {}, ...links, make("li", {}, carry))];
  };
  const offer = () => {
    const { q, address } = shown;
    const held = saved().find((one) => one.address === address);
    if (held) {
      const drop = button(
        "Remove",
        then(() => remove(address)),
        `Remove ${held.name}`,
      );
      return [make("p", {}, `Saved as “${held.name}”; home counts what is new. `, drop)];
    }
    const name = document.createElement("input");
    Object.assign(name, { value: q, ariaLabel: "Name of the search" });
    const form = make("form", {}, name, make("button", {}, "Save"));
    const open = button("Save this search", () => {
      open.replaceWith(form);
      name.select();
      name.focus();
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const done = save({ name: name.value.trim() || q, address, seen: newest });
      if (done) draw();
      else form.replaceChildren("This browser does not let the site keep anything.");
    });
    return [make("p", {}, open)];
  };

  const draw = () => {
    const { q, address } = shown;
    const parts = address.startsWith("?") ? (q ? offer() : []) : [...latest(), ...kept()];
    place.hidden = !parts.length;
    place.replaceChildren(...parts);
  };

  /** Show what belongs to a search. @param {string} q @param {string} address */
  const show = (q, address) => {
    shown = { q, address };
    draw();
  };
  if (takeIn(location.hash, newest)) history.replaceState(null, "", location.pathname);
  return { show, note: remember };
};
