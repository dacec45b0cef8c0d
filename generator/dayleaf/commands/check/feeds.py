"""The links in what machines read: sitemaps, Atom and RSS, OpenSearch, JSON Feed.

It owns which of their elements and keys hold addresses. It never resolves one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

from dayleaf.commands.check import markup

_SITEMAP: Final = "http://www.sitemaps.org/schemas/sitemap/0.9 "
_XML: Final = "http://www.w3.org/XML/1998/namespace "
_ATTRIBUTES: Final = frozenset({"href", "src", "url", "template"})
_ELEMENTS: Final = frozenset({"loc", "link", "icon", "logo", "uri", "url", "Image"})
_KEYS: Final = frozenset(
    "url home_page_url feed_url next_url external_url icon favicon image banner_image".split()
)


def read_xml(document: bytes) -> markup.Marks:
    """Return the links of an XML document; never raises."""
    reader = _FeedReader()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text.append
    flaw: str | None = None
    try:
        parser.Parse(document, True)  # noqa: FBT003  pyexpat takes no keywords
    except (expat.ExpatError, ValueError, LookupError) as error:
        flaw = f"not well-formed XML: {error}"
    base = reader.bases[0] if reader.bases else None
    return markup.Marks(reader.links, [], base, flaw, tuple(reader.listed))


@dataclass(frozen=True, slots=True)
class _FeedReader:
    """Collects addresses while expat calls it."""

    links: list[bytes] = field(default_factory=list)
    listed: list[bytes] = field(default_factory=list)
    bases: list[bytes] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    """Text since the last tag."""
    escaped: list[str] = field(default_factory=list)
    """The element whose text is HTML, while within it."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.text.clear()
        for key, value in attributes.items():
            if key.rpartition(" ")[2] in _ATTRIBUTES:
                self.links.append(value.encode())
            elif key == _XML + "base":
                self.bases.append(value.encode())
            elif key == "type" and value == "html":
                self.escaped.append(name)

    def end(self, name: str) -> None:
        text = "".join(self.text).strip().encode()
        self.text.clear()
        if self.escaped and self.escaped[-1] == name:
            self.escaped.pop()
            self.links.extend(markup.read(text).links)
        elif name == _SITEMAP + "loc":
            self.listed.append(text)
        elif name.rpartition(" ")[2] in _ELEMENTS and text:
            self.links.append(text)


def read_json(document: bytes) -> markup.Marks:
    """Return the links of a JSON Feed; never raises."""
    try:
        feed: object = json.loads(document)
    except (ValueError, RecursionError) as error:
        return markup.Marks([], [], flaw=f"not JSON: {error}")
    links: list[bytes] = []
    for key, text in _strings(feed, ""):
        if key in _KEYS:
            links.append(text.encode(errors="replace"))
        elif key == "content_html":
            links.extend(markup.read(text.encode(errors="replace")).links)
    return markup.Marks(links, [])


def _strings(value: object, key: str) -> Iterator[tuple[str, str]]:
    """Yield every string in a JSON value with the key that it stands under."""
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _strings(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner, key)
