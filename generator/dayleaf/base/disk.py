"""The errors of a full or failing disk, and their messages."""

from __future__ import annotations

import errno
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

from dayleaf.base.errors import DiskError, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_FULL = frozenset({errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)})
_REFUSED = frozenset({errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO})
_DAMAGED = ("malformed", "not a database", "no such table", "no such column")
_FULL_DATABASE = "SQLITE_FULL"
_FAILED_DATABASE = ("SQLITE_IOERR", "SQLITE_READONLY", "SQLITE_CANTOPEN")

MARK = ".nojekyll"
"""The file by which an output folder is known as ours. GitHub Pages takes it for a switch."""
MARK_TEXT = b"Written by Dayleaf: this folder is remade by every build.\n"


@contextmanager
def explained(*folders: Path) -> Iterator[None]:
    """Raise a DiskError in place of the system's error for writing to some folders."""
    try:
        yield
    except Exception as error:
        if finding := _finding(error, folders):
            raise DiskError(finding) from error
        raise


def is_damage(error: Exception) -> bool:
    """Tell whether an error says that a database is damaged.

    By what it says: an error that comes from a worker has lost its number.
    """
    return type(error).__module__ == "sqlite3" and any(word in str(error) for word in _DAMAGED)


def require_folder(cache: Path, pattern: str) -> None:
    """Make sure that a cache is a folder, without folders in the place of some files of it.

    Raises DiskError where a file stands in its place.
    """
    if cache.exists() and not cache.is_dir():
        wanted = "the folder of the cache"
        raise DiskError(Finding("a file", wanted, "move it away", file=str(cache)))
    for entry in cache.glob(pattern):
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)


def remove(folder: Path, pattern: str) -> None:
    """Delete some files of a folder."""
    for file in folder.glob(pattern):
        file.unlink(missing_ok=True)


def _finding(error: Exception, folders: tuple[Path, ...]) -> Finding | None:
    """Return the finding about an error of the disk; None for any other error."""
    name = str(getattr(error, "sqlite_errorname", ""))  # SQLite's errors carry one
    number = error.errno if isinstance(error, OSError) else None
    if number in _FULL or name == _FULL_DATABASE:
        free = " and ".join(f"{_free(folder)} in {folder}" for folder in folders)
        return Finding(
            free,
            expected="room for the new site beside the old one and for the cache",
            advice="make room and build again. No file is incomplete",
            about=_system_message(error),
        )
    if number in _REFUSED or name.startswith(_FAILED_DATABASE):
        where = " and ".join(map(str, folders))
        return Finding(
            "neither, or only one of them",
            expected=f"to be able to read the site's folder and to write to {where}",
            advice="check the disk and the permissions, and build again",
            about=_system_message(error),
        )
    return None


def _system_message(error: Exception) -> str:
    """Return the system's message, with the file that it is about."""
    if not isinstance(error, OSError):
        return str(error)
    reason = error.strerror or str(error)
    return f"{error.filename}: {reason}" if error.filename else reason


def _free(folder: Path) -> str:
    """Return how much room there is in a folder, or in the nearest one above it that exists."""
    for place in (folder, *folder.parents):
        if place.is_dir():
            return f"{shutil.disk_usage(place).free / 1e6:,.0f} MB free"
    return "nothing"
