"""What the catalog answers with besides papers: an author, a place, figures."""

from __future__ import annotations

from typing import NamedTuple


class ListedAuthor(NamedTuple):
    """An author as lists of names need one."""

    slug: str
    name: str
    sort: str
    """The folded name, family name first, `gool-luc-van`."""
    papers: int
    found: str | None = None
    """Of an author without a page: day and anchor of each paper, `2021-12-19 2112.10046`, a line
    each, the newest first."""


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
    days: int
    authors: int
    categories: int
    subjects: int


PERSON = "slug, name, sort, papers"
