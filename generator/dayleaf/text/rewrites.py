r"""TeX that latex2mathml does not know -> TeX that it does, within a formula."""

from __future__ import annotations

import html
import re
import unicodedata

from dayleaf.text.numbers import quantity_text

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
# The converter takes a bare percent sign for a comment and drops what follows.
_OPEN_END = re.compile(r"(?<!\\)\\\s*\Z")
_PERCENT = re.compile(r"(?<!\\)%")
# It reads the argument of \text up to the first brace, so one style within another goes.
_NESTED = re.compile(r"(\\text\w*\{)\\(?:text\w*|emph|underline)\{([^{}]*)\}\}")
_TEXT = re.compile(
    r"\\(text[a-z]*|mbox|hbox)\{"
    r"((?:[^{}$\\]|\\[^()]|\$(?:[^{}$]|\{[^{}$]*\})*\$|\\\((?:[^{}\\]|\\(?!\))|\{[^{}]*\})*\\\))*+)\}"
)
_WITHIN = re.compile(r"\$((?:[^{}$]|\{[^{}$]*\})*)\$|\\\((.*?)\\\)")
_SHIFTED = re.compile(r"\\text(super|sub)script(?=\s*\{)")
_STARRED = re.compile(r"\\operatorname\*?\{([^{}\\]*)(?:\\[,;: ]|~)([^{}\\]*)\}")
_STAR = re.compile(r"\\operatorname\*")
_NOT = re.compile(r"\\not\s*(\\[A-Za-z]+|[^\\{}\s])")
_LABEL = re.compile(r"\\(?:label|tag)\*?\{[^{}]*\}")
_QUANTITY = re.compile(r"\\(?:SI|qty)\{([^{}]*)\}\{([^{}]*)\}")
_FORMULA_OF_MATTER = re.compile(r"\\ce\{((?:[^{}]|\{[^{}]*\})*)\}")
_COUNT = re.compile(r"(?<=[A-Za-z)\]])(\d+)")
_CHARGE = re.compile(r"\^(?!\{)([0-9]*[+-])|(?<=[A-Za-z}])([+-])(?=\Z)")
_MACRO = re.compile(r"\\[A-Za-z]+")
_ALIASES = {
    r"\mathds": r"\mathbb", r"\mathbbm": r"\mathbb", r"\textsl": r"\textit",
    r"\eps": r"\epsilon", r"\R": r"\mathbb{R}", r"\RR": r"\mathbb{R}", r"\L": "Ł",
    r"\copyright": "©", r"\ddag": "‡", r"\deg": "°", r"\degree": "°", r"\textdegree": "°",
    r"\textpm": r"\pm", r"\texttimes": r"\times", r"\arg": r"\operatorname{arg}",
    r"\limsup": r"\text{lim sup}", r"\liminf": r"\text{lim inf}",
    r"\varlimsup": r"\overline{\lim}", r"\varliminf": r"\underline{\lim}",
    r"\injlim": r"\text{inj lim}", r"\projlim": r"\text{proj lim}",
    r"\argmax": r"\text{arg max}", r"\argmin": r"\text{arg min}",
    r"\nicefrac": r"\frac", r"\sfrac": r"\frac", r"\flatfrac": r"\frac", r"\ensuremath": "",
    r"\nonumber": "", r"\notag": "",
    r"\xspace": "", r"\small": "", r"\footnotesize": "", r"\normalsize": "", r"\large": "",
}  # fmt: skip
_NEGATED = {
    r"\in": r"\notin ", r"\ni": "∌", r"\sim": r"\nsim ", r"\simeq": "≄", r"\approx": "≉",
    r"\cong": r"\ncong ", r"\equiv": "≢", r"\leq": "≰", r"\le": "≰", r"\geq": "≱", r"\ge": "≱",
    r"\lt": "≮", r"\gt": "≯", r"\subset": "⊄", r"\supset": "⊅", r"\subseteq": "⊈",
    r"\supseteq": "⊉", r"\exists": "∄", r"\mid": "∤", r"\parallel": "∦", r"\prec": "⊀",
    r"\succ": "⊁", r"\to": "↛", r"\rightarrow": "↛", r"\leftarrow": "↚",
}  # fmt: skip


def prepared(tex: str) -> str:
    r"""A formula without its delimiters, as the converter can read it: `\not=` -> `≠`."""
    if "&" in tex:
        tex = _ENTITY.sub(lambda entity: html.unescape(entity[0]), tex)
    if "\\" in tex:
        tex = _known(tex)
    return _PERCENT.sub(r"\\%", _OPEN_END.sub("", tex)).strip()


def _known(tex: str) -> str:
    if "\\text" in tex or "box" in tex:
        tex = _SHIFTED.sub(lambda match: "^" if match[1] == "super" else "_", tex)
        tex = _TEXT.sub(_parted, _NESTED.sub(r"\1\2}", tex))
    tex = _STAR.sub(r"\\operatorname", _STARRED.sub(r"\\text{\1 \2}", tex))
    tex = _LABEL.sub("", _NOT.sub(_negated, tex))
    tex = _QUANTITY.sub(lambda match: rf"\text{{{quantity_text(match[1], match[2])}}}", tex)
    tex = _FORMULA_OF_MATTER.sub(_matter, tex)
    return _MACRO.sub(lambda macro: _ALIASES.get(macro[0], macro[0]), tex)


def _parted(text: re.Match[str]) -> str:
    r"""`\text{if $x>0$ then}` -> `\text{if }x>0\text{ then}`."""
    name, inner = text[1], text[2]
    rewritten, pos = "", 0
    for match in _WITHIN.finditer(inner):
        if match.start() > pos:
            rewritten += f"\\{name}{{{inner[pos : match.start()]}}}"
        rewritten += f"{{{match[1] if match[1] is not None else match[2]}}}"
        pos = match.end()
    return text[0] if not pos else rewritten + (f"\\{name}{{{inner[pos:]}}}" if inner[pos:] else "")


def _negated(match: re.Match[str]) -> str:
    """What Unicode has one character for; else as it stands."""
    sign = match[1]
    composed = _NEGATED.get(sign) or unicodedata.normalize("NFC", sign + "\u0338")
    return composed if len(composed) == 1 or sign in _NEGATED else match[0]


def _matter(match: re.Match[str]) -> str:
    r"""A formula of chemistry: `\ce{H2O}` -> `\mathrm{H_{2}O}`."""
    written = _COUNT.sub(r"_{\1}", match[1])
    written = _CHARGE.sub(lambda charge: f"^{{{charge[1] or charge[2]}}}", written)
    return rf"\mathrm{{{written.replace('<=>', '⇌').replace('->', '→')}}}"
