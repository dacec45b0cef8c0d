"""Papers that several records list: their records are merged into one row, which is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dayleaf.catalog import columns, links, schema
from dayleaf.catalog.columns import WHOLE, PaperRow, merge
from dayleaf.catalog.merge import day_of

if TYPE_CHECKING:
    import sqlite3

    from dayleaf.catalog.touched import Touched

HIDDEN, SHOWN, MADE = 0, 1, 2
"""What `paper.shown` says: another row stands for the record; it is shown as it is; it is shown and
was made of several."""

_RECORDS = (
    f"SELECT p.id, p.shown, p.source, {WHOLE} FROM paper p"
    " JOIN source s ON s.id = p.source JOIN body b ON b.paper = p.id"
    f" WHERE p.anchor = ? AND p.shown < {MADE}"
    " ORDER BY p.version DESC, b.updated DESC, s.path, p.line"
)


def repeated(connection: sqlite3.Connection) -> list[str]:
    """List the anchors that stand several times."""
    twice = "SELECT anchor FROM paper GROUP BY anchor HAVING COUNT(*) > 1"
    return [row[0] for row in connection.execute(twice)]


def settle(connection: sqlite3.Connection, anchors: list[str], seen: Touched) -> None:
    """Decide, for anchors with several records, which record is shown, and on which day.

    The newest version comes first, and of equal versions the one updated last, then the first in
    the order of files and lines; the others fill in what it lacks. The paper stands on the first
    day that lists it, so that its permalink outlives a revision.
    """
    for anchor in anchors:
        _forget(connection, anchor, seen)
        records = connection.execute(_RECORDS, (anchor,)).fetchall()
        if len(records) == 1:
            _show(connection, records[0][0], seen)
        elif records:
            _join(connection, records, seen)


def _forget(connection: sqlite3.Connection, anchor: str, seen: Touched) -> None:
    """Remove the row that was made of several."""
    query = "SELECT id FROM paper WHERE anchor = ? AND shown = ?"
    for (key,) in connection.execute(query, (anchor, MADE)).fetchall():
        drop(connection, key, seen)


def drop(connection: sqlite3.Connection, key: int, seen: Touched) -> None:
    """Remove a row with its links."""
    links.remove(connection, key)
    query = (
        "SELECT b.doi, p.listed, p.anchor, p.day, p.authors, p.categories, p.rule_memberships"
        " FROM paper p JOIN body b ON b.paper = p.id WHERE p.id = ?"
    )
    doi, listed, *packed = connection.execute(query, (key,)).fetchone()
    seen.days.add(day_of(listed))
    seen.dois.update(filter(None, (doi,)))
    seen.add(*packed)
    connection.execute("DELETE FROM body WHERE paper = ?", (key,))
    connection.execute("DELETE FROM paper WHERE id = ?", (key,))


def _show(connection: sqlite3.Connection, key: int, seen: Touched) -> None:
    """Show a record that is the only one of its paper."""
    columns = "anchor, shown, listed, authors, categories, rule_memberships"
    query = f"SELECT {columns} FROM paper WHERE id = ?"
    anchor, shown, listed, *packed = connection.execute(query, (key,)).fetchone()
    if shown != SHOWN:
        day = day_of(listed)
        connection.execute("UPDATE paper SET shown = ?, day = ? WHERE id = ?", (SHOWN, day, key))
        links.add(connection, key, key)
        seen.add(anchor, day, *packed)


def _join(connection: sqlite3.Connection, records: list[tuple[int, ...]], seen: Touched) -> None:
    """Hide some records of one paper, and show a row made of them."""
    rows = [PaperRow._make(row[3:]) for row in records]
    paper = merge(rows)
    for (key, shown, *_), record in zip(records, rows, strict=True):
        if shown == SHOWN:
            links.remove(connection, key)
            seen.paper(record)
        connection.execute("UPDATE paper SET shown = 0, day = ? WHERE id = ?", (paper.day, key))
    own = columns.values[columns.PAPER](paper)
    made = connection.execute(schema.INSERT_PAPER, (None, records[0][2], MADE, *own)).lastrowid or 0
    connection.execute(schema.INSERT_BODY, (made, *columns.values[columns.BODY](paper)))
    packed = schema.field_rows(paper.categories, paper.rule_memberships)
    connection.executemany(schema.INSERT_FIELD, packed)
    links.add(connection, made, made)
    seen.paper(paper)
