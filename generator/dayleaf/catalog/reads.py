"""The facts that pages read from the catalog and that updates change.

A *fact* is a topic and a key: the papers of a day, whether an author has a page. While a page is
made the catalog notes the facts that it gave out; the manifest keeps them. An update lists the
facts that may no longer hold, and the pages that relied on one of them are made again. So what a
page depends on is recorded where it is read, and declared nowhere.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

ARCHIVE: Final = "archive"
"""Anything at all, with the key `""`: totals, and lists that go through everything."""
DAY: Final = "day"
"""The papers of a day, by the day."""
DATE: Final = "date"
"""Whether a day has papers, by the day."""
PAPER: Final = "paper"
"""A paper, by its anchor."""
BUCKET: Final = "bucket"
"""The papers of a lookup bucket, by the bucket."""
AUTHOR: Final = "author"
"""An author's papers, by slug."""
NAME: Final = "name"
"""An author's name and number of papers, by sort key."""
MONTH: Final = "month"
"""Which month is the newest, with the key `""`, see `month`."""
EARLIER: Final = "earlier"
"""An author's name and number of papers before the newest month, by sort key."""
DAYS_OF: Final = "days of"
"""The days of an author's papers as they were, by slug and days: `ada-quill 2021-12-19,2022-01-03`.
Noted by updates alone, see `links.count_authors`."""
HAS_PAGE: Final = "has page"
"""That an author has a page, by slug."""
NO_PAGE: Final = "no page"
"""That an author has none, by slug."""
MEMBERSHIP: Final = "membership"
"""The papers of a category, venue or topic on a day: `arxiv cs.LG 2021-12-19`."""
RECENT: Final = "recent"
"""Where the last twelve months of a category begin, by category: `arxiv cs.LG`."""

END: Final = "~"
"""Sorts behind whatever a key goes on with."""


class Fact(NamedTuple):
    """Something that pages may rely on."""

    topic: str
    key: str


class FactRange(NamedTuple):
    """All facts of a topic from one key to another, both included."""

    topic: str
    first: str
    last: str


class Reads(NamedTuple):
    """The facts that a page relies on."""

    facts: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Topics with their keys."""
    stretches: tuple[FactRange, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.facts or self.stretches)

    def without(self, topic: str | None, key: str) -> Reads:
        """Return these without one fact."""
        facts = tuple(
            (name, left)
            for name, keys in self.facts
            if (left := tuple(k for k in keys if k != key) if name == topic else keys)
        )
        return Reads(facts, self.stretches)

    def joined(self, other: Reads) -> Reads:
        """Return these and others; a fact may well be among both."""
        if not other:
            return self
        return Reads(self.facts + other.facts, self.stretches + other.stretches) if self else other


class Notes:
    """Notes facts until somebody takes the notes away."""

    def __init__(self) -> None:
        self._facts: defaultdict[str, set[str]] = defaultdict(set)
        self._stretches: set[FactRange] = set()

    def add(self, topic: str, keys: Iterable[str]) -> None:
        """Note facts of a topic."""
        self._facts[topic].update(keys)

    def stretch(self, topic: str, first: str, last: str) -> None:
        """Note all facts from one key to another."""
        if first == last:
            self._facts[topic].add(first)
        else:
            self._stretches.add(FactRange(topic, first, last))

    def take(self) -> Reads:
        """Return the facts noted since the last call."""
        if not self._facts and not self._stretches:
            return _NOTHING
        facts = tuple((topic, tuple(sorted(keys))) for topic, keys in sorted(self._facts.items()))
        reads = Reads(facts, tuple(sorted(self._stretches)))
        self._facts.clear()
        self._stretches.clear()
        return reads


_NOTHING = Reads()
