"""Queries of papers, by day and by identifier."""

from __future__ import annotations

from bisect import bisect_left
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from dayleaf.archive import identifiers
from dayleaf.catalog.columns import LISTED, WHOLE, ListedRow, PaperRow
from dayleaf.catalog.queries.reading import CatalogFile
from dayleaf.catalog.reads import BUCKET, DATE, DAY, END, PAPER

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from dayleaf.catalog.packed import Packed


class PaperQueries(CatalogFile):
    """Papers, each once, on the day that shows it."""

    def __init__(self, file: Path, *, beside_writers: bool = False) -> None:
        super().__init__(file, beside_writers=beside_writers)
        self._days: list[tuple[str, int]] = []
        self._old: list[tuple[str, str]] | None = None

    def days(self) -> list[tuple[str, int]]:
        """List the days that have papers, oldest first, with their number."""
        self._note_all()
        return self._every_day()

    def days_within(self, first: str, last: str) -> list[tuple[str, int]]:
        """List the days from one to another, as `days` does; `last` may be the beginning of any."""
        self._notes.stretch(DAY, first, f"{last}{END}")
        days = self._every_day()
        return days[bisect_left(days, (first,)) : bisect_left(days, (f"{last}{END}",))]

    def neighbours(self, period: str) -> tuple[str | None, str | None]:
        """Return the day, month or year with papers before and after one."""
        days = self._every_day()
        place = bisect_left(days, (period,)) - 1
        after = bisect_left(days, (f"{period}{END}",))
        before = days[place][0] if place >= 0 else ""
        following = days[after][0] if after < len(days) else ""
        self._notes.stretch(DATE, before, f"{period}")
        self._notes.stretch(DATE, period, following or END)
        length = len(period)
        return before[:length] or None, following[:length] or None

    def _every_day(self) -> list[tuple[str, int]]:
        if not self._days:  # asked for by every task of a build
            query = "SELECT day, COUNT(*) FROM paper WHERE shown GROUP BY day ORDER BY day"
            self._days = list(self._connection.execute(query))
        return self._days

    def full(self, first: str, last: str) -> Iterator[tuple[str, list[PaperRow]]]:
        """Yield each day from first to last with its papers, both in the digests' order."""
        rows = self._connection.execute(
            f"SELECT {WHOLE} FROM paper p JOIN body b ON b.paper = p.id"
            " JOIN source s ON s.id = p.source WHERE p.day BETWEEN ? AND ? AND p.shown"
            " ORDER BY p.day, s.path, p.line",
            (first, last),
        )
        self._notes.stretch(DAY, first, last)
        for day, papers in groupby(map(PaperRow._make, rows), itemgetter(0)):
            yield day, list(papers)

    def full_of(self, ids: Iterable[str]) -> Iterator[PaperRow]:
        """Yield the papers with some identifiers, in their order."""
        query = (
            f"SELECT {WHOLE} FROM paper p JOIN body b ON b.paper = p.id"
            " WHERE p.anchor = ? AND p.shown"
        )
        for anchor in ids:
            self._notes.add(PAPER, (anchor,))
            yield from map(PaperRow._make, self._connection.execute(query, (anchor,)))

    def stands(self, ids: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Yield the day and the identifier of those of some papers that the archive holds."""
        query = "SELECT day, anchor FROM paper WHERE anchor = ? AND shown"
        for anchor in ids:
            self._notes.add(PAPER, (anchor,))
            yield from self._connection.execute(query, (anchor,))

    def listed(self, first: str, last: str) -> list[ListedRow]:
        """List the papers from a day to another, in the digests' order."""
        self._notes.stretch(DAY, first, last)
        rows = self._connection.execute(
            f"SELECT {LISTED} FROM paper p JOIN source s ON s.id = p.source"
            " WHERE p.day BETWEEN ? AND ? AND p.shown ORDER BY p.day, s.path, p.line",
            (first, last),
        )
        return list(map(ListedRow._make, rows))

    def first_papers(self, first: str, last: str) -> dict[str, ListedRow]:
        """Return the first paper of each day from one to another."""
        self._notes.stretch(DAY, first, last)
        rows = self._connection.execute(
            f"SELECT {LISTED}, MIN(s.path || printf(':%09d', p.line)) FROM paper p"
            " JOIN source s ON s.id = p.source WHERE p.day BETWEEN ? AND ? AND p.shown"
            " GROUP BY p.day",
            (first, last),
        )
        return {row[0]: ListedRow._make(row[:-1]) for row in rows}

    def titles(self, first: str, end: str) -> list[str]:
        """List the titles, plain, of the papers with first <= day < end, the newest last."""
        self._notes.stretch(DAY, first, end)
        days = "day >= ? AND day < ?"
        query = f"SELECT title_plain FROM paper WHERE {days} AND shown ORDER BY day, anchor"
        return [row[0] for row in self._connection.execute(query, (first, end))]

    def rule_memberships(self, first: str, end: str) -> list[Packed]:
        """List the memberships by rules of papers with first <= day < end, packed, if any."""
        self._notes.stretch(DAY, first, end)
        query = (
            "SELECT rule_memberships FROM paper WHERE day >= ? AND day < ? AND shown"
            " AND rule_memberships <> '' ORDER BY day, anchor"
        )
        return [row[0] for row in self._connection.execute(query, (first, end))]

    def fingerprints(self, first: str, last: str) -> Iterator[str]:
        """Yield what the papers from a day to another follow from, in a fixed order.

        Those are the digests of these days, where the papers stand that are listed more than once
        (of all others a digest tells everything), and what rules file papers under.
        """
        digests = (
            "SELECT d.day, s.path, s.fingerprint FROM source_day d JOIN source s ON s.id = d.source"
        )
        for day, path, fingerprint in self._connection.execute(
            f"{digests} WHERE d.day BETWEEN ? AND ? ORDER BY d.day, s.path", (first, last)
        ):
            yield f"{day} {path} {fingerprint.hex()}\n"
        for row in self._connection.execute(
            "SELECT p.day, s.path, p.line, p.shown, hex(s.fingerprint) FROM paper p"
            " JOIN source s ON s.id = p.source"
            " WHERE p.anchor IN (SELECT anchor FROM paper WHERE NOT shown)"
            " AND (p.day BETWEEN ?1 AND ?2 OR p.listed BETWEEN ?1 AND ?2)"
            " ORDER BY s.path, p.line",
            (first, last),
        ):
            yield f"{' '.join(map(str, row))}\n"
        for row in self._connection.execute(
            "SELECT p.anchor, p.rule_memberships FROM paper p WHERE p.day BETWEEN ? AND ?"
            " AND p.shown AND p.rule_memberships <> '' ORDER BY p.anchor",
            (first, last),
        ):
            yield f"{' '.join(row)}\n"

    def bylines(self, since: str, end: str) -> list[Packed]:
        """List the authors, packed, of the papers with since <= day < end, the newest first."""
        self._notes.stretch(DAY, since, end)
        days = "day >= ? AND day < ?"
        query = f"SELECT authors FROM paper WHERE {days} AND shown ORDER BY day DESC, anchor DESC"
        return [row[0] for row in self._connection.execute(query, (since, end))]

    def yearly(self) -> list[tuple[str, int, float, int]]:
        """List each year with its papers, the mean number of authors, and how many were revised.

        A paper counts as revised that stands at version 2 or later.
        """
        self._note_all()
        return list(
            self._connection.execute(
                "SELECT substr(month, 1, 4) AS year, SUM(papers),"
                " CAST(SUM(authors) AS REAL) / SUM(papers), SUM(revised)"
                " FROM month_tally GROUP BY year ORDER BY year"
            )
        )

    def id_buckets(self) -> list[str]:
        """List the lookup buckets of the papers' anchors, in order."""
        self._note_all()
        query = "SELECT DISTINCT substr(anchor, 1, 4) FROM paper WHERE anchor < ':'"
        starts = {row[0] for row in self._connection.execute(query)}
        return sorted(starts.union(identifiers.bucket(anchor) for anchor, _ in self._lettered()))

    def ids(self, bucket: str) -> list[tuple[str, str]]:
        """List day and anchor of the papers of a lookup bucket, both in order."""
        self._notes.add(BUCKET, (bucket,))
        query = "SELECT anchor, day FROM paper WHERE anchor BETWEEN ? AND ? AND shown"
        numbered = self._connection.execute(query, (f"{bucket}.", f"{bucket}.~"))
        lettered = (row for row in self._lettered() if identifiers.bucket(row[0]) == bucket)
        return sorted((day, anchor) for anchor, day in (*numbered, *lettered))

    def dois(self) -> Iterator[tuple[str, str]]:
        """Yield DOIs and anchor of every paper that has any, by anchor."""
        self._note_all()
        yield from self._connection.execute(
            "SELECT b.doi, p.anchor FROM body b INDEXED BY body_doi"
            " CROSS JOIN paper p ON p.id = b.paper"
            " WHERE b.doi IS NOT NULL AND p.shown ORDER BY p.anchor"
        )

    def _lettered(self) -> list[tuple[str, str]]:
        """List the anchors that begin with a letter, with their days.

        Those are the ids that arXiv gave out before April 2007, and all that are not arXiv's.
        """
        if self._old is None:
            query = "SELECT anchor, day FROM paper WHERE anchor >= ':' AND shown"
            self._old = list(self._connection.execute(query))
        return self._old
