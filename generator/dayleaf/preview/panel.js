// @ts-check
// "Where does this come from?": the layouts that made a page, what they were given, and the time it
// took. Loaded when it is first asked for. Not part of the built site.

const LOOK = `
  :host { all: initial; position: fixed; inset: 0 0 0 auto; width: min(32rem, 100vw); z-index: 2147483646; }
  * { box-sizing: border-box; }
  .box { height: 100%; overflow: auto; padding: 1rem 1.25rem; background: #14202e; color: #e8eef6;
    border-left: 4px solid #6ba8ff; font: 14px/1.5 system-ui, sans-serif; }
  h2 { margin: 0; font-size: 1.1rem; } h3 { margin: 1rem 0 .25rem; font-size: 1rem; color: #9fc6ff; }
  p { margin: .25rem 0; } ul { margin: 0; padding: 0; list-style: none; } li { margin: .15rem 0; overflow-wrap: anywhere; }
  details > :not(summary), .values > .value { margin-left: 1.1rem; } summary { margin-left: 0; cursor: pointer; }
  .value { overflow-wrap: anywhere; font: 13px/1.5 ui-monospace, monospace; }
  b { font-weight: 600; color: #ffd58a; } i { color: #93a4b8; font-style: normal; }
  button { font: inherit; } .close { float: right; } [role=status] { min-height: 1.5em; color: #b7f0b1; }
  a, button:focus-visible, summary:focus-visible { outline-offset: 2px; }`;

/** @type {ShadowRoot | null} */
let root = null;

/**
 * What reload.js lends us.
 * @typedef {object} Tools
 * @property {(name: string, text?: string, kind?: string) => HTMLElement} make
 * @property {(name: string, look: string) => ShadowRoot} shadow
 * @property {string} token
 */
/** @typedef {{ name: string, file: string, own: boolean }} Layout */
/**
 * A value that a layout was given, with its parts, of which `more` are left out.
 * @typedef {{ name: string, kind: string, text: string, parts: Value[], more: number }} Value
 */

/**
 * Open the panel, or close it.
 * @param {Tools} tools
 */
export const toggle = async (tools) => {
  if (root) {
    root.host.remove();
    root = null;
    return;
  }
  const { make, shadow, token } = tools;
  root = shadow("dayleaf-panel", LOOK);
  const mine = root;
  const box = make("div", "", "box");
  box.setAttribute("role", "dialog");
  box.setAttribute("aria-label", "Where does this come from?");
  const close = make("button", "Close", "close");
  close.onclick = () => toggle(tools);
  box.onkeydown = (event) => {
    if (event.key === "Escape") toggle(tools);
  };
  box.append(close, make("h2", "Where does this come from?"));
  root.append(box);
  close.focus();

  const answer = await fetch(
    `/-/origin?path=${encodeURIComponent(decodeURI(location.pathname))}`,
  ).catch(() => null);
  if (root !== mine) return;
  if (!answer?.ok) {
    box.append(make("p", "No layout makes what is at this address."));
    return;
  }
  const origin = await answer.json();
  const said = make("p");
  said.setAttribute("role", "status");

  /** @param {string} name */
  const open = async (name) => {
    const asked = await fetch(`/-/edit?layout=${encodeURIComponent(name)}`, {
      method: "POST",
      headers: { "X-Dayleaf-Token": token },
    });
    said.textContent = await asked.text();
  };
  /** @param {Layout} layout */
  const layout = ({ name, file, own }) => {
    const item = make("li");
    const button = make("button", "Edit");
    button.setAttribute("aria-label", `Edit ${name}`);
    button.onclick = () => open(name);
    item.append(button, ` ${file} `, make("i", own ? "the site’s own" : "comes with Dayleaf"));
    return item;
  };
  /** @param {Value} value @returns {HTMLElement} */
  const value = ({ name, kind, text, parts, more }) => {
    const head = [make("b", name), " ", make("i", kind)];
    if (!parts.length) {
      const line = make("div", "", "value");
      line.append(...head, ` ${text}`);
      return line;
    }
    const details = make("details", "", "value");
    const summary = make("summary");
    summary.append(...head);
    details.append(summary, ...parts.map(value));
    if (more) details.append(make("div", `… and ${more.toLocaleString("en")} more`, "value"));
    return details;
  };
  const layouts = make("ul");
  layouts.append(...origin.layouts.map(layout));
  const values = make("div", "", "values");
  values.append(...origin.values.map(value));
  values.querySelector(":scope > details:first-child")?.setAttribute("open", "");
  box.append(
    make(
      "p",
      `/${origin.path}: ${origin.size.toLocaleString("en")} bytes, ${origin.asked} ms to ask the catalog, ${origin.rendered} ms in the layouts`,
    ),
    make("h3", "Layouts, the page’s own first"),
    layouts,
    said,
    make("h3", "What they were given"),
    values,
  );
};
