// @ts-check
// What a page shows, as TeX that LaTeX can set: text with its accents and signs, and MathML.

/**
 * What is needed of a node of the page.
 * @typedef {{ nodeType: number, nodeValue?: string | null, localName?: string, childNodes?: Iterable<Tree> }} Tree
 */

const TEXT = 3;
const ELEMENT = 1;

/** Signs of TeX's own, as Pandoc, Typst and citation-js read them too. @type {Record<string, string>} */
const SPECIAL = {
  ...{ "\\": "\\textbackslash{}", "~": "\\textasciitilde{}", "^": "\\textasciicircum{}" },
  ...{ "&": "\\&", "%": "\\%", $: "\\$", "#": "\\#", _: "\\_" },
  ...{ "<": "\\textless{}", ">": "\\textgreater{}", "|": "$|$" },
};
/** Braces that pair; BibTeX counts them behind a backslash too. @type {Record<string, string>} */
const PAIRED = { "{": "\\{", "}": "\\}" };
/** @type {Record<string, string>} */
const ALONE = { "{": "\\textbraceleft{}", "}": "\\textbraceright{}" };
/** @type {Record<string, string>} */
export const MARKS = {
  ...{ "\u0300": "`", "\u0301": "'", "\u0302": "^", "\u0303": "~", "\u0304": "=", "\u0306": "u" },
  ...{ "\u0307": ".", "\u0308": '"', "\u030a": "r", "\u030b": "H", "\u030c": "v", "\u0327": "c" },
  ...{ "\u0328": "k", "\u0323": "d", "\u0331": "b" },
};
/** Letters that all readers of BibTeX spell so; others, such as đ, stand for themselves. @type {Record<string, string>} */
export const LETTERS = {
  ...{ ß: "ss", æ: "ae", Æ: "AE", œ: "oe", Œ: "OE", ø: "o", Ø: "O", ł: "l", Ł: "L" },
  ...{ ı: "i", ȷ: "j" },
};
/** Dashes, spaces, and signs that LaTeX sets in text as they are. @type {Record<string, string>} */
const SIGNS = { "–": "--", "—": "---", "\u00a0": " ", "\u2009": " ", "\u202f": " " };
for (const sign of "‘’“”„«»…°©™®§†‡•") SIGNS[sign] = sign;
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
const FUNCTIONS = new Set(
  "arccos arcsin arctan arg cos cosh cot coth csc deg det dim exp gcd hom inf ker lg lim liminf limsup ln log max min Pr sec sin sinh sup tan tanh".split(
    " ",
  ),
);
/** Spaces that LaTeX sets around functions by itself. */
const AROUND = new RegExp(`(?:\\\\,)?(\\\\(?:${[...FUNCTIONS].join("|")})) (?:\\\\,)?`, "g");
/** @type {Record<string, string>} */
const ACCENTS = {
  ...{ "^": "hat", ˆ: "hat", "~": "tilde", "˜": "tilde", "¯": "bar", "‾": "overline" },
  ...{ "˙": "dot", "¨": "ddot", "→": "vec", ˇ: "check", "˘": "breve", "´": "acute", "`": "grave" },
};
export const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ";
export const LOWERED = "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ";

/** @param {string} letter of text, with accents perhaps */
const accented = (letter) => {
  const [base, ...marks] = letter.normalize("NFD");
  if (!marks.length || !/[a-zıȷ]/i.test(base) || marks.some((mark) => !MARKS[mark])) return letter;
  return marks.reduce((said, mark) => `{\\${MARKS[mark]}${said}}`, `{${base}}`);
};

/** A sign in a formula. @param {string} sign */
const inFormula = (sign) => {
  if (!sign) return "";
  if (NAMED[sign]) return `\\${NAMED[sign]} `;
  if (sign === "−") return "-";
  // BibTeX counts braces even behind a backslash.
  if (sign === "{" || sign === "}") return sign === "{" ? "\\lbrace " : "\\rbrace ";
  if ("%&#$_".includes(sign)) return `\\${sign}`;
  const plain = sign.normalize("NFKC");
  if (plain !== sign && plain.length === 1) return NAMED[plain] ? `\\${NAMED[plain]} ` : plain;
  return /[\0-\x7f]/.test(sign) ? sign : upright(sign);
};

/** A character of text. @param {string} sign @param {boolean} spelt whether letters are */
const inText = (sign, spelt) => {
  if (SPECIAL[sign]) return SPECIAL[sign];
  if (sign <= "\x7f") return sign;
  if (SIGNS[sign]) return SIGNS[sign];
  if (LETTERS[sign]) return spelt ? `{\\${LETTERS[sign]}}` : sign;
  if (NAMED[sign]) return `$\\${NAMED[sign]}$`;
  const plain = sign.normalize("NFKC");
  if (RAISED.includes(sign)) return `$^${shift(plain.replace("−", "-"))}$`;
  if (LOWERED.includes(sign)) return `$_${shift(plain.replace("−", "-"))}$`;
  if (sign === "\u2212") return "$-$";
  if (plain !== sign && /^[ -~]+$/.test(plain)) return escaped(plain);
  return spelt ? accented(sign) : sign;
};

/** Whether braces pair, as BibTeX counts them: behind a backslash too. @param {string} said */
export const isBalanced = (said) => {
  let depth = 0;
  for (const sign of said) {
    depth += sign === "{" ? 1 : sign === "}" ? -1 : 0;
    if (depth < 0) return false;
  }
  return depth === 0;
};

/**
 * Text as TeX. Letters are spelt for BibTeX; BibLaTeX and its biber read them as they are.
 * @param {string} text
 * @param {boolean} [spelt]
 * @returns {string}
 */
export const escaped = (text, spelt = true) => {
  const braces = isBalanced(text) ? PAIRED : ALONE;
  return [...text.normalize("NFC")].map((sign) => braces[sign] ?? inText(sign, spelt)).join("");
};

/** @param {Tree} node */
const children = (node) => [...(node.childNodes ?? [])];

/** @param {Tree} node @returns {string} */
const textOf = (node) => node.nodeValue ?? children(node).map(textOf).join("");

/** @param {Tree} node */
const elements = (node) => children(node).filter(({ nodeType }) => nodeType === ELEMENT);

/** The children of an element of MathML, together. @param {Tree} node */
const row = (node) => elements(node).map(formula).join("").replace(AROUND, "$1 ");

/** What bears an exponent or an index, in braces where it is more than one sign. @param {string} said */
const base = (said) => (/^(?:.?|\\[A-Za-z]+|\\mathrm\{\w+\})$/.test(said) ? said : `{${said}}`);

/** An exponent or an index: Typst prints braces around a single sign. @param {string} said */
const shift = (said) => (/^[A-Za-z0-9]$/.test(said) ? said : `{${said}}`);

/** Text within a formula. `\\text` would need a package. @param {string} text */
const upright = (text) =>
  /^[\w ]*$/.test(text)
    ? `\\mathrm{${text.replaceAll("_", "\\_").replaceAll(" ", "\\ ")}}`
    : `\\mbox{${escaped(text)}}`;

/** The name of a function, with the command that LaTeX has for it. @param {string} name */
const named = (name) => (FUNCTIONS.has(name) ? `\\${name} ` : upright(name.replace(/[^\w ]/g, "")));

/** @param {Tree} node @returns {string} */
const formula = (node) => {
  const text = textOf(node);
  const parts = () => elements(node).map((part) => formula(part).trim());
  switch (node.localName) {
    case "mi":
      if ([...text].length > 1) return named(text);
      return inFormula(text);
    case "mn":
    case "mo":
      return [...text].map(inFormula).join("");
    case "mtext":
      return upright(text);
    case "mspace":
      return "\\,";
    case "mfrac":
      return `\\frac{${parts()[0]}}{${parts()[1]}}`;
    case "msqrt":
      return `\\sqrt{${row(node)}}`;
    case "mroot":
      return `\\sqrt[${parts()[1]}]{${parts()[0]}}`;
    case "msup":
      return `${base(parts()[0])}^${shift(parts()[1])}`;
    case "msub":
    case "munder":
      return `${base(parts()[0])}_${shift(parts()[1])}`;
    case "msubsup":
    case "munderover":
      return `${base(parts()[0])}_${shift(parts()[1])}^${shift(parts()[2])}`;
    case "mover": {
      const accent = ACCENTS[textOf(elements(node)[1])];
      return accent ? `\\${accent}{${parts()[0]}}` : `${base(parts()[0])}^${shift(parts()[1])}`;
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

/** Text above or below the line. @param {string} sign @param {string} text */
const shifted = (sign, text) => {
  const plain = text.replaceAll("\u2212", "-");
  const inner = /^[\d+-]+$/.test(plain) ? plain : upright(plain);
  return `$${sign}${shift(inner)}$`;
};

/**
 * A part of the page as TeX. Words in italics are words: Typst prints the command.
 * @param {Tree} node
 * @param {boolean} [spelt]
 * @returns {string}
 */
export const tex = (node, spelt = true) => {
  if (node.nodeType === TEXT) return escaped((node.nodeValue ?? "").replace(/\s+/g, " "), spelt);
  if (node.localName === "sup") return shifted("^", textOf(node));
  if (node.localName === "sub") return shifted("_", textOf(node));
  if (node.localName !== "math")
    return children(node)
      .map((part) => tex(part, spelt))
      .join("");
  const inner = row(node).trim();
  return inner && `$${inner}$`;
};
