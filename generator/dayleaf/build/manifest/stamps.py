"""The time stamps of the output's folders, which show edits by others.

A file that comes or goes changes the time stamp of the folder that holds it, so that a look at the
folders tells without a look at every file.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator
    from pathlib import Path

TABLE = """
CREATE TABLE folder (path TEXT PRIMARY KEY, mtime INTEGER NOT NULL) WITHOUT ROWID;
"""


def same(connection: sqlite3.Connection, root: Path) -> bool:
    """Tell whether the folders are as they were when they were noted."""
    for path, mtime in connection.execute("SELECT path, mtime FROM folder"):
        if _mtime(f"{root}{os.sep}{path}") != mtime:
            return False
    return True


def forget(connection: sqlite3.Connection) -> None:
    """Forget all time stamps."""
    connection.execute("DELETE FROM folder")


def note(connection: sqlite3.Connection, root: Path, paths: Iterable[str]) -> None:
    """Take down the time stamps of the folders of some files, sorted, and of those above them."""
    connection.executemany(
        "INSERT OR REPLACE INTO folder VALUES (?, ?)",
        ((folder, _mtime(f"{root}{os.sep}{folder}")) for folder in folders(paths)),
    )
    connection.execute("DELETE FROM folder WHERE mtime = 0")


def folders(paths: Iterable[str]) -> Iterator[str]:
    """Yield the folders of sorted paths and those above them, few of them more than once."""
    yield ""
    last = ""
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder and not f"{last}/".startswith(f"{folder}/"):
            yield folder
            folder = folder.rpartition("/")[0]
        last = path.rpartition("/")[0]


def _mtime(folder: str) -> int:
    """Return a folder's time stamp in nanoseconds; 0 where it does not exist."""
    try:
        return os.stat(folder).st_mtime_ns  # noqa: PTH116 - called for thousands of strings
    except OSError:
        return 0
