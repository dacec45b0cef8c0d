"""The data that passes between the rooms of Dayleaf: frozen values that import nothing of ours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple


class Severity(StrEnum):
    """What became of the thing that a problem is about."""

    NOTE = "note"
    """Everything was published; somebody may want to know."""
    PARTIAL = "partial"
    """A record was published without the part that could not be read."""
    REFUSED = "refused"
    """A record or a file could not be published at all."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with the input, with its place."""

    source: str
    """Path of the file, relative to the content folder, with `/`."""
    line: int | None
    """Line in that file, from 1; None where the whole file is meant."""
    severity: Severity
    message: str
    """What was expected, what was found, what was done about it."""

    def __str__(self) -> str:
        place = self.source if self.line is None else f"{self.source}:{self.line}"
        return f"{place}: {self.message}"


class Record(NamedTuple):
    """One paper as one digest lists it. Text is as in the digest, TeX included, on one line."""

    line: int
    """Line of the record's heading in its digest, from 1."""
    arxiv_id: str
    """The identifier without version: `2112.10046`, `cs/9901001`."""
    version: int
    """The version that the digest names; 0 where it names none."""
    title: str
    authors: tuple[str, ...]
    """Names as spelled in the digest, in the paper's order."""
    categories: str
    """The field as it stands, continuation lines joined: the taxonomy takes it apart."""
    abstract: str | None = None
    comment: str | None = None
    journal: str | None = None
    doi: str | None = None
    """One DOI, or several with spaces between them."""
    pdf: str | None = None
    """The address of the PDF."""
    published: str | None = None
    """ISO 8601 in UTC to the second, `2021-12-19T02:50:23Z`, or None."""
    updated: str | None = None


@dataclass(frozen=True, slots=True)
class Digest:
    """One file of the archive, read."""

    source: str
    """Path relative to the content folder, with `/`."""
    day: date
    records: tuple[Record, ...]
    """The records that can be published, in the file's order."""
    seen: int
    """How many records the file holds, those that were refused included."""
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that is meant as a digest, but of which nothing can be published."""

    source: str
    seen: int
    """How many records it holds, all of them refused."""
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Classification:
    """A paper's Categories field, taken apart."""

    primary: str | None
    """The category in bold, else the first arXiv category; None where there is none."""
    arxiv: tuple[str, ...]
    """arXiv categories, the primary first, each once."""
    msc: tuple[str, ...]
    """Codes of the Mathematics Subject Classification, each once."""
    acm: tuple[str, ...]
    """Codes of the ACM Computing Classification System of 1998, each once."""
    other: tuple[str, ...] = ()
    """What is none of these, as it stands: shown, not linked."""
