"""What the files of an output folder rely on, see `catalog.reads`.

A *unit* is what a build makes anew or leaves: a lazy page, or all else of a key, which has the
empty path. Facts that a producer's own `touched` follows are not listed for its keys.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterable, Iterator

    from dayleaf.catalog.reads import Fact, Reads

_UNIT = "(id INTEGER PRIMARY KEY, producer TEXT NOT NULL, key TEXT NOT NULL, path TEXT NOT NULL)"
_FACT = "(topic TEXT NOT NULL, key TEXT NOT NULL, unit INTEGER NOT NULL)"
_STRETCH = "(topic TEXT NOT NULL, first TEXT NOT NULL, last TEXT NOT NULL, unit INTEGER NOT NULL)"
TABLES = f"""
CREATE TABLE unit {_UNIT};
-- What units rely on: single facts, and all of a topic from one key to another.
CREATE TABLE fact {_FACT};
CREATE TABLE stretch {_STRETCH};
"""
_INDEXES = {
    "unit_key": "unit (producer, key, path)",
    "fact_key": "fact (topic, key)",
    "fact_unit": "fact (unit)",
    "stretch_topic": "stretch (topic)",
    "stretch_unit": "stretch (unit)",
}
_LISTED = ("fact", "stretch")
_REPLACED = "(path IN (SELECT path FROM new.unit) OR path NOT IN (SELECT path FROM new.file))"
"""Said of units of the last build: lazy pages that were made again, or are gone, and whatever is
not lazy, whose empty path is no file's."""


class Remade(NamedTuple):
    """What a build makes anew, where it does not make everything."""

    producers: Collection[str]
    """As a whole."""
    keys: Collection[tuple[str, str]]
    """Producer and key."""


class Unit(NamedTuple):
    """The units that a build has made, with their reads."""

    producer: str
    key: str
    path: str
    """Of a lazy page; empty for all else of the key."""
    reads: Reads


def stale(
    connection: sqlite3.Connection, facts: list[Fact]
) -> dict[str, dict[str, frozenset[str]]]:
    """Return what relies on some facts: producer -> key -> paths."""
    units: set[int] = set()
    for topic, group in groupby(sorted(facts), attrgetter("topic")):
        keys = [fact.key for fact in group]
        query = "SELECT unit FROM fact WHERE topic = ? AND key = ?"
        for key in keys:
            units.update(row[0] for row in connection.execute(query, (topic, key)))
        stretches = "SELECT first, last, unit FROM stretch WHERE topic = ?"
        for first, last, unit in connection.execute(stretches, (topic,)):
            place = bisect_left(keys, first)
            if place < len(keys) and keys[place] <= last:
                units.add(unit)
    paths: dict[str, dict[str, set[str]]] = {}
    for unit in units:
        query = "SELECT producer, key, path FROM unit WHERE id = ?"
        producer, key, path = connection.execute(query, (unit,)).fetchone()
        paths.setdefault(producer, {}).setdefault(key, set()).add(path)
    return {
        producer: {key: frozenset(files) for key, files in keys.items()}
        for producer, keys in paths.items()
    }


def start(connection: sqlite3.Connection) -> None:
    """Begin the list of a build."""
    connection.execute(f"CREATE TABLE new.unit {_UNIT}")
    connection.execute(f"CREATE TABLE new.fact {_FACT}")
    connection.execute(f"CREATE TABLE new.stretch {_STRETCH}")


def add(connection: sqlite3.Connection, units: Iterable[Unit]) -> None:
    """Put units on the list."""
    for unit in units:
        query = "INSERT INTO new.unit (producer, key, path) VALUES (?, ?, ?)"
        number = connection.execute(query, unit[:3]).lastrowid
        connection.executemany("INSERT INTO new.fact VALUES (?, ?, ?)", _facts(unit, number))
        connection.executemany(
            "INSERT INTO new.stretch VALUES (?, ?, ?, ?)",
            ((*stretch, number) for stretch in unit.reads.stretches),
        )


def finish(connection: sqlite3.Connection, remade: Remade | None) -> None:
    """Put what the list says in the place of what was known of the same; None remakes all.

    Units of keys that were made anew and of files that are gone are forgotten.
    """
    if remade is None:
        for table in ("unit", *_LISTED):
            connection.execute(f"DELETE FROM {table}")  # noqa: S608
        for name in _INDEXES:  # sorting once is faster than keeping a tree in order all along
            connection.execute(f"DROP INDEX IF EXISTS {name}")
    else:
        connection.execute("CREATE TEMP TABLE forgotten (id INTEGER PRIMARY KEY)")
        forget = "INSERT OR IGNORE INTO forgotten SELECT id FROM main.unit WHERE "
        for producer in remade.producers:
            connection.execute(f"{forget} producer = ?", (producer,))
        for pair in remade.keys:
            connection.execute(f"{forget} producer = ? AND key = ? AND {_REPLACED}", pair)
        for table in _LISTED:
            connection.execute(
                f"DELETE FROM {table} WHERE unit IN (SELECT id FROM forgotten)"  # noqa: S608
            )
        connection.execute("DELETE FROM unit WHERE id IN (SELECT id FROM forgotten)")
        connection.execute("DROP TABLE forgotten")
    (last,) = connection.execute("SELECT COALESCE(MAX(id), 0) FROM main.unit").fetchone()
    connection.execute(
        "INSERT INTO main.unit SELECT id + ?, producer, key, path FROM new.unit", (last,)
    )
    connection.execute("INSERT INTO main.fact SELECT topic, key, unit + ? FROM new.fact", (last,))
    connection.execute(
        "INSERT INTO main.stretch SELECT topic, first, last, unit + ? FROM new.stretch", (last,)
    )
    for name, columns in _INDEXES.items():
        connection.execute(f"CREATE INDEX IF NOT EXISTS {name} ON {columns}")


def _facts(unit: Unit, number: int | None) -> Iterator[tuple[str, str, int | None]]:
    for topic, keys in unit.reads.facts:
        for key in keys:
            yield topic, key, number
