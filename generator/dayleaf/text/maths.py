r"""One formula of TeX -> MathML, HTML without it, and a line of plain text, at build time.

The only user of latex2mathml. A formula that it cannot convert, that is too long or too deep, or
that holds anything off the list in `mathml` is shown as its source.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple
from xml.etree.ElementTree import Element

from markupsafe import escape

from dayleaf.text.alphabets import unstyled
from dayleaf.text.linear import linear, linear_html
from dayleaf.text.mathml import ForbiddenNode, Node, reduce, serialise
from dayleaf.text.rewrites import prepared
from dayleaf.text.symbols import subscript, superscript

_ENVIRONMENT = r"\{(?:math|displaymath|equation)\*?\}"
_DELIMITERS = re.compile(
    rf"\A(?:\$\$?|\\[(\[]|\\begin{_ENVIRONMENT})|(?:\$\$?|\\[)\]]|\\end{_ENVIRONMENT})\Z"
)
_DISPLAYED = re.compile(r"\$\$|\\\[|\\begin\{(?:displaymath|equation)")
# Macros that define macros: two lines of them can grow without end. And one that the converter
# reads twice, so that twenty of them within each other take half a minute.
_ENDLESS = re.compile(
    r"\\(?:def|newcommand|newenvironment|DeclareMathOperator|sideset)(?![A-Za-z])"
)
_TEXT_STYLE = re.compile(r"\\(text(?:bf|it|tt|rm|sf|sl)?|emph|mbox)\{((?:[^\\{}$]|\\[%&#_])*)\}")
_ESCAPE = re.compile(r"\\([%&#_])")
_ELEMENTS = {
    "textbf": "b", "textit": "i", "textsl": "i", "emph": "em", "texttt": "code",
}  # fmt: skip
# Words in dollars for the sake of italics: `$less than 30 minutes$`, `$Covid-19$`.
_WORDS = re.compile(r"(?=.*[A-Za-z]{3})(?=.*[A-Za-z]{4}|.* )[A-Za-z][A-Za-z0-9 -]*[A-Za-z0-9]")
_SCRIPT = re.compile(
    r"([\^_])\s*(?:\{((?:[^{}]|\{[^{}]*\})*)\}|(\\[A-Za-z]+(?:\{[^{}]*\})?|[^\\{}\s]))"
)


class Formula(NamedTuple):
    """A formula in all its forms."""

    html: str
    """MathML, or HTML where that says it as well; safe."""
    flat: str
    """HTML without MathML, which feed readers strip: `10<sup>−3</sup>`; safe."""
    plain: str
    converted: bool = True
    """False where it is shown as its source."""


@lru_cache(maxsize=20_000)  # an archive of 137,501 papers has 7,131
def formula(source: str) -> Formula:
    r"""Convert a formula as written, delimiters included: `$x^2$`, `\(n\)`."""
    # ${}^3$He
    block = bool(_DISPLAYED.match(source))
    tex = prepared(_DELIMITERS.sub("", source).strip().removeprefix("{}"))
    try:
        return _simple(tex) or _converted(tex, block=block)
    except (ForbiddenNode, RecursionError):
        escaped = str(escape(source))
        shown = f"<code>{escaped}</code>"
        return Formula(shown, shown, _DELIMITERS.sub("", source).strip(), converted=False)


def _simple(tex: str) -> Formula | None:
    """What needs no MathML: words, styled text, an exponent without a base."""
    if _WORDS.fullmatch(tex):
        return Formula(f"<i>{tex}</i>", f"<i>{tex}</i>", tex)
    text = _TEXT_STYLE.fullmatch(tex)
    if text:
        plain = _ESCAPE.sub(r"\1", text[2])
        element, escaped = _ELEMENTS.get(text[1]), str(escape(plain))
        marked = f"<{element}>{escaped}</{element}>" if element and escaped.strip() else escaped
        return Formula(marked, marked, plain)
    script = _SCRIPT.fullmatch(tex)
    if not script:
        return None
    inner = formula(f"${script[2] or script[3] or ''}$")
    if not inner.plain:
        return Formula("", "", "")  # `$_{\!}$`, a trick to squeeze a line
    if not inner.converted:
        return inner
    if inner.plain in {"°", "∘"}:
        return Formula("°", "°", "°")
    element, shift = ("sup", superscript) if script[1] == "^" else ("sub", subscript)
    shown, flat = (f"<{element}>{form}</{element}>" for form in (inner.html, inner.flat))
    return Formula(shown, flat, shift(inner.plain))


def _converted(tex: str, *, block: bool) -> Formula:
    if not tex:
        return Formula("", "", "")
    if _ENDLESS.search(tex):
        raise ForbiddenNode
    nodes = reduce(_tree(tex))
    plain = " ".join(linear(nodes).split())
    if all(map(_is_text, nodes)) or (len(nodes) == 1 and _is_name(nodes[0])):
        text = "".join(node.text for node in nodes)
        upright = unstyled(text)
        marked = str(escape(upright))
        shown = marked if text == upright else f"<b>{marked}</b>"
        return Formula(shown, shown, plain)
    tag = 'math display="block"' if block else "math"
    return Formula(f"<{tag}>{serialise(nodes)}</math>", linear_html(nodes), plain)


def _tree(tex: str) -> Element:
    from latex2mathml.converter import Converter  # noqa: PLC0415 - 15 ms that many builds spare

    try:
        # A converter for each formula: it remembers definitions and numbers of equations.
        return Converter().convert_to_element(tex)
    except Exception as error:  # on TeX that is no TeX it raises whatever comes
        raise ForbiddenNode from error


def _is_text(node: Node) -> bool:
    """Whether ordinary text says the same: numbers, signs, words set upright, but no letters."""
    if node.tag == "mi":
        return not node.text.isalpha()
    return node.tag in {"mn", "mo", "mtext"} and not node.children


def _is_name(node: Node) -> bool:
    return node.tag == "mi" and len(node.text) > 1
