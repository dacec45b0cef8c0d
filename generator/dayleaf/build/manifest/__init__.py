"""The list of our files in one output folder and their sources: the memory of earlier builds.

With it a build renders only what has changed since, knows which files are ours, and notices when
somebody else has been at the folder. It is a SQLite file in the cache, one for each output folder,
and belongs to one catalog; where anything does not fit, it is not believed, and all is rendered.

What a build writes is listed in a second file beside it, straight from the processes that write, so
that no list of all files is ever held in memory. What that list adds to the memory, and what it
makes superfluous, is found out by SQL when the files have been moved into place.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from dayleaf.build.manifest import relied, stamps
from dayleaf.build.manifest.memory import open_memory

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from dayleaf.build.manifest.relied import Remade, Unit
    from dayleaf.catalog.reads import Fact

    Sizes = dict[str, tuple[int, int]]
    """Producer -> how many files there are, and their bytes."""

_FORMAT = 6
_FILE = (
    "(path TEXT PRIMARY KEY, producer TEXT NOT NULL, key TEXT NOT NULL, size INTEGER NOT NULL,"
    " given BLOB) WITHOUT ROWID"
)
_TABLES = f"""
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
-- A file belongs to a key of its producer, `category` and `arxiv cs.LG`; `given` is the fingerprint
-- of what a lazy page was given.
CREATE TABLE file {_FILE};
CREATE INDEX file_key ON file (producer, key);
{relied.TABLES}
{stamps.TABLE}
PRAGMA user_version = {_FORMAT};
"""
_STATE = "state"
_MOVING = "moving"
"""Stands in `meta` while files are moved into place: what the new list names may be there."""
_UNCLAIMED = "path NOT IN (SELECT path FROM new.file)"


class Written(NamedTuple):
    """A file of the site, as a build leaves it."""

    path: str
    """Relative to the output folder, with `/`."""
    producer: str
    """`day`, `assets`."""
    key: str
    """What it was made from, by a key of its producer: `2021-12-19`."""
    size: int
    """Bytes."""
    fingerprint: bytes | None = None
    """The fingerprint of a lazy page's arguments; None for any other file."""


class OutputState(NamedTuple):
    """What an output folder was last made from."""

    epoch: str
    """Names one catalog; a new one after every load from nothing."""
    generation: int
    """The catalog's count of updates."""
    fingerprint: str
    """Of all layouts, the settings and the program."""
    minimum: int
    """The number of papers that gives an author a page; `auto` follows from the catalog."""
    fingerprints: dict[str, str]
    """Producer -> the fingerprint of the layouts, settings and program that it works with."""


class Manifest:
    """The memory of one output folder."""

    def __init__(self, cache: Path, root: Path) -> None:
        name = hashlib.blake2b(str(root).encode(), digest_size=6).hexdigest()
        self.file = cache / f"output-{name}.sqlite"
        self._aside = self.file.with_suffix(".new")
        self._root = root
        self._listing = False
        self._connection = open_memory(self.file, _TABLES, version=_FORMAT)

    def close(self) -> None:
        """Let go of the file, and of the list of a build that did not come to its end."""
        forget = self._listing and self._meta(_MOVING) is None
        self._connection.close()
        if forget:
            self._aside.unlink(missing_ok=True)

    # What earlier builds have left

    def heal(self) -> None:
        """Take over the list of a build that was killed while it moved its files into place."""
        if self._meta(_MOVING) is None or not self._aside.is_file():
            return
        self._connection.execute("ATTACH ? AS new", (str(self._aside),))
        with self._transaction():
            self._connection.execute("INSERT OR IGNORE INTO file SELECT * FROM new.file")
            self._connection.execute("DELETE FROM meta")
        self._connection.execute("DETACH new")

    def state(self) -> OutputState | None:
        """Return the state of the folder's last build; None if it did not end."""
        stored = self._meta(_STATE)
        return OutputState(*json.loads(stored)) if stored else None

    def interrupted(self) -> bool:
        """Tell whether a build was killed while it moved its files into place."""
        return self._meta(_MOVING) is not None

    def untouched(self) -> bool:
        """Tell whether the folders are as the last build left them."""
        return stamps.same(self._connection, self._root)

    def empty(self) -> bool:
        """Tell whether nothing is known to have been written into the folder."""
        return self._connection.execute("SELECT 1 FROM file LIMIT 1").fetchone() is None

    def knows(self, path: str) -> bool:
        """Tell whether a file is ours."""
        query = "SELECT 1 FROM file WHERE path = ?"
        return self._connection.execute(query, (path,)).fetchone() is not None

    def noted(self, producer: str, first: str, end: str) -> Iterator[tuple[str, bytes, int]]:
        """Yield path, fingerprint and size of the lazy pages of the keys from one up to another."""
        yield from self._connection.execute(
            "SELECT path, given, size FROM file"
            " WHERE producer = ? AND key >= ? AND key < ? AND given IS NOT NULL",
            (producer, first, end),
        )

    def keys(self, producer: str) -> set[str]:
        """Return the keys of a producer that the last build knew, those without files included."""
        query = (
            "SELECT key FROM file WHERE producer = ?1"
            " UNION SELECT key FROM unit WHERE producer = ?1"
        )
        return {row[0] for row in self._connection.execute(query, (producer,))}

    def stale(self, facts: list[Fact]) -> dict[str, dict[str, frozenset[str]]]:
        """Return what relies on changed facts: producer -> key -> files, see `planner.update`."""
        return relied.stale(self._connection, facts)

    def sizes(self) -> Sizes:
        """Return number and bytes of the files of each producer."""
        stored = self._meta("sizes")
        return {name: (count, size) for name, count, size in json.loads(stored or "[]")}

    # What a build writes

    def start(self) -> None:
        """Begin the list of files that a build writes."""
        self._aside.unlink(missing_ok=True)
        self._connection.execute("ATTACH ? AS new", (str(self._aside),))
        self._connection.execute("PRAGMA new.journal_mode=OFF")
        self._connection.execute(f"CREATE TABLE new.file {_FILE}")
        relied.start(self._connection)
        self._listing = True
        self._connection.execute("BEGIN")

    def add(self, files: Iterable[Written]) -> None:
        """Add files to the list that this build has written, or has left unchanged."""
        try:
            self._connection.executemany("INSERT INTO new.file VALUES (?, ?, ?, ?, ?)", files)
        except sqlite3.IntegrityError:
            message = f"two pages claim one address, among them {self._twice(files)}"
            raise AssertionError(message) from None

    def rely(self, units: Iterable[Unit]) -> None:
        """Add to the list the units that this build has made, with their reads."""
        relied.add(self._connection, units)

    def claims(self, path: str) -> bool:
        """Tell whether this build has written a file, or found it as it should be."""
        query = "SELECT 1 FROM new.file WHERE path = ?"
        return self._connection.execute(query, (path,)).fetchone() is not None

    def gone(self, remade: Remade | None) -> list[str]:
        """List the files that are known and claimed no more, sorted; None remakes everything."""
        if remade is None:
            return self._paths("TRUE")
        paths: set[str] = set()
        for producer in remade.producers:
            paths.update(self._paths("producer = ?", producer))
        for pair in remade.keys:
            paths.update(self._paths("producer = ? AND key = ?", *pair))
        return sorted(paths)

    def begin(self) -> None:
        """Note that files are about to be moved into place, so that we know ours if killed."""
        self._connection.execute("COMMIT")
        with self._transaction():
            self._connection.execute("DELETE FROM meta")
            self._connection.execute("INSERT INTO meta VALUES (?, '')", (_MOVING,))

    def finish(
        self, state: OutputState, *, sizes: Sizes, gone: list[str], remade: Remade | None
    ) -> None:
        """Note what stands there now, on top of the `sizes` there were before.

        `remade` is None where the list of this build names everything.
        """
        gone_rows = [(path,) for path in gone]
        with self._transaction():
            relied.finish(self._connection, remade)
            if remade is None:
                sizes = {}
                self._connection.execute("DELETE FROM file")
                stamps.forget(self._connection)
            else:
                replaced = self._measure("main.file WHERE path IN (SELECT path FROM new.file)")
                sizes = _sum(sizes, replaced, -1)
                for row in gone_rows:
                    sizes = _sum(sizes, self._measure("main.file WHERE path = ?", *row), -1)
                self._connection.executemany("DELETE FROM file WHERE path = ?", gone_rows)
            self._connection.execute("INSERT OR REPLACE INTO file SELECT * FROM new.file")
            sizes = _sum(sizes, self._measure("new.file"), 1)
            written = (row[0] for row in self._connection.execute("SELECT path FROM new.file"))
            stamps.note(self._connection, self._root, written)
            stamps.note(self._connection, self._root, gone)
            self._connection.execute("DELETE FROM meta")
            listed = [(kind, *sums) for kind, sums in sorted(sizes.items()) if sums[0]]
            self._connection.executemany(
                "INSERT INTO meta VALUES (?, ?)",
                [(_STATE, json.dumps(state)), ("sizes", json.dumps(listed))],
            )
        self._connection.execute("DETACH new")
        self._aside.unlink(missing_ok=True)

    def _measure(self, place: str, *values: str) -> Sizes:
        query = f"SELECT producer, COUNT(*), SUM(size) FROM {place} GROUP BY producer"  # noqa: S608
        return {name: (n, size) for name, n, size in self._connection.execute(query, values)}

    def _paths(self, where: str, *values: str) -> list[str]:
        query = f"SELECT path FROM main.file WHERE {where} AND {_UNCLAIMED} ORDER BY path"  # noqa: S608
        return [row[0] for row in self._connection.execute(query, values)]

    def _twice(self, files: Iterable[Written]) -> str:
        return next((file.path for file in files if self.claims(file.path)), "?")

    def _meta(self, key: str) -> str | None:
        query = "SELECT value FROM meta WHERE key = ?"
        row = self._connection.execute(query, (key,)).fetchone()
        return row and str(row[0])

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """Do all of a block or nothing of it."""
        with self._connection:
            self._connection.execute("BEGIN")
            yield


def _sum(sizes: Sizes, other: Sizes, sign: int) -> Sizes:
    total = dict(sizes)
    for kind, (count, size) in other.items():
        before = total.get(kind, (0, 0))
        total[kind] = (before[0] + sign * count, before[1] + sign * size)
    return total
