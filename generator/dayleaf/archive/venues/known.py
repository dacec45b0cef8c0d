"""`venues.toml` -> KnownVenue: ours, and a site's own beside `site.toml`."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from dayleaf.base.validator import ADDRESS, SLUG, Document, Rule

FILE = "venues.toml"
KINDS = ("conference", "workshop", "journal")
_NAMES = Rule(list, like='a list of names, ["ACMMM"]')
_RULES = {
    "name": Rule(),
    "title": Rule(),
    "kind": Rule(choices=KINDS),
    "field": Rule(),
    "aliases": _NAMES,
    "words": _NAMES,
    "homepage": Rule(pattern=ADDRESS, like="an address like https://cvpr.org/"),
}


class KnownVenue(NamedTuple):
    """A conference, a journal, or a workshop that stands by itself."""

    slug: str
    """Its address, `acm-mm`."""
    name: str
    """What it is called, `ACM MM`."""
    title: str = ""
    """The name in full; empty where that is the name."""
    kind: str = "conference"
    """One of KINDS."""
    field: str = ""
    """What its papers are about, `vision`."""
    aliases: tuple[str, ...] = ()
    """Further names."""
    words: tuple[str, ...] = ()
    """Names that are ordinary words as well, recognised only where a venue must stand."""
    homepage: str = ""


Known = dict[str, KnownVenue]
"""Venues by their slugs."""


def known(own: str) -> Known:
    """Return the venues, those of a site's own file included, which say anew what both have.

    Raises ConfigError with the line of what is wrong in that file.
    """
    return ours() | parse(own)


@lru_cache(maxsize=1)
def ours() -> Known:
    """Return the venues that come with Dayleaf."""
    return parse((files(__package__) / FILE).read_text(encoding="utf-8"))


def parse(text: str) -> Known:
    """Read the text of a file. Raises ConfigError with the line of what is wrong."""
    document = Document(FILE, text)
    return {slug: _venue(slug, table, document) for slug, table in document.tables().items()}


def _venue(slug: str, table: object, document: Document) -> KnownVenue:
    if not SLUG.match(slug):
        wanted = "a table named by lower-case letters, figures and hyphens, as [acm-mm]"
        raise document.fault(repr(slug), expected=wanted, line=document.head(slug))
    if not isinstance(table, dict) or not table.get("name"):
        wanted = f'a table [{slug}] with a name = "ACM MM"'
        raise document.fault(repr(table), expected=wanted, about=slug, line=document.head(slug))
    document.check(table, _RULES, about=slug)
    values: dict[str, object] = {
        key: tuple(v) if isinstance(v, list) else v for key, v in table.items()
    }
    return KnownVenue(slug, **values)  # type: ignore[arg-type]
