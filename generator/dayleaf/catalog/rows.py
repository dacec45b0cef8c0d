"""A content file -> the rows that the catalog keeps of it.

Runs in worker processes: everything costly about a digest (scanning, names, classes, the title's
HTML) is done here, and what comes back is plain tuples, which travel between processes cheaply.
"""

from __future__ import annotations

import marshal
from typing import TYPE_CHECKING, NamedTuple

from dayleaf import names, readers, taxonomy
from dayleaf.catalog.files import File, fingerprint
from dayleaf.model import Digest, Severity
from dayleaf.text import to_html

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from dayleaf.model import Record


class Paper(NamedTuple):
    """The columns of a record that lists need."""

    line: int
    arxiv_id: str
    version: int
    title_html: str
    authors: str
    """Packed, see `unpack_authors`."""
    byline: str
    code: str
    """The primary category; empty where there is none."""
    categories: str


class Body(NamedTuple):
    """The rest of a record, as the digest has it."""

    title: str
    abstract: str | None
    comment: str | None
    journal: str | None
    doi: str | None
    pdf: str | None
    published: str | None
    updated: str | None


class Issue(NamedTuple):
    """A problem of a file that is known from its row."""

    line: int | None
    severity: str
    message: str


class SourceRows(NamedTuple):
    """What the catalog keeps of one file."""

    file: File
    fingerprint: bytes
    day: str | None
    seen: int
    digest: bool
    """False for Markdown that is no digest."""
    problems: tuple[Issue, ...] = ()
    papers: tuple[Paper, ...] = ()
    bodies: tuple[Body, ...] = ()
    """As many as papers."""

    def __reduce__(self) -> tuple[Callable[[bytes], SourceRows], tuple[bytes]]:
        """Travel between processes marshalled, at half the cost of a pickle of its own."""
        plain = [tuple(map(tuple, part)) for part in (self.problems, self.papers, self.bodies)]
        return _unpack_rows, (marshal.dumps((tuple(self.file), *self[1:5], *plain)),)


def _unpack_rows(packed: bytes) -> SourceRows:
    file, mark, day, seen, digest, *parts = marshal.loads(packed)  # noqa: S302 - from our worker
    problems, papers, bodies = parts
    return SourceRows(
        File(*file),
        mark,
        day,
        seen,
        digest,
        tuple(map(Issue._make, problems)),
        tuple(map(Paper._make, papers)),
        tuple(map(Body._make, bodies)),
    )


def prepare(content: Path, file: File) -> SourceRows:
    """Read one file and return its rows."""
    try:
        data = (content / file.path).read_bytes()
    except OSError as error:
        message = f"expected a file that can be read, found: {error.strerror}"
        problem = Issue(None, str(Severity.REFUSED), message)
        return SourceRows(file, b"", None, 0, digest=True, problems=(problem,))
    found = readers.read(data, source=file.path)
    known_by = fingerprint(data)
    if found is None:
        return SourceRows(file, known_by, None, 0, digest=False)
    problems = tuple(Issue(p.line, str(p.severity), p.message) for p in found.problems)
    if not isinstance(found, Digest):
        return SourceRows(file, known_by, None, found.seen, digest=True, problems=problems)
    return SourceRows(
        file,
        known_by,
        found.day.isoformat(),
        found.seen,
        digest=True,
        problems=problems,
        papers=tuple(map(_paper, found.records)),
        bodies=tuple(map(_body, found.records)),
    )


def _paper(record: Record) -> Paper:
    authors = zip(record.authors, names.slugs(record.authors), strict=True)
    return Paper(
        record.line,
        record.arxiv_id,
        record.version,
        str(to_html(record.title, links=False)),  # it will stand inside a link
        "\n".join(map("\t".join, authors)),
        names.byline(record.authors),
        taxonomy.classify(record.categories).primary or "",
        record.categories,
    )


def _body(record: Record) -> Body:
    return Body(
        record.title,
        record.abstract,
        record.comment,
        record.journal,
        record.doi,
        record.pdf,
        record.published,
        record.updated,
    )


def codes(categories: str) -> list[tuple[str, str]]:
    """List the codes that a Categories field holds, each behind its system."""
    found = taxonomy.classify(categories)
    systems = (("arxiv", found.arxiv), ("msc", found.msc), ("acm", found.acm))
    return [(system, code) for system, listed in systems for code in listed]


def unpack_authors(packed: str) -> list[tuple[str, str]]:
    """Return name and slug of each author of a `paper` row, in the paper's order."""
    return [tuple(line.split("\t", 1)) for line in packed.split("\n")] if packed else []  # type: ignore[misc]
