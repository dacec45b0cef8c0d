r"""A formula on one line: `\frac{a}{b_1}` -> `a/b₁`, or `a/b<sub>1</sub>` where HTML is read.

Reads the nodes that the MathML is written from, so that all say the same.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import NamedTuple

from markupsafe import escape

from dayleaf.text.alphabets import unstyled
from dayleaf.text.mathml import Node
from dayleaf.text.symbols import subscript, superscript

_PLAINER = str.maketrans(
    {
        "\u2217": "*", "\u2223": "|", "\u2758": "|", "\u00a0": " ", "\u2061": "",
        "\u2062": "", "\u2009": " ", "\u2006": " ", "\u2236": ":",
    }
)  # fmt: skip
_ACCENTS = {
    "^": "\u0302", "ˆ": "\u0302", "~": "\u0303", "˜": "\u0303", "¯": "\u0304", "‾": "\u0304",
    "˙": "\u0307", "¨": "\u0308", "→": "\u20d7", "ˇ": "\u030c", "˘": "\u0306", "´": "\u0301",
    "`": "\u0300", "˚": "\u030a",
}  # fmt: skip
_ROOTS = {"2": "√", "3": "∛", "4": "∜"}
_WITH_PARTS = frozenset(
    ["mfrac", "mroot", "msub", "msup", "msubsup", "munder", "mover", "munderover"]
)
_WIDE_SPACES = ("1em", "2em", ".5em")


class _Style(NamedTuple):
    """How a line says what is raised and lowered."""

    up: Callable[[str], str]
    down: Callable[[str], str]
    minus: str


# Stand for tags until the text between them is escaped. No formula holds them: they cannot be
# printed.
_SUP, _END_SUP, _SUB, _END_SUB = "\ue000", "\ue001", "\ue002", "\ue003"
_TAGS = str.maketrans({_SUP: "<sup>", _END_SUP: "</sup>", _SUB: "<sub>", _END_SUB: "</sub>"})
_NO_TAGS = dict.fromkeys(_TAGS)

_PLAIN = _Style(superscript, subscript, "-")
_TAGGED = _Style(
    lambda text: f"{_SUP}{text}{_END_SUP}", lambda text: f"{_SUB}{text}{_END_SUB}", "\u2212"
)


def linear(nodes: tuple[Node, ...]) -> str:
    """Nodes -> plain text, words such as `log` set off by spaces."""
    return _inline(nodes, _PLAIN)


def linear_html(nodes: tuple[Node, ...]) -> str:
    """Nodes -> HTML that has no formulas, for readers that know none; safe."""
    line = " ".join(_inline(nodes, _TAGGED).split())
    return str(escape(line)).translate(_TAGS)


def _inline(nodes: tuple[Node, ...], style: _Style) -> str:
    line = ""
    before: Node | None = None
    for node in nodes:
        part = _linear(node, style)
        if not part:
            continue
        if before and _spaced(before, node) and line[-1:].isalnum() and part[0].isalnum():
            line += " "
        line += ", " if part == "," and before and len(before.text) > 1 else part
        before = node
    return line.rstrip()


def _spaced(before: Node, node: Node) -> bool:
    return _is_function(before) or _is_function(node)


def _is_function(node: Node) -> bool:
    """Whether it is a name such as `log`, raised and lowered things on it included."""
    if node.children:
        return node.tag.startswith(("msu", "mun", "mov")) and _is_function(node.children[0])
    text = node.text
    return node.tag in {"mi", "mo"} and len(text) > 1 and text.isalpha() and text.islower()


def _linear(node: Node, style: _Style) -> str:
    tag = node.tag
    if not node.children:
        if tag == "mspace":
            return " " if any(value in _WIDE_SPACES for _, value in node.attributes) else ""
        return unstyled(node.text).translate(_PLAINER).replace("\u2212", style.minus)
    if tag == "mphantom":
        return ""
    if tag == "msqrt":
        return "√" + _grouped(_inline(node.children, style))
    if tag == "mtable":
        return "[" + "; ".join(_row(row, style) for row in node.children) + "]"
    if tag not in _WITH_PARTS:
        return _inline(node.children, style)
    parts = [_linear(child, style) for child in node.children]
    if tag == "mfrac":
        return f"{_grouped(parts[0])}/{_grouped(parts[1])}"
    if tag == "mroot":
        return _ROOTS.get(parts[1], style.up(parts[1]) + "√") + _grouped(parts[0])
    return _scripted(tag, parts, style)


def _row(node: Node, style: _Style) -> str:
    return " ".join(filter(None, (_linear(child, style) for child in node.children)))


def _scripted(tag: str, parts: list[str], style: _Style) -> str:
    base, *scripts = parts
    if tag == "mover" and scripts and scripts[0] in _ACCENTS:
        if len(base) == 1:
            return unicodedata.normalize("NFC", base + _ACCENTS[scripts[0]])
        return base
    if tag == "munder" and scripts and scripts[0] in {"‾", "_", "⏟"}:
        return base
    if tag in {"msup", "mover"}:
        return base + "".join(map(style.up, filter(None, scripts)))
    lowered, *raised = scripts or [""]
    return (
        base
        + (style.down(lowered) if lowered else "")
        + "".join(map(style.up, filter(None, raised)))
    )


def _grouped(part: str) -> str:
    bare = part.translate(_NO_TAGS)
    return part if bare.isalnum() or len(bare) < 2 else f"({part})"  # noqa: PLR2004
