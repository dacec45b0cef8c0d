"""The queries of the catalog, a module for each subject.

Every answer comes in a stated order.
"""

from __future__ import annotations

from dayleaf.catalog.queries.answers import Person, Place, Totals
from dayleaf.catalog.queries.archive import Archive
from dayleaf.catalog.queries.authors import Authors
from dayleaf.catalog.queries.memberships import MembershipQueries
from dayleaf.catalog.queries.papers import Papers

__all__ = ["Catalog", "Person", "Place", "Totals"]


class Catalog(Archive, Papers, MembershipQueries, Authors):
    """A catalog, opened for reading, without writers unless `beside_writers`."""

    def totals(self) -> Totals:
        """Count everything."""
        self._note_all()
        (digests, passed, seen) = self._row(
            "SELECT SUM(format IS NOT NULL), SUM(format IS NULL), SUM(seen) FROM source"
        )
        (rows, papers) = self._row("SELECT SUM(shown < 2), SUM(shown > 0) FROM paper")
        systems = dict(
            self._connection.execute(
                "SELECT system, COUNT(DISTINCT code) FROM membership GROUP BY system"
            )
        )
        return Totals(
            digests=digests,
            passed_over=passed,
            records=seen,
            papers=papers,
            merged=rows - papers,
            refused=seen - rows,
            days=int(self._row("SELECT COUNT(DISTINCT day) FROM paper WHERE shown")[0]),
            authors=self.author_count(),
            categories=systems.get("arxiv", 0),
            subjects=systems.get("msc", 0) + systems.get("acm", 0),
        )
