"""Answers that were dear, remembered from one build to the next.

An answer is kept with a *stamp* of all that it follows from: the catalog's epoch, the facts behind
it, and the update that last changed one of them. If the stamp is another, the answer is worked out
anew. So what is remembered is never older than the catalog, and a site from nothing is the same.
"""

from __future__ import annotations

import pickle
import sqlite3
from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Answer = TypeVar("Answer")

_TABLE = """
CREATE TABLE IF NOT EXISTS answer (key TEXT PRIMARY KEY, stamp TEXT NOT NULL, value BLOB NOT NULL)
WITHOUT ROWID
"""
_PATIENCE = 10.0


class Memory:
    """The remembered answers of a catalog; a file that cannot be read counts as missing."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._connection: sqlite3.Connection | None = None

    def close(self) -> None:
        """Let go of the file."""
        if self._connection:
            self._connection.close()
        self._connection = None

    def recall(self, key: str, stamp: str, work: Callable[[], Answer]) -> Answer:
        """Return the remembered answer, or do the work."""
        with suppress(sqlite3.Error):
            query = "SELECT value FROM answer WHERE key = ? AND stamp = ?"
            row = self._open().execute(query, (key, stamp)).fetchone()
            if row:
                remembered: Answer = pickle.loads(row[0])  # noqa: S301 - written below
                return remembered
        answer = work()
        with suppress(sqlite3.Error):
            change = "INSERT OR REPLACE INTO answer VALUES (?, ?, ?)"
            self._open().execute(change, (key, stamp, pickle.dumps(answer)))
        return answer

    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            self._connection = sqlite3.connect(self._file, isolation_level=None, timeout=_PATIENCE)
            self._connection.execute("PRAGMA synchronous=OFF")
            self._connection.execute(_TABLE)
        return self._connection
