"""Lists of authors by the beginning of their family names, and buckets to find a name in.

A list that grows too long gives way to lists of longer prefixes, so that an address, once there,
stays.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from itertools import groupby, takewhile
from typing import TYPE_CHECKING

from dayleaf import names, urls, views
from dayleaf.pages.draft import Draft, Raw, draft

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dayleaf.catalog import Catalog

_FREQUENT = 60
# Names that a list bears before its prefix gives way to longer ones.
_MOST = 400
# Letters of a word that name the bucket in which to look for it. A bucket of fewer letters holds
# whole words of that length, and the authors with most papers among the longer ones.
_BUCKET = 3
_SHORT_BUCKET = 2
_FOREMOST = 100
_OTHER = "other"
_NOT_KEY = re.compile("[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Entry:
    """An author in a list of names."""

    key: str
    """The family name first, `gool-luc-van`: what lists go by."""
    slug: str
    name: str
    papers: int

    def count(self) -> views.Count:
        """Return the author as layouts see one in a list."""
        return views.Count(self.name, urls.author(self.slug), self.papers, "")


@dataclass(frozen=True, slots=True)
class Prefix:
    """The names that begin alike, and how they are divided."""

    prefix: str
    count: int
    names: tuple[Entry, ...]
    """Names listed here: all of them, or, beside parts, those that end with the prefix."""
    parts: tuple[Prefix, ...]

    def flat(self, *above: Prefix) -> Iterator[tuple[Prefix, tuple[Prefix, ...]]]:
        """Yield this prefix and those below it, each with the prefixes above it."""
        yield self, above
        for part in self.parts:
            yield from part.flat(*above, self)


def divide(prefix: str, entries: list[Entry]) -> Prefix:
    """Divide entries, sorted by key, until no list is too long."""
    if len(entries) <= _MOST or prefix == _OTHER:
        return Prefix(prefix, len(entries), tuple(entries), ())
    length = len(prefix)
    here = tuple(entry for entry in entries if len(entry.key) == length)
    parts: list[Prefix] = []
    for _, group in groupby(entries[len(here) :], lambda entry: entry.key[: length + 1]):
        found = list(group)
        longer = _shared(found[0].key, found[-1].key) if len(found) > _MOST else ""
        parts.append(divide(longer or found[0].key[: length + 1], found))
    return Prefix(prefix, len(entries), here, tuple(parts))


def lists(catalog: Catalog, *, minimum: int) -> Iterator[Draft | Raw]:
    """Yield the page of all authors, the lists of names, and the buckets for finding one."""
    entries = sorted(
        (
            Entry(_NOT_KEY.sub("-", sort).strip("-"), slug, name, papers)
            for slug, name, sort, papers in catalog.names()
            if papers >= minimum
        ),
        key=lambda entry: (_letter(entry.key), entry.key, entry.slug),
    )
    letters = [
        divide(letter, list(group)) for letter, group in groupby(entries, lambda e: _letter(e.key))
    ]
    frequent = [row for row in catalog.frequent(_FREQUENT) if row[2] >= minimum]
    view = views.AuthorsPage(
        count=len(entries),
        letters=tuple(map(_count, letters)),
        frequent=tuple(views.Count(name, urls.author(s), n, "") for s, name, n in frequent),
    )
    yield draft(
        urls.AUTHORS,
        layout="authors.html",
        name="authors",
        view=view,
        title="Authors",
        section="authors",
    )
    flat = [pair for letter in letters for pair in letter.flat()]
    for place, (prefix, above) in enumerate(flat):
        yield _page(
            prefix,
            above,
            previous=flat[place - 1][0] if place else None,
            following=flat[place + 1][0] if place + 1 < len(flat) else None,
        )
    yield from buckets(entries)


def buckets(entries: list[Entry]) -> Iterator[Raw]:
    """Yield JSON lists of the authors who have a word that begins with the same letters.

    Each is an array of `[name, slug, papers, folded name]`, the authors with most papers first.
    """
    found: dict[str, list[Entry]] = {}
    entries = sorted(entries, key=lambda entry: (-entry.papers, entry.key, entry.slug))
    for entry in entries:
        words = entry.key.split("-")
        for start in {word[:_BUCKET] for word in words}:
            found.setdefault(start, []).append(entry)
        for start in {word[:_SHORT_BUCKET] for word in words if len(word) > _SHORT_BUCKET}:
            foremost = found.setdefault(start, [])
            if len(foremost) < _FOREMOST:
                foremost.append(entry)
    for start, inside in sorted(found.items()):
        rows = [[e.name, e.slug, e.papers, names.fold(e.name)] for e in inside]
        text = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
        yield Raw(urls.bucket(start or _OTHER), text.encode())


def _shared(one: str, other: str) -> str:
    """Return the letters with which two keys both begin."""
    length = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other)))  # noqa: B905 - the shorter one ends it
    return one[:length]


def _letter(key: str) -> str:
    """Return the letter that a name is listed under; digits and other scripts share a list."""
    return key[0] if "a" <= key[:1] <= "z" else _OTHER


def _label(prefix: str) -> str:
    return "Other" if prefix == _OTHER else prefix.replace("-", " ").strip().title()


def _count(prefix: Prefix) -> views.Count:
    return views.Count(_label(prefix.prefix), urls.names(prefix.prefix), prefix.count, "")


def _link(prefix: Prefix | None) -> views.Link | None:
    return views.Link(_label(prefix.prefix), urls.names(prefix.prefix)) if prefix else None


def _page(
    prefix: Prefix, above: tuple[Prefix, ...], *, previous: Prefix | None, following: Prefix | None
) -> Draft:
    label = _label(prefix.prefix)
    crumbs = tuple(views.Link(_label(p.prefix), urls.names(p.prefix)) for p in above)
    view = views.NamesPage(
        prefix=label,
        count=prefix.count,
        crumbs=(views.Link("Authors", urls.AUTHORS), *crumbs),
        parts=tuple(map(_count, prefix.parts)),
        names=tuple(entry.count() for entry in prefix.names),
        previous=_link(previous),
        next=_link(following),
    )
    return draft(
        urls.names(prefix.prefix),
        layout="names.html",
        name="names",
        view=view,
        title=f"Authors: {label}",
        section="authors",
    )
