r"""A formula on one line of plain text: `\frac{a}{b_1}` -> `a/b₁`.

Reads the nodes that the MathML is written from, so that both say the same.
"""

from __future__ import annotations

import unicodedata

from dayleaf.text.alphabets import unstyled
from dayleaf.text.mathml import Node
from dayleaf.text.symbols import subscript, superscript

_PLAINER = str.maketrans(
    {
        "\u2212": "-", "\u2217": "*", "\u2223": "|", "\u2758": "|", "\u00a0": " ", "\u2061": "",
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


def linear(nodes: tuple[Node, ...]) -> str:
    """Nodes -> plain text, words such as `log` set off by spaces."""
    said = ""
    before: Node | None = None
    for node in nodes:
        part = _linear(node)
        if not part:
            continue
        if before and _spaced(before, node) and said[-1:].isalnum() and part[0].isalnum():
            said += " "
        said += ", " if part == "," and before and len(before.text) > 1 else part
        before = node
    return said.rstrip()


def _spaced(before: Node, node: Node) -> bool:
    return _is_function(before) or _is_function(node)


def _is_function(node: Node) -> bool:
    """Whether it is a name such as `log`, raised and lowered things on it included."""
    if node.children:
        return node.tag.startswith(("msu", "mun", "mov")) and _is_function(node.children[0])
    text = node.text
    return node.tag in {"mi", "mo"} and len(text) > 1 and text.isalpha() and text.islower()


def _linear(node: Node) -> str:
    tag = node.tag
    if not node.children:
        if tag == "mspace":
            return " " if any(value in _WIDE_SPACES for _, value in node.attributes) else ""
        return unstyled(node.text).translate(_PLAINER)
    if tag == "mphantom":
        return ""
    if tag == "msqrt":
        return "√" + _grouped(linear(node.children))
    if tag == "mtable":
        return "[" + "; ".join(map(_row, node.children)) + "]"
    if tag not in _WITH_PARTS:
        return linear(node.children)
    parts = [_linear(child) for child in node.children]
    if tag == "mfrac":
        return f"{_grouped(parts[0])}/{_grouped(parts[1])}"
    if tag == "mroot":
        return _ROOTS.get(parts[1], superscript(parts[1]) + "√") + _grouped(parts[0])
    return _scripted(tag, parts)


def _row(node: Node) -> str:
    return " ".join(filter(None, map(_linear, node.children)))


def _scripted(tag: str, parts: list[str]) -> str:
    base, *scripts = parts
    if tag == "mover" and scripts and scripts[0] in _ACCENTS:
        if len(base) == 1:
            return unicodedata.normalize("NFC", base + _ACCENTS[scripts[0]])
        return base
    if tag == "munder" and scripts and scripts[0] in {"‾", "_", "⏟"}:
        return base
    if tag in {"msup", "mover"}:
        return base + "".join(map(_raised, scripts))
    lowered, *raised = scripts or [""]
    return base + (subscript(lowered) if lowered else "") + "".join(map(_raised, raised))


def _raised(script: str) -> str:
    return superscript(script) if script else ""


def _grouped(part: str) -> str:
    return part if part.isalnum() or len(part) < 2 else f"({part})"  # noqa: PLR2004
