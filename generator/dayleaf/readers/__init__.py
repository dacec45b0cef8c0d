"""Readers: bytes of a content file -> a digest. One module per digest format, with a `READER`.

A reader is pure: it takes text and returns values. This module finds the readers, and it alone
decodes bytes.
"""

from __future__ import annotations

import pkgutil
import re
from importlib import import_module
from typing import TYPE_CHECKING

from dayleaf.archive.model import Digest, Refusal, Unread
from dayleaf.base.errors import Finding, Severity
from dayleaf.readers import own_format, unread
from dayleaf.readers.reader import Reader

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dayleaf.base.own_formats import OwnFormat

__all__ = ["READERS", "Reader", "by_lines", "passed_over", "read", "suffixes"]

_HEAD = 1024
_LONGEST_REASON = 120
_MOST = 0.7
"""Share of every other byte that is NUL in UTF-16 of Western text."""
_DAY = re.compile(r"\d{4}[-_]?\d{2}[-_]?\d{2}\.[a-z]+\Z", re.IGNORECASE)
_CONTROLS = bytes(n for n in range(32) if chr(n) not in "\t\n\r")
_NO_CHARACTER = re.compile(b"\xef\xbf[\xbe\xbf]")
"""U+FFFE and U+FFFF in UTF-8."""
_FORBIDDEN = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\ufffe\\uffff]")


def _discovered() -> tuple[Reader, ...]:
    """Return the readers of the modules beside this one, in the order in which they are tried."""
    names = (module.name for module in pkgutil.iter_modules(__path__))
    modules = [import_module(f"{__name__}.{name}") for name in names]
    readers = [module.READER for module in modules if hasattr(module, "READER")]
    return tuple(sorted(readers, key=lambda reader: (reader.order, reader.name)))


READERS: tuple[Reader, ...] = _discovered()
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


def read(
    data: bytes, *, source: str, formats: Sequence[OwnFormat] = ()
) -> tuple[str | None, Digest | Refusal | None]:
    """Read a file of the content folder; return its reader's name too.

    `formats` are the site's own, which are tried before all others.

    Returns None for a file that is no digest, and a Refusal for a digest of which nothing can be
    published: one that its reader refuses, or an empty file that is named by a day.
    """
    text, problems = _decoded(data, source)
    ending = f".{source.rpartition('.')[2].lower()}"
    for reader in (*own_format.readers(formats, source, ending), *READERS):
        if ending not in reader.suffixes:
            continue
        try:
            digest = reader.parse(text, source=source, problems=problems)
        except Exception as error:  # noqa: BLE001 - one bad file never takes the others with it
            reason = f"{type(error).__name__}: {error}"[:_LONGEST_REASON]
            ending_file = f"a file that ends its reader in {reason}"
            problem = Finding(ending_file, expected=reader.name, file=source)
            return reader.name, Refusal(source, 1, (*problems, problem))
        if isinstance(digest, Digest) and not reader.accounts:
            digest = unread.checked(digest, text)
        if digest is not None:
            return reader.name, digest
    if text.strip() or not _DAY.match(source.rpartition("/")[2]):
        return None, None
    wanted = "a digest, as the file's name is a day"
    problem = Finding("an empty file", expected=wanted, advice="fetch it again", file=source)
    return "", Refusal(source, 0, (*problems, problem))


def passed_over(data: bytes, *, source: str) -> tuple[Unread, ...]:
    """Return the papers that a file names which is no digest."""
    return unread.passed_over(_decoded(data, source)[0])


def _decoded(data: bytes, source: str) -> tuple[str, tuple[Finding, ...]]:
    """Return the text of a file, whatever bytes it holds, and the problems of these bytes.

    A file is never judged by one byte: those that are not UTF-8 are replaced, and characters that
    neither HTML nor XML allow are left out, so that a bad byte costs a letter and not a day.
    """
    encoding = _wide(data)
    if encoding:
        done = "read all the same: save the file as UTF-8"
        problem = Finding("UTF-16", "UTF-8", done, file=source, severity=Severity.NOTE)
        return _cleaned(data.decode(encoding, errors="replace"), source, (problem,))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        byte = data[error.start : error.start + 1].hex()
        problem = Finding(
            f"the byte 0x{byte}",
            expected="UTF-8",
            advice="unreadable bytes are shown as \ufffd: save the file as UTF-8",
            file=source,
            line=line,
            severity=Severity.PARTIAL,
        )
        return _cleaned(data.decode("utf-8-sig", errors="replace"), source, (problem,))
    if len(data.translate(None, _CONTROLS)) == len(data) and not _NO_CHARACTER.search(data):
        return text, ()
    return _cleaned(text, source, ())


def _wide(data: bytes) -> str | None:
    """Return the kind of UTF-16 that a file is in: by its mark, or by a NUL in every character."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    head = data[:_HEAD]
    for start, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        half = head[start::2]
        if len(half) > 1 and half.count(0) > _MOST * len(half):
            return encoding
    return None


def _cleaned(
    text: str, source: str, problems: tuple[Finding, ...]
) -> tuple[str, tuple[Finding, ...]]:
    """Leave out characters that XML 1.0 does not allow, and say where the first of them stands."""
    match = _FORBIDDEN.search(text)
    if match is None:
        return text, problems
    line = text.count("\n", 0, match.start()) + 1
    problem = Finding(
        f"the control character U+{ord(match[0]):04X}",
        expected="text",
        advice="it is left out, and so are others like it",
        file=source,
        line=line,
        severity=Severity.PARTIAL,
    )
    return _FORBIDDEN.sub("", text), (*problems, problem)
