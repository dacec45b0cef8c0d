"""What the catalog answers with besides papers: an author, a place, figures."""

from __future__ import annotations

from typing import NamedTuple

from dayleaf.archive import urls


class ListedAuthor(NamedTuple):
    """An author as lists of names need one."""

    slug: str
    name: str
    sort: str
    """The folded name, family name first, `gool-luc-van`."""
    papers: int

    def path(self, minimum: int, pages: int) -> str:
        """Return the author's page, or, below a minimum of papers, the place on a shared page."""
        return urls.person(self.slug, pages) if self.papers < minimum else urls.author(self.slug)


class RecordPlace(NamedTuple):
    """Where a record stands."""

    path: str
    line: int
    version: int
    best: bool
    """Whether this record is shown, completed by the others."""


class Totals(NamedTuple):
    """The archive in figures; records seen = papers + merged + refused."""

    digests: int
    passed_over: int
    records: int
    papers: int
    merged: int
    refused: int
    unread: int
    """Papers that files name and no record took."""
    days: int
    authors: int
    categories: int
    subjects: int


PERSON = "slug, name, sort, papers"
