"""The newest month of a large archive, before which its long lists stop.

A day brings some hundred new names, spread over all letters, so lists of all names would be made
anew every day. In a large archive they list what was known before the newest month; short lists of
the newest month stand beside them. So a day costs what the month so far costs, and once a month
everything is listed anew. Small archives list everything at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import sqlite3

LARGE = 20_000
"""Papers from which on an archive is large."""
NONE: Final = "9999-99"
"""Stands for the newest month of a small archive: everything is earlier."""

EARLIER: Final = (
    "CASE instr(days, :month) WHEN 0 THEN papers ELSE (instr(days, :month) - 1) / 11 END"
)
"""The papers of an author before a month: the days in `author.days` take eleven letters each."""


def newest(connection: sqlite3.Connection) -> str:
    """Return the newest month, `2024-12`, or NONE."""
    query = "SELECT COUNT(*), MAX(day) FROM paper WHERE shown"
    papers, day = connection.execute(query).fetchone()
    return day[:7] if papers >= LARGE else NONE


EARLIER_NAME: Final = """
CASE instr(days, :month) WHEN 0 THEN name ELSE COALESCE(
    (SELECT name FROM person WHERE person.slug = author.slug),
    (SELECT name FROM authorship WHERE authorship.slug = author.slug AND day < :month
     GROUP BY name ORDER BY COUNT(*) DESC, name LIMIT 1)
) END
"""
"""What an author went by before a month, as `links` derives names."""
