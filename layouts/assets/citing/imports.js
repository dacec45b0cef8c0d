// @ts-check
// Reads reading lists and references that come from elsewhere: our own JSON, CSL-JSON, BibTeX, RIS.
import { entriesOf, namesIn, partsOf } from "./bibtex-file.js";
import { identified, isAnchor, isOurs, isServer } from "./identity.js";
import { untex } from "./untex.js";

/** @typedef {Record<string, any> & { id: string, title: string }} Found a paper as far as it is known */
/** @typedef {{ names: string[], others: boolean }} People */

/** What stands for authors who are not named. */
const OTHERS = /^(?:and\s+)?(?:\d+\s+)?others$|^et\.?\s*al\.?$/i;

/** Names without those that stand for others. @param {string[]} all @returns {People} */
const people = (all) => ({
  names: all.filter((name) => name && !OTHERS.test(name)),
  others: all.some((name) => OTHERS.test(name)),
});

/** `Gool, Luc Van` gives `Luc Van Gool`. Of three parts BibTeX has the suffix second, RIS last.
 * @param {string[]} parts @param {1 | 2} [suffix] */
const turned = (parts, suffix = 1) => {
  if (parts.length === 3) return `${parts[3 - suffix]} ${parts[0]}, ${parts[suffix]}`;
  return parts.length === 2 ? `${parts[1]} ${parts[0]}`.trim() : parts.join(", ");
};

/** Where a paper appeared: nowhere, if that is a server of preprints.
 * @param {string} title @param {string} published @param {boolean} meeting whether it is a conference's */
const appeared = (title, published, meeting) => {
  if (!title || isServer(title)) return { journal: "" };
  const venue = { kind: "conference", title, year: published.slice(0, 4), part: "" };
  return { journal: title, ...(meeting ? { venue } : {}) };
};

/** @param {any} person */
const nameOf = (person) => {
  if (typeof person === "string") return person;
  const { literal, name, given, family, suffix } = person ?? {};
  const particles = [person?.["dropping-particle"], person?.["non-dropping-particle"]];
  const whole = [given, ...particles, family].filter(Boolean).join(" ");
  return String(literal ?? (whole || name || "")) + (suffix ? `, ${suffix}` : "");
};

/** A field of CSL as text. @param {any} value */
const said = (value) => String((Array.isArray(value) ? value[0] : value) ?? "");

/** @param {any} one @returns {Found} */
const fromCsl = (one) => {
  const parts = one.issued?.["date-parts"]?.[0] ?? [];
  const { names: authors, others } = people((one.author ?? one.authors ?? []).map(nameOf));
  const dated = parts.map((/** @type {any} */ n) => String(n).padStart(2, "0")).join("-");
  const published = dated || said(one.issued?.raw ?? one.issued?.literal ?? one.year);
  const title = said(one.title ?? one.id);
  const address = said(one.URL ?? one.url);
  const number = [one.number, one.archive_location, one["archive-location"]].map(said);
  const server = /^(?:corr|arxiv)\b/i.test(said(one.archive ?? one.publisher ?? ""));
  const id = said(one.id);
  const paper = { title, authors, published, doi: said(one.DOI ?? one.doi) };
  const known = identified(paper, {
    ids: [...(server ? number : []), said(one.arxiv_id ?? one.arxivId)],
    labelled: [...number, id, said(one["container-title"]), said(one.note)],
    addresses: [address, id],
  });
  const at = said(one["container-title"]);
  return {
    ...paper,
    ...known,
    ...(isAnchor(id) ? { id } : {}),
    address,
    ...(others ? { others } : {}),
    ...appeared(one.type === "article" ? "" : at, published, one.type === "paper-conference"),
    note: "",
  };
};

/** @param {string} text @returns {Found[]} */
const fromJson = (text) => {
  const found = JSON.parse(text);
  const all = Array.isArray(found) ? found : [found];
  return all
    .filter((one) => one && typeof one === "object" && (one.title || one.id))
    .map((one) => {
      const ours = Array.isArray(one.authors) && one.authors.every(isText);
      if (!ours) return fromCsl(one);
      const { title = one.id, authors, published = "", doi = "", address = "" } = one;
      if (isOurs(String(one.id))) return one;
      return {
        ...one,
        ...identified({ title, authors, published, doi }, { addresses: [address] }),
      };
    });
};

/** What "For you" knew where a list of our own comes from; undefined if it says nothing of it.
 * @param {string} text @returns {unknown} */
export const profileIn = (text) => {
  try {
    const found = JSON.parse(text.replace(/^\uFEFF/, ""));
    const all = Array.isArray(found) ? found : [found];
    return all.find((one) => one && typeof one === "object" && "profile" in one)?.profile;
  } catch {
    return undefined;
  }
};

/** @param {unknown} one */
const isText = (one) => typeof one === "string";

/** A name as BibTeX has it. @param {string} name */
const fromTex = (name) => {
  if (/^\{.*\}$/.test(name) && partsOf(name).length === 1) return untex(name);
  return turned(partsOf(name).map(untex));
};

const CONFERENCE = /^(?:in)?proceedings$|^conference$|^incollection$/;

/** @param {import("./bibtex-file.js").Entry} entry @returns {Found} */
const ofEntry = ({ type, key, fields }) => {
  const { names: authors, others } = people(namesIn(fields.author ?? "").map(fromTex));
  const title = fields.title ?? key;
  const published = (fields.date ?? fields.year ?? "").slice(0, 10);
  const at = untex(fields.journal ?? fields.journaltitle ?? fields.booktitle ?? "");
  const address = fields.url ?? "";
  const paper = { title: untex(title), authors, published, doi: fields.doi ?? "" };
  const scheme = fields.archiveprefix ?? fields.eprinttype ?? "arXiv";
  const eprint = fields.eprint ?? "";
  const old = /^\d{7}(?:v\d+)?$/.test(eprint) ? `${fields.primaryclass ?? ""}/${eprint}` : eprint;
  const { journal, note, howpublished, number, eid, pages, volume } = fields;
  return {
    ...paper,
    ...identified(paper, {
      ids: [/arxiv/i.test(scheme) ? old : "", fields.arxivid ?? ""],
      labelled: [eprint, journal, note, howpublished, number, eid, pages, volume].map((one) =>
        untex(one ?? ""),
      ),
      addresses: [address, fields.eprint ?? "", untex(note ?? ""), untex(howpublished ?? "")],
    }),
    ...{ address, note: "" },
    ...(others ? { others } : {}),
    ...(/[{\\$]/.test(title) ? { source: title } : {}),
    ...appeared(at, published, CONFERENCE.test(type)),
  };
};

/** The fields of a record, a line that begins with no tag belonging to the one before. @param {string} record */
const linesOf = (record) => {
  /** @type {[tag: string, said: string][]} */
  const found = [];
  for (const line of record.split(/\r?\n|\r/)) {
    const [, tag, text] = /^([A-Z][A-Z0-9]) {2}-\s?(.*)$/.exec(line) ?? [];
    if (tag) found.push([tag, text.trim()]);
    else if (found.length && line.trim()) found[found.length - 1][1] += ` ${line.trim()}`;
  }
  return found;
};

/** @param {string} text @returns {Found[]} */
const fromRis = (text) => {
  /** @type {Found[]} */
  const found = [];
  for (const record of text.split(/^ER {2}-.*$/m)) {
    const lines = linesOf(record);
    /** @param {string[]} tags */
    const all = (...tags) => lines.filter(([tag]) => tags.includes(tag)).map(([, one]) => one);
    const [title] = all("TI", "T1", "CT", "BT");
    if (!title) continue;
    const [type = ""] = all("TY");
    const { names: authors, others } = people(
      all("AU", "A1").map((name) => turned(name.split(/\s*,\s*/), 2)),
    );
    const published = (all("DA", "Y1", "PY")[0] ?? "").replaceAll("/", "-").replace(/-+$/, "");
    const paper = { title, authors, published, doi: all("DO", "DI")[0] ?? "" };
    const numbers = all("AN", "C7", "M1", "VL", "SP");
    const server = all("PB", "DB", "DP").some((name) => /^(?:corr|arxiv)\b/i.test(name));
    const [at = ""] = all("T2", "JO", "JF", "JA", "C3");
    found.push({
      ...paper,
      ...identified(paper, {
        ids: server ? numbers : [],
        labelled: [...numbers, at, ...all("N1")],
        addresses: all("UR", "L1", "L2", "LK"),
      }),
      ...{ address: all("UR")[0] ?? "", note: "" },
      ...(others ? { others } : {}),
      ...appeared(at, published, /^(?:CPAPER|CONF)$/.test(type)),
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
  if (/@\w+\s*\{/.test(start)) return entriesOf(start).map(ofEntry);
  throw new Error("Expected a list as JSON, CSL-JSON, BibTeX or RIS.");
};
