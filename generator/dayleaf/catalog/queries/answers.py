"""What the catalog answers with: a paper, an author, a place, and the columns that they take."""

from __future__ import annotations

from typing import NamedTuple

from dayleaf.identifiers import ARXIV, Identifier


class Listed(NamedTuple):
    """A paper as lists need it."""

    day: str
    anchor: str
    """The paper's identifier in this site."""
    title_html: str
    authors: str
    """Packed, see `rows.unpack_authors`."""
    code: str
    withdrawn: int
    """1 where the paper has been withdrawn, else 0."""
    filings: str
    """What rules file it under, packed, see `rows.unpack_venues`."""
    byline: str
    """The first authors, as lists say it."""


class Full(NamedTuple):
    """A paper with everything that the digest says."""

    day: str
    anchor: str
    """The paper's identifier in this site."""
    title_html: str
    authors: str
    code: str
    withdrawn: int
    filings: str
    version: int
    title: str
    """As in the digest, TeX included."""
    categories: str
    abstract: str | None
    comment: str | None
    journal: str | None
    doi: str | None
    pdf: str | None
    published: str | None
    updated: str | None
    identifier: str | None
    """Scheme and value; None for arXiv's, which are their own anchors."""
    url: str | None
    extras: str | None
    """Packed, see `rows.unpack_extras`."""

    @property
    def named(self) -> Identifier:
        """The paper's identifier."""
        if self.identifier is None:
            return Identifier(ARXIV, self.anchor)
        return Identifier(*self.identifier.split(" ", 1))


class Person(NamedTuple):
    """An author as lists of names need one."""

    slug: str
    name: str
    sort: str
    """The folded name, family name first, `gool-luc-van`."""
    papers: int
    found: str | None = None
    """Of an author without a page: day and anchor of each paper, `2021-12-19 2112.10046`, a line
    each, the newest first."""


class Place(NamedTuple):
    """Where a record stands."""

    path: str
    line: int
    version: int
    best: bool
    """Whether the paper shown is this record, with what the others know besides."""


class Totals(NamedTuple):
    """The archive in figures; records seen = papers + merged + refused."""

    digests: int
    passed_over: int
    records: int
    papers: int
    merged: int
    refused: int
    days: int
    authors: int
    categories: int
    subjects: int


_HEAD = "p.day, p.anchor, p.title_html, p.authors, p.code, p.withdrawn, p.filings"
LISTED = f"{_HEAD}, p.byline"
FULL = (
    f"{_HEAD}, p.version, b.title, p.categories, b.abstract, b.comment, b.journal, b.doi,"
    " b.pdf, b.published, b.updated, b.identifier, b.url, b.extras"
)
PERSON = "slug, name, sort, papers"
