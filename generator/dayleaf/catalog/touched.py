"""The facts that an update changes, noted so that pages can follow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dayleaf.archive import identifiers
from dayleaf.base import dates
from dayleaf.catalog import month, packed, reads
from dayleaf.catalog.merge import day_of

if TYPE_CHECKING:
    import sqlite3

    from dayleaf.catalog.columns import PaperRow
    from dayleaf.catalog.packed import Packed

_DAYS = "SELECT DISTINCT day FROM paper WHERE shown"
_DOIS = (
    "SELECT b.doi FROM paper p JOIN body b ON b.paper = p.id"
    " WHERE p.anchor = ? AND b.doi IS NOT NULL"
)
_MEMBERSHIPS = "SELECT categories, rule_memberships FROM paper WHERE day >= ? AND day < ? AND shown"


class Touched:
    """What the papers that came, went or changed have to do with."""

    def __init__(self, days: frozenset[str] = frozenset(), newest: str = "") -> None:
        """`days` are those that had papers before, `newest` is what `month.newest` was."""
        self.anchors: set[str] = set()
        self.days: set[str] = set()
        self.slugs: set[str] = set()
        self.earlier: set[str] = set()
        """The slugs of those with papers of earlier months among them, see `month`."""
        self.memberships: set[str] = set()
        """`arxiv cs.LG 2021-12-19`."""
        self.authors: set[reads.Fact] = set()
        """The facts about them that have changed, their papers apart."""
        self.dois: set[str] = set()
        """As fields have them, before the update."""
        self._before = days
        self._newest = newest

    def paper(self, paper: PaperRow) -> None:
        """Note a paper that came, went or changed, on the day that lists it."""
        day = day_of(paper.listed)
        self.add(paper.anchor, day, paper.authors, paper.categories, paper.rule_memberships)

    def add(
        self, anchor: str, day: str, authors: Packed, categories: Packed, rule_memberships: Packed
    ) -> None:
        """Note a paper on any day; what it has several of comes packed."""
        self.anchors.add(anchor)
        self.days.add(day)
        slugs = packed.slugs(authors)
        self.slugs.update(slugs)
        if day < self._newest:
            self.earlier.update(slugs)
        for field in (categories, rule_memberships):
            self.memberships.update(
                f"{system} {code} {day}" for system, code in packed.codes(field)
            )

    def write(self, connection: sqlite3.Connection) -> None:
        """Count the update, and keep the facts that it changed."""
        after = days_with_papers(connection)
        facts = (
            (reads.ARCHIVE, {""} if self.anchors or self.slugs else set()),
            (reads.DAY, self.days),
            (reads.DATE, self._before ^ after),
            (reads.PAPER, self.anchors),
            (reads.BUCKET, self._buckets(connection)),
            (reads.AUTHOR, self.slugs),
            (reads.MEMBERSHIP, self.memberships),
            (reads.MONTH, {""} if month.newest(connection) != self._newest else set()),
            (reads.RECENT, _moved(connection, self._before, after)),
        )
        connection.execute("UPDATE meta SET value = value + 1 WHERE key = 'generation'")
        connection.executemany(
            "INSERT OR REPLACE INTO touched SELECT ?, ?, value FROM meta WHERE key = 'generation'",
            [(topic, key) for topic, keys in facts for key in sorted(keys)] + sorted(self.authors),
        )

    def _buckets(self, connection: sqlite3.Connection) -> set[str]:
        """Return the lookup buckets of the papers, by their anchors and their DOIs."""
        buckets = set(map(identifiers.bucket, self.anchors))
        after = {row[0] for anchor in self.anchors for row in connection.execute(_DOIS, (anchor,))}
        for field in self.dois | after:
            buckets.update(bucket for _, bucket in identifiers.doi_buckets(field))
        return buckets


def days_with_papers(connection: sqlite3.Connection) -> frozenset[str]:
    """Return the days that have papers."""
    return frozenset(row[0] for row in connection.execute(_DAYS))


def _moved(
    connection: sqlite3.Connection, before: frozenset[str], after: frozenset[str]
) -> set[str]:
    """Return the categories with papers between the beginnings of two twelve months.

    The last twelve months of the archive move with its newest day: papers leave them, or come back,
    that nothing else has touched.
    """
    bounds = sorted(dates.year_before(max(days)) for days in (before, after) if days)
    if len(set(bounds)) < len(("before", "after")):
        return set()
    packings = {packing for row in connection.execute(_MEMBERSHIPS, bounds) for packing in row}
    return {f"{system} {code}" for packing in packings for system, code in packed.codes(packing)}
