"""The queries of the catalog, a module for each subject.

Every answer comes in a stated order.
"""

from __future__ import annotations

from collections import Counter

from dayleaf.catalog.queries.answers import ListedAuthor, RecordPlace, Totals
from dayleaf.catalog.queries.archive import ArchiveQueries
from dayleaf.catalog.queries.authors import AuthorQueries
from dayleaf.catalog.queries.memberships import MembershipQueries
from dayleaf.catalog.queries.papers import PaperQueries

__all__ = ["Catalog", "ListedAuthor", "RecordPlace", "Totals"]


class Catalog(ArchiveQueries, PaperQueries, MembershipQueries, AuthorQueries):
    """A catalog, opened for reading, without writers unless `beside_writers`."""

    def totals(self) -> Totals:
        """Count everything."""
        self._note_all()
        (digests, passed, seen) = self._row(
            "SELECT SUM(format IS NOT NULL), SUM(format IS NULL), SUM(seen) FROM source"
        )
        (papers,) = self._row("SELECT SUM(papers) FROM month_tally")
        (rows,) = self._row("SELECT SUM(shown < 2) FROM paper")
        systems = Counter(system for system, _, _ in self.codes())
        return Totals(
            digests=digests,
            passed_over=passed,
            records=seen,
            papers=papers,
            merged=rows - papers,
            refused=seen - rows,
            unread=len({anchor for _, anchor, _ in self.unread()}),
            days=len(self.days()),
            authors=self.author_count(),
            categories=systems["arxiv"],
            subjects=systems["msc"] + systems["acm"],
        )
