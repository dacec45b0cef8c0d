"""What a kind of page is: everything that the rest of Dayleaf needs to know of it, in one object.

A kind divides its files by keys: a day `2021-12-19`, an author's slug, a category's system and
code. Every file belongs to one key. A build that makes a key anew deletes the files that the key no
longer gives, so a kind need not remember what it made. A kind of a single page, or one that makes
all its pages at once, has the one key `""`.

To add a kind, subclass `Kind` in a module of its own and add an instance to `registry.KINDS`; the
planner, the preview, the check of layouts, the sitemap, the masthead and the documents follow.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from dayleaf import views
from dayleaf.drafts import Draft, Layout

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Iterator

    from markupsafe import Markup

    from dayleaf.catalog import Catalog
    from dayleaf.config import Config
    from dayleaf.drafts import Page, View
    from dayleaf.exports import Collection, Export

# Sorts directly behind a key, and before all that begin with it.
_NEXT = "\x00"
# Sorts behind every key: keys are ASCII.
_END = "\x7f"


class Turn(IntEnum):
    """When pages go to the place where the site is published: after those that they link to."""

    DAYS = 0
    """What nearly every page links to."""
    LEAVES = 1
    """Pages of one thing."""
    LISTS = 2
    """Pages that lead to others."""
    ENTRANCES = 3
    """Where readers, feed readers and search engines begin."""


@dataclass(frozen=True, slots=True)
class Context:
    """What pages are made from."""

    catalog: Catalog
    config: Config
    search: bool
    """Whether the site has a search index."""
    about: str | None
    """The Markdown of the site's own prose page; None where it has none."""

    @property
    def minimum(self) -> int:
        """The number of papers that gives an author a page."""
        return self.config.minimum_papers

    @property
    def newest(self) -> str:
        """The newest day of the archive."""
        return self.catalog.days()[-1][0]


class Span(NamedTuple):
    """A stretch of keys, from the first up to, not including, the end."""

    first: str
    end: str

    @classmethod
    def of(cls, key: str) -> Span:
        """Return the span of a single key."""
        return cls(key, f"{key}{_NEXT}")

    @classmethod
    def through(cls, first: str, last: str) -> Span:
        """Return the span from one key to another, both included."""
        return cls(first, f"{last}{_NEXT}")

    def holds(self, key: str) -> bool:
        """Tell whether a key lies within."""
        return self.first <= key < self.end


ALL = Span("", _END)
"""Every key of a kind."""


class Address(NamedTuple):
    """An address in the sitemap."""

    path: str
    newest: str
    """The newest day that its page shows, by which a crawler knows whether to come again."""


class Share(NamedTuple):
    """A part of a clean build that one process makes in one go."""

    span: Span
    cost: float
    """The milliseconds that it takes, as a guess: the dearest shares begin first."""


@dataclass(frozen=True)
class Kind:
    """One kind of page. The defaults are those of a kind with one key."""

    exports: tuple[Export, ...] = ()
    """What stands beside its pages, in other formats."""

    name: ClassVar[str]
    """Names the kind in the manifest and in the report, `day`."""
    pattern: ClassVar[re.Pattern[str]]
    """Matches the addresses of its pages, whole; its groups make the key, see `key_of`."""
    layouts: ClassVar[tuple[Layout, ...]] = ()
    entry: ClassVar[views.Link | None] = None
    """The masthead's entry for the kind; None for most."""
    section: ClassVar[str] = "none"
    """The masthead's entry that is current on these pages, by the name of the kind that has it."""
    turn: ClassVar[Turn] = Turn.LISTS
    """When its pages are published."""
    chunk: ClassVar[int] = 200
    """Touched keys that one process makes in one go."""

    # Where pages live

    def key(self, path: str) -> str | None:
        """Return the key that an address belongs to, a page's or an export's; None if none.

        That an address has a key does not say that the archive has such a page.
        """
        found = self.pattern.fullmatch(path)
        if found:
            return self.key_of(found)
        pages = (page for export in self.exports if (page := export.page(path)) is not None)
        matches = filter(None, map(self.pattern.fullmatch, pages))
        return next(map(self.key_of, matches), None)

    def key_of(self, found: re.Match[str]) -> str | None:
        """Return the key of an address that the pattern matches; None refuses it after all."""
        return "-".join(found.groups())

    def listed(self, context: Context) -> Iterable[Address]:
        """Return what the sitemap lists."""
        return ()

    # What a build makes

    def shares(self, context: Context) -> Iterable[Share]:
        """Share out a clean build."""
        return (Share(ALL, 10),)

    def touched(self, context: Context, *, since: int) -> list[str] | None:
        """Return the keys that updates after a count have touched, those that are gone included.

        None stands for all of the kind. It is asked only if there was an update.
        """
        return None

    def pages(self, context: Context, spans: tuple[Span, ...]) -> Iterator[Page]:
        """Yield the pages, and the exports beside them, of the keys within some spans."""
        raise NotImplementedError

    def inputs(self, context: Context) -> object:
        """Return what the pages show besides the catalog, the layouts and the common settings."""
        return None

    # Helpers for subclasses

    def draft(
        self,
        path: str,
        view: View,
        *,
        title: str,
        description: str = "",
        structured: Markup | None = None,
        layout: int = 0,
    ) -> Draft:
        """Return a page, made by the kind's first layout or another by its number."""
        page = views.Page(title, path, self.section, description, structured)
        return Draft(page, self.layouts[layout], view)

    def beside(self, collection: Collection, context: Context) -> Iterator[Page]:
        """Yield the exports that stand beside a page."""
        for export in self.exports:
            yield export.make(collection, context.config)


def within(key: str, spans: tuple[Span, ...]) -> bool:
    """Tell whether any of some spans holds a key."""
    return any(span.holds(key) for span in spans)


def with_neighbours(touched: Iterable[str], order: list[str]) -> list[str]:
    """Add the keys before and after, whose pages link to those that came or went.

    `order` lists the keys that there are, sorted.
    """
    found = set(touched)
    for key in tuple(found):
        place = bisect_left(order, key)
        after = place + 1 if order[place : place + 1] == [key] else place
        found.update(order[max(place - 1, 0) : place], order[after : after + 1])
    return sorted(found)
