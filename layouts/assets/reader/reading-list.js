// @ts-check
// The page of the reading list: notes, tags, an order, search, and the way in and out.
import { labelled, make, many, ticked } from "./elements.js";
import { finder, isTitleKey } from "./identity.js";
import { locate } from "./ids.js";
import { profileIn, read } from "./imports.js";
import { forgetWords, keepWords, wordsOf } from "./liked-words.js";
import { exported, imported } from "./profile.js";
import { references } from "./references.js";
import { say } from "./said.js";
import { drop, entries, entryOf, keep, onOthers, whole } from "./saved.js";
import { download, offer } from "./take.js";

/** @typedef {import("./saved.js").Saved} Saved */

const AT_ONCE = 100; // entries shown before more are asked for
const PATIENCE = 400; // milliseconds without a key before a note is kept

const place = /** @type {HTMLElement} */ (document.getElementById("reader"));
const root = new URL("..", import.meta.url).href;

const ORDERS = {
  own: ["My order", (/** @type {Saved} */ a, /** @type {Saved} */ b) => a.place - b.place],
  saved: ["Saved last", (/** @type {Saved} */ a, /** @type {Saved} */ b) => b.place - a.place],
  newest: [
    "Published last",
    (/** @type {Saved} */ a, /** @type {Saved} */ b) => b.published.localeCompare(a.published),
  ],
  title: [
    "Title",
    (/** @type {Saved} */ a, /** @type {Saved} */ b) => a.title.localeCompare(b.title),
  ],
};

const search = make("input", { id: "within", type: "search", autocomplete: "off" });
const tag = make("select", { id: "tag" });
const order = make("select", { id: "order" });
for (const [value, [label]] of Object.entries(ORDERS))
  order.append(make("option", { value, textContent: String(label) }));
const unread = make("input", { type: "checkbox" });
const status = make("p", { id: "list-status" });
status.setAttribute("role", "status");
const list = make("ol", { className: "saved" });
const more = make("button", { type: "button" });

let most = AT_ONCE;

/** @param {Saved} one */
const words = (one) =>
  [one.title, one.authors.join(" "), one.note, one.tags.join(" "), one.venue?.title, one.id]
    .join(" ")
    .toLowerCase();

/** Those that the filters leave, in the chosen order. */
const chosen = () => {
  const wanted = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  const [, by] = ORDERS[/** @type {keyof typeof ORDERS} */ (order.value)];
  return entries()
    .filter((one) => !unread.checked || !one.done)
    .filter((one) => !tag.value || one.tags.includes(tag.value))
    .filter((one) => wanted.every((word) => words(one).includes(word)))
    .sort(/** @type {(a: Saved, b: Saved) => number} */ (by));
};

/** Change an entry as it is now: another tab may have changed it. @param {string} id @param {Partial<Saved>} change */
const change = (id, change) => {
  const now = entryOf(id);
  if (now && !keep({ ...now, ...change }))
    say("This browser does not let the site store anything more.");
};

/** @param {string} label @param {string} title @param {() => void} act */
const action = (label, title, act) => {
  const made = make("button", { type: "button", textContent: label });
  made.setAttribute("aria-label", `${label}: ${title}`);
  made.onclick = act;
  return made;
};

/** Move an entry by one in the reader's own order. @param {string} id @param {1 | -1} by */
const move = (id, by) => {
  const shown = chosen();
  const at = shown.findIndex((one) => one.id === id);
  const other = shown[at + by];
  if (!other) return;
  const mine = shown[at].place;
  change(id, { place: other.place });
  change(other.id, { place: mine });
  show();
  const button = list.querySelector(`[data-id="${CSS.escape(id)}"] .${by < 0 ? "up" : "down"}`);
  if (button instanceof HTMLElement) button.focus();
  say(`Moved ${by < 0 ? "up" : "down"}.`);
};

/** @param {Saved} entry */
const remove = (entry) => {
  const items = [...list.children];
  const at = items.findIndex((one) => one instanceof HTMLElement && one.dataset.id === entry.id);
  const known = wordsOf(entry.id);
  drop(entry.id);
  forgetWords(entry.id);
  show();
  const next = list.children[Math.min(at, list.children.length - 1)]?.querySelector("a");
  (next ?? search).focus();
  const undo = () => {
    keep(entry);
    if (known) keepWords(entry.id, known);
    show();
  };
  say(`Removed: ${entry.title}.`, ["Undo", undo]);
};

/** Where a paper stands: here, at its address, or where its DOI leads. @param {Saved} entry */
const linkOf = ({ path, address, doi }) => {
  if (path) return root + path;
  if (/^https?:\/\//i.test(address)) return address;
  return doi ? `https://doi.org/${encodeURI(doi).replace(/[?#]/g, encodeURIComponent)}` : "";
};

/** @param {Saved} entry */
const item = (entry) => {
  const { id, title, authors, category, published, venue, note, tags, done } = entry;
  const away = linkOf(entry);
  const link = away ? make("a", { href: away }, title) : make("span", {}, title);
  const people =
    authors.length > 3 ? `${authors.slice(0, 3).join(", ")} et al.` : authors.join(", ");
  const at = venue ? `${venue.title}${venue.year ? ` ${venue.year}` : ""}` : "";
  const about = [people, at || published.slice(0, 4), category].filter(Boolean).join(" · ");
  const area = make("textarea", { value: note, rows: note ? 3 : 1, placeholder: "A note" });
  area.setAttribute("aria-label", `Note on ${title}`);
  let waiting = 0;
  area.oninput = () => {
    clearTimeout(waiting);
    waiting = window.setTimeout(() => change(id, { note: area.value }), PATIENCE);
  };
  area.onblur = () => {
    if (entryOf(id)?.note !== area.value) change(id, { note: area.value });
  };
  const labels = make("input", { type: "text", value: tags.join(", "), placeholder: "Tags" });
  labels.setAttribute("aria-label", `Tags of ${title}, with commas between`);
  labels.onchange = () => {
    const found = labels.value.split(",").map((one) => one.trim());
    change(id, { tags: [...new Set(found.filter(Boolean))] });
    listTags();
  };
  const read_ = action(done ? "Read" : "Unread", title, () => {
    change(id, { done: !entryOf(id)?.done });
    show();
    const button = list.querySelector(`[data-id="${CSS.escape(id)}"] .state`);
    if (button instanceof HTMLElement) button.focus();
  });
  read_.className = "state";
  read_.setAttribute("aria-pressed", String(done));
  const up = action("Up", title, () => move(id, -1));
  const down = action("Down", title, () => move(id, 1));
  [up.className, down.className] = ["up", "down"];
  const own = order.value === "own" ? [up, " ", down, " "] : [];
  const cite = action("Cite", title, () => offer([entryOf(id) ?? entry], "citation"));
  const gone = action("Remove", title, () => remove(entryOf(id) ?? entry));
  const made = make(
    "li",
    { className: done ? "read" : "" },
    link,
    make("p", {}, about),
    make("p", { className: "own" }, labels, area),
    make("p", { className: "buttons" }, read_, " ", ...own, cite, " ", gone),
  );
  made.dataset.id = id;
  return made;
};

const listTags = () => {
  const before = tag.value;
  const all = [...new Set(entries().flatMap(({ tags }) => tags))].sort();
  tag.replaceChildren(make("option", { value: "", textContent: "All tags" }));
  for (const value of all) tag.append(make("option", { value, textContent: value }));
  tag.value = all.includes(before) ? before : "";
};

const show = () => {
  const found = chosen();
  const all = entries();
  list.replaceChildren(...found.slice(0, most).map(item));
  const open = all.filter(({ done }) => !done).length;
  status.textContent = all.length
    ? `${found.length === all.length ? "" : `${found.length} of `}${many(all.length, "paper")}, ${open} unread`
    : "Nothing yet. Save a paper where it is listed, with the button beside it or the key s. From three papers on, days can be ordered for you.";
  more.hidden = found.length <= most;
  more.textContent = `Show ${many(found.length - most, "more paper")}`;
};
more.onclick = () => {
  most += AT_ONCE * 5;
  show();
};

/** What an entry says, of the fields that say anything. @param {Saved | undefined} entry */
const told = (entry) =>
  Object.fromEntries(Object.entries(entry ?? {}).filter(([, value]) => value));

/** Take in what "For you" knew elsewhere; return what there is to say of it. @param {string} text */
const bringProfile = (text) => {
  const profile = profileIn(text);
  if (profile === undefined) return "";
  const { taken, left } = imported(profile);
  const rest = left ? ` ${left} made no sense or found no room, and were left out.` : "";
  return ` “For you” knows the words of ${many(taken, "paper")} from it.${rest}`;
};

/** Take papers in; those that are on the list already keep what was made of them. @param {string} text */
const bring = async (text) => {
  const profile = bringProfile(text);
  const found = read(text).map((one, n) => whole({ place: Date.now() + n, ...one }));
  const { add, find } = finder(entries());
  /** @type {Saved[]} */
  const kept = [];
  let added = 0;
  for (const one of found) {
    const before = find(one);
    const now = before && (entryOf(before.id) ?? before);
    // Its own identifier is better than one made of the title.
    const id = now && !isTitleKey(now.id) ? now.id : one.id;
    const tags = [...new Set([...(now?.tags ?? []), ...one.tags])];
    const entry = whole({ ...one, ...told(now), id, tags, note: now?.note || one.note });
    if (!keep(entry)) break;
    if (now && now.id !== id) drop(now.id);
    if (!now) added += 1;
    add(entry);
    kept.push(entry);
  }
  listTags();
  show();
  const rest = kept.length - added;
  const known = rest ? ` ${rest} were on the list, or stood twice in the file.` : "";
  const full = kept.length < found.length ? " This browser has no room for the others." : "";
  say(`${many(found.length, "paper")} read, ${added} of them new.${known}${full}${profile}`);
  await complete(kept.filter(({ path }) => !path));
};

/** Look up in the archive what came without an address here. @param {Saved[]} found */
const complete = async (found) => {
  /** @type {string[]} */
  const paths = [];
  for (const { id, doi } of found) {
    const known = await locate(root, { id }).catch(() => null);
    const place =
      known ?? (doi ? await locate(root, { doi: doi.toLowerCase() }).catch(() => null) : null);
    if (!place) continue;
    paths.push(place.path);
    if (place.id !== id) {
      const now = entryOf(id);
      drop(id);
      if (now && !entryOf(place.id)) keep({ ...now, id: place.id });
    }
  }
  await fill(paths);
};

/** Take what is said of papers from the archive's data. @param {string[]} paths */
const fill = async (paths) => {
  for (const paper of await references(paths, root).catch(() => [])) {
    const now = entryOf(paper.id);
    if (now) keep({ ...now, ...paper });
  }
  if (paths.length) show();
};

const take = make("button", { type: "button", textContent: "Export" });
take.onclick = () => {
  const papers = chosen();
  if (papers.length) offer(papers, "reading-list");
  else say("There is nothing to export.");
};
/** The list, and behind it what "For you" knows: older versions pass over what has no title. */
const wholeList = () => {
  const profile = exported();
  return profile.length ? [...entries(), { profile }] : entries();
};
const whole_ = make("button", { type: "button", textContent: "Save with notes (JSON)" });
whole_.onclick = () =>
  download("reading-list.json", "application/json", JSON.stringify(wholeList(), null, 2));
const file = make("input", { id: "file", type: "file", accept: ".json,.bib,.ris,.txt" });
file.onchange = async () => {
  const text = (await file.files?.[0]?.text()) ?? "";
  try {
    await bring(text);
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
  }
  file.value = "";
};

for (const one of [search, tag, order, unread])
  one.addEventListener(one === search ? "input" : "change", () => {
    most = AT_ONCE;
    show();
  });
onOthers((id) => {
  const shown = list.querySelector(`[data-id="${CSS.escape(id)}"]`);
  // What somebody is writing here is not taken from under their hands.
  if (shown?.querySelector(":is(input, textarea):focus")) return;
  const now = entryOf(id);
  if (shown && now) shown.replaceWith(item(now));
  else show();
});

place.append(
  make(
    "form",
    { className: "filters", onsubmit: () => false },
    labelled("Search the list", search),
    labelled("Tag", tag),
    labelled("Order", order),
  ),
  make("p", { className: "buttons" }, ticked("Unread only", unread), " ", take, " ", whole_),
  labelled("Import JSON, BibTeX, RIS or CSL-JSON", file),
  status,
  list,
  more,
);
listTags();
show();
// A paper saved without a network, or just before leaving the page, has only title and address.
fill(entries().flatMap(({ path, published }) => (path && !published ? [path] : [])));
