r"""Text for places that know no markup, from what was made safe before: descriptions, data blocks.

It reads what `to_html` wrote, so that a list which keeps a title's HTML alone can still say it
plainly; and it writes JSON into HTML, where a text must not end the block that it stands in.
"""

from __future__ import annotations

import html
import json
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from markupsafe import Markup

from dayleaf.text.linear import linear
from dayleaf.text.mathml import Node
from dayleaf.text.symbols import subscript, superscript

if TYPE_CHECKING:
    from collections.abc import Callable

_SHIFTS: dict[str, Callable[[str], str]] = {"sup": superscript, "sub": subscript}
# `</script` ends a block and `<!--` begins a comment within, whatever the quotes around; browsers
# read the others as text, but what copies the block out of the page may not.
_UNSAFE = str.maketrans(
    {sign: f"\\u{ord(sign):04x}" for sign in ("<", ">", "&", "\u2028", "\u2029")}
)


def from_html(text: str) -> str:
    """Return in plain text what `to_html` wrote: `<i>so</i> x<sup>2</sup>` -> `so x²`."""
    if "<" not in text:
        return html.unescape(text)
    root = ET.fromstring(f"<p>{text}</p>")  # noqa: S314 - written by ourselves, without entities
    return " ".join(_inner(root).split())


def _inner(element: ET.Element) -> str:
    said = element.text or ""
    for child in element:
        if child.tag == "math":
            said += linear(_node(child).children)
        else:
            shift = _SHIFTS.get(child.tag)
            said += shift(_inner(child)) if shift else _inner(child)
        said += child.tail or ""
    return said


def _node(element: ET.Element) -> Node:
    children = tuple(map(_node, element))
    return Node(element.tag, element.text or "", children, tuple(element.attrib.items()))


def data_block(value: object) -> Markup:
    """Return a value as JSON that may stand in `<script type="application/ld+json">`."""
    written = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Markup(written.translate(_UNSAFE))  # noqa: S704 - no sign of HTML is left
