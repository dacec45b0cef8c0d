"""The data that passes between the rooms of Dayleaf: frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from dayleaf.archive.identifiers import Identifier

if TYPE_CHECKING:
    from dayleaf.base.errors import Finding


@dataclass(frozen=True, slots=True)
class Categories:
    """The codes that classify a paper."""

    primary: str | None = None
    """The category under which arXiv files the paper; None if unknown."""
    arxiv: tuple[str, ...] = ()
    """arXiv categories, the primary first, each once."""
    msc: tuple[str, ...] = ()
    """Codes of the Mathematics Subject Classification, each once."""
    acm: tuple[str, ...] = ()
    """Codes of the ACM Computing Classification System of 1998, each once."""
    other: tuple[str, ...] = ()
    """What is none of these, as it stands: shown, not linked."""


SHORT = "TL;DR"
"""The heading of a summary in a sentence."""


class SummarySection(NamedTuple):
    """A part of a summary that somebody made of a paper."""

    heading: str
    """`Motivation`."""
    text: str
    language: str = ""
    """A BCP 47 tag, `zh`; empty if unknown."""


class Score(NamedTuple):
    """What somebody gave a paper."""

    name: str
    """`Relevance`."""
    value: str


class Extras(NamedTuple):
    """Additions of some digests to the authors' own data of a paper."""

    sections: tuple[SummarySection, ...] = ()
    """Summaries; the short one, if there is one, has the heading SHORT and stands first."""
    version: int = 0
    """The version of the paper that the sections are based on; 0 if unknown."""
    code: str | None = None
    """The address of its code."""
    links: tuple[tuple[str, str], ...] = ()
    """Further links, each a label and an address."""
    scores: tuple[Score, ...] = ()
    others: bool = False
    """Whether there are more authors than the digest names: `Ada Quill et al.`"""
    announced: str = ""
    """How arXiv announced it: `new`, `cross`, `replace` or `replace-cross`; empty where nobody
    says."""


class Label(NamedTuple):
    """Says of a text of a record that it is kept as it stands, and shown among a day page's notes.

    `licence: Annotated[str | None, Label("Licence")] = None`
    """

    name: str
    """What the page calls it."""


class Record(NamedTuple):
    """One paper as one digest lists it. Text is as in the digest, TeX included, on one line."""

    line: int
    """Line of the record's beginning in its digest, from 1."""
    identifier: Identifier
    version: int
    """The version that the digest names; 0 where it names none."""
    title: str
    authors: tuple[str, ...]
    """Names as spelled in the digest, in the paper's order."""
    day: str = ""
    """The day that lists it, `2021-12-19`, if that is not the digest's."""
    categories: Categories = Categories()
    topics: tuple[str, ...] = ()
    """Free words that the digest files the paper under, `SLAM`."""
    abstract: str | None = None
    comment: str | None = None
    journal: str | None = None
    dois: tuple[str, ...] = ()
    url: str | None = None
    """Where the paper lives, if its identifier does not say."""
    pdf: str | None = None
    """The address of the PDF."""
    published: str | None = None
    """ISO 8601 in UTC to the second, `2021-12-19T02:50:23Z`, or None."""
    updated: str | None = None
    extras: Extras | None = None


class Unread(NamedTuple):
    """A paper that a file names and no record of it took."""

    anchor: str
    line: int
    """Where it is named first, from 1."""


@dataclass(frozen=True, slots=True)
class Digest:
    """One file of the archive, read."""

    source: str
    """Path relative to the content folder, with `/`."""
    day: str
    """The day of the records that name none, `2021-12-19`; empty where all name their own."""
    records: tuple[Record, ...]
    """The records that can be published, in the file's order; none on a day without papers."""
    seen: int
    """How many records the file holds, those that were refused included."""
    problems: tuple[Finding, ...] = ()
    unread: tuple[Unread, ...] = ()
    """Papers that its file names and no record took."""
    mentions: frozenset[str] = frozenset()
    """The anchors of papers that are spoken of in what the file says of others."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that is meant as a digest, but of which nothing can be published."""

    source: str
    seen: int
    """How many records it holds, all of them refused."""
    problems: tuple[Finding, ...]
