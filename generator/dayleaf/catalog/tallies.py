"""The papers of every month, and of every category, venue and topic in it, counted once.

Many pages show totals of the whole archive, and every new day makes them anew. An update counts
the months again that it has touched, and totals add up a few thousand rows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dayleaf.catalog import packed
from dayleaf.catalog.reads import END

if TYPE_CHECKING:
    import sqlite3

    from dayleaf.catalog.touched import Touched

_MONTHS = (
    "INSERT INTO month_tally SELECT substr(day, 1, 7) AS month, COUNT(*),"
    f" SUM({packed.NUMBER_OF_AUTHORS}), SUM(version > 1) FROM paper"
    " WHERE shown {} GROUP BY month ORDER BY month"
)
_CODES = (
    "INSERT INTO code_tally SELECT system, code, substr(day, 1, 7) AS month, COUNT(*), MAX(day)"
    " FROM membership {} GROUP BY system, code, month ORDER BY system, code, month"
)


def count_all(connection: sqlite3.Connection) -> None:
    """Count everything, for the first time."""
    connection.execute(_MONTHS.format(""))
    connection.execute(_CODES.format(""))


def count_again(connection: sqlite3.Connection, seen: Touched) -> None:
    """Count what an update has touched."""
    for month in sorted({day[:7] for day in seen.days}):
        connection.execute("DELETE FROM month_tally WHERE month = ?", (month,))
        days = "AND day BETWEEN ? AND ?"
        connection.execute(_MONTHS.format(days), (month, f"{month}{END}"))
    where = "WHERE system = ? AND code = ? AND day BETWEEN ? AND ?"
    for tally in sorted({membership[:-3] for membership in seen.memberships}):
        system, _, rest = tally.partition(" ")  # `arxiv cs.LG 2021-12`
        code, _, month = rest.rpartition(" ")
        gone = "DELETE FROM code_tally WHERE system = ? AND code = ? AND month = ?"
        connection.execute(gone, (system, code, month))
        connection.execute(_CODES.format(where), (system, code, month, f"{month}{END}"))
