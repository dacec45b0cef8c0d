"""What RFC 4287 (Atom) and JSON Feed 1.1 ask of a feed, as checks that raise AssertionError.

Written from the standards' own sentences, each MUST an assertion, so that no validator has to be
fetched. Extensions are held to their rules: elements in a namespace of their own, keys with `_`.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

ATOM = "{http://www.w3.org/2005/Atom}"
ARXIV = "{http://arxiv.org/schemas/atom}"
_XML = "{http://www.w3.org/XML/1998/namespace}"
_DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)\Z")
_TYPE = re.compile(r"[\w.+-]+/[\w.+-]+\Z")
_TAG = re.compile(r"[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*\Z")
_URI = re.compile(r"[a-z][a-z0-9+.-]*:[^\s<>\"{}|\\^`\[\]]+\Z", re.IGNORECASE)

_FEED_ONCE = ("generator", "icon", "logo", "rights", "subtitle")
_ENTRY_ONCE = ("content", "published", "rights", "source", "summary")
_FEED_CHILDREN = {
    *("author", "category", "contributor", "generator", "icon", "id", "link", "logo", "rights"),
    *("subtitle", "title", "updated", "entry"),
}
_ENTRY_CHILDREN = {
    *("author", "category", "content", "contributor", "id", "link", "published", "rights"),
    *("source", "summary", "title", "updated"),
}


def check_atom(document: str) -> ET.Element:
    """Check an Atom feed; return its root."""
    feed = ET.fromstring(document)  # noqa: S314 - our own
    assert feed.tag == f"{ATOM}feed"
    _tag(feed)
    _children(feed, _FEED_CHILDREN)
    _common(feed, _FEED_ONCE)
    for name in ("icon", "logo"):
        for found in feed.findall(ATOM + name):
            _uri(found.text)
    assert len([link for link in _links(feed) if link.get("rel") == "self"]) <= 1
    entries = feed.findall(f"{ATOM}entry")
    named = feed.find(f"{ATOM}author") is not None
    for entry in entries:
        _entry(entry, feed_named=named)
    stamps = Counter((_text(e, "id"), _text(e, "updated")) for e in entries)
    assert max(stamps.values(), default=1) == 1, "two entries of one id and time"
    return feed


def _entry(entry: ET.Element, *, feed_named: bool) -> None:
    _children(entry, _ENTRY_CHILDREN)
    _common(entry, _ENTRY_ONCE)
    assert feed_named or entry.find(f"{ATOM}author") is not None
    content = entry.find(f"{ATOM}content")
    alternates = [link for link in _links(entry) if link.get("rel", "alternate") == "alternate"]
    assert content is not None or alternates
    if content is not None:
        _content(content)
    for published in entry.findall(f"{ATOM}published"):
        assert _DATE.match(published.text or "")
    for element in entry:
        assert not element.tag.startswith(ARXIV) or element.text or element.get("term")


def _content(content: ET.Element) -> None:
    kind = content.get("type", "text")
    assert kind in {"text", "html"}, "the others we do not write"
    assert not len(content), "neither may hold elements"
    assert kind == "text" or not re.search(r"<(?:math|script|style|iframe)\b", content.text or "")


def _common(element: ET.Element, once: tuple[str, ...]) -> None:
    """Check what feeds and entries share."""
    for name in ("id", "title", "updated"):
        assert len(element.findall(ATOM + name)) == 1, name
    for name in once:
        assert len(element.findall(ATOM + name)) <= 1, name
    _uri(_text(element, "id"))
    assert _DATE.match(_text(element, "updated"))
    assert _text(element, "title").strip()
    for name in ("title", "subtitle", "summary"):
        for found in element.findall(ATOM + name):
            assert found.get("type", "text") == "text"
            assert not len(found)
    for person in (*element.findall(f"{ATOM}author"), *element.findall(f"{ATOM}contributor")):
        assert len(person.findall(f"{ATOM}name")) == 1
        assert _text(person, "name").strip()
    for category in element.findall(f"{ATOM}category"):
        assert category.get("term")
    for link in _links(element):
        _uri(link.get("href"))
        assert not link.get("type") or _TYPE.match(link.get("type", ""))
    same = Counter(
        (link.get("type"), link.get("hreflang"))
        for link in _links(element)
        if link.get("rel", "alternate") == "alternate"
    )
    assert max(same.values(), default=1) == 1, "two alternates of one type"


def _children(element: ET.Element, allowed: set[str]) -> None:
    for child in element:
        assert not child.tag.startswith(ATOM) or child.tag.removeprefix(ATOM) in allowed, child.tag
        assert child.tag.startswith((ATOM, ARXIV)), child.tag


def _links(element: ET.Element) -> list[ET.Element]:
    return element.findall(f"{ATOM}link")


def _text(element: ET.Element, name: str) -> str:
    return element.findtext(ATOM + name) or ""


def _tag(feed: ET.Element) -> None:
    assert _TAG.match(feed.get(f"{_XML}lang", ""))


def _uri(text: str | None) -> None:
    """Check an address: absolute, since our feeds have no base."""
    assert text
    assert _URI.match(text), text
    if text.startswith("http"):
        assert urlsplit(text).hostname, text


_FEED_KEYS: dict[str, type] = {
    "version": str, "title": str, "home_page_url": str, "feed_url": str, "description": str,
    "icon": str, "favicon": str, "authors": list, "language": str, "items": list,
}  # fmt: skip
_ITEM_KEYS: dict[str, type] = {
    "id": str, "url": str, "external_url": str, "title": str, "content_html": str, "summary": str,
    "date_published": str, "date_modified": str, "authors": list, "tags": list,
    "attachments": list,
}  # fmt: skip


def check_json(document: str) -> dict[str, Any]:
    """Check a JSON Feed; return it."""
    feed: dict[str, Any] = json.loads(document)
    _keys(feed, _FEED_KEYS)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["title"]
    assert _TAG.match(feed["language"])
    _people(feed)
    for key in ("home_page_url", "feed_url", "icon", "favicon"):
        if key in feed:
            _uri(feed[key])
    for item in feed["items"]:
        _item(item)
    ids = [item["id"] for item in feed["items"]]
    assert len(set(ids)) == len(ids)
    return feed


def _item(item: dict[str, Any]) -> None:
    _keys(item, _ITEM_KEYS)
    assert item["id"]
    assert "content_html" in item, "one of content_html and content_text"
    assert "<math" not in item["content_html"]
    for key in ("url", "external_url"):
        if key in item:
            _uri(item[key])
    for key in ("date_published", "date_modified"):
        assert _DATE.match(item[key])
    assert all(isinstance(tag, str) and tag for tag in item.get("tags", []))
    _people(item)
    for attachment in item.get("attachments", []):
        _uri(attachment["url"])
        assert _TYPE.match(attachment["mime_type"])


def _people(holder: dict[str, Any]) -> None:
    for person in holder.get("authors", []):
        assert person.get("name") or person.get("url") or person.get("avatar")


def _keys(holder: dict[str, Any], known: dict[str, type]) -> None:
    for key, value in holder.items():
        if key.startswith("_"):
            assert re.fullmatch(r"_[A-Za-z][\w-]*", key)
            assert isinstance(value, dict)
        else:
            assert isinstance(value, known[key]), key
