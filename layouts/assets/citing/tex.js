// @ts-check
// What a page shows, as TeX that LaTeX can set: text with its accents and signs, and MathML.

/**
 * What is needed of a node of the page.
 * @typedef {{ nodeType: number, nodeValue?: string | null, localName?: string, childNodes?: Iterable<Tree> }} Tree
 */

const TEXT = 3;
const ELEMENT = 1;

/** Signs of TeX's own, which stand for themselves no other way. @type {Record<string, string>} */
export const SPECIAL = {
  ...{
    "\\": "\\textbackslash{}",
    "{": "\\textbraceleft{}",
    "}": "\\textbraceright{}",
    "~": "\\textasciitilde{}",
  },
  ...{ "^": "\\textasciicircum{}", "&": "\\&", "%": "\\%", $: "\\$", "#": "\\#", _: "\\_" },
  ...{ "<": "\\textless{}", ">": "\\textgreater{}", "|": "\\textbar{}" },
};
/** @type {Record<string, string>} */
export const MARKS = {
  ...{ "\u0300": "`", "\u0301": "'", "\u0302": "^", "\u0303": "~", "\u0304": "=", "\u0306": "u" },
  ...{ "\u0307": ".", "\u0308": '"', "\u030a": "r", "\u030b": "H", "\u030c": "v", "\u0327": "c" },
  ...{ "\u0328": "k", "\u0323": "d", "\u0331": "b" },
};
/** @type {Record<string, string>} */
export const LETTERS = {
  ...{ ß: "ss", æ: "ae", Æ: "AE", œ: "oe", Œ: "OE", ø: "o", Ø: "O", ł: "l", Ł: "L", å: "aa" },
  ...{ Å: "AA", ı: "i", ȷ: "j", đ: "dj", Đ: "DJ", ð: "dh", Ð: "DH", þ: "th", Þ: "TH" },
};
/** @type {Record<string, string>} */
export const SIGNS = {
  ...{ "–": "--", "—": "---", "‘": "`", "’": "'", "“": "``", "”": "''", "…": "\\ldots{}" },
  ...{ "\u00a0": "~", "\u2009": "\\,", "„": "\\quotedblbase{}", "«": "\\guillemotleft{}" },
  ...{
    "»": "\\guillemotright{}",
    "°": "$^{\\circ}$",
    "©": "\\copyright{}",
    "™": "\\texttrademark{}",
  },
  ...{
    "®": "\\textregistered{}",
    "§": "\\S{}",
    "†": "\\dag{}",
    "‡": "\\ddag{}",
    "•": "$\\bullet$",
  },
};
const GREEK = "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi o pi rho "
  .concat("varsigma sigma tau upsilon phi chi psi omega")
  .split(" ");
const CAPITALS = "ΓΔΘΛΞΠΣΦΨΩ";
const CAPITAL = "Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega".split(" ");
/** What stands for itself in no font of TeX's text, by its name there. @type {Record<string, string>} */
export const NAMED = {
  ...{ "±": "pm", "∓": "mp", "×": "times", "÷": "div", "·": "cdot", "∗": "ast", "⋆": "star" },
  ...{ "∘": "circ", "•": "bullet", "∼": "sim", "≃": "simeq", "≈": "approx", "≅": "cong" },
  ...{ "≡": "equiv", "≠": "neq", "≤": "leq", "≥": "geq", "≪": "ll", "≫": "gg", "∝": "propto" },
  ...{ "∈": "in", "∉": "notin", "⊂": "subset", "⊆": "subseteq", "⊃": "supset", "∪": "cup" },
  ...{ "∩": "cap", "∖": "setminus", "∅": "emptyset", "∀": "forall", "∃": "exists", "¬": "neg" },
  ...{ "∧": "land", "∨": "lor", "⊕": "oplus", "⊗": "otimes", "⊙": "odot", "∞": "infty" },
  ...{ "∂": "partial", "∇": "nabla", "∑": "sum", "∏": "prod", "∫": "int", "∠": "angle" },
  ...{ "⊥": "perp", "∥": "parallel", "∣": "mid", "‖": "Vert", "⟨": "langle", "⟩": "rangle" },
  ...{ "⌊": "lfloor", "⌋": "rfloor", "⌈": "lceil", "⌉": "rceil", ℓ: "ell", ℏ: "hbar" },
  ...{ "′": "prime", "→": "to", "←": "leftarrow", "↔": "leftrightarrow", "⇒": "Rightarrow" },
  ...{ "⇐": "Leftarrow", "⇔": "Leftrightarrow", "↦": "mapsto", "↑": "uparrow", "↓": "downarrow" },
  ...{ "√": "surd", "△": "triangle", "⋄": "diamond", "♣": "clubsuit", "♢": "diamondsuit" },
  ...{ "♡": "heartsuit", "♠": "spadesuit", "⋅": "cdot", "⋯": "cdots", ℜ: "Re", ℑ: "Im" },
  ...{ ε: "varepsilon", ϑ: "vartheta", ϕ: "phi", ϵ: "epsilon", ϱ: "varrho", ϖ: "varpi" },
};
GREEK.forEach((name, n) => {
  NAMED[String.fromCodePoint(0x3b1 + n)] ??= name;
});
CAPITAL.forEach((name, n) => {
  NAMED[CAPITALS[n]] = name;
});
/** @type {Record<string, string>} */
const ACCENTS = {
  ...{ "^": "hat", ˆ: "hat", "~": "tilde", "˜": "tilde", "¯": "bar", "‾": "overline" },
  ...{ "˙": "dot", "¨": "ddot", "→": "vec", ˇ: "check", "˘": "breve", "´": "acute", "`": "grave" },
};
export const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ";
export const LOWERED = "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ";

/** @param {string} letter of text, with accents perhaps @param {boolean} nested whether one may bear two */
const accented = (letter, nested) => {
  const [base, ...marks] = letter.normalize("NFD");
  if (marks.length > 1 && !nested) return letter;
  if (!marks.length || !/[a-zıȷ]/i.test(base) || marks.some((mark) => !MARKS[mark])) return letter;
  return marks.reduce((said, mark) => `{\\${MARKS[mark]}${said}}`, `{${base}}`);
};

/** A sign in a formula. @param {string} sign */
const inFormula = (sign) => {
  if (NAMED[sign]) return `\\${NAMED[sign]} `;
  if (sign === "−") return "-";
  // BibTeX counts braces even behind a backslash.
  if (sign === "{" || sign === "}") return sign === "{" ? "\\lbrace " : "\\rbrace ";
  if ("%&#$_".includes(sign)) return `\\${sign}`;
  const plain = sign.normalize("NFKC");
  if (plain !== sign && plain.length === 1) return NAMED[plain] ? `\\${NAMED[plain]} ` : plain;
  return /[\0-\x7f]/.test(sign) ? sign : `\\text{${escaped(sign)}}`;
};

/** A character of text. @param {string} sign @param {boolean} nested */
const inText = (sign, nested) => {
  if (SPECIAL[sign]) return SPECIAL[sign];
  if (sign <= "\x7f") return sign;
  if (LETTERS[sign]) return `{\\${LETTERS[sign]}}`;
  if (SIGNS[sign]) return SIGNS[sign];
  if (NAMED[sign]) return `$\\${NAMED[sign]}$`;
  if (RAISED.includes(sign)) return `$^{${sign.normalize("NFKC").replace("−", "-")}}$`;
  if (LOWERED.includes(sign)) return `$_{${sign.normalize("NFKC").replace("−", "-")}}$`;
  const plain = sign.normalize("NFKC");
  return plain !== sign && /^[ -~]+$/.test(plain) ? escaped(plain) : accented(sign, nested);
};

/**
 * Text as TeX. Accents on accented letters are nested, but biber reads no such thing.
 * @param {string} text
 * @param {boolean} [nested]
 * @returns {string}
 */
export const escaped = (text, nested = true) =>
  [...text.normalize("NFC")].map((sign) => inText(sign, nested)).join("");

/** @param {Tree} node */
const children = (node) => [...(node.childNodes ?? [])];

/** @param {Tree} node @returns {string} */
const textOf = (node) => node.nodeValue ?? children(node).map(textOf).join("");

/** @param {Tree} node */
const elements = (node) => children(node).filter(({ nodeType }) => nodeType === ELEMENT);

/** The children of an element of MathML, together. @param {Tree} node */
const row = (node) => elements(node).map(formula).join("");

/** What bears an exponent or an index, in braces where it is more than one sign. @param {string} said */
const base = (said) => (/^(?:.|\\[A-Za-z]+)$/.test(said) ? said : `{${said}}`);

/** @param {Tree} node @returns {string} */
const formula = (node) => {
  const text = textOf(node);
  const parts = () => elements(node).map((part) => formula(part).trim());
  switch (node.localName) {
    case "mi":
      if ([...text].length > 1) return `\\operatorname{${text.replace(/[^\w ]/g, "")}}`;
      return inFormula(text);
    case "mn":
    case "mo":
      return [...text].map(inFormula).join("");
    case "mtext":
      return `\\text{${escaped(text)}}`;
    case "mspace":
      return "\\,";
    case "mfrac":
      return `\\frac{${parts()[0]}}{${parts()[1]}}`;
    case "msqrt":
      return `\\sqrt{${row(node)}}`;
    case "mroot":
      return `\\sqrt[${parts()[1]}]{${parts()[0]}}`;
    case "msup":
      return `${base(parts()[0])}^{${parts()[1]}}`;
    case "msub":
    case "munder":
      return `${base(parts()[0])}_{${parts()[1]}}`;
    case "msubsup":
    case "munderover":
      return `${base(parts()[0])}_{${parts()[1]}}^{${parts()[2]}}`;
    case "mover": {
      const accent = ACCENTS[textOf(elements(node)[1])];
      return accent ? `\\${accent}{${parts()[0]}}` : `${base(parts()[0])}^{${parts()[1]}}`;
    }
    case "mphantom":
      return "";
    case "mtr":
    case "mtable":
      return parts().join(node.localName === "mtr" ? " " : "; ");
    default:
      return row(node);
  }
};

/** @type {Record<string, [before: string, after: string]>} */
const STYLES = {
  ...{ em: ["\\emph{", "}"], i: ["\\textit{", "}"], b: ["\\textbf{", "}"] },
  ...{ code: ["\\texttt{", "}"], sup: ["\\textsuperscript{", "}"], sub: ["\\textsubscript{", "}"] },
  math: ["$", "$"],
};

/**
 * A part of the page as TeX.
 * @param {Tree} node
 * @returns {string}
 */
export const tex = (node) => {
  if (node.nodeType === TEXT) return escaped((node.nodeValue ?? "").replace(/\s+/g, " "));
  const [before, after] = STYLES[node.localName ?? ""] ?? ["", ""];
  const inner = node.localName === "math" ? row(node).trim() : children(node).map(tex).join("");
  return inner && before + inner + after;
};
