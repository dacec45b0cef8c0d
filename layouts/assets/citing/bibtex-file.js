// @ts-check
// Takes files of BibTeX apart: entries, their fields, and the names in a field. It knows no paper.

/** @typedef {{ type: string, key: string, fields: Record<string, string> }} Entry */

const HEAD = /@(\w+)\s*\{\s*([^,\s{}"=]*)\s*,/g;
const STRING = /@string\s*[{(]\s*([\w:.+/-]+)\s*=/gi;
const NO_ENTRY = /^(?:comment|string|preamble)$/i;
/** Fields that an entry has of the one that it refers to. */
const INHERITED = ["booktitle", "year", "date", "publisher", "editor", "series"];

/**
 * The value of a field that begins at a place, and where it ends.
 * @param {string} text
 * @param {number} from
 * @param {Record<string, string>} strings
 */
const value = (text, from, strings) => {
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
      said += strings[word.toLowerCase()] ?? word;
      at += word.length;
    }
    if (!/^\s*#/.test(text.slice(at, at + 40))) return { said, at };
  }
};

/** The strings that a file gives names to. @param {string} text */
const named = (text) => {
  /** @type {Record<string, string>} */
  const strings = {};
  for (const { 0: head, 1: name, index } of text.matchAll(STRING))
    strings[name.toLowerCase()] = value(text, index + head.length, strings).said;
  return strings;
};

/** The entries of a file, with what they have of those that they refer to. @param {string} text @returns {Entry[]} */
export const entriesOf = (text) => {
  const strings = named(text);
  /** @type {Entry[]} */
  const found = [];
  let end = 0;
  for (const { 1: type, 2: key, index, 0: head } of text.matchAll(HEAD)) {
    if (index < end || NO_ENTRY.test(type)) continue;
    /** @type {Record<string, string>} */
    const fields = {};
    let at = index + head.length;
    for (;;) {
      const [all, name] = /^\s*,?\s*([\w:.+-]+)\s*=/.exec(text.slice(at, at + 300)) ?? [];
      if (!all) break;
      const { said, at: after } = value(text, at + all.length, strings);
      fields[name.toLowerCase()] ??= said.replace(/\s+/g, " ").trim();
      at = after;
    }
    end = at;
    found.push({ type: type.toLowerCase(), key, fields });
  }
  for (const { fields } of found) {
    const above = found.find(({ key }) => fields.crossref && key === fields.crossref)?.fields ?? {};
    for (const name of INHERITED) if (above[name]) fields[name] ??= above[name];
    if (above.title) fields.booktitle ??= above.title;
  }
  return found;
};

/** The names of a field, between `and`s that stand in no braces. @param {string} field */
export const namesIn = (field) => {
  const names = [""];
  let depth = 0;
  for (const word of field.split(/(\s+)/)) {
    if (/^and$/i.test(word) && depth === 0) names.push("");
    else names[names.length - 1] += word;
    depth += word.split("{").length - word.split("}").length;
  }
  return names.map((name) => name.trim()).filter(Boolean);
};

/** The parts of a name between commas that stand in no braces. @param {string} name */
export const partsOf = (name) => {
  const parts = [""];
  let depth = 0;
  for (const sign of name) {
    if (sign === "," && depth === 0) parts.push("");
    else parts[parts.length - 1] += sign;
    depth += sign === "{" ? 1 : sign === "}" ? -1 : 0;
  }
  return parts.map((part) => part.trim());
};
