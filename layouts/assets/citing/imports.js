// @ts-check
// Reads reading lists and references that come from elsewhere: our own JSON, CSL-JSON, BibTeX, RIS.
import { isArxiv, parse } from "./ids.js";
import { untex } from "./tex.js";

/** @typedef {Record<string, any> & { id: string, title: string }} Found a paper as far as it is known */

const ARXIV =
  /(?:arxiv[:./\s]*(?:abs\/|pdf\/)?)?(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?\/\d{7})(?:v\d+)?/i;

/** The anchor of a paper that says so much of itself. @param {string[]} said @param {string} doi @param {string} otherwise */
const anchor = (said, doi, otherwise) => {
  const id = said.map((one) => ARXIV.exec(one)?.[1] ?? "").find(isArxiv);
  if (id) return id;
  return doi ? (parse(doi)?.id ?? `doi:${doi.toLowerCase()}`) : otherwise;
};

/** `Gool, Luc Van` gives `Luc Van Gool`. Of three parts BibTeX has the suffix second, RIS last.
 * @param {string} name @param {1 | 2} [suffix] */
const turned = (name, suffix = 1) => {
  if (/^\{.*\}$/.test(name)) return name.slice(1, -1);
  const parts = name.split(/\s*,\s*/);
  if (parts.length === 3) return `${parts[3 - suffix]} ${parts[0]}, ${parts[suffix]}`;
  return parts.length === 2 ? `${parts[1]} ${parts[0]}`.trim() : name;
};

/** @param {any} one @returns {Found} */
const fromCsl = (one) => {
  const parts = one.issued?.["date-parts"]?.[0] ?? [];
  const authors = (one.author ?? []).map((/** @type {any} */ person) =>
    person.literal
      ? person.literal
      : [person.given, person.family].filter(Boolean).join(" ") +
        (person.suffix ? `, ${person.suffix}` : ""),
  );
  const address = String(one.URL ?? "");
  const doi = String(one.DOI ?? "");
  return {
    id: anchor([String(one.number ?? ""), address, String(one.id ?? "")], doi, String(one.id)),
    ...{ title: String(one.title ?? ""), authors, doi, address },
    published: parts.map((/** @type {any} */ n) => String(n).padStart(2, "0")).join("-"),
    journal: one.type === "article" ? "" : String(one["container-title"] ?? ""),
    note: "",
  };
};

/** @param {string} text @returns {Found[]} */
const fromJson = (text) => {
  const found = JSON.parse(text);
  const all = Array.isArray(found) ? found : [found];
  return all
    .filter((one) => one && typeof one === "object" && (one.title || one.id))
    .map((one) => (Array.isArray(one.authors) ? one : fromCsl(one)));
};

/** The value of a field that begins at a place, and where it ends. @param {string} text @param {number} from */
const value = (text, from) => {
  let said = "";
  let at = from;
  for (;;) {
    while (/[\s#]/.test(text[at] ?? "")) at += 1;
    const opens = text[at];
    if (opens === "{" || opens === '"') {
      let depth = 0;
      const start = at + 1;
      for (at = start; at < text.length; at += 1) {
        if (text[at] === "\\") at += 1;
        else if (text[at] === "{") depth += 1;
        else if (depth === 0 && text[at] === (opens === "{" ? "}" : '"')) break;
        else if (text[at] === "}") depth -= 1;
      }
      said += text.slice(start, at);
      at += 1;
    } else {
      const [word] = /^[^\s,}#]+/.exec(text.slice(at, at + 200)) ?? [""];
      if (!word) return { said, at };
      said += word;
      at += word.length;
    }
    if (!/^\s*#/.test(text.slice(at, at + 40))) return { said, at };
  }
};

/** Names between `and`s that stand in no braces. @param {string} field */
const people = (field) => {
  const names = [""];
  let depth = 0;
  for (const word of field.split(/(\s+)/)) {
    if (word === "and" && depth === 0) names.push("");
    else names[names.length - 1] += word;
    depth += word.split("{").length - word.split("}").length;
  }
  return names
    .map((name) => untex(turned(name.trim())))
    .filter((name) => name && name !== "others");
};

/** @param {string} text @returns {Found[]} */
const fromBibtex = (text) => {
  /** @type {Found[]} */
  const found = [];
  for (const { 1: type, 2: key, index, 0: head } of text.matchAll(
    /@(\w+)\s*\{\s*([^,\s{}]*)\s*,/g,
  )) {
    if (/^(?:comment|string|preamble)$/i.test(type)) continue;
    /** @type {Record<string, string>} */
    const fields = {};
    let at = index + head.length;
    for (;;) {
      const [all, name] = /^\s*,?\s*([\w-]+)\s*=/.exec(text.slice(at, at + 300)) ?? [];
      if (!all) break;
      const { said, at: end } = value(text, at + all.length);
      fields[name.toLowerCase()] = said.replace(/\s+/g, " ").trim();
      at = end;
    }
    const doi = fields.doi ?? "";
    const address = fields.url ?? "";
    found.push({
      id: anchor([fields.eprint ?? "", address, fields.journal ?? "", fields.note ?? ""], doi, key),
      ...{ title: untex(fields.title ?? key), authors: people(fields.author ?? ""), doi, address },
      published: (fields.date ?? fields.year ?? "").slice(0, 10),
      journal: untex(fields.journal ?? fields.journaltitle ?? fields.booktitle ?? ""),
      note: "",
    });
  }
  return found;
};

/** @param {string} text @returns {Found[]} */
const fromRis = (text) => {
  /** @type {Found[]} */
  const found = [];
  for (const record of text.split(/^ER {2}-.*$/m)) {
    const lines = [...record.matchAll(/^([A-Z][A-Z0-9]) {2}- ?(.*)$/gm)];
    /** @param {string[]} tags */
    const all = (...tags) =>
      lines.filter(([, tag]) => tags.includes(tag)).map(([, , said]) => said.trim());
    const [title] = all("TI", "T1");
    if (!title) continue;
    const [doi = ""] = all("DO");
    const [address = ""] = all("UR");
    found.push({
      id: anchor([...all("AN", "C7", "M1"), address], doi, title),
      ...{ title, authors: all("AU", "A1").map((name) => turned(name, 2)), doi, address },
      published: (all("DA", "Y1", "PY")[0] ?? "").replaceAll("/", "-").replace(/-+$/, ""),
      ...{ journal: all("T2", "JO", "JF")[0] ?? "", note: "" },
    });
  }
  return found;
};

/**
 * Read a file of any of the formats. Throws where it is none of them.
 * @param {string} text
 * @returns {Found[]}
 */
export const read = (text) => {
  const start = text.replace(/^\uFEFF/, "").trimStart();
  if (/^[[{]/.test(start)) return fromJson(start);
  if (/^TY {2}-/m.test(start)) return fromRis(start);
  if (/@\w+\s*\{/.test(start)) return fromBibtex(start);
  throw new Error("Expected a list as JSON, CSL-JSON, BibTeX or RIS.");
};
