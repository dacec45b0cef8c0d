"""A content file -> the rows that the catalog keeps of it.

Runs in worker processes: everything costly about a digest (scanning, names, classes, the title's
HTML) is done here, and what comes back is plain tuples, which travel between processes cheaply.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

from dayleaf import names, readers, taxonomy
from dayleaf.model import Digest, Kind
from dayleaf.text import to_html

if TYPE_CHECKING:
    from pathlib import Path

    from dayleaf.model import Classification, Record

Paper = tuple[int, str, int, str, str, str, str]
"""line, arxiv_id, version, title, authors, byline, code"""
Body = tuple[
    str, str, str | None, str | None, str | None, str | None, str | None, str | None, str | None
]
"""title, categories, abstract, comment, journal, doi, pdf, published, updated"""
Classes = tuple[tuple[str, str], ...]
"""system and code"""


class File(NamedTuple):
    """A file of the content folder, as the file system shows it."""

    path: str
    """Relative to the content folder, with `/`."""
    size: int
    mtime: int
    """Nanoseconds."""


class SourceRows(NamedTuple):
    """What the catalog keeps of one file."""

    file: File
    fingerprint: bytes
    day: str | None
    seen: int
    digest: bool
    """False for Markdown that is no digest."""
    papers: tuple[tuple[Paper, Body, Classes], ...]
    problems: tuple[tuple[int | None, str, str], ...]
    """line, kind, message"""


def fingerprint(data: bytes) -> bytes:
    """Return 16 bytes that stand for a file's content."""
    return hashlib.blake2b(data, digest_size=16).digest()


def prepare(content: Path, file: File) -> SourceRows:
    """Read one file and return its rows."""
    try:
        data = (content / file.path).read_bytes()
    except OSError as error:
        message = f"expected a file that can be read, found: {error.strerror}"
        problem = (None, str(Kind.REFUSED), message)
        return SourceRows(file, b"", None, 0, digest=True, papers=(), problems=(problem,))
    found = readers.read(data, source=file.path)
    mark = fingerprint(data)
    if found is None:
        return SourceRows(file, mark, None, 0, digest=False, papers=(), problems=())
    problems = tuple((p.line, str(p.kind), p.message) for p in found.problems)
    if not isinstance(found, Digest):
        return SourceRows(file, mark, None, found.seen, digest=True, papers=(), problems=problems)
    papers = tuple(map(_paper, found.records))
    day = found.day.isoformat()
    return SourceRows(file, mark, day, found.seen, digest=True, papers=papers, problems=problems)


def _paper(record: Record) -> tuple[Paper, Body, Classes]:
    classes = taxonomy.classify(record.categories)
    paper = (
        record.line,
        record.arxiv_id,
        record.version,
        str(to_html(record.title, links=False)),  # it will stand inside a link
        "\n".join(f"{name}\t{names.slug(name)}" for name in record.authors),
        names.byline(record.authors),
        classes.primary or "",
    )
    body = (
        record.title,
        record.categories,
        record.abstract,
        record.comment,
        record.journal,
        record.doi,
        record.pdf,
        record.published,
        record.updated,
    )
    return paper, body, systems(classes)


def systems(classes: Classification) -> Classes:
    """List a paper's codes with the system of each."""
    return (
        *(("arxiv", code) for code in classes.arxiv),
        *(("msc", code) for code in classes.msc),
        *(("acm", code) for code in classes.acm),
    )


def unpack_authors(packed: str) -> list[tuple[str, str]]:
    """Return name and slug of each author of a `paper` row, in the paper's order."""
    return [tuple(line.split("\t", 1)) for line in packed.split("\n")] if packed else []  # type: ignore[misc]
