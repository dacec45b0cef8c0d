// The search page: asks every shard of the index, newest first, and keeps its state in the address.
const main = document.querySelector("main");
const form = document.getElementById("search-form");
const status = document.getElementById("search-status");
const list = document.getElementById("search-results");
const root = new URL(main.dataset.root, document.baseURI).pathname;
const most = 30;
let turn = 0;

const { shards } = await (await fetch(`${root}search/shards.json`)).json();
const { createInstance } = await import(`${root}search/pagefind.js`);
const instances = new Map();

function instance(shard) {
  if (!instances.has(shard.path)) {
    instances.set(shard.path, createInstance({ basePath: root + shard.path, baseUrl: root }));
  }
  return instances.get(shard.path);
}

// Pagefind marks matches with <mark>; everything else in it is text from a digest, and stays text.
function marked(element, excerpt) {
  const decoded = (text) => new DOMParser().parseFromString(text, "text/html").body.textContent;
  excerpt.split(/<mark>(.*?)<\/mark>/).forEach((part, place) => {
    if (place % 2) element.appendChild(document.createElement("mark")).textContent = decoded(part);
    else element.append(decoded(part));
  });
}

function item(paper) {
  const entry = document.createElement("li");
  const link = entry.appendChild(document.createElement("a"));
  link.href = paper.url;
  link.textContent = paper.meta.title;
  const by = entry.appendChild(document.createElement("p"));
  by.textContent = `${paper.meta.date} · ${paper.meta.authors ?? ""}`;
  marked(entry.appendChild(document.createElement("p")), paper.excerpt);
  return entry;
}

async function search() {
  const mine = ++turn;
  const state = new URLSearchParams(new FormData(form));
  for (const [name, value] of [...state]) if (!value) state.delete(name);
  history.replaceState(null, "", state.size ? `?${state}` : location.pathname);
  const filters = {};
  for (const name of ["category", "year"]) if (state.get(name)) filters[name] = state.get(name);
  const newest = state.get("order") === "newest";
  list.replaceChildren();
  if (!state.get("q") && !Object.keys(filters).length) return (status.textContent = "");
  const found = [];
  for (const shard of shards) {
    if (filters.year && (shard.from.slice(0, 4) > filters.year || shard.to.slice(0, 4) < filters.year)) continue;
    const options = newest || !state.get("q") ? { filters, sort: { date: "desc" } } : { filters };
    const { results } = await instance(shard).search(state.get("q") || null, options);
    if (mine !== turn) return;
    found.push(...results);
    if (!options.sort) found.sort((a, b) => b.score - a.score);
    const shown = await Promise.all(found.slice(0, most).map((result) => result.data()));
    if (mine !== turn) return;
    list.replaceChildren(...shown.map(item));
    status.textContent = `${found.length.toLocaleString("en")} papers, back to ${shard.from.slice(0, 4)}`;
  }
}

for (const [name, value] of new URLSearchParams(location.search)) {
  if (form.elements[name]) form.elements[name].value = value;
}
form.addEventListener("submit", (event) => (event.preventDefault(), search()));
form.addEventListener("input", search);
search();
