"""The pieces in which files are read: nearly all whole, large ones of many lines in parts.

Only a file in a format whose every line stands for itself is cut, at ends of lines. So memory does
not grow with the file, and several processes share it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dayleaf import readers

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from dayleaf.catalog.files import File

_LARGE = 8_000_000
"""Bytes from which on a file is read in pieces, if its format allows."""
_PIECE = 1_000_000
_HEAD = 1 << 16
_LINE = 1 << 16


class FilePart(NamedTuple):
    """A part of a file of the content folder."""

    content: Path
    file: File
    start: int = 0
    end: int | None = None
    """Bytes; None for the end of the file."""

    @property
    def size(self) -> int:
        """Bytes to be read."""
        return (self.file.size if self.end is None else self.end) - self.start

    def read(self) -> bytes:
        """Return the bytes. Raises OSError."""
        with (self.content / self.file.path).open("rb") as stream:
            stream.seek(self.start)
            return stream.read() if self.end is None else stream.read(self.end - self.start)


def pieces(content: Path, file: File) -> Iterator[FilePart]:
    """Cut a file into pieces, in order."""
    if file.size < _LARGE:
        yield FilePart(content, file)
        return
    try:
        with (content / file.path).open("rb") as stream:
            if not readers.by_lines(stream.read(_HEAD), source=file.path):
                yield FilePart(content, file)
                return
            start = 0
            while start < file.size:
                stream.seek(min(start + _PIECE, file.size))
                while (part := stream.readline(_LINE)) and not part.endswith(b"\n"):
                    pass
                end = stream.tell() if part else None
                yield FilePart(content, file, start, end)
                start = file.size if end is None else end
    except OSError:
        yield FilePart(content, file)  # its reader reports the error
