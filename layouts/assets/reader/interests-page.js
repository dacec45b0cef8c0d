// @ts-check
// The page of interests: what is followed and hidden, and how it gets to another browser.
import { labelled, make } from "./elements.js";
import { carried, cleaned, interests, keepInterests, linkOf } from "./interests.js";
import { load } from "./lists.js";
import { say } from "./said.js";
import { download } from "./take.js";

/** @typedef {import("./interests.js").Interest} Interest */

const place = /** @type {HTMLElement} */ (document.getElementById("reader"));
const root = new URL("..", import.meta.url).href;
const SORTS = {
  words: "Words or a phrase",
  author: "Author",
  category: "Category",
  venue: "Venue",
};

/** What is looked for, of what somebody types. @param {keyof typeof SORTS} sort @param {string} typed */
const meant = async (sort, typed) => {
  if (sort !== "author" && sort !== "venue") return typed;
  const { fold } = await import("./fold.js");
  if (sort === "author") return fold(typed).join("-");
  /** @type {Record<string, [string, string]>} */
  const known = await load(`${root}venues/known.json`, {});
  const wanted = fold(typed).join(" ");
  const found = Object.entries(known).find(
    ([slug, [, title]]) => slug === fold(typed).join("-") || fold(title).join(" ") === wanted,
  );
  return found?.[0] ?? fold(typed).join("-");
};

const list = make("ul", { className: "interests" });
const show = () => {
  const all = interests();
  list.replaceChildren(...all.map(item));
  if (!all.length) list.append(make("li", {}, "Nothing yet."));
};

/** @param {Interest} one */
const item = (one) => {
  const remove = make("button", { type: "button", textContent: "Remove" });
  remove.setAttribute("aria-label", `Remove ${one.label}`);
  remove.onclick = () => {
    const before = interests();
    keepInterests(before.filter((other) => JSON.stringify(other) !== JSON.stringify(one)));
    const undo = () => {
      keepInterests(before);
      show();
    };
    show();
    say(`${one.label} is removed.`, ["Undo", undo]);
    const next = list.querySelector("button") ?? field;
    if (next instanceof HTMLElement) next.focus();
  };
  const what = `${one.hide ? "Hide" : "Follow"} · ${SORTS[one.sort].toLowerCase()}`;
  return make("li", {}, make("b", {}, one.label), make("span", {}, what), remove);
};

const sort = make("select", { id: "sort" });
for (const [value, label] of Object.entries(SORTS))
  sort.append(make("option", { value, textContent: label }));
const field = make("input", { id: "value", type: "text", required: true, maxLength: 200 });
const form = make(
  "form",
  { className: "interest" },
  labelled("What", field),
  labelled("Sort", sort),
  make(
    "p",
    { className: "buttons" },
    make("button", { value: "follow", textContent: "Follow" }),
    " ",
    make("button", { value: "hide", textContent: "Hide" }),
  ),
);
form.onsubmit = async (event) => {
  event.preventDefault();
  const hide = event.submitter instanceof HTMLButtonElement && event.submitter.value === "hide";
  const label = field.value.trim();
  const kind = /** @type {keyof typeof SORTS} */ (sort.value);
  const made = cleaned([{ sort: kind, value: await meant(kind, label), label, hide }]);
  if (!made.length) return say("Words hold at least one letter or figure.");
  if (!keepInterests([...interests(), ...made]))
    return say("This browser does not let the site store anything more.");
  field.value = "";
  field.focus();
  show();
};

/** @param {Interest[]} found */
const take = (found) => {
  if (!found.length) return say("No interests were found in it.");
  const before = interests();
  keepInterests([...before, ...found]);
  show();
  const undo = () => {
    keepInterests(before);
    show();
  };
  say(`${found.length} taken over.`, ["Undo", undo]);
};

const link = make("button", { type: "button", textContent: "Copy as a link" });
link.onclick = () =>
  navigator.clipboard.writeText(linkOf(root)).then(
    () => say("The link is copied: open it in the other browser."),
    () => say("This browser does not let the site copy; use the file instead."),
  );
const save = make("button", { type: "button", textContent: "Save as a file" });
save.onclick = () =>
  download("interests.json", "application/json", JSON.stringify(interests(), null, 2));
const file = make("input", { id: "file", type: "file", accept: ".json,application/json" });
file.onchange = async () => {
  const text = (await file.files?.[0]?.text()) ?? "";
  try {
    take(cleaned(JSON.parse(text)));
  } catch {
    say("Expected a file that was saved here.");
  }
  file.value = "";
};
place.append(
  form,
  list,
  make("h2", {}, "To another browser"),
  make("p", { className: "buttons" }, link, " ", save),
  labelled("Take over from a file", file),
);
show();
const brought = carried(location.hash);
if (brought.length) {
  history.replaceState(history.state, "", location.pathname);
  take(brought);
}
