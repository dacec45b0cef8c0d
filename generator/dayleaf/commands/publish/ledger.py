"""The files here and at the place, side by side, and the changes to send: in SQLite, not in memory.

An archive of millions of files is compared without a list of them in the process. The MD5 sums of
our files are kept in the cache, each with the size and time that its file had; those of a file that
was changed less than two seconds before it was read are not, for such a time may stand for two
versions.
"""

from __future__ import annotations

import hashlib
import time
from typing import TYPE_CHECKING, NamedTuple

from dayleaf.build.manifest.memory import open_memory
from dayleaf.commands.publish.headers import FileHeaders

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

_FORMAT = 1
_KEPT = f"""
CREATE TABLE sum (
  path TEXT PRIMARY KEY, size INTEGER NOT NULL, time INTEGER NOT NULL, md5 TEXT NOT NULL
) WITHOUT ROWID;
PRAGMA user_version = {_FORMAT};
"""
_ASIDE = """
CREATE TEMP TABLE here (
  path TEXT PRIMARY KEY, size INTEGER NOT NULL, time INTEGER NOT NULL, md5 TEXT
) WITHOUT ROWID;
CREATE TEMP TABLE there (
  path TEXT PRIMARY KEY, size INTEGER NOT NULL, time INTEGER, md5 TEXT
) WITHOUT ROWID;
CREATE TEMP TABLE send (
  step INTEGER, type TEXT, cache TEXT, path TEXT, size INTEGER,
  PRIMARY KEY (step, type, cache, path)
) WITHOUT ROWID;
"""
_SETTLED = 2_000_000_000
"""Nanoseconds after which a file's time is believed."""


class Local(NamedTuple):
    """A file of the output folder."""

    path: str
    """Relative, with `/`."""
    size: int
    """Bytes."""
    time: int
    """When it was last changed, in nanoseconds since 1970."""


class Remote(NamedTuple):
    """A file of the place, as far as the place tells."""

    path: str
    size: int
    time: int | None
    md5: str | None


class Step(NamedTuple):
    """Files that go up together."""

    number: int
    headers: FileHeaders
    files: int


class Ledger:
    """The comparison of one output folder with one place."""

    def __init__(self, cache: Path, root: Path) -> None:
        name = hashlib.blake2b(str(root).encode(), digest_size=6).hexdigest()
        self._file = cache / f"sums-{name}.sqlite"
        self._connection = open_memory(self._file, _KEPT, version=_FORMAT, thorough=True)
        self._connection.executescript(_ASIDE)

    def close(self) -> None:
        """Forget the comparison; keep the sums."""
        self._connection.close()

    # What stands here and there

    def list_here(self, files: Iterable[Local]) -> None:
        """Take our files down, with the sums that are known of them."""
        with self._connection:
            self._connection.execute("BEGIN")
            self._connection.executemany("INSERT INTO here VALUES (?, ?, ?, NULL)", files)
            self._connection.execute(
                "UPDATE here SET md5 = (SELECT sum.md5 FROM sum WHERE sum.path = here.path"
                " AND sum.size = here.size AND sum.time = here.time)"
            )
            # Of files that are gone or changed.
            self._connection.execute(
                "DELETE FROM sum WHERE NOT EXISTS (SELECT 1 FROM here WHERE here.path = sum.path"
                " AND here.md5 IS NOT NULL)"
            )

    def list_there(self, files: Iterable[Remote]) -> None:
        """Record the files of the place."""
        with self._connection:
            self._connection.execute("BEGIN")
            self._connection.executemany("INSERT OR REPLACE INTO there VALUES (?, ?, ?, ?)", files)

    def count_here(self) -> int:
        """Return the number of our files."""
        return int(self._number("SELECT COUNT(*) FROM here"))

    def count_there(self) -> int:
        """Return the number of files in the place."""
        return int(self._number("SELECT COUNT(*) FROM there"))

    def is_there(self, path: str, size: int) -> bool:
        """Tell whether the place has a file of a name and size."""
        count = self._number("SELECT COUNT(*) FROM there WHERE path = ? AND size = ?", path, size)
        return bool(count)

    # What follows

    def sum(self, md5: Callable[[str], str]) -> None:
        """Work out the sums that a comparison needs: of files as large as those of their names."""
        unknown = (
            "SELECT here.path, here.time FROM here JOIN there USING (path)"
            " WHERE here.size = there.size AND here.md5 IS NULL AND there.md5 IS NOT NULL"
        )
        with self._connection:
            self._connection.execute("BEGIN")
            for path, changed in self._connection.execute(unknown).fetchall():
                now = time.time_ns()
                self._connection.execute(
                    "UPDATE here SET md5 = ? WHERE path = ?", (md5(path), path)
                )
                if changed < now - _SETTLED:
                    self._connection.execute(
                        "INSERT OR REPLACE INTO sum SELECT * FROM here WHERE path = ?", (path,)
                    )

    def compare(
        self,
        step: Callable[[str, bool], int],
        headers: Callable[[str], FileHeaders],
        *,
        window: int | None,
    ) -> None:
        """Record the files to send, each with its step and headers.

        Files differ by their sums if `window` is None, else by times further apart than so many
        nanoseconds.
        """
        same = "here.md5 = there.md5" if window is None else "ABS(here.time - there.time) <= ?"
        rows = self._connection.execute(
            "SELECT here.path, here.size, there.path IS NULL FROM here LEFT JOIN there USING (path)"  # noqa: S608
            f" WHERE there.path IS NULL OR here.size <> there.size OR NOT COALESCE({same}, FALSE)",
            () if window is None else (window,),
        )
        with self._connection:
            self._connection.execute("BEGIN")
            self._connection.executemany(
                "INSERT INTO send VALUES (?, ?, ?, ?, ?)",
                ((step(path, bool(new)), *headers(path), path, size) for path, size, new in rows),
            )

    def sums_to_send(self) -> tuple[int, int]:
        """Return how many files are to be sent, and their bytes."""
        query = "SELECT COUNT(*), COALESCE(SUM(size), 0) FROM send"
        count, size = self._connection.execute(query).fetchone()
        return int(count), int(size)

    def steps(self) -> list[Step]:
        """List what is to be sent, in order."""
        rows = self._connection.execute(
            "SELECT step, type, cache, COUNT(*) FROM send GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"
        )
        return [Step(n, FileHeaders(kind, cache), count) for n, kind, cache, count in rows]

    def to_send(self, step: Step) -> Iterator[str]:
        """Yield the files of a step."""
        query = "SELECT path FROM send WHERE step = ? AND type = ? AND cache = ? ORDER BY path"
        for row in self._connection.execute(query, (step.number, *step.headers)):
            yield str(row[0])

    def gone(self) -> Iterator[tuple[str, int]]:
        """Yield path and size of what the place has and we have not."""
        yield from self._connection.execute(
            "SELECT path, size FROM there WHERE path NOT IN (SELECT path FROM here) ORDER BY path"
        )

    def emptied(self, gone: Iterable[str]) -> list[str]:
        """List the folders of some files that hold no others, those within others first."""
        folders: set[str] = set()
        for path in gone:
            parts = path.split("/")[:-1]
            folders.update("/".join(parts[:n]) for n in range(1, len(parts) + 1))
        held = "SELECT EXISTS (SELECT 1 FROM here WHERE path > ?1 AND path < ?2)"
        # "0" is the sign behind "/".
        empty = {f for f in folders if not self._number(held, f"{f}/", f"{f}0")}
        return sorted(empty, key=lambda folder: (-folder.count("/"), folder))

    def _number(self, query: str, *values: str | int) -> int:
        return int(self._connection.execute(query, values).fetchone()[0])
