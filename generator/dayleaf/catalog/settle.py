"""Identifiers that stand several times: which of their records is shown, and on which day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dayleaf.catalog import links

if TYPE_CHECKING:
    import sqlite3

    from dayleaf.catalog.touched import Touched

_RECORDS = (
    "SELECT p.id, p.shown, p.day, s.day, p.authors, p.categories FROM paper p"
    " JOIN source s ON s.id = p.source JOIN body b ON b.paper = p.id WHERE p.arxiv_id = ?"
    " ORDER BY p.version DESC, b.updated DESC, s.path, p.line"
)


def repeated(connection: sqlite3.Connection) -> list[str]:
    """List the identifiers that stand several times."""
    twice = "SELECT arxiv_id FROM paper GROUP BY arxiv_id HAVING COUNT(*) > 1"
    return [row[0] for row in connection.execute(twice)]


def settle(connection: sqlite3.Connection, ids: list[str], seen: Touched) -> None:
    """Decide, for identifiers that may stand several times, which record is shown and where.

    The newest version wins, and of equal versions the one updated last, then the first in the
    order of files and lines. The paper stays on the first day that lists it, so that its permalink
    outlives a revision.
    """
    for arxiv_id in ids:
        found = connection.execute(_RECORDS, (arxiv_id,)).fetchall()
        home = min((row[3] for row in found), default="")
        for place, (paper, shown, day, _, authors, categories) in enumerate(found):
            wins = place == 0
            if bool(shown) == wins and (day == home or not wins):
                continue
            if shown:
                links.remove(connection, paper)
            connection.execute(
                "UPDATE paper SET shown = ?, day = ? WHERE id = ?", (wins, home, paper)
            )
            if wins:
                links.add(connection, paper, paper)
            seen.add(arxiv_id, day, authors=authors, categories=categories)
            seen.days.add(home)
