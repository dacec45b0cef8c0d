"""The cached shards: many small files in one, written and read in one go.

A length of eight bytes, a list of paths, sizes and checksums in JSON, and the files in a row. A ZIP
archive would do, but Python takes longer to write one of 12,000 members than to compress them.
"""

from __future__ import annotations

import hashlib
import json
import os
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path
    from typing import BinaryIO

_LENGTH = 8
_LONGEST = 1 << 28


class _Member(NamedTuple):
    path: str
    size: int
    checksum: str


def write(file: Path, files: Mapping[str, bytes]) -> None:
    """Write files, by relative path, into one; it appears only when it is whole."""
    listing = json.dumps(
        [(path, len(data), _checksum(data)) for path, data in files.items()]
    ).encode()
    aside = file.with_suffix(f".{os.getpid()}.new")
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        with aside.open("wb") as out:
            out.write(len(listing).to_bytes(_LENGTH, "big") + listing)
            out.writelines(files.values())
        aside.replace(file)
    except BaseException:
        aside.unlink(missing_ok=True)  # a full disk needs the room
        raise


def read(file: Path, *, only: Callable[[str], object] | None = None) -> Iterator[tuple[str, bytes]]:
    """Yield the files, or those that `only` approves of, by path, in the order of their writing."""
    with file.open("rb") as stored:
        for path, size, _ in _listing(stored):
            if only is None or only(path):
                yield path, stored.read(size)
            else:
                stored.seek(size, os.SEEK_CUR)


def names(file: Path) -> list[str]:
    """List the paths of the files, in the order of their writing."""
    with file.open("rb") as stored:
        return [path for path, _, _ in _listing(stored)]


def is_sound(file: Path) -> bool:
    """Tell whether a file is there and holds what was written; disks and caches lose and change."""
    try:
        with file.open("rb") as stored:
            sound = all(_checksum(stored.read(size)) == sum_ for _, size, sum_ in _listing(stored))
            return sound and not stored.read(1)
    except (OSError, ValueError, TypeError, MemoryError, OverflowError):
        return False


def _checksum(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=8).hexdigest()


def _listing(stored: BinaryIO) -> list[_Member]:
    length = int.from_bytes(stored.read(_LENGTH), "big")
    if length > _LONGEST:
        message = "no list of files is as long"
        raise ValueError(message)
    return [_Member(*member) for member in json.loads(stored.read(length))]
