"""Readers: bytes of a content file -> a digest. One module per digest format.

A reader is pure: it takes text and returns values. This module is the registry, and the only one
of the package that decodes bytes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from dayleaf.model import Problem, Refusal, Severity
from dayleaf.readers import arxiv_daily

if TYPE_CHECKING:
    from dayleaf.model import Digest

    class Reader(Protocol):
        """Takes text, the file's path, and the problems that decoding it has met."""

        def __call__(
            self, text: str, *, source: str, problems: tuple[Problem, ...]
        ) -> Digest | Refusal | None:
            """Read a digest; None where the text is not in this reader's format."""


_HEAD = 1024
# Tried in this order; a reader returns None for a file that is not in its format.
READERS: tuple[Reader, ...] = (arxiv_daily.parse,)


def read(data: bytes, *, source: str) -> Digest | Refusal | None:
    """Read a file of the content folder.

    Returns None for Markdown that is no digest, and a Refusal for a digest of which nothing can be
    published. Bytes that are not UTF-8 are replaced and reported, so that one of them costs a
    letter and not a day.
    """
    if b"\0" in data[:_HEAD]:
        message = "expected UTF-8, found UTF-16 or no text at all: save the file as UTF-8"
        return Refusal(source, 0, (Problem(source, None, Severity.REFUSED, message),))
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
    for reader in READERS:
        found_digest = reader(text, source=source, problems=problems)
        if found_digest is not None:
            return found_digest
    return None
