// @ts-check
// What TeX says, as text: accents, letters, signs, and formulas on one line.
import { LETTERS, LOWERED, MARKS, NAMED, RAISED } from "./tex.js";

const ACCENTED = new Map(Object.entries(MARKS).map(([mark, sign]) => [sign, mark]));
const SPELT = new Map([
  ...Object.entries(LETTERS).map(([letter, name]) => /** @type {const} */ ([name, letter])),
  .../** @type {const} */ ([
    ["aa", "å"],
    ["AA", "Å"],
    ["dj", "đ"],
    ["DJ", "Đ"],
    ["dh", "ð"],
    ["DH", "Ð"],
    ["th", "þ"],
    ["TH", "Þ"],
  ]),
]);
const MEANT = new Map([
  ...Object.entries(NAMED).map(([sign, name]) => /** @type {const} */ ([name, sign])),
  .../** @type {const} */ ([
    ["textbackslash", "\\"],
    ["textbraceleft", "{"],
    ["textbraceright", "}"],
    ["textasciitilde", "~"],
    ["textasciicircum", "^"],
    ["textless", "<"],
    ["textgreater", ">"],
    ["textbar", "|"],
    ["ldots", "…"],
    ["dots", "…"],
    ["le", "≤"],
    ["ge", "≥"],
    ["ne", "≠"],
    ["rightarrow", "→"],
    ["lbrace", "{"],
    ["rbrace", "}"],
    ["vert", "|"],
    ["dagger", "†"],
    ["dag", "†"],
    ["ddag", "‡"],
    ["quotedblbase", "„"],
    ["guillemotleft", "«"],
    ["guillemotright", "»"],
    ["S", "§"],
    ["texttrademark", "™"],
    ["textregistered", "®"],
    ["copyright", "©"],
    ["TeX", "TeX"],
    ["LaTeX", "LaTeX"],
    ["BibTeX", "BibTeX"],
  ]),
]);
const FORMULA = /(?<!\\)\$\$?((?:[^$\\]|\\.)*)\$\$?|\\\(((?:[^\\]|\\(?!\)).)*)\\\)/gs;
const FONTS =
  /\\(?:math[a-z]+|text[a-z]*|operatorname|boldsymbol|bm|mbox|rm|bf|it|cal|left|right|displaystyle)\b\*?\s?/g;

const PLAIN_RAISED = [...RAISED].map((sign) => sign.normalize("NFKC").replace("−", "-"));
const PLAIN_LOWERED = [...LOWERED].map((sign) => sign.normalize("NFKC").replace("−", "-"));

/** Text above or below the line, in letters that stand there, if there are such.
 * @param {string} sign @param {string} text */
const shifted = (sign, text) => {
  const [signs, plain] = sign === "^" ? [RAISED, PLAIN_RAISED] : [LOWERED, PLAIN_LOWERED];
  const places = [...text].map((one) => plain.indexOf(one));
  if (text && places.every((place) => place >= 0))
    return places.map((place) => [...signs][place]).join("");
  return sign + (text.length > 1 ? `(${text})` : text);
};

/** A formula on one line. @param {string} formula */
const linear = (formula) => {
  let said = formula
    .replace(
      /\\(?:text[a-z]*|mbox)\s*\{([^{}]*)\}/g,
      (_, text) => `{${text.replace(/ /g, "\u00a0")}}`,
    )
    .replace(FONTS, "")
    .replace(/\\[,;:!> ]/g, "")
    .replace(/\\([{}])/g, (_, sign) => (sign === "{" ? "\\lbrace " : "\\rbrace "))
    .replace(/\\([%&#_$])/g, "$1");
  // Names of functions keep spaces around them, all others stand for signs.
  said = said
    .replace(/\\(?!frac\b|sqrt\b)([A-Za-z]+)\s*/g, (_, name) => {
      const sign = SPELT.get(name) ?? MEANT.get(name);
      return sign?.replace("{", "\ue000").replace("}", "\ue001") ?? `\u00a0${name}\u00a0`;
    })
    .replace(/ /g, "");
  for (let before = ""; before !== said; ) {
    before = said;
    said = said
      .replace(/\\frac\{([^{}]*)\}\{([^{}]*)\}/g, "$1/$2")
      .replace(/\\sqrt\{([^{}]*)\}/g, "√$1")
      .replace(/([\^_])(?:\{([^{}]*)\}|([^{}\\\u00a0]))/g, (_, sign, text, one) =>
        shifted(sign, text ?? one)
          .replace("^", "\ue002")
          .replace("_", "\ue003"),
      )
      .replace(/\{([^{}]*)\}/g, "$1");
  }
  return said
    .replace(/\ue000/g, "{")
    .replace(/\ue001/g, "}")
    .replace(/\ue002/g, "^")
    .replace(/\ue003/g, "_")
    .replace(/\u00a0+/g, " ")
    .replace(/(?<![\p{L}\p{N})]) | (?![\p{L}\p{N}√])/gu, "");
};

/** Text without formulas. @param {string} said */
const plain = (said) =>
  said
    .replace(
      /\\(["'`^~=.]|[uvHckrdb](?![A-Za-z]))\s*\{?(\\[ij](?![A-Za-z])|[A-Za-z])\}?/g,
      (all, sign, letter) => {
        const mark = ACCENTED.get(sign);
        return mark ? (letter.replace("\\", "") + mark).normalize("NFC") : all;
      },
    )
    .replace(/\\text(super|sub)script\s*\{([^{}]*)\}/g, (_, way, text) =>
      shifted(way === "super" ? "^" : "_", text),
    )
    .replace(/\\([A-Za-z]+)\s?(?:\{\})?/g, (_, name) => SPELT.get(name) ?? MEANT.get(name) ?? "")
    .replace(/\\([&%$#_{}])/g, "$1")
    .replace(/---/g, "—")
    .replace(/--/g, "–")
    .replace(/``|''/g, '"')
    .replace(/~/g, "\u00a0")
    .replace(/[{}]/g, "");

/**
 * Text of what TeX says, as far as it is text: accents, letters, signs, formulas, without braces.
 * @param {string} said
 */
export const untex = (said) => {
  let made = "";
  let end = 0;
  for (const { index, 0: all, 1: one, 2: other } of said.matchAll(FORMULA)) {
    made += plain(said.slice(end, index)) + linear(one ?? other ?? "");
    end = index + all.length;
  }
  made += plain(said.slice(end));
  return made.replace(/\s+/g, " ").trim();
};
