"""Reading HTML back, for the tests of text: what is allowed in it, and what a reader would see."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

ELEMENTS = {
    "a": {"href", "rel"}, "b": set(), "em": set(), "i": set(), "code": set(), "u": set(),
    "s": set(), "sup": set(), "sub": set(), "span": {"class"}, "math": {"display"},
    "mi": {"mathvariant"}, "mn": set(), "mtext": set(), "mrow": set(), "mfrac": {"linethickness"},
    "mo": {
        "stretchy", "form", "accent", "minsize", "maxsize", "movablelimits", "lspace", "rspace",
        "largeop",
    },
    "mspace": {"width", "height", "depth"}, "msqrt": set(), "mroot": set(), "msub": set(),
    "msup": set(), "msubsup": set(), "munder": set(), "mover": {"accent"}, "munderover": set(),
    "mtable": set(), "mtr": set(), "mtd": set(), "mphantom": set(),
    "mpadded": {"width", "height", "depth", "lspace", "voffset"},
}  # fmt: skip
TARGET = re.compile(r"(?:https?|ftp)://[!-~]+|mailto:[!-~]+", re.IGNORECASE)
CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def tree(html: str) -> ET.Element:
    """The HTML as XML: fails unless every element is closed, in order, and every `&` escaped."""
    return ET.fromstring(f"<p>{html!s}</p>")  # noqa: S314  (our own output)


def assert_safe(html: str) -> None:
    """Only what is listed above, links only where they may lead, one line, no controls."""
    html = str(html)
    assert not CONTROL.search(html)
    for element in tree(html).iter():
        if element.tag == "p":
            continue
        assert element.tag in ELEMENTS
        assert set(element.attrib) <= ELEMENTS[element.tag]
        if element.tag == "a":
            assert TARGET.fullmatch(element.attrib["href"])
            assert not list(element.iter("a"))[1:]


class _Seen(HTMLParser):
    """What a browser makes of it, which is not bound to XML's rules."""

    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def seen(html: str) -> str:
    """The text that a reader sees."""
    parser = _Seen()
    parser.feed(str(html))
    parser.close()
    return "".join(parser.text)
