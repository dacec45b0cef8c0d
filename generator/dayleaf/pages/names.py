"""Lists of authors by the beginning of their family names, and buckets to find a name in.

A list that grows too long gives way to lists of longer prefixes, so that an address, once there,
stays.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from itertools import groupby, takewhile
from typing import TYPE_CHECKING, NamedTuple

from dayleaf import names, urls, views
from dayleaf.pages.draft import Draft, Kept, Raw, draft, memo

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dayleaf.catalog import Catalog

_FREQUENT = 60
# Names that a list bears before its prefix gives way to longer ones.
_MOST = 1_000
# Letters of a word that name the bucket in which to look for it. A bucket of fewer letters holds
# whole words of that length, and the authors with most papers among the longer ones.
_BUCKET = 3
_SHORT_BUCKET = 2
_FOREMOST = 100
_OTHER = "other"
_NOT_KEY = re.compile("[^a-z0-9]+")


class Entry(NamedTuple):
    """An author in a list of names."""

    key: str
    """The family name first, `gool-luc-van`: what lists go by."""
    slug: str
    name: str
    papers: int

    def line(self) -> str:
        """Return all that a list shows of the author, for its memo."""
        return f"{self.slug} {self.papers} {self.name}"

    def listed(self) -> views.Count:
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


def lists(
    catalog: Catalog, *, minimum: int, known: Mapping[str, bytes]
) -> Iterator[Draft | Raw | Kept]:
    """Yield the page of all authors, the lists of names, and the buckets for finding one.

    Those whose memo is among those `known` by path are only named.
    """
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
            known=known,
        )
    yield from buckets(entries, known=known)


def buckets(entries: list[Entry], *, known: Mapping[str, bytes]) -> Iterator[Raw | Kept]:
    """Yield JSON lists of the authors who have a word that begins with the same letters.

    Each is an array of `[name, papers]`, the authors with most papers first; a third item is the
    slug, where it is not simply the folded name with `-` between its words.
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
    lines = {entry.slug: entry.line() for entry in entries}
    for start, inside in sorted(found.items()):
        path = urls.bucket(start or _OTHER)
        shown = memo("\n".join(lines[entry.slug] for entry in inside))
        if known.get(path) == shown:
            yield Kept(path, shown)
            continue
        text = json.dumps(list(map(_found, inside)), ensure_ascii=False, separators=(",", ":"))
        yield Raw(path, text.encode(), shown)


def _found(entry: Entry) -> list[str | int]:
    """Return an author as a bucket lists one; the script folds names as we do."""
    plain = entry.slug == names.fold(entry.name).replace(" ", "-")
    return [entry.name, entry.papers] if plain else [entry.name, entry.papers, entry.slug]


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
    prefix: Prefix,
    above: tuple[Prefix, ...],
    *,
    previous: Prefix | None,
    following: Prefix | None,
    known: Mapping[str, bytes],
) -> Draft | Kept:
    label = _label(prefix.prefix)
    path = urls.names(prefix.prefix)
    parts = tuple(map(_count, prefix.parts))
    crumbs = tuple(views.Link(_label(p.prefix), urls.names(p.prefix)) for p in above)
    ways = (_link(previous), _link(following))
    shown = memo(prefix.count, parts, "\n".join(map(Entry.line, prefix.names)), crumbs, ways)
    if known.get(urls.file(path)) == shown:
        return Kept(path, shown)
    view = views.NamesPage(
        prefix=label,
        count=prefix.count,
        crumbs=(views.Link("Authors", urls.AUTHORS), *crumbs),
        parts=parts,
        names=tuple(entry.listed() for entry in prefix.names),
        previous=ways[0],
        next=ways[1],
    )
    return draft(
        path,
        layout="names.html",
        name="names",
        view=view,
        title=f"Authors: {label}",
        section="authors",
    )._replace(memo=shown)
