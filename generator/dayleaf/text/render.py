"""Tokens -> HTML, and tokens -> plain text.

Whatever comes from the text is escaped here, or in `maths` for formulas. Nothing else in Dayleaf
makes `Markup`, the site's own prose aside.
"""

from __future__ import annotations

import re
import unicodedata

from markupsafe import Markup, escape

from dayleaf.text.maths import formula
from dayleaf.text.scanner import SPECIAL, scan
from dayleaf.text.symbols import subscript, superscript
from dayleaf.text.tokens import (
    BOLD,
    CAPS,
    CODE,
    EMPH,
    ITALIC,
    LINK,
    REFERENCE,
    STRIKE,
    SUB,
    SUP,
    UNDERLINE,
    Token,
    TokenType,
)

_OPENING = {
    BOLD: "<b>",
    EMPH: "<em>",
    ITALIC: "<i>",
    CODE: "<code>",
    CAPS: '<span class="small-caps">',
    UNDERLINE: "<u>",
    STRIKE: "<s>",
    SUP: "<sup>",
    SUB: "<sub>",
    REFERENCE: '<span class="reference">',
}
_CLOSING = {style: f"</{tag[1:].split()[0].rstrip('>')}>" for style, tag in _OPENING.items()} | {
    LINK: "</a>"
}

# Line ends and tabs become spaces; other control characters, marks that turn the direction of
# writing, and what has no width go; half a surrogate pair cannot be written at all.
_CLEAN: dict[int, str] = (
    dict.fromkeys([*range(0x20), *range(0x7F, 0xA0)], "")
    | dict.fromkeys([0x200B, 0x200E, 0x200F, 0x2060, 0xFEFF, 0xFFFE, 0xFFFF, 0xAD], "")
    | dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), *range(0xFFF9, 0xFFFC)], "")
    | dict.fromkeys([0x09, 0x0A, 0x0D, 0x85, 0x2028, 0x2029], " ")
    | dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
)
# No line begins with what closes behind a formula, nor ends with what opens before it: browsers
# break lines on both sides of one, and U+2060 does not hold them.
_HELD = re.compile(r"([(\[“‘]*)(<math>.*?</math>)([.,;:!?)\]’”-]*)")
# Behind a displayed formula it goes into the formula's line.
_ENDED = re.compile(r"(<math display=(?:(?!</math>).)*)</math>([.,;:!?]+)")
_SPACES = re.compile(" {2,}")
_ASCII = bytes(range(0x20, 0x7F))

# In Python 3.11 each look at a member of an Enum costs as much as a call.
_TEXT, _MATH, _OPEN, _CLOSE = TokenType.TEXT, TokenType.MATH, TokenType.OPEN, TokenType.CLOSE


def to_html(text: str, *, links: bool = True, mathml: bool = True) -> Markup:
    r"""A title, abstract or comment as HTML on one line: `\emph{so}` -> `<em>so</em>`.

    Five in six texts hold nothing special; for them it is one search and `escape`. Without `links`
    their labels stay as text, for places that are within a link already. Without `mathml` formulas
    are text with `<sup>` and `<sub>`, for feed readers, which strip it. Never fails.
    """
    text = _clean(text)
    if not SPECIAL.search(text):
        return Markup(_escaped(text))  # noqa: S704
    parts: list[str] = []
    for kind, content in scan(text):
        if kind is _TEXT:
            parts.append(_escaped(content))
        elif kind is _MATH:
            shown = formula(content)
            parts.append(shown.html if mathml else shown.flat)
        elif kind is _OPEN:
            parts.append(_OPENING[content])
        elif content != LINK and kind is _CLOSE:
            parts.append(_CLOSING[content])
        elif links:
            parts.append(_CLOSING[LINK] if kind is _CLOSE else _anchor(content))
    line = "".join(parts).strip()
    if links and "<math" in line:
        line = _ENDED.sub(r"\1<mtext>\2</mtext></math>", _HELD.sub(_hold, line))
    return Markup(line)  # noqa: S704  (every part is escaped or our own)


def _hold(match: re.Match[str]) -> str:
    opening, math, closing = match.groups()
    return f'<span class="f">{match[0]}</span>' if opening or closing else str(math)


def _escaped(text: str) -> str:
    """`escape` as a plain string. To look for five signs takes a tenth of its time."""
    if "'" in text or "&" in text or '"' in text or "<" in text or ">" in text:
        return str(escape(text))
    return text


def _anchor(target: str) -> str:
    return f'<a href="{escape(target)}" rel="nofollow">'


def to_plain(text: str) -> str:
    r"""The same content without markup, for titles, search and feeds: `$\ell_1$` -> `ℓ₁`."""
    text = _clean(text)
    if not SPECIAL.search(text):
        return text
    line = "".join(_plain_parts(scan(text)))
    return " ".join(unicodedata.normalize("NFC", line).split())


def unconverted(text: str) -> list[str]:
    """List the formulas of a text that are shown as their source."""
    text = _clean(text)
    if "\\" not in text and "$" not in text:
        return []
    math = (content for kind, content in scan(text) if kind is _MATH)
    return [source for source in math if not formula(source).converted]


def _plain_parts(tokens: list[Token]) -> list[str]:
    parts: list[str] = []
    shifts: list[int] = []
    for kind, content in tokens:
        if kind is _TEXT:
            parts.append(content)
        elif kind is _MATH:
            parts.append(formula(content).plain)
        elif content in {SUP, SUB}:
            if kind is _OPEN:
                shifts.append(len(parts))
            else:
                start = shifts.pop()
                shift = superscript if content == SUP else subscript
                parts[start:] = [shift("".join(parts[start:]).strip())]
    return parts


def cleaned(text: str) -> str:
    """Return a text without what no page may hold, see `_CLEAN`; each field goes through this."""
    return text if text.isprintable() else text.translate(_CLEAN)


def _clean(text: str) -> str:
    # Most texts are ASCII, which this tells in half the time that `isprintable` takes.
    if text.encode("utf-8", "surrogatepass").translate(None, _ASCII) and not text.isprintable():
        text = text.translate(_CLEAN)
    if "  " in text:
        text = _SPACES.sub(" ", text)
    return text.strip()
