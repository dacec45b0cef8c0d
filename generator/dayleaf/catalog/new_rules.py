"""Rules that have changed, applied to the rows that the catalog has.

Digests need not be read again for that: a row says all that rules ask. Only papers whose
memberships the new rules change, and people of whom `authors.toml` says something else, count as
touched.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dayleaf.archive.people import parse
from dayleaf.archive.rules import rules
from dayleaf.catalog import links, schema
from dayleaf.catalog.columns import WHOLE, PaperRow
from dayleaf.catalog.rows import with_rules, without_rules
from dayleaf.catalog.settle import MADE, SHOWN

if TYPE_CHECKING:
    import sqlite3

    from dayleaf.archive.rules import RuleSources
    from dayleaf.catalog.touched import Touched

_RULES, _AUTHORS, _VENUES = "rules", "authors", "venues"
"""Where `meta` keeps the rules' fingerprint, and the texts of two of their files."""
_RECORDS = (
    f"SELECT p.id, p.shown, {WHOLE}"
    f" FROM paper p JOIN body b ON b.paper = p.id WHERE p.shown < {MADE}"
)


def is_due(connection: sqlite3.Connection, sources: RuleSources) -> bool:
    """Tell whether a catalog was made by other rules."""
    query = "SELECT value FROM meta WHERE key = ?"
    row = connection.execute(query, (_RULES,)).fetchone()
    return bool(row is None or row[0] != sources.fingerprint)


def note(connection: sqlite3.Connection, sources: RuleSources) -> None:
    """Keep which rules a catalog is made by, and whom they speak of."""
    connection.executemany(
        "INSERT OR REPLACE INTO meta VALUES (?, ?)",
        [(_RULES, sources.fingerprint), (_AUTHORS, sources.authors), (_VENUES, sources.venues)],
    )
    connection.execute("DELETE FROM person")
    connection.executemany(
        "INSERT INTO person VALUES (?, ?)",
        [(person.slug, person.name) for person in parse(sources.authors).people],
    )


def apply(connection: sqlite3.Connection, sources: RuleSources, seen: Touched) -> None:
    """Apply new rules to every record, and note the facts that change."""
    (authors,) = connection.execute("SELECT value FROM meta WHERE key = ?", (_AUTHORS,)).fetchone()
    if authors != sources.authors:
        before, after = parse(authors), parse(sources.authors)
        concerned = before.concerned() | after.concerned()
        seen.slugs |= concerned
        seen.earlier |= concerned  # a name alone may change, whenever the papers came
    note(connection, sources)
    by = rules(sources)
    changed: list[tuple[int, int, PaperRow, PaperRow]] = []
    for key, shown, *columns in connection.execute(_RECORDS):
        paper = PaperRow._make(columns)
        other = with_rules(without_rules(paper), by)
        if other != paper:
            changed.append((key, shown, paper, other))
    for key, shown, paper, other in changed:
        if shown == SHOWN:
            links.remove(connection, key)
        connection.execute(
            "UPDATE paper SET authors = ?, rule_memberships = ? WHERE id = ?",
            (other.authors, other.rule_memberships, key),
        )
        connection.executemany(schema.INSERT_FIELD, schema.field_rows(other.rule_memberships))
        if shown == SHOWN:
            links.add(connection, key, key)
        seen.paper(paper)
        seen.paper(other)
