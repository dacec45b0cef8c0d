"""The files of the content folder: which there are, and whether they have changed."""

from __future__ import annotations

import hashlib
import os
import stat
import time
from typing import TYPE_CHECKING, NamedTuple

from dayleaf import readers
from dayleaf.base import disk
from dayleaf.base.errors import ContentError, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# A file that changed within this time of being read may change again without its time stamp
# showing it, on file systems that keep whole seconds or two.
_FRESH = 2_500_000_000
ABSENT = -1
"""The size of a file without a readable status: its reader reports the error."""
NO_FILE = -2
"""The size of what is no file: a pipe, a link to a folder that is met otherwise."""


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
        raise ContentError(
            Finding(
                "nothing there",
                expected="the folder of the digests",
                advice='name it with --content DIR or `content = "…"` in site.toml',
                file=str(content),
            )
        )
    files = sorted(_walk(str(content), "", _Links(str(content))))
    if not files:
        endings = ", ".join(sorted(readers.suffixes()))
        raise ContentError(
            Finding(
                f"no file with the ending of a format that Dayleaf reads ({endings})",
                expected="digests, such as cs.CV/2021/12/20211219.md",
                advice="see docs/formats.md",
                file=str(content),
            )
        )
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
        return sorted(_walk(str(place), f"{path}/", _Links(str(content))))
    if not place.exists() or not name.lower().endswith(_endings()):
        return []
    known = place.stat()
    return [File(path, known.st_size, known.st_mtime_ns)]


class _Links:
    """Which links to folders a walk follows: each folder is looked through once."""

    def __init__(self, root: str) -> None:
        self._root = root
        self._seen: list[str] = []

    def leads_on(self, link: str) -> bool:
        """Tell whether a link leads to a folder that the walk has not met, nor will meet."""
        target = os.path.realpath(link)
        self._seen = self._seen or [os.path.realpath(self._root)]
        if any(_holds(seen, target) or _holds(target, seen) for seen in self._seen):
            return False
        self._seen.append(target)
        return True


def _holds(folder: str, other: str) -> bool:
    return f"{other.rstrip(os.sep)}{os.sep}".startswith(f"{folder.rstrip(os.sep)}{os.sep}")


def _walk(folder: str, prefix: str, links: _Links) -> Iterator[File]:
    """Yield the files below a folder that may be digests.

    What begins with a dot is none, nor is what a build has written, or a link to a folder that is
    met otherwise: one that leads up, or around.
    """
    endings = _endings()
    entries = _listed(folder)
    if entries is None and prefix:
        yield File(prefix.rstrip("/"), ABSENT, 0)
    if entries is None or (prefix and _is_site(folder, entries)):
        return
    for entry in entries:
        name = entry.name
        if name.startswith("."):
            continue
        if not name.isascii() and not _is_text(name):
            yield File(f"{prefix}{name.encode(errors='replace').decode()}", ABSENT, 0)
        elif _is_folder(entry):
            if entry.is_symlink() and not links.leads_on(entry.path):
                yield File(f"{prefix}{name}", NO_FILE, 0)
            else:
                yield from _walk(entry.path, f"{prefix}{name}/", links)
        elif name.lower().endswith(endings):
            yield _file(f"{prefix}{name}", entry)


def _file(path: str, entry: os.DirEntry[str]) -> File:
    try:
        known = entry.stat()
    except OSError:  # a link that leads nowhere
        return File(path, ABSENT, 0)
    return File(path, known.st_size if stat.S_ISREG(known.st_mode) else NO_FILE, known.st_mtime_ns)


def _listed(folder: str) -> list[os.DirEntry[str]] | None:
    """List the entries of a folder, by name; None if it cannot be read."""
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except OSError:
        return None


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link that leads to itself
        return False


def _is_site(folder: str, entries: list[os.DirEntry[str]]) -> bool:
    """Tell whether a mark in a folder says that a build has written it."""
    if disk.MARK not in [entry.name for entry in entries]:
        return False
    try:
        with open(f"{folder}/{disk.MARK}", "rb") as file:  # noqa: PTH123 - a path of os.scandir
            return file.read(len(disk.MARK_TEXT)) == disk.MARK_TEXT
    except OSError:
        return False


def _is_text(name: str) -> bool:
    """Tell whether a name is UTF-8; the system hands other bytes over as lone surrogates."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _endings() -> tuple[str, ...]:
    """Return the endings of the files that any reader reads."""
    return tuple(readers.suffixes())


def fingerprint(data: bytes) -> bytes:
    """Return 16 bytes that stand for a file's content."""
    return hashlib.blake2b(data, digest_size=16).digest()


def fingerprint_of(file: Path) -> bytes | None:
    """Return the fingerprint of a file, however large; None where it cannot be read."""
    try:
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, _hash).digest()
    except OSError:
        return None


def _hash() -> hashlib.blake2b:
    return hashlib.blake2b(digest_size=16)


def trusted(mtime: int) -> int:
    """Return a time stamp, or 0 where the file is so fresh that it may change without trace."""
    return 0 if time.time_ns() - mtime < _FRESH else mtime
