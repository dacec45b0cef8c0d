"""Authors to be found: by typing a name, or through lists by the beginning of family names.

A list that grows too long gives way to lists of longer prefixes, so that an address, once there,
stays. How the names divide follows from their keys alone; the rest of an author is read for the
lists that are made. To find a name by typing there are buckets, see `author_lookup`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from functools import partial
from itertools import takewhile
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from dayleaf.archive import names, urls
from dayleaf.base import dates
from dayleaf.catalog import month
from dayleaf.catalog.reads import END
from dayleaf.site import views
from dayleaf.site.pages import calendar, descriptions, papers
from dayleaf.site.pages.kind import ALL, Address, Batch, Context, Kind
from dayleaf.site.products import Layout, LazyPage

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dayleaf.catalog import ListedAuthor
    from dayleaf.site.products import Page, Product

_FREQUENT = 60
_SAID = 3
"""Authors that the description names, at most."""
_ACTIVE = 24
_MOST = 1_000
"""Names that a list bears before its prefix gives way to longer ones."""
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_OTHER = urls.OTHER_NAMES
# Sorts behind every letter of a key.
_END = "~"


class AuthorsPage(NamedTuple):
    """`authors` in authors.html: find an author by name or by letter."""

    count: int  # type: ignore[assignment]  # nobody counts in a view
    until: str
    """The newest month, before which the names and numbers here stop, `December 2024`; empty in an
    archive that is not large, where nothing stops."""
    new: str
    """Path of the names that are new in that month."""
    letters: tuple[views.Count, ...]
    """First letters of family names."""
    frequent: tuple[views.Count, ...]
    """The authors with most papers."""
    active: tuple[views.Count, ...]
    """Those with most papers of the last twelve months, where the archive goes further back."""


class Name(NamedTuple):
    """An author in a list by family names; the three parts make up the name as written."""

    given: str
    """What stands before the family name, its space included."""
    family: str
    """What is taken for it, `Gool`."""
    suffix: str
    """What stands behind it, `, Jr.`."""
    path: str
    """The author's page, or the place on a shared one."""
    count: int  # type: ignore[assignment]  # nobody counts in a view


class NamesPage(NamedTuple):
    """`names` in names.html: authors whose family names begin alike."""

    prefix: str
    """`Ga`."""
    count: int  # type: ignore[assignment]  # nobody counts in a view
    crumbs: tuple[views.Link, ...]
    parts: tuple[views.Count, ...]
    """Longer prefixes with pages of their own; empty where all names stand here."""
    names: tuple[Name, ...]
    previous: views.Link | None
    next: views.Link | None


@dataclass(frozen=True)
class AuthorsKind(Kind):
    """The page of all authors and the lists of names, which are divided together."""

    name: ClassVar[str] = "authors"
    pattern: ClassVar[re.Pattern[str]] = re.compile(rf"{urls.AUTHORS}(?:(?!find/)[^/~]+/)?")
    layouts: ClassVar[tuple[Layout, ...]] = (
        Layout("authors.html", "authors", AuthorsPage, "`/authors/`"),
        Layout("names.html", "names", NamesPage, "`/authors/za/`"),
    )
    entry: ClassVar[views.Link | None] = views.Link("Authors", urls.AUTHORS)
    section: ClassVar[str] = "authors"

    def listed(self, context: Context) -> tuple[Address, ...]:
        """Return the page of all authors."""
        return (Address(urls.AUTHORS, context.newest),)

    def batches(self, context: Context) -> tuple[Batch, ...]:
        """Make all in one go, which takes a few seconds in a large archive."""
        return (Batch(ALL, context.catalog.author_count() / 100),)

    def files(self, context: Context, key: str) -> Iterator[Product]:
        """Yield the page of all authors and every list."""
        letters = _letters(context)
        yield self._authors(context, letters)
        flat = [pair for letter in letters for pair in letter.flat()]
        for place, (prefix, above) in enumerate(flat):
            previous = flat[place - 1][0] if place else None
            following = flat[place + 1][0] if place + 1 < len(flat) else None
            make = partial(
                self._list,
                prefix.without_parts(),
                tuple(map(_count, prefix.parts)),
                tuple(views.Link(_label(each.prefix), urls.names(each.prefix)) for each in above),
                (_link(previous), _link(following)),
            )
            yield LazyPage(urls.names(prefix.prefix), make)

    def _authors(self, context: Context, letters: list[Prefix]) -> Page:
        newest = context.catalog.newest_month()
        frequent = [
            views.Count(person.name, urls.author(person.slug), person.papers, "")
            for person in context.catalog.frequent(_FREQUENT)
            if person.papers >= context.minimum
        ]
        view = AuthorsPage(
            count=sum(letter.count for letter in letters),
            until="" if newest == month.NONE else dates.month(newest),
            new=urls.new_names(),
            letters=tuple(map(_count, letters)),
            frequent=tuple(frequent),
            active=_active(context, newest),
        )
        most = [person.label for person in view.frequent[:_SAID]]
        return self.page(
            urls.AUTHORS,
            view,
            title="Authors",
            description=descriptions.of_papers(
                f"{calendar.counted(view.count, 'author')} by family name", most, view.count
            ),
        )

    def _list(
        self,
        prefix: Prefix,
        parts: tuple[views.Count, ...],
        above: tuple[views.Link, ...],
        ways: tuple[views.Link | None, views.Link | None],
        *,
        context: Context,
    ) -> Page:
        """Return a list; `ways` lead to the lists before and after it."""
        label = _label(prefix.prefix)
        view = NamesPage(
            prefix=label,
            count=prefix.count,
            crumbs=(views.Link("Authors", urls.AUTHORS), *above),
            parts=parts,
            names=tuple(_names(context, prefix)),
            previous=ways[0],
            next=ways[1],
        )
        return self.page(urls.names(prefix.prefix), view, title=f"Authors: {label}", layout=1)


def _active(context: Context, newest: str) -> tuple[views.Count, ...]:
    """Return the authors with most papers of twelve months, the last or those before the newest."""
    if newest == month.NONE:
        days = context.catalog.days()
        since, end = dates.year_before(context.newest), END
        if days[0][0] >= since:
            return ()
    else:
        since, end = f"{int(newest[:4]) - 1}{newest[4:]}", newest
    most = papers.frequent(tuple(context.catalog.bylines(since, end)), most=_ACTIVE)
    return papers.people(most, context)


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

    def without_parts(self) -> Prefix:
        """Return the names listed under this prefix itself."""
        return replace(self, parts=())

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


def _names(context: Context, prefix: Prefix) -> Iterator[Name]:
    """Yield the names that a list holds itself."""
    if prefix.here:
        minimum, pages = context.minimum, context.shared_pages
        for person, count in context.catalog.people_earlier(prefix.first, prefix.last):
            path = person._replace(papers=count).path(minimum, pages)
            yield Name(*names.parted(person.name), path, count)


def _letters(context: Context) -> list[Prefix]:
    """Divide the names under each letter; what begins with none stands with the others."""
    prefixes: list[Prefix] = []
    for letter in sorted([*_LETTERS, _OTHER], key=lambda letter: letter.lstrip("~")):
        span = ("", _LETTERS[0]) if letter == _OTHER else (letter, f"{letter}{_END}")
        if keys := context.catalog.sort_keys(*span):
            prefixes.append(divide(letter, keys))
    return prefixes


def _shared(key: str, other: str) -> str:
    """Return the letters with which two keys both begin."""
    length = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(key, other)))  # noqa: B905 - the shorter one ends it
    return key[:length]


def _label(prefix: str) -> str:
    return "Other" if prefix == _OTHER else prefix.replace("-", " ").strip().title()


def _count(prefix: Prefix) -> views.Count:
    return views.Count(_label(prefix.prefix), urls.names(prefix.prefix), prefix.count, "")


def _link(prefix: Prefix | None) -> views.Link | None:
    return views.Link(_label(prefix.prefix), urls.names(prefix.prefix)) if prefix else None


@dataclass(frozen=True)
class NewNamesKind(Kind):
    """The names of a large archive that are new in its newest month, all together or by letter."""

    name: ClassVar[str] = "new names"
    pattern: ClassVar[re.Pattern[str]] = re.compile(rf"{urls.AUTHORS}~new/(?:[^/]+/)?")
    layouts: ClassVar[tuple[Layout, ...]] = (AuthorsKind.layouts[1],)
    section: ClassVar[str] = "authors"

    def key_of(self, match: re.Match[str]) -> str:
        """Return the one key."""
        return ""

    def files(self, context: Context, key: str) -> Iterator[Product]:
        """Yield the page of all letters, and the list of each."""
        newest = context.catalog.newest_month()
        if newest == month.NONE:
            return
        by_letter: dict[str, list[ListedAuthor]] = {}
        for person, new in context.catalog.people_of_month():
            if new:
                first = person.sort[:1]
                by_letter.setdefault(first if "a" <= first <= "z" else _OTHER, []).append(person)
        letters = sorted(by_letter, key=lambda letter: letter.lstrip("~"))
        label = f"New in {dates.month(newest)}"
        parts = tuple(
            views.Count(_label(letter), urls.new_names(_folder(letter)), len(by_letter[letter]), "")
            for letter in letters
        )
        yield self._list(label, urls.new_names(), parts, ())
        minimum, pages = context.minimum, context.shared_pages
        for letter in letters:
            listed = tuple(
                Name(*names.parted(person.name), person.path(minimum, pages), person.papers)
                for person in by_letter[letter]
            )
            path = urls.new_names(_folder(letter))
            yield self._list(f"{label}: {_label(letter)}", path, (), listed)

    def _list(
        self, label: str, path: str, parts: tuple[views.Count, ...], listed: tuple[Name, ...]
    ) -> Page:
        count = sum(part.count for part in parts) or len(listed)
        crumbs = [views.Link("Authors", urls.AUTHORS)]
        if listed:
            crumbs.append(views.Link(label.partition(":")[0], urls.new_names()))
        view = NamesPage(label, count, tuple(crumbs), parts, listed, None, None)
        return self.page(path, view, title=label)


def _folder(letter: str) -> str:
    return letter.lstrip("~")


AUTHORS = AuthorsKind()
NEW_NAMES = NewNamesKind()
