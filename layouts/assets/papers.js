// What a day's papers gain from a script: citations, a reading list, filters by field. The reading list
// lives in this browser only; it can be taken along as BibTeX or JSON.
import { make, open } from "./dialog.js";

const one = (selector, from = document) => from.querySelector(selector);
const all = (selector, from = document) => [...from.querySelectorAll(selector)];
const text = (element) => element?.textContent.replace(/\s+/g, " ").trim() ?? "";

// ---- What a page says of a paper ----
const read = (article, root) => {
  const byline = one(":scope > h2 + *", article)?.cloneNode(true);
  byline?.querySelector("summary")?.replaceWith(", ");
  return {
    id: article.id,
    title: text(one("h2", article)),
    authors: text(byline).split(/\s*,\s+/).filter(Boolean),
    year: /\b\d{4}\b/.exec(text(one("h1")))?.[0] ?? "",
    category: text(one("footer b", article)),
    arxiv: one("h2 a", article).href,
    path: `${location.href.slice(root.length).split(/[?#]/)[0]}#${article.id}`,
  };
};

const bibtex = ({ id, title, authors, year, category, arxiv }) => {
  const letters = { ø: "o", ł: "l", đ: "d", ı: "i" };
  const plain = (word) => word.toLowerCase().replace(/[øłđı]/g, (letter) => letters[letter])
    .normalize("NFKD").replace(/[^a-z0-9]/g, "");
  const safe = (words) => words.replace(/[&%$#_]/g, "\\$&");
  const family = plain(authors[0]?.split(" ").pop() ?? "");
  const word = plain(title.split(/[\s:-]/).find((part) => part.length > 3) ?? "");
  const fields = {
    title: `{${safe(title)}}`,
    author: safe(authors.join(" and ")),
    year,
    eprint: id,
    archivePrefix: "arXiv",
    primaryClass: category,
    url: arxiv,
  };
  const lines = Object.entries(fields).filter(([, value]) => value).map(([name, value]) => `  ${name} = {${value}}`);
  return `@misc{${family + year + word || id},\n${lines.join(",\n")}\n}\n`;
};

// ---- Reading list ----
const SAVED = "saved";
const load = () => { try { return JSON.parse(localStorage.getItem(SAVED)) ?? []; } catch { return []; } };
const store = (papers) => {
  try {
    localStorage.setItem(SAVED, JSON.stringify(papers));
    return true;
  } catch {
    return false;
  }
};

const download = (name, type, content) => {
  const link = make("a", { download: name, href: URL.createObjectURL(new Blob([content], { type })) });
  link.click();
  URL.revokeObjectURL(link.href);
};

/** Show what was saved, newest first, and let it be opened, removed and taken along. */
export const openReadingList = (root) => {
  const list = make("ul", { class: "saved" });
  const empty = make("p", {}, "Nothing yet. Save a paper on its day page, with the button beside it or the key s.");
  const actions = make("p", { class: "actions" });
  const show = () => {
    const papers = load();
    list.replaceChildren(...papers.toReversed().map((paper) => {
      const remove = make("button", { type: "button", "aria-label": `Remove ${paper.title}` }, "Remove");
      remove.addEventListener("click", () => {
        store(load().filter((other) => other.id !== paper.id));
        show();
        mark();
      });
      return make("li", {}, make("a", { href: root + paper.path }, paper.title), " ", remove);
    }));
    empty.hidden = papers.length > 0;
    actions.hidden = papers.length === 0;
  };
  const take = (label, action) => {
    const button = make("button", { type: "button" }, label);
    button.addEventListener("click", action);
    actions.append(button, " ");
  };
  take("BibTeX", () => download("reading-list.bib", "application/x-bibtex", load().map(bibtex).join("\n")));
  take("JSON", () => download("reading-list.json", "application/json", JSON.stringify(load(), null, 2)));
  show();
  const dialog = open("Reading list", empty, list, actions);
  list.addEventListener("click", (event) => { if (event.target.closest("a")) dialog.close(); });
};

const mark = () => {
  const saved = new Set(load().map((paper) => paper.id));
  for (const button of all("button.save")) {
    const on = saved.has(button.closest("article").id);
    button.setAttribute("aria-pressed", String(on));
    button.textContent = on ? "Saved" : "Save";
  }
};

const save = (article, root) => {
  const papers = load();
  const rest = papers.filter((paper) => paper.id !== article.id);
  if (!store(rest.length < papers.length ? rest : [...papers, read(article, root)])) {
    open("Reading list", make("p", {}, "This browser does not let the site store anything."));
  }
  mark();
};

// ---- Citations ----
const cite = async (button, root) => {
  const entry = bibtex(read(button.closest("article"), root));
  try {
    await navigator.clipboard.writeText(entry);
    button.textContent = "Copied as BibTeX";
    setTimeout(() => { button.textContent = "Cite"; }, 2500);
  } catch {
    open("Citation", make("pre", { tabindex: 0 }, entry));
  }
};

// ---- A day's fields as filters; Ctrl-click still leads to the category ----
const addFilters = () => {
  const fields = all(".fields a");
  if (fields.length < 2) return;
  const status = make("span", { role: "status" });
  one(".fields").after(status);
  const articles = all("article");
  const filter = (field) => {
    const on = field.getAttribute("aria-pressed") === "false";
    for (const other of fields) other.setAttribute("aria-pressed", String(on && other === field));
    for (const article of articles) article.hidden = on && one("footer b a", article)?.href !== field.href;
    const shown = articles.filter((article) => !article.hidden).length;
    status.textContent = on ? `Showing ${shown} of ${articles.length}` : "";
  };
  for (const field of fields) {
    field.setAttribute("role", "button");
    field.setAttribute("aria-pressed", "false");
    field.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      filter(field);
    });
    field.addEventListener("keydown", (event) => {
      if (event.key !== " ") return;
      event.preventDefault();
      filter(field);
    });
  }
};

/** Add buttons to every paper of this page, and filters above them. */
export const enrich = (root) => {
  for (const links of all("article > footer > p")) {
    links.append(" ", make("button", { type: "button", class: "cite", "aria-live": "polite" }, "Cite"), " ",
      make("button", { type: "button", class: "save", "aria-pressed": "false" }, "Save"));
  }
  mark();
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("article > footer button");
    if (button?.className === "cite") cite(button, root);
    if (button?.className === "save") save(button.closest("article"), root);
  });
  addEventListener("storage", mark);
  addFilters();
};
