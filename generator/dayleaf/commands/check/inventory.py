"""What lies on disk: the files of a built site, and what its host would say to them.

It owns the walk over the folder, and never opens a file; the limits stand in `dayleaf.base.hosts`.
"""

from __future__ import annotations

import os
import stat
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

from dayleaf.base.hosts import HOSTS, Limits
from dayleaf.commands.check.audit import Fault
from dayleaf.commands.check.ledger import FaultLedger

WHOLE_SITE: Final = b"."
_FILE_MODE: Final = 0o644
_FOLDER_MODE: Final = 0o755


@dataclass(frozen=True, slots=True)
class Inventory:
    """The files of a site."""

    files: tuple[bytes, ...]
    """Path of every file, relative to the root, with `/`, sorted."""
    size: int
    """Bytes in all of them together."""
    entries: int
    """Files and folders."""
    fullest: int
    """Entries of the folder that has most."""


class _Entry(NamedTuple):
    path: bytes
    mode: int
    """Of the thing itself, or of what a symbolic link leads to."""
    size: int
    linked: bool


def take(root: Path, *, host: str, ledger: FaultLedger) -> Inventory:
    """List the files below `root`, an existing folder; note in `ledger` what `host` would refuse.

    Raises KeyError for a host that is not in HOSTS.
    """
    limits = HOSTS[host]
    files: list[bytes] = []
    size = entries = 0
    folders: Counter[bytes] = Counter()
    for entry in _walk(os.fsencode(root), ledger):
        entries += 1
        folders[entry.path.rpartition(b"/")[0]] += 1
        for objection in _objections(entry, limits, host):
            ledger.note(Fault.HOST_LIMIT, objection.encode(), page=entry.path)
        if stat.S_ISREG(entry.mode):
            files.append(entry.path)
            size += entry.size
        elif entry.linked or not stat.S_ISDIR(entry.mode):
            ledger.note(Fault.UNREADABLE, _oddity(entry), page=entry.path)
    for what, count, limit in (
        ("bytes", size, limits.size),
        ("files", len(files), limits.files),
        ("files and folders", entries, limits.entries),
    ):
        if limit is not None and count > limit:
            about = f"the site has {count:,} {what}; {host} accepts {limit:,}"
            ledger.note(Fault.HOST_LIMIT, about.encode(), page=WHOLE_SITE)
    fullest, most = min(folders.items(), key=lambda pair: (-pair[1], pair[0]), default=(b"", 0))
    if limits.folder is not None and most > limits.folder:
        about = f"the folder has {most:,} entries; {host} accepts {limits.folder:,}"
        ledger.note(Fault.HOST_LIMIT, about.encode(), page=fullest or WHOLE_SITE)
    if limits.refuses:
        about = f"no site of this kind works on {host}: {limits.refuses}"
        ledger.note(Fault.HOST_LIMIT, about.encode(), page=WHOLE_SITE)
    return Inventory(tuple(sorted(files)), size, entries, most)


def _objections(entry: _Entry, limits: Limits, host: str) -> Iterator[str]:
    """Yield what the host has against one file or folder."""
    if entry.linked:
        if not limits.links:
            yield f"a symbolic link; {host} accepts none"
        return
    folder = stat.S_ISDIR(entry.mode)
    if limits.file_size is not None and entry.size > limits.file_size and not folder:
        yield f"a file of {entry.size:,} bytes; {host} accepts {limits.file_size:,}"
    least = _FOLDER_MODE if folder else _FILE_MODE
    if limits.modes and entry.mode & least != least:
        yield f"mode {stat.S_IMODE(entry.mode):04o}; {host} needs at least {least:04o}"


def _oddity(entry: _Entry) -> bytes:
    """Say what a thing is that is neither file nor folder of the site."""
    if stat.S_ISDIR(entry.mode):
        return b"a symbolic link to a folder; what it holds was not checked"
    if entry.linked:
        return b"a symbolic link that does not lead to a file"
    return b"neither a file nor a folder: no host can serve it"


def _walk(root: bytes, ledger: FaultLedger) -> Iterator[_Entry]:
    """Yield every file and folder below `root`; note those that cannot be read."""
    folders = [b""]
    while folders:
        folder = folders.pop()
        names: dict[bytes, bytes] = {}
        try:
            with os.scandir(root + b"/" + folder) as listing:
                for item in listing:
                    entry = _look(folder + item.name, item)
                    yield entry
                    if stat.S_ISDIR(entry.mode) and not entry.linked:
                        folders.append(entry.path + b"/")
                    other = names.setdefault(_fold(item.name), item.name)
                    if other is not item.name:
                        first, second = sorted((folder + other, entry.path))
                        ledger.note(Fault.COLLISION, second, page=first)
        except OSError as error:
            about = f"the folder cannot be read: {error.strerror}".encode()
            ledger.note(Fault.UNREADABLE, about, page=folder.rstrip(b"/") or WHOLE_SITE)


def _look(path: bytes, item: os.DirEntry[bytes]) -> _Entry:
    """Return what `item` is; a mode of 0 where a link leads nowhere."""
    linked = item.is_symlink()
    try:
        status = item.stat()
    except OSError:
        return _Entry(path, 0, 0, linked)
    return _Entry(path, status.st_mode, status.st_size, linked)


def _fold(name: bytes) -> bytes:
    """Return what a file system sees that tells neither case nor Unicode's normal forms apart."""
    if name.isascii():
        return name.lower()
    return os.fsencode(unicodedata.normalize("NFC", os.fsdecode(name)).casefold())
