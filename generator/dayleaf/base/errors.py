"""What is wrong, as values, and every error that Dayleaf raises on purpose.

A finding says where, what was expected, what was found and what to do; `Finding.text` alone puts
that into a sentence. Errors carry a finding. The command line prints them without a traceback;
anything else that is raised is a bug and keeps its traceback.
"""

from __future__ import annotations

import difflib
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

_CONTROLS = {n: f"\\x{n:02x}" for n in (*range(0x20), *range(0x7F, 0xA0))} | {
    n: f"\\u{n:04x}" for n in (*range(0x2028, 0x202F), *range(0x2066, 0x206A))
}
"""Characters that end a line, command a terminal, or turn the direction of writing."""
_LONGEST = 2_000
_LIKENESS = 0.5
"""From 0 to 1, of an unknown name and the known name proposed instead."""
_MOST_KNOWN = 14
"""Known names that an error lists if none resembles the unknown name."""


def printable(text: str) -> str:
    """Return a text of strangers as it may be printed: on one line, without commands, and bounded.

    A file's name may hold a line feed, which begins a line of its own, or codes that a terminal
    obeys.
    """
    line = text.translate(_CONTROLS)
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"


def nearest(name: str, known: Iterable[str]) -> str:
    """Return the advice for an unknown name: the known one most like it, else what is known."""
    names = list(known)
    near = difflib.get_close_matches(name, names, n=1, cutoff=_LIKENESS)
    return f"did you mean {near[0]!r}?" if near else f"known: {', '.join(names[:_MOST_KNOWN])}"


class Severity(StrEnum):
    """What became of the thing that a finding is about."""

    NOTE = "note"
    """Everything was published; somebody may want to know."""
    PARTIAL = "partial"
    """A record was published without the part that could not be read."""
    REFUSED = "refused"
    """A record or a file could not be published at all; of an error: nothing could."""


class Finding(NamedTuple):
    """One thing that is wrong, with its place."""

    found: str
    """The actual value; without `expected`, a sentence by itself."""
    expected: str = ""
    advice: str = ""
    """The consequence, or advice."""
    about: str = ""
    """Which part of the place is meant: a field, a setting."""
    file: str = ""
    """Path of the file, of a digest relative to the content folder, with `/`."""
    line: int | None = None
    """Line in that file, from 1; None where the whole file is meant."""
    severity: str = Severity.REFUSED
    """One of Severity; a plain string where it has been stored."""

    @property
    def place(self) -> str:
        """Return file and line, as far as they are known."""
        return self.file if self.line is None else f"{self.file}:{self.line}"

    @property
    def what(self) -> str:
        """Return the fault, without place and advice."""
        clause = f"expected {self.expected}, found {self.found}" if self.expected else self.found
        return f"{self.about}: {clause}" if self.about else clause

    @property
    def message(self) -> str:
        """Return everything but the place."""
        return f"{self.what}; {self.advice}" if self.advice else self.what

    def text(self) -> str:
        """Return it whole: `file:line: about: expected …, found …; advice`."""
        return f"{self.place}: {self.message}" if self.file else self.message

    def __str__(self) -> str:
        return printable(self.text())


class DayleafError(Exception):
    """The build cannot go on: the input or the surroundings are at fault, not the program."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding)
        self.finding = finding

    def __str__(self) -> str:
        return self.finding.text()


class ConfigError(DayleafError):
    """`site.toml` or an option holds a key or a value that cannot be used."""


class ContentError(DayleafError):
    """The content folder does not exist or holds no digest."""


class LayoutError(DayleafError):
    """A layout does not parse, or asks for a variable that does not exist."""

    def __init__(
        self,
        finding: Finding,
        places: tuple[tuple[str, int], ...] = (),
        *,
        callers: tuple[str, ...] = (),
        page: str = "",
    ) -> None:
        """`places` are files and lines: where it went wrong, then who called or included that.

        `callers` are the latter in short, and `page` is the address that was being made.
        """
        super().__init__(finding)
        self.places, self.callers, self.page = places, callers, page

    def __str__(self) -> str:
        called = f" (called from {', from '.join(self.callers)})" if self.callers else ""
        making = f" (while rendering /{self.page})" if self.page else ""
        return f"{super().__str__()}{called}{making}"


class OutputError(DayleafError):
    """The output folder cannot be written, or holds files that are not ours."""


class SearchError(DayleafError):
    """Pagefind could not be started or reported an error."""


class DiskError(DayleafError):
    """The disk is full, or does not let itself be written."""


class WorkerError(DayleafError):
    """A worker process was ended from outside."""


class LockError(DayleafError):
    """Another build works on the same site."""


class PublishError(DayleafError):
    """The site cannot be sent to the place where it is published."""


class PreviewError(DayleafError):
    """The preview cannot be started, or a build of it ended without saying why."""
