"""What we have written into one output folder, and from what: the memory of earlier builds.

With it a build renders only what has changed since, knows which files are ours, and notices when
somebody else has been at the folder. It is a SQLite file in the cache, one for each output folder,
and belongs to one catalog; where anything does not fit, it is not believed, and all is rendered.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
-- `owner` is what a file was made from, `day 2021-12-19`; `memo` stands for the data shown in it.
CREATE TABLE file (
    path TEXT PRIMARY KEY, owner TEXT NOT NULL, kind TEXT NOT NULL, size INTEGER NOT NULL, memo BLOB
) WITHOUT ROWID;
CREATE INDEX file_owner ON file (owner);
CREATE TABLE folder (path TEXT PRIMARY KEY, mtime INTEGER NOT NULL) WITHOUT ROWID;
"""


class Written(NamedTuple):
    """A file of the site, as a build leaves it."""

    path: str
    """Relative to the output folder, with `/`."""
    owner: str
    """What it was made from; a page that is alone is its own owner, by its path."""
    kind: str
    """Of what it is a part, for the report: `days`, `search`."""
    size: int
    """Bytes."""
    memo: bytes | None = None
    """Stands for the data shown; None where nobody asks."""


class State(NamedTuple):
    """What an output folder was last made from."""

    epoch: str
    """Names one catalog; a new one after every load from nothing."""
    generation: int
    """The catalog's count of updates."""
    keys: dict[str, str]
    """Kind of page -> what stands for the layouts, settings and program that make it."""


class Manifest:
    """The memory of one output folder."""

    def __init__(self, cache: Path, root: Path) -> None:
        mark = hashlib.blake2b(str(root).encode(), digest_size=6).hexdigest()
        self.file = cache / f"output-{mark}.sqlite"
        self._root = root
        self._connection = self._open()

    def _open(self) -> sqlite3.Connection:
        """Open the memory, or begin a new one where it is missing or cannot be read."""
        self.file.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(self.file, isolation_level=None)
        try:
            connection.execute("SELECT 1 FROM meta, file, folder LIMIT 1").fetchone()
        except sqlite3.DatabaseError:
            connection.close()
            self.file.unlink(missing_ok=True)
            connection = sqlite3.connect(self.file, isolation_level=None)
            connection.executescript(_TABLES)
        connection.execute("PRAGMA synchronous=NORMAL")
        return connection

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def state(self) -> State | None:
        """Return what the folder was last made from; None where a build did not end."""
        found = dict(self._connection.execute("SELECT key, value FROM meta"))
        if "keys" not in found:
            return None
        return State(found["epoch"], int(found["generation"]), json.loads(found["keys"]))

    def untouched(self) -> bool:
        """Tell whether the folders are as the last build left them.

        A file that comes or goes changes its folder's time stamp, so that a look at the folders
        tells without a look at every file.
        """
        for path, mtime in self._connection.execute("SELECT path, mtime FROM folder"):
            if _mtime(f"{self._root}{os.sep}{path}") != mtime:
                return False
        return True

    def known(self) -> frozenset[str] | None:
        """Return every file that is ours; None where nothing was ever written."""
        paths = frozenset(row[0] for row in self._connection.execute("SELECT path FROM file"))
        return paths or None

    def memos(self, owner: str) -> tuple[dict[str, bytes], dict[str, int]]:
        """Return memos and sizes of an owner's files, by path."""
        query = "SELECT path, memo, size FROM file WHERE owner = ? AND memo IS NOT NULL"
        found = self._connection.execute(query, (owner,)).fetchall()
        return {path: memo for path, memo, _ in found}, {path: size for path, _, size in found}

    def owners(self, kind: str) -> frozenset[str]:
        """Return the owners of a kind of file."""
        query = "SELECT DISTINCT owner FROM file WHERE kind = ?"
        return frozenset(row[0] for row in self._connection.execute(query, (kind,)))

    def sizes(self) -> dict[str, tuple[int, int]]:
        """Return number and bytes of the files of each kind."""
        query = "SELECT kind, COUNT(*), SUM(size) FROM file GROUP BY kind ORDER BY kind"
        return {kind: (count, size) for kind, count, size in self._connection.execute(query)}

    def begin(self, files: list[Written]) -> None:
        """Note files that are about to be moved into place, so that we know ours if killed."""
        with self._connection:
            self._connection.execute("BEGIN")
            self._connection.execute("DELETE FROM meta")
            self._connection.executemany("INSERT OR IGNORE INTO file VALUES (?, ?, ?, ?, ?)", files)

    def gone(self, owners: Iterable[str], files: Iterable[Written]) -> list[str]:
        """List the files of some owners that are not among those given: nothing claims them."""
        self._connection.execute("CREATE TEMP TABLE kept (path TEXT PRIMARY KEY) WITHOUT ROWID")
        self._connection.executemany(
            "INSERT OR IGNORE INTO kept VALUES (?)", ((f[0],) for f in files)
        )
        query = "SELECT path FROM file WHERE owner = ? AND path NOT IN (SELECT path FROM kept)"
        found = [row[0] for owner in owners for row in self._connection.execute(query, (owner,))]
        self._connection.execute("DROP TABLE kept")
        return sorted(found)

    def finish(
        self, state: State, files: Iterable[Written], *, gone: Iterable[str], whole: bool
    ) -> None:
        """Note what stands there now. `whole` says that `files` are all there are."""
        with self._connection:
            self._connection.execute("BEGIN")
            if whole:
                self._connection.execute("DELETE FROM file")
            self._connection.executemany(
                "DELETE FROM file WHERE path = ?", ((path,) for path in gone)
            )
            self._connection.executemany(
                "INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?, ?)", files
            )
            self._connection.execute("DELETE FROM meta")
            self._connection.executemany(
                "INSERT INTO meta VALUES (?, ?)",
                [
                    ("epoch", state.epoch),
                    ("generation", str(state.generation)),
                    ("keys", json.dumps(state.keys)),
                ],
            )
            self._note_folders()

    def _note_folders(self) -> None:
        """Take down the time stamp of every folder that holds a file of ours."""
        folders = {""}
        for (path,) in self._connection.execute("SELECT path FROM file"):
            folder = path.rpartition("/")[0]
            while folder not in folders:
                folders.add(folder)
                folder = folder.rpartition("/")[0]
        self._connection.execute("DELETE FROM folder")
        self._connection.executemany(
            "INSERT INTO folder VALUES (?, ?)",
            ((folder, _mtime(f"{self._root}{os.sep}{folder}")) for folder in folders),
        )


def _mtime(folder: str) -> int:
    """Return a folder's time stamp in nanoseconds; 0 where it does not exist."""
    try:
        return os.stat(folder).st_mtime_ns  # noqa: PTH116 - called for thousands of strings
    except OSError:
        return 0
