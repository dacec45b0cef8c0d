// The page of all authors: find one while typing.
import { find, fold } from "./names.js";

const MOST = 50;

const { root } = document.querySelector("main").dataset;
const form = document.getElementById("find-form");
const input = document.getElementById("find");
const status = document.getElementById("find-status");
const results = document.getElementById("find-results");

/** What to say of so many names; a list for two letters may hold only words of two. */
const count = (found, letters) => {
  const many = found.length === 1 ? "1 name" : `${found.length ? found.length.toLocaleString("en") : "No"} names`;
  const first = found.length > MOST ? `, the first ${MOST} shown` : "";
  return `${many}${first}${letters < 3 ? "; a third letter finds more" : ""}`;
};

const show = (found, letters) => {
  results.replaceChildren(...found.slice(0, MOST).map(({ name, slug, papers }) => {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = `${root}authors/${slug}.html`;
    link.textContent = name;
    item.append(link, ` ${papers.toLocaleString("en")}`);
    return item;
  }));
  status.textContent = count(found, letters);
};

let latest = 0;
const look = async () => {
  const turn = ++latest;
  const letters = Math.max(0, ...fold(input.value).map((word) => (/^[a-z0-9]/.test(word) ? word.length : 3)));
  try {
    const found = await find(root, input.value);
    // An answer that arrives after a later question is of no use.
    if (turn !== latest) return;
    if (found) {
      show(found, letters);
      return;
    }
    results.replaceChildren();
    status.textContent = "Two letters or more, of any part of the name";
  } catch {
    if (turn !== latest) return;
    results.replaceChildren();
    status.textContent = "The list of names could not be loaded. Go by the letters below.";
  }
};

input.addEventListener("input", look);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  results.querySelector("a")?.click();
});
form.addEventListener("keydown", (event) => {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const stops = [input, ...results.querySelectorAll("a")];
  const next = stops[stops.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1)];
  if (next) {
    event.preventDefault();
    next.focus();
  }
});
input.value ||= new URLSearchParams(location.search).get("name") ?? "";
look();
