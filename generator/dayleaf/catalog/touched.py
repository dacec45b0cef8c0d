"""What an update changes, noted so that pages can follow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dayleaf import identifiers
from dayleaf.catalog import packed
from dayleaf.catalog.merge import day_of

if TYPE_CHECKING:
    import sqlite3

    from dayleaf.catalog.columns import Paper
    from dayleaf.catalog.packed import Packed


class Touched:
    """The anchors, days, authors and categories of the papers that came, went or changed."""

    def __init__(self) -> None:
        self.anchors: set[str] = set()
        self.days: set[str] = set()
        self.slugs: set[str] = set()
        self.codes: set[str] = set()

    def paper(self, paper: Paper) -> None:
        """Note a paper that came, went or changed, on the day that lists it."""
        day = day_of(paper.listed)
        self.add(paper.anchor, day, paper.authors, paper.categories, paper.filings)

    def add(
        self, anchor: str, day: str, authors: Packed, categories: Packed, filings: Packed
    ) -> None:
        """Note a paper on any day; what it has several of comes packed."""
        self.anchors.add(anchor)
        self.days.add(day)
        self.slugs.update(packed.slugs(authors))
        for found in (categories, filings):
            self.codes.update(f"{system} {code}" for system, code in packed.codes(found))

    def write(self, connection: sqlite3.Connection) -> None:
        """Count the update, and note what it touched; of anchors, their lookup buckets."""
        connection.execute("UPDATE meta SET value = value + 1 WHERE key = 'generation'")
        found = (("day", self.days), ("author", self.slugs), ("category", self.codes),
                 ("id bucket", set(map(identifiers.bucket, self.anchors))))  # fmt: skip
        connection.executemany(
            "INSERT OR REPLACE INTO touched SELECT ?, ?, value FROM meta WHERE key = 'generation'",
            [(topic, key) for topic, keys in found for key in sorted(keys)],
        )
