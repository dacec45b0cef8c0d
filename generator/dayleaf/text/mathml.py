r"""An element tree from latex2mathml -> a small tree of ours that holds only what is on our list.

The converter's output is untrusted: it copies text and attributes out of the formula as they are
(`\href{javascript:…}`, `\text{<script>}`, `\style`). So its own serialisation is never used.
Elements and attributes that are not listed here refuse the whole formula; lengths that could reach
over the text around are dropped; the rest is reduced to what a browser needs.
"""

from __future__ import annotations

import html
import re
import unicodedata
from itertools import groupby
from typing import NamedTuple
from xml.etree.ElementTree import Element

from markupsafe import escape

from dayleaf.text.alphabets import styled

_DEEPEST = 40

_ROWS = frozenset(["mrow", "menclose", "mstyle"])
_TAGS = _ROWS | frozenset(
    """mi mn mo mtext mspace mfrac msqrt mroot msub msup msubsup munder mover munderover mtable mtr
    mtd mpadded mphantom""".split()
)
# Whose children are a row: a row within needs no element of its own there.
_ROW_PARENTS = _ROWS | {"math", "msqrt", "mtd", "mpadded", "mphantom"}
# Harmless and without effect in browsers (MathML Core knows none of them) or never wanted.
_DROPPED = frozenset(
    """xmlns display fence separator mathsize mathcolor mathbackground notation columnalign
    columnlines rowlines columnspacing rowspacing linebreak displaystyle scriptlevel""".split()
)
_PARTS = {
    "mfrac": 2, "mroot": 2, "msub": 2, "msup": 2, "munder": 2, "mover": 2, "msubsup": 3,
    "munderover": 3,
}  # fmt: skip
_LENGTH = re.compile(r"[+-]?(?:0|[0-2]?\.\d{1,3}|[0-2])(?:em|ex|px|width)?\Z")
_BOOLEAN = re.compile(r"true|false\Z")
_ALLOWED = {
    **dict.fromkeys(
        ["width", "height", "depth", "lspace", "rspace", "voffset", "minsize", "maxsize"], _LENGTH
    ),
    **dict.fromkeys(["stretchy", "accent", "accentunder", "largeop", "movablelimits"], _BOOLEAN),
    "form": re.compile(r"prefix|infix|postfix\Z"),
    "linethickness": re.compile(r"0\Z"),
}
_NAMED_SPACES = {
    "negativethinmathspace": "-.167em", "negativemediummathspace": "-.222em",
    "negativethickmathspace": "-.278em", "thinmathspace": ".167em", "thickmathspace": ".278em",
}  # fmt: skip
_REFERENCE = re.compile(r"&#x([0-9A-Fa-f]{1,6});")
_SIGNS = str.maketrans({"\u2015": "\u203e"})  # the bar of \overline, which stretches
_ESCAPED = re.compile(r"\\([{}|%$&#_ ])")  # the converter leaves some of these as they are
_TOKENS = frozenset(["mi", "mn", "mo", "mtext"])  # which hold text, and in browsers nothing else
# Single letters in a row are variables; this many are a word, as in `speech \to image`.
_WORD = 4
_FUNCTIONS = frozenset(
    """arccos arcsin arctan arg cos cosh cot coth csc deg det dim exp gcd hom inf ker lg lim ln log
    max min Pr sec sin sinh sup tan tanh""".split()
)
_SCRIPTS = frozenset("msub msup msubsup munder mover munderover".split())


class ForbiddenNode(Exception):  # noqa: N818  (what happened, not an error: the formula is shown as source)
    """The formula holds a node that is not on the allowlist."""


class Node(NamedTuple):
    """One MathML element: either text or children, and attributes as they will be written."""

    tag: str
    text: str = ""
    children: tuple[Node, ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()


_THIN = Node("mspace", attributes=(("width", ".167em"),))


def reduce(root: Element) -> tuple[Node, ...]:
    """The nodes below `<math>`; raises ForbiddenNode for what is not on the list."""
    children = _children(root, "math", 0)
    if len(children) == 1 and children[0].tag == "mrow":
        children = children[0].children
    return children


def serialise(nodes: tuple[Node, ...]) -> str:
    """Nodes -> MathML, everything escaped."""
    return "".join(map(_element, nodes))


def _element(node: Node) -> str:
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in node.attributes)
    if node.tag == "mspace":
        return f"<mspace{attributes}/>"
    inner = serialise(node.children) if node.children else str(escape(node.text))
    return f"<{node.tag}{attributes}>{inner}</{node.tag}>"


def _children(parent: Element, tag: str, depth: int) -> tuple[Node, ...]:
    nodes: list[Node] = []
    for element in parent:
        node = _reduced(element, depth + 1)
        if node.tag == "mrow" and tag in _ROW_PARENTS and not _has_fence(node):
            nodes += node.children
        else:
            nodes.append(node)
    return _spaced(_joined(nodes)) if tag in _ROW_PARENTS else tuple(nodes)


def _reduced(element: Element, depth: int) -> Node:
    if element.tag not in _TAGS or element.tail or depth > _DEEPEST:
        raise ForbiddenNode
    attributes = _attributes(element)
    tag = "mrow" if element.tag in _ROWS else element.tag
    if tag in _TOKENS and len(element):
        if (element.text or "").strip():
            raise ForbiddenNode
        tag = "mrow"  # \operatorname{\max}, which the converter puts into one another
    children = _children(element, tag, depth)
    if len(children) != _PARTS.get(tag, len(children)):
        raise ForbiddenNode  # \frac{1}, which the converter lets pass
    if tag == "mrow":
        return children[0] if len(children) == 1 else Node("mrow", children=children)
    text = _REFERENCE.sub(_character, element.text or "").translate(_SIGNS)
    text = _ESCAPED.sub(lambda match: "‖" if match[1] == "|" else match[1], text)
    if not all(char.isprintable() or char == "\u00a0" for char in text):
        raise ForbiddenNode
    if tag == "mi" and len(text) == 1 and unicodedata.category(text) == "Sm":
        return Node("mo", text)  # a relation, which the converter did not know by its sign
    if tag in {"mi", "mn"}:
        return _letters(tag, text, element.get("mathvariant"))
    if tag == "msup" and len(children) > 1 and children[1].text in {"∘", "°"}:
        return Node("mrow", children=(children[0], Node("mi", "°")))
    return Node(tag, text, children, attributes)


def _attributes(element: Element) -> tuple[tuple[str, str], ...]:
    kept: list[tuple[str, str]] = []
    for name, source in element.attrib.items():
        if name in _DROPPED or name == "mathvariant":
            continue
        if name not in _ALLOWED:
            raise ForbiddenNode
        value = _NAMED_SPACES.get(source, source)
        if _ALLOWED[name].match(value):
            kept.append((name, value.replace("0.", ".", 1)))
    return tuple(kept)


def _character(match: re.Match[str]) -> str:
    return html.unescape(match[0])


def _letters(tag: str, text: str, variant: str | None) -> Node:
    """Styles are characters in MathML Core, all but `normal`, which is an attribute."""
    if variant == "normal":
        upright = (("mathvariant", "normal"),) if tag == "mi" and len(text) == 1 else ()
        return Node(tag, text, (), upright)
    return Node(tag, styled(text, variant) if variant else text)


def _joined(nodes: list[Node]) -> tuple[Node, ...]:
    """Letters that make a word become one node: upright ones always, others from four on."""
    joined: list[Node] = []
    for kind, group in groupby(nodes, key=_letter):
        run = list(group)
        if kind and len(run) >= (2 if kind == "upright" else _WORD):
            joined.append(Node("mi", "".join(node.text for node in run)))
        else:
            joined += run
    return tuple(joined)


def _spaced(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    """A thin space between a function's name and the letters beside it, as TeX sets it."""
    spaced: list[Node] = []
    for node in nodes:
        pair = (spaced[-1], node) if spaced else ()
        if pair and all(map(_is_plain, pair)) and any(map(_is_function, pair)):
            spaced.append(_THIN)
        spaced.append(node)
    return tuple(spaced)


def _is_plain(node: Node) -> bool:
    """Whether a node is set without space of its own, as letters, numbers and fractions are."""
    return node.tag not in {"mo", "mspace", "mtext"}


def _is_function(node: Node) -> bool:
    base = node.children[0] if node.tag in _SCRIPTS and node.children else node
    return base.tag == "mi" and base.text in _FUNCTIONS


def _letter(node: Node) -> str:
    if node.tag != "mi" or len(node.text) != 1 or not (node.text.isascii() and node.text.isalpha()):
        return ""
    return "upright" if node.attributes else "italic"


def _has_fence(node: Node) -> bool:
    return any(("stretchy", "true") in child.attributes for child in node.children)
