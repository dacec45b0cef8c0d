"""Tables of Unicode: what TeX's names, accents and raised or lowered characters are called there.

Only tables and look-ups; how the names are found in a text is the scanner's business.
"""

from __future__ import annotations

import unicodedata

_GREEK = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "varepsilon": "ε",
    "zeta": "ζ", "eta": "η", "theta": "θ", "vartheta": "ϑ", "iota": "ι", "kappa": "κ",
    "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "omicron": "ο", "pi": "π", "varpi": "ϖ",
    "rho": "ρ", "varrho": "ϱ", "sigma": "σ", "varsigma": "ς", "tau": "τ", "upsilon": "υ",
    "phi": "φ", "varphi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω", "Gamma": "Γ", "Delta": "Δ",
    "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ", "Upsilon": "Υ", "Phi": "Φ",
    "Psi": "Ψ", "Omega": "Ω",
}  # fmt: skip

# A letter of a word: TeX eats the space after it, and people write it so: S\o rensen.
LETTERS = {
    "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ss": "ß", "aa": "å", "AA": "Å", "ae": "æ",
    "AE": "Æ", "oe": "œ", "OE": "Œ", "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "dj": "đ",
    "DJ": "Đ", "th": "þ", "TH": "Þ", "ng": "ŋ", "NG": "Ŋ", "angstrom": "Å",
}  # fmt: skip

SYMBOLS = {
    **_GREEK,
    "pm": "±", "mp": "∓", "times": "×", "div": "÷", "cdot": "·", "ast": "∗", "star": "⋆",
    "circ": "∘", "bullet": "•", "sim": "∼", "simeq": "≃", "approx": "≈", "cong": "≅",
    "equiv": "≡", "neq": "≠", "ne": "≠", "leq": "≤", "le": "≤", "geq": "≥", "ge": "≥",
    "ll": "≪", "gg": "≫", "propto": "∝", "in": "∈", "notin": "∉", "subset": "⊂",
    "subseteq": "⊆", "supset": "⊃", "cup": "∪", "cap": "∩", "setminus": "∖", "emptyset": "∅",
    "forall": "∀", "exists": "∃", "neg": "¬", "land": "∧", "lor": "∨", "oplus": "⊕",
    "otimes": "⊗", "odot": "⊙", "infty": "∞", "partial": "∂", "nabla": "∇", "sum": "∑",
    "prod": "∏", "int": "∫", "surd": "√", "angle": "∠", "perp": "⊥", "parallel": "∥",
    "mid": "∣", "langle": "⟨", "rangle": "⟩", "lfloor": "⌊", "rfloor": "⌋", "lceil": "⌈",
    "rceil": "⌉", "ell": "ℓ", "hbar": "ℏ", "Re": "ℜ", "Im": "ℑ", "aleph": "ℵ", "prime": "′",
    "to": "→", "rightarrow": "→", "leftarrow": "←", "leftrightarrow": "↔", "Rightarrow": "⇒",
    "Leftarrow": "⇐", "Leftrightarrow": "⇔", "longrightarrow": "⟶", "mapsto": "↦",
    "uparrow": "↑", "downarrow": "↓", "updownarrow": "↕", "rightleftharpoons": "⇌",
    "checkmark": "✓", "cmark": "✓", "xmark": "✗", "blacksquare": "■", "square": "□",
    "triangle": "△", "diamond": "⋄", "Diamond": "◇", "bigstar": "★", "clubsuit": "♣",
    "diamondsuit": "♢", "heartsuit": "♡", "spadesuit": "♠", "vert": "|", "Vert": "‖",
    "lbrace": "{", "rbrace": "}", "lbrack": "[", "rbrack": "]", "backslash": "\\",
    "S": "§", "P": "¶", "dag": "†", "dagger": "†", "ddag": "‡", "ddagger": "‡",
    "copyright": "©", "textcopyright": "©", "textregistered": "®", "texttrademark": "™",
    "pounds": "£", "textsterling": "£", "euro": "€", "texteuro": "€", "EUR": "€",
    "textyen": "¥", "textcent": "¢", "deg": "°", "degree": "°", "textdegree": "°",
    "degrees": "°", "celsius": "°C", "textcelsius": "°C", "textohm": "Ω", "textmu": "µ",
    "micron": "µm", "percent": "%", "textpercent": "%", "textperthousand": "‰",
    "textpertenthousand": "‱", "textpm": "±", "texttimes": "×", "textdiv": "÷",
    "textonehalf": "½", "textonequarter": "¼", "textthreequarters": "¾",
    "textordmasculine": "º", "textordfeminine": "ª", "textonesuperior": "¹",
    "texttwosuperior": "²", "textthreesuperior": "³", "textless": "<", "textgreater": ">",
    "textbar": "|", "textbackslash": "\\", "textasciitilde": "~", "texttildelow": "~",
    "textasciicircum": "^", "textasciigrave": "`", "textunderscore": "_", "textdollar": "$",
    "textampersand": "&", "textbraceleft": "{", "textbraceright": "}", "textasteriskcentered": "∗",
    "textbullet": "•", "textperiodcentered": "·", "textdagger": "†", "textdaggerdbl": "‡",
    "textsection": "§", "textparagraph": "¶", "textquotedbl": '"', "textquotesingle": "'",
    "textquoteleft": "‘", "textquoteright": "’", "textquotedblleft": "“",
    "textquotedblright": "”", "lq": "‘", "rq": "’", "guillemotleft": "«", "guillemotright": "»",
    "guillemetleft": "«", "guillemetright": "»", "guilsinglleft": "‹", "guilsinglright": "›",
    "quotedblbase": "„", "quotesinglbase": "‚", "textendash": "–", "textemdash": "—",
    "textellipsis": "…", "ldots": "…", "dots": "…", "dotsc": "…", "cdots": "⋯", "textdots": "…",
    "textrightarrow": "→", "textleftarrow": "←", "textuparrow": "↑", "textdownarrow": "↓",
    "textexclamdown": "¡", "textquestiondown": "¿", "slash": "/", "hyp": "-", "hyphen": "-",
    "LaTeX": "LaTeX", "TeX": "TeX", "BibTeX": "BibTeX", "textnumero": "№", "textmusicalnote": "♪",
    **{name: name for name in ("log", "ln", "exp", "sin", "cos", "tan", "min", "max", "arg")},
    "and": "·", "item": "•", "lbrackdbl": "⟦", "rbrackdbl": "⟧",
}  # fmt: skip

_COMBINING = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306",
    ".": "\u0307", '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323",
    "c": "\u0327", "k": "\u0328", "b": "\u0331",
}  # fmt: skip
LETTER_ACCENTS = frozenset("urHvdckb")
"""The accents that are called by a letter, as in \\v{s}."""

SUPERSCRIPTS = str.maketrans(
    "0123456789+-−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWαβγδεθιφχ′*∗°",
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵅᵝᵞᵟᵋᶿᶥᵠᵡ′*∗°",
)
SUBSCRIPTS = str.maketrans(
    "0123456789+-−=()aehijklmnoprstuvxβγρφχ", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ"
)
# These rise above the line by themselves, so a superscript of nothing else adds no sign.
_RAISED = frozenset("′″‴*∗°†‡")


def symbol(name: str) -> str | None:
    """The character that a macro stands for in text, `alpha` -> `α`; None if there is none."""
    return SYMBOLS.get(name) or LETTERS.get(name)


def accented(accent: str, base: str) -> str | None:
    """A letter with an accent, as one character in NFC; None where Unicode has no such one."""
    mark = _COMBINING.get(accent)
    if mark is None or not base:
        return None
    letter = {"ı": "i", "ȷ": "j"}.get(base, base)
    composed = unicodedata.normalize("NFC", letter[0] + mark) + letter[1:]
    return composed if len(composed) == len(letter) else None


def combined(accent: str, base: str) -> str:
    """A letter with an accent, the mark as a character of its own where it must be."""
    return unicodedata.normalize("NFC", base[:1] + _COMBINING[accent] + base[1:])


def superscript(text: str) -> str:
    """Raise a plain text: `2` -> `²`, and `^ab` or `^(a+q)` where Unicode cannot say it."""
    return _shifted(text, "^", SUPERSCRIPTS)


def subscript(text: str) -> str:
    """Lower a plain text: `1` -> `₁`, and `_xy` or `_(a/b)` where Unicode cannot say it."""
    return _shifted(text, "_", SUBSCRIPTS)


def _shifted(text: str, sign: str, table: dict[int, int]) -> str:
    if all(ord(char) in table for char in text) or _RAISED.issuperset(text):
        return text.translate(table)
    return sign + (text if len(text) == 1 or text.replace(".", "").isalnum() else f"({text})")
