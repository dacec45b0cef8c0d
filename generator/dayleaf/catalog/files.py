"""The files of the content folder: which there are, and whether they have changed."""

from __future__ import annotations

import hashlib
import os
import time
from typing import TYPE_CHECKING, NamedTuple

from dayleaf import readers
from dayleaf.errors import ContentError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# A file that changed within this time of being read may change again without its time stamp
# showing it, on file systems that keep whole seconds or two.
_FRESH = 2_500_000_000


class File(NamedTuple):
    """A file of the content folder, as the file system shows it."""

    path: str
    """Relative to the content folder, with `/`."""
    size: int
    mtime: int
    """Nanoseconds."""


def scan(content: Path) -> list[File]:
    """List the files below a folder that may be digests, sorted by path.

    Raises ContentError where the folder does not exist or holds no such file at all.
    """
    if not content.is_dir():
        message = (
            f"{content}: expected the folder of the digests, found nothing there; name it with "
            '--content DIR or `content = "…"` in site.toml'
        )
        raise ContentError(message)
    files = sorted(_walk(str(content), "", _endings()))
    if not files:
        message = (
            f"{content}: expected digests, such as cs.CV/2021/12/20211219.md, found no file with "
            f"the ending of a format that Dayleaf reads ({', '.join(sorted(readers.suffixes()))}); "
            "see docs/formats.md"
        )
        raise ContentError(message)
    return files


def look(content: Path, path: str) -> list[File]:
    """List what `scan` would of one path below the content folder: a file, or all in a folder.

    The list is empty where nothing is there any more. The empty path stands for everything.
    """
    if not path or not content.is_dir():
        return scan(content)  # which says what is wrong
    place, name = content / path, path.rpartition("/")[2]
    if any(part.startswith(".") for part in path.split("/")):
        return []
    if place.is_dir():
        return sorted(_walk(str(place), f"{path}/", _endings()))
    if not place.exists() or not name.lower().endswith(_endings()):
        return []
    stat = place.stat()
    return [File(path, stat.st_size, stat.st_mtime_ns)]


def _walk(folder: str, prefix: str, endings: tuple[str, ...]) -> Iterator[File]:
    """Yield the files below a folder that may be digests, but for those that begin with a dot."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if entry.is_dir():
                yield from _walk(entry.path, f"{prefix}{entry.name}/", endings)
            elif entry.name.lower().endswith(endings):
                try:
                    stat = entry.stat()
                    yield File(f"{prefix}{entry.name}", stat.st_size, stat.st_mtime_ns)
                except OSError:  # a link that leads nowhere: whoever reads it says so
                    yield File(f"{prefix}{entry.name}", -1, 0)


def _endings() -> tuple[str, ...]:
    """Return the endings of the files that any reader reads."""
    return tuple(readers.suffixes())


def fingerprint(data: bytes) -> bytes:
    """Return 16 bytes that stand for a file's content."""
    return hashlib.blake2b(data, digest_size=16).digest()


def fingerprint_of(file: Path) -> bytes | None:
    """Return the fingerprint of a file, however large; None where it cannot be read."""
    try:
        with file.open("rb") as found:
            return hashlib.file_digest(found, _hash).digest()
    except OSError:
        return None


def _hash() -> hashlib.blake2b:
    return hashlib.blake2b(digest_size=16)


def trusted(mtime: int) -> int:
    """Return a time stamp, or 0 where the file is so fresh that it may change without trace."""
    return 0 if time.time_ns() - mtime < _FRESH else mtime
