"""Opening a file whose data last from one run to the next."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def open_memory(
    file: Path, tables: str, *, version: int, thorough: bool = False
) -> sqlite3.Connection:
    """Open a memory, or begin a new one where it is missing, of another version or damaged.

    `tables` makes an empty one, and sets `user_version`; `thorough` looks for damage in all of it.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(file, isolation_level=None)
    try:
        sound = not thorough or connection.execute("PRAGMA quick_check").fetchone()[0] == "ok"
        stored = connection.execute("PRAGMA user_version").fetchone()[0] if sound else 0
    except sqlite3.DatabaseError:
        stored = 0
    if stored != version:
        connection.close()
        file.unlink(missing_ok=True)
        connection = sqlite3.connect(file, isolation_level=None)
        # In one go: a disk may take 20 ms for each table that it is asked to make sure of.
        connection.executescript(f"BEGIN; {tables} COMMIT;")
    connection.execute("PRAGMA synchronous=NORMAL")
    return connection
