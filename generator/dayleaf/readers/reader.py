"""What a digest format is to the rest of Dayleaf."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from dayleaf.archive.model import Digest, Refusal
    from dayleaf.base.errors import Finding

    class Parse(Protocol):
        """Takes text, the file's path, and the problems that decoding it has met."""

        def __call__(
            self, text: str, *, source: str, problems: tuple[Finding, ...]
        ) -> Digest | Refusal | None:
            """Read a digest; None where the text is not in this format."""


@dataclass(frozen=True, slots=True)
class Reader:
    """A digest format. A module of this package that has one as `READER` is a reader."""

    name: str
    """`arxiv-daily`."""
    suffixes: tuple[str, ...]
    """The endings of its files, in small letters."""
    parse: Parse
    order: int = 100
    """Readers of a lower order are tried first: the strict before the tolerant."""
    by_lines: bool = False
    """Whether every line stands for itself, so that a large file can be read in pieces."""
    example: tuple[str, str] | None = None
    """The path and the text of a file for `dayleaf init --format` and the documents."""
    accounts: bool = False
    """Whether it says itself of every line what it is, so that nothing is looked for besides."""
    once: bool = False
    """Whether a paper should stand once in an archive of this format, so that a second time is
    worth a note in the report."""
