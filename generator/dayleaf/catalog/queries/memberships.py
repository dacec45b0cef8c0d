"""Queries of memberships: categories of every system, and venues."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from dayleaf.archive.rules import APART, VENUE
from dayleaf.base import dates
from dayleaf.catalog import month, packed
from dayleaf.catalog.columns import LISTED, WHOLE, ListedRow, PaperRow
from dayleaf.catalog.queries.reading import CatalogFile
from dayleaf.catalog.reads import END, MEMBERSHIP, RECENT, FactRange

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from dayleaf.catalog.packed import Packed


class MembershipQueries(CatalogFile):
    """Categories, those of every system, and venues: their papers, days and months."""

    def __init__(self, file: Path, *, beside_writers: bool = False) -> None:
        super().__init__(file, beside_writers=beside_writers)
        self._labels: tuple[int, dict[str, str]] = (-1, {})

    def primaries(self) -> list[tuple[str, int]]:
        """List primary categories with their number of papers, most frequent first."""
        self._note_all()
        return list(
            self._connection.execute(
                "SELECT code, COUNT(*) n FROM paper WHERE shown AND code <> '' GROUP BY code"
                " ORDER BY n DESC, code"
            )
        )

    def crossed(self) -> list[tuple[str, int]]:
        """List arXiv's categories by the number of papers that have them beside their primary."""
        primary = dict(self.primaries())
        every = ((code, n) for system, code, n in self.codes() if system == "arxiv")
        beside = [(code, n - primary.get(code, 0)) for code, n in every]
        return sorted(((code, n) for code, n in beside if n > 0), key=lambda row: (-row[1], row[0]))

    def topic_labels(self) -> dict[str, str]:
        """Return the labels of topics by code, each as most papers have it."""
        self._note_all()
        return self._topic_labels()

    def topic_label(self, code: str) -> str:
        """Return a topic's label; the code if no paper has it."""
        self._note_membership("topic", code)
        return self._topic_labels().get(code, code)

    def _topic_labels(self) -> dict[str, str]:
        # Counted again when another process, or thread, has taken digests in.
        ((version,),) = self._connection.execute("PRAGMA data_version")
        if self._labels[0] != version:
            counts: dict[str, Counter[str]] = {}
            any_topic = "SELECT 1 FROM code_tally WHERE system = 'topic' LIMIT 1"
            if not self._connection.execute(any_topic).fetchone():
                return {}
            for column in ("categories", "rule_memberships"):
                for field, count in self._connection.execute(
                    f"SELECT p.{column}, COUNT(*) FROM paper p WHERE p.shown AND p.{column} IN"
                    f" (SELECT packed FROM field WHERE system = 'topic') GROUP BY p.{column}"
                ):
                    for membership in packed.memberships(field):
                        if membership.system == "topic":
                            counts.setdefault(membership.code, Counter())[membership.label] += count
            labels = {
                code: min(counter, key=lambda label: (-counter[label], label))
                for code, counter in counts.items()
            }
            self._labels = (version, labels)
        return self._labels[1]

    def codes(self) -> list[tuple[str, str, int]]:
        """List system, code and number of papers of every category, by system and code."""
        self._note_all()
        return list(
            self._connection.execute(
                "SELECT system, code, SUM(papers) FROM code_tally WHERE system NOT IN (?, ?)"
                " GROUP BY system, code ORDER BY system, code",
                APART,
            )
        )

    def newest(self) -> list[tuple[str, str, str]]:
        """List system, code and newest day of every category, by system and code."""
        self._note_all()
        return list(
            self._connection.execute(
                "SELECT system, code, MAX(newest) FROM code_tally WHERE system NOT IN (?, ?)"
                " GROUP BY system, code ORDER BY system, code",
                APART,
            )
        )

    def venues(self) -> list[tuple[str, int, str]]:
        """List the venues and their years, `cvpr` and `cvpr/2024`, in order.

        Each comes with its number of papers and the newest day that lists one.
        """
        self._note_all()
        return list(
            self._connection.execute(
                "SELECT code, SUM(papers), MAX(newest) FROM code_tally WHERE system = ?"
                " GROUP BY code ORDER BY code",
                (VENUE,),
            )
        )

    def venue(self, slug: str) -> list[tuple[str, int, str]]:
        """List a venue and its years, each with its number of papers and its newest day."""
        self._note_membership(VENUE, slug)
        return list(
            self._connection.execute(
                "SELECT code, SUM(papers), MAX(newest) FROM code_tally WHERE system = ?"
                " AND (code = ? OR (code > ? AND code < ?)) GROUP BY code ORDER BY code",
                (VENUE, slug, f"{slug}/", f"{slug}0"),
            )
        )

    def venue_totals(self) -> list[tuple[str, int]]:
        """List the venues, without their years, by number of papers, then by slug."""
        totals = ((code, count) for code, count, _ in self.venues() if "/" not in code)
        return sorted(totals, key=lambda row: (-row[1], row[0]))

    def months(self, system: str) -> list[tuple[str, str, int]]:
        """List code, month and number of papers of the categories of a system, in order."""
        self._note_all()
        return list(
            self._connection.execute(
                "SELECT code, month, papers FROM code_tally WHERE system = ? ORDER BY code, month",
                (system,),
            )
        )

    def last_year(self, system: str, code: str) -> FactRange:
        """Return the papers of a category in the last twelve months, as facts.

        In a large archive these are the months before the newest.
        """
        newest = self.newest_month()
        if newest == month.NONE:
            self._notes.add(RECENT, (f"{system} {code}",))
            since, end = dates.year_before(self._newest_day()), END
        else:
            since, end = f"{int(newest[:4]) - 1}{newest[4:]}", newest
        return FactRange(MEMBERSHIP, f"{system} {code} {since}", f"{system} {code} {end}")

    def packed_of(self, span: FactRange) -> list[tuple[Packed, Packed, Packed]]:
        """List authors and memberships, packed, of a category's papers, newest first.

        They are those that some facts are about.
        """
        (system, _, rest), (_, _, end) = span.first.partition(" "), span.last.rpartition(" ")
        code, _, since = rest.rpartition(" ")
        return list(
            self._connection.execute(
                "SELECT p.authors, p.categories, p.rule_memberships FROM membership c"
                " JOIN paper p ON p.id = c.paper"
                " WHERE c.system = ? AND c.code = ? AND c.day >= ? AND c.day < ?"
                " ORDER BY c.day DESC, p.anchor DESC",
                (system, code, since, end),
            )
        )

    def primary_count(self, code: str) -> int:
        """Count the papers whose primary category it is."""
        self._note_membership("arxiv", code)
        return self._row(
            "SELECT COUNT(*) FROM paper WHERE code = ? AND shown",
            code,
        )[0]

    def at_venues(self) -> int:
        """Count the papers that have appeared at a venue."""
        self._note_all()
        return self._row("SELECT COUNT(DISTINCT paper) FROM membership WHERE system = ?", VENUE)[0]

    def code_list(self, system: str, code: str) -> list[ListedRow]:
        """List the papers of a category, venue or year of a venue, newest first."""
        self._note_membership(system, code)
        rows = self._connection.execute(
            f"SELECT {LISTED} FROM membership c JOIN paper p ON p.id = c.paper"
            " WHERE c.system = ? AND c.code = ? ORDER BY c.day DESC, p.anchor DESC",
            (system, code),
        )
        return list(map(ListedRow._make, rows))

    def code_days(
        self, system: str, code: str, first: str = "", last: str = ""
    ) -> list[tuple[str, int]]:
        """List the days on which a category has papers, oldest first, with their number.

        All of them, or those from a day to another; both may be a day's beginning.
        """
        self._note_membership(system, code, first=first, last=last)
        return list(
            self._connection.execute(
                "SELECT day, COUNT(*) FROM membership WHERE system = ? AND code = ?"
                " AND day BETWEEN ? AND ? GROUP BY day ORDER BY day",
                (system, code, first, f"{last}{END}"),
            )
        )

    def code_papers(
        self, system: str, code: str, first: str, last: str
    ) -> Iterator[tuple[str, list[ListedRow]]]:
        """Yield each day of a category with its papers, newest first.

        `first` and `last` are the periods, `2021` or `2021-12`, to begin and to end with.
        """
        self._note_membership(system, code, first=first, last=last)
        rows = self._connection.execute(
            f"SELECT {LISTED} FROM membership c JOIN paper p ON p.id = c.paper"
            " WHERE c.system = ? AND c.code = ? AND c.day BETWEEN ? AND ?"
            " ORDER BY c.day DESC, p.anchor DESC",
            (system, code, first, f"{last}~"),
        )
        for day, papers in groupby(map(ListedRow._make, rows), itemgetter(0)):
            yield day, list(papers)

    def code_full(
        self, system: str, code: str, *, since: str = "", most: int = -1
    ) -> Iterator[PaperRow]:
        """Yield the papers of a category or venue in full from a day on, newest first."""
        self._note_membership(system, code, first=since)
        rows = self._connection.execute(
            f"SELECT {WHOLE} FROM membership c JOIN paper p ON p.id = c.paper"
            " JOIN body b ON b.paper = p.id WHERE c.system = ? AND c.code = ? AND c.day >= ?"
            " ORDER BY c.day DESC, p.anchor DESC LIMIT ?",
            (system, code, since, most),
        )
        yield from map(PaperRow._make, rows)
