"""Lists of authors by the beginning of their family names.

A list that grows too long gives way to lists of longer prefixes, so that an address, once there,
stays. How the names divide follows from their keys alone; the rest of an author is read for the
lists that are made. To find a name there are buckets, see `finder`.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING

from dayleaf import urls, views
from dayleaf.pages.draft import Draft, Kept, Known, draft, memo

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dayleaf.catalog import Catalog, Person

_FREQUENT = 60
# Names that a list bears before its prefix gives way to longer ones.
_MOST = 1_000
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_OTHER = "other"
# Sorts behind every letter of a key.
_END = "~"


@dataclass(frozen=True, slots=True)
class Prefix:
    """The names that begin alike, and how they are divided."""

    prefix: str
    count: int
    first: str
    """The key of the first name listed here, which is also that of the first of all."""
    last: str
    """That of the last: of all names, or, beside parts, of those that end with the prefix."""
    here: int
    """How many are listed here."""
    parts: tuple[Prefix, ...]

    def flat(self, *above: Prefix) -> Iterator[tuple[Prefix, tuple[Prefix, ...]]]:
        """Yield this prefix and those below it, each with the prefixes above it."""
        yield self, above
        for part in self.parts:
            yield from part.flat(*above, self)


def divide(prefix: str, keys: Sequence[str], start: int = 0, end: int | None = None) -> Prefix:
    """Divide some of the sorted keys, all that begin alike, until no list is too long."""
    end = len(keys) if end is None else end
    if end - start <= _MOST or prefix == _OTHER:
        return Prefix(prefix, end - start, keys[start], keys[end - 1], end - start, ())
    place = bisect_left(keys, f"{prefix}\0", start, end)
    here = place - start
    parts: list[Prefix] = []
    while place < end:
        part = keys[place][: len(prefix) + 1]
        after = bisect_left(keys, f"{part}{_END}", place, end)
        longer = _shared(keys[place], keys[after - 1]) if after - place > _MOST else ""
        parts.append(divide(longer or part, keys, place, after))
        place = after
    first, last = (keys[start], keys[start + here - 1]) if here else ("", "")
    return Prefix(prefix, end - start, first, last, here, tuple(parts))


def lists(
    catalog: Catalog, *, minimum: int, known: Known, only: str | None = None
) -> Iterator[Draft | Kept]:
    """Yield the page of all authors, and the lists of names, or `only` the one of an address.

    Those that show what they showed before are only named.
    """
    letters = _letters(catalog, minimum)
    frequent = [row for row in catalog.frequent(_FREQUENT) if row[2] >= minimum]
    view = views.AuthorsPage(
        count=sum(letter.count for letter in letters),
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
    touched: list[str] | None = None
    if known.since is not None:
        touched = catalog.sorts(catalog.touched("author", since=known.since))
    lists_of = _Lists(catalog, minimum, known, touched)
    flat = [pair for letter in letters for pair in letter.flat()]
    for place, (prefix, above) in enumerate(flat):
        previous = flat[place - 1][0] if place else None
        following = flat[place + 1][0] if place + 1 < len(flat) else None
        if only in {None, urls.names(prefix.prefix)}:
            yield lists_of.page(prefix, above, (_link(previous), _link(following)))


def _letters(catalog: Catalog, minimum: int) -> list[Prefix]:
    """Divide the names under each letter; what begins with none stands with the others."""
    found: list[Prefix] = []
    for letter in sorted([*_LETTERS, _OTHER]):
        span = ("", _LETTERS[0]) if letter == _OTHER else (letter, f"{letter}{_END}")
        if keys := catalog.sort_keys(*span, minimum=minimum):
            found.append(divide(letter, keys))
    return found


@dataclass(frozen=True, slots=True)
class _Lists:
    """What all lists of names have in common."""

    catalog: Catalog
    minimum: int
    known: Known
    touched: list[str] | None
    """Keys, sorted, of the authors whom an update has touched; None where all is made anew.

    One who is gone shows in the number of names, and nobody's key ever changes.
    """

    def page(
        self, prefix: Prefix, above: tuple[Prefix, ...], ways: tuple[views.Link | None, ...]
    ) -> Draft | Kept:
        """Make a list; `ways` lead to the lists before and after it."""
        label = _label(prefix.prefix)
        path = urls.names(prefix.prefix)
        parts = tuple(map(_count, prefix.parts))
        crumbs = tuple(views.Link(_label(p.prefix), urls.names(p.prefix)) for p in above)
        frame = memo(prefix.count, prefix.here, parts, crumbs, ways)
        kept = self.known.frames(path, frame)
        if kept and not self._stale(prefix):
            return Kept(path, kept)
        people: list[Person] = []
        if prefix.here:
            people = self.catalog.people(prefix.first, prefix.last, minimum=self.minimum)
        shown = frame + memo(people)
        if self.known.keeps(path, shown):
            return Kept(path, shown)
        names = tuple(views.Count(p.name, urls.author(p.slug), p.papers, "") for p in people)
        view = views.NamesPage(
            prefix=label,
            count=prefix.count,
            crumbs=(views.Link("Authors", urls.AUTHORS), *crumbs),
            parts=parts,
            names=names,
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

    def _stale(self, prefix: Prefix) -> bool:
        """Tell whether an update has touched one of the names listed."""
        if self.touched is None or not prefix.here:
            return self.touched is None
        place = bisect_left(self.touched, prefix.first)
        return place < len(self.touched) and self.touched[place] <= prefix.last


def _shared(one: str, other: str) -> str:
    """Return the letters with which two keys both begin."""
    length = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other)))  # noqa: B905 - the shorter one ends it
    return one[:length]


def _label(prefix: str) -> str:
    return "Other" if prefix == _OTHER else prefix.replace("-", " ").strip().title()


def _count(prefix: Prefix) -> views.Count:
    return views.Count(_label(prefix.prefix), urls.names(prefix.prefix), prefix.count, "")


def _link(prefix: Prefix | None) -> views.Link | None:
    return views.Link(_label(prefix.prefix), urls.names(prefix.prefix)) if prefix else None
