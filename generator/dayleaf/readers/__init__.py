"""Readers: bytes of a content file -> a digest. One module per digest format, with a `READER`.

A reader is pure: it takes text and returns values. This module finds the readers, and it alone
decodes bytes.
"""

from __future__ import annotations

import pkgutil
from importlib import import_module

from dayleaf.model import Digest, Problem, Refusal, Severity
from dayleaf.readers.reader import Reader

__all__ = ["READERS", "Reader", "by_lines", "read", "suffixes"]

_HEAD = 1024


def _found() -> tuple[Reader, ...]:
    """Return the readers of the modules beside this one, in the order in which they are tried."""
    names = (found.name for found in pkgutil.iter_modules(__path__))
    modules = [import_module(f"{__name__}.{name}") for name in names]
    readers = [module.READER for module in modules if hasattr(module, "READER")]
    return tuple(sorted(readers, key=lambda reader: (reader.order, reader.name)))


READERS: tuple[Reader, ...] = _found()
"""Tried in this order: a reader returns None for a file that is not in its format."""


def suffixes() -> frozenset[str]:
    """Return the endings of the files that any reader reads, in small letters."""
    return frozenset(suffix for reader in READERS for suffix in reader.suffixes)


def by_lines(head: bytes, *, source: str) -> bool:
    """Tell whether a large file that begins so may be read in pieces of whole lines."""
    ending = f".{source.rpartition('.')[2].lower()}"
    first, _, _ = head.partition(b"\n")
    text = first.decode("utf-8-sig", errors="replace")
    for reader in READERS:
        if ending in reader.suffixes and reader.by_lines:
            return isinstance(reader.parse(text, source=source, problems=()), Digest)
    return False


def read(data: bytes, *, source: str) -> tuple[str | None, Digest | Refusal | None]:
    """Read a file of the content folder; return its reader's name too.

    Returns None for a file that is no digest, and a Refusal for a digest of which nothing can be
    published. Bytes that are not UTF-8 are replaced and reported, so that one of them costs a
    letter and not a day.
    """
    if b"\0" in data[:_HEAD]:
        message = "expected UTF-8, found UTF-16 or no text at all: save the file as UTF-8"
        return "", Refusal(source, 0, (Problem(source, None, Severity.REFUSED, message),))
    problems: tuple[Problem, ...] = ()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        found = data[error.start : error.start + 1].hex()
        message = (
            f"expected UTF-8, found the byte 0x{found}; unreadable bytes are shown as \ufffd: "
            "save the file as UTF-8"
        )
        problems = (Problem(source, line, Severity.PARTIAL, message),)
        text = data.decode("utf-8-sig", errors="replace")
    ending = f".{source.rpartition('.')[2].lower()}"
    for reader in READERS:
        if ending not in reader.suffixes:
            continue
        digest = reader.parse(text, source=source, problems=problems)
        if digest is not None:
            return reader.name, digest
    return None, None
