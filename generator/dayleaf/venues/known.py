"""`venues.toml` -> Venue: ours, and a site's own beside `site.toml`."""

from __future__ import annotations

import difflib
import re
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

from dayleaf import config as settings
from dayleaf.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Mapping

FILE = "venues.toml"
KINDS = ("conference", "workshop", "journal")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_LISTS = ("aliases", "words")


class Venue(NamedTuple):
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


Known = dict[str, Venue]
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
    found = settings.tables(text, FILE).items()
    return {slug: _venue(slug, given, text) for slug, given in found}


def _venue(slug: str, given: object, text: str) -> Venue:
    if not _SLUG.match(slug):
        raise ConfigError(
            f"{_where(slug, text)}: expected a table named by lower-case letters, figures and "
            f"hyphens, as [acm-mm], found {slug!r}"
        )
    if not isinstance(given, dict) or not isinstance(given.get("name"), str) or not given["name"]:
        raise ConfigError(
            f'{_where(slug, text)}: {slug}: expected a table [{slug}] with a name = "ACM MM", '
            f"found {given!r}"
        )
    values: dict[str, object] = {}
    for key, value in given.items():
        if key not in Venue._fields or key == "slug":
            near = difflib.get_close_matches(key, Venue._fields, n=1)
            hint = (
                f"did you mean {near[0]!r}?" if near else f"known: {', '.join(Venue._fields[1:])}"
            )
            raise ConfigError(f"{_where(slug, text)}: {slug}: unknown key {key!r}; {hint}")
        if expected := _expected(key, value):
            where = f"{_where(slug, text)}: {slug}.{key}"
            raise ConfigError(f"{where}: expected {expected}, found {value!r}")
        values[key] = tuple(value) if isinstance(value, list) else value
    return Venue(slug, **values)  # type: ignore[arg-type]


def _expected(key: str, value: object) -> str | None:
    """Return what a key wants; None where it has it."""
    if key in _LISTS:
        sound = isinstance(value, list) and all(isinstance(one, str) and one for one in value)
        return None if sound else 'a list of names, ["ACMMM"]'
    if not isinstance(value, str):
        return "text in quotes"
    if key == "kind" and value not in KINDS:
        return f"one of {', '.join(KINDS)}"
    if key == "homepage" and not value.startswith(("https://", "http://")):
        return "an address like https://cvpr.org/"
    return None


def _where(slug: str, text: str) -> str:
    return f"{FILE}:{settings.line_of(slug, text)}"


def by_name(venues: Mapping[str, Venue]) -> list[Venue]:
    """List venues by name, capitals aside."""
    return sorted(venues.values(), key=lambda venue: (venue.name.casefold(), venue.slug))
