// Find an author while typing, in the lists of names below authors/find/: one list for each beginning of a
// word, `[name, slug, papers, folded name]` by number of papers.
const MOST = 50;
const LETTERS = {
  ø: "o", ł: "l", đ: "d", ð: "d", ħ: "h", ı: "i", ß: "ss", æ: "ae", œ: "oe", þ: "th", ŋ: "n", ŧ: "t", ĸ: "k", ə: "e", ſ: "s",
};

const root = document.querySelector("main").dataset.root;
const form = document.getElementById("find-form");
const input = document.getElementById("find");
const status = document.getElementById("find-status");
const results = document.getElementById("find-results");
const lists = new Map();

/** Fold as the site's names are folded: `Łukasz Müller-Ek` gives `["lukasz", "muller", "ek"]`. */
const fold = (text) =>
  text.toLowerCase()
    .replace(/[øłđðħıßæœþŋŧĸəſ]/g, (letter) => LETTERS[letter])
    .normalize("NFKD").replace(/\p{M}/gu, "")
    .split(/[\s\-\u2010-\u2015\u2212.,~_/\\&:;|+]+/)
    .map((word) => word.replace(/[^a-z0-9]/g, ""))
    .filter(Boolean);

/** Fetch the list that holds every name with a word that begins so; no such list means no such name. */
const load = (bucket) => {
  if (!lists.has(bucket)) {
    const list = fetch(`${root}authors/find/${bucket}_.json`).then((answer) => {
      if (answer.ok) return answer.json();
      if (answer.status === 404) return [];
      throw new Error(`${answer.status}`);
    }).then((entries) => entries.map(([name, papers, slug]) => {
      const words = fold(name);
      return { name, papers, words, slug: slug ?? words.join("-") };
    }));
    list.catch(() => lists.delete(bucket));
    lists.set(bucket, list);
  }
  return lists.get(bucket);
};

/** What to say of so many names; a list for two letters may hold only words of two. */
const count = (found, letters) => {
  const many = found.length === 1 ? "1 name" : `${found.length ? found.length.toLocaleString("en") : "No"} names`;
  const first = found.length > MOST ? `, the first ${MOST} shown` : "";
  return `${many}${first}${letters < 3 ? "; a third letter finds more" : ""}`;
};

const matches = (asked) => ({ words }) =>
  asked.every((start) => words.some((word) => word.startsWith(start)));

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
const find = async () => {
  const turn = ++latest;
  const words = fold(input.value);
  const longest = words.reduce((best, word) => (word.length > best.length ? word : best), "");
  if (longest.length < 2) {
    results.replaceChildren();
    status.textContent = "Two letters or more, of any part of the name";
    return;
  }
  try {
    const list = await load(longest.slice(0, 3));
    // An answer that arrives after a later question is of no use.
    if (turn === latest) show(list.filter(matches(words)), longest.length);
  } catch {
    if (turn === latest) {
      results.replaceChildren();
      status.textContent = "The list of names could not be loaded. Go by the letters below.";
    }
  }
};

input.addEventListener("input", find);
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
find();
