"""The links and ids of an HTML page, by the tokenizing rules of the HTML standard.

One compiled pattern walks over the tags that have attributes and steps over comments, declarations
and the text of `<script>`, `<style>` and their like; no tree is built. It owns what counts as a
link in HTML. It never resolves one.

Left out, since they need a tree or a script engine: CDATA sections inside SVG, `<!--` inside
`<script>`. Links in `<noscript>` and `<template>` count.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from html.entities import html5
from typing import Final, NamedTuple


class Marks(NamedTuple):
    """What a document links to and can be linked at: values as a browser reads them, in UTF-8."""

    links: list[bytes]
    """Every address in the document, repeated as often as it stands there."""
    ids: list[bytes]
    base: bytes | None = None
    """The address in `<base href>`, against which the others are read."""
    flaw: str | None = None
    """Why the document could not be read to its end."""
    listed: tuple[bytes, ...] = ()
    """The pages that a sitemap lists: links, every one of which must lead into the site."""


# Possessive quantifiers throughout: whatever a page holds, no character of it is tried twice over.
_WS: Final = r"\t\n\f\r\x20"
_ATTRIBUTE: Final = (
    rf"[{_WS}/]*+([^{_WS}/>][^{_WS}/>=]*+)"
    rf"(?:[{_WS}]*+=[{_WS}]*+"
    rf"""(?:"([^"]*+)"|'([^']*+)'|(?!["'])([^{_WS}>]*+))|(?![{_WS}]*+=))"""
)
_ATTRIBUTES: Final = f"(?:{re.sub(r'[(](?![?])', '(?:', _ATTRIBUTE)})*+"
_RAW: Final = r"(?i:script|style|title|textarea|xmp|iframe|noembed|noframes)"

ATTRIBUTE: Final = re.compile(_ATTRIBUTE.encode())
"""Name, then the value in double quotes, in single quotes, or bare."""

TAG: Final = re.compile(
    rf"""
    <(?:
        (?: ({_RAW})(?=[{_WS}/>]) | (/?[a-zA-Z][^{_WS}/>]*+)(?=[{_WS}/]) )
        (?:
            ({_ATTRIBUTES})[{_WS}/]*+>
            (?(1)                 # the text of <script> goes on to the end tag of the same name
                [^<]*+ (?: <(?!/(?i:\1)[{_WS}/>])[^<]*+ )*+
            )
        |   (.++)                 # a tag that never ends swallows the rest of the page
        )
    |   !--(?: -?> | [^-]*+ (?: -(?!-!?>)[^-]*+ )*+ )
    |   [!?][^>]*+
    |   /[^a-zA-Z>][^>]*+
    |   /?[a-zA-Z][^{_WS}/><]*+<[^{_WS}/>]*+    # `<p<!--x>` is a tag, not a comment
    )
    """.encode(),
    re.VERBOSE | re.DOTALL,
)
"""A tag with attributes, or something that hides tags. The groups: name of an element whose content
is text; name of any other tag, with the slash of an end tag; attributes; what is left unfinished.
"""

_ADDRESSES: Final = frozenset(
    b"href src action formaction poster cite data longdesc manifest background xlink:href".split()
)
_RARE: Final = frozenset({b"srcset", b"imagesrcset", b"content"})
_REFERENCE: Final = re.compile(
    rb"&(?:#[0-9]+;?|#[xX][0-9a-fA-F]+;?|([a-zA-Z][a-zA-Z0-9]*)(;|(?![a-zA-Z0-9=])))"
)
_REFRESH: Final = re.compile(
    rb"""[\s\d.]*[;,\s]\s*(?:url\s*=\s*)?+(?:"([^"]*)|'([^']*)|(.+))""", re.IGNORECASE | re.DOTALL
)
_CANDIDATE: Final = re.compile(rb"[\s,]*+(\S++)")
_DESCRIPTORS: Final = re.compile(rb"[^,(]*+(?:\([^)]*+\)?[^,(]*+)*+")


def read(page: bytes) -> Marks:
    """Return the links and ids of `page`, an HTML document in UTF-8; never raises."""
    if b"\0" in page:
        page = page.replace(b"\0", "\ufffd".encode())  # as browsers do
    links: list[bytes] = []
    ids: list[bytes] = []
    base: bytes | None = None
    tags: list[tuple[bytes, bytes, bytes, bytes]] = TAG.findall(page)
    for _, name, body, _ in tags:
        if not body or name.startswith(b"/"):
            continue
        # The first of two attributes with one name counts: reversed, it is the one that stays.
        attributes = {
            key.lower(): double or single or bare
            for key, double, single, bare in reversed(ATTRIBUTE.findall(body))
        }
        if name.lower() == b"base" and b"href" in attributes:
            href = decode(attributes.pop(b"href"))
            base = href if base is None else base
        for key, value in attributes.items():
            if key in _ADDRESSES:
                links.append(decode(value) if b"&" in value else value)
            elif key == b"id" and value:
                ids.append(decode(value) if b"&" in value else value)
            elif key in _RARE:
                links.extend(_rare(key, name, attributes))
    flaw = f"the tag `<{_text(tags[-1])}` never ends" if tags and tags[-1][3] else None
    return Marks(links, ids, base, flaw)


def decode(value: bytes) -> bytes:
    """Replace the character references in an attribute's value.

    `html.unescape` alone reads `?a=1&copy=2` as `?a=1©=2`; in attributes a name without semicolon
    counts only where neither a letter, a digit nor `=` follows.
    """
    return _REFERENCE.sub(_character, value)


def _character(reference: re.Match[bytes]) -> bytes:
    name: bytes | None = reference[1]
    if name is not None and (name + reference[2]).decode() not in html5:
        return reference[0]
    return html.unescape(reference[0].decode()).encode(errors="replace")


def candidates(srcset: bytes) -> Iterator[bytes]:
    """Yield the addresses in the value of a `srcset` attribute."""
    at = 0
    while match := _CANDIDATE.match(srcset, at):
        address = match[1].rstrip(b",")
        at = match.end()
        if address == match[1] and (descriptors := _DESCRIPTORS.match(srcset, at)):
            at = descriptors.end()
        yield address


def _rare(key: bytes, name: bytes, attributes: dict[bytes, bytes]) -> Iterator[bytes]:
    """Yield the addresses in an attribute that may hold several, or none.

    In a `<meta>` that is where a refresh leads, or an address by itself, as `og:image` has it.
    """
    content = decode(attributes[key])
    if key != b"content":
        yield from candidates(content)
    elif name.lower() != b"meta":
        return
    elif attributes.get(b"http-equiv", b"").lower() == b"refresh":
        if match := _REFRESH.match(content):
            yield match[1] or match[2] or match[3] or b""
    elif content.startswith((b"https://", b"http://")) and not re.search(rb"\s", content):
        yield content


def _text(tag: tuple[bytes, bytes, bytes, bytes]) -> str:
    """Return the name of a tag that TAG found."""
    return (tag[0] or tag[1]).decode(errors="replace")
