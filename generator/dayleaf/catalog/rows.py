"""A content file -> the rows that the catalog keeps of it.

Runs in worker processes: everything costly about a digest (scanning, names, categories, the title's
HTML) is done here, and what comes back is plain tuples, which travel between processes cheaply.
"""

from __future__ import annotations

import marshal
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from dayleaf import readers
from dayleaf.archive import identifiers, names
from dayleaf.archive.model import Digest, Record, Unread
from dayleaf.archive.rules import RuleSources, rules
from dayleaf.archive.venues import is_server
from dayleaf.archive.withdrawals import is_withdrawn
from dayleaf.base.errors import Finding, Severity
from dayleaf.catalog import packed
from dayleaf.catalog.columns import PROSE, PaperRow
from dayleaf.catalog.files import NO_FILE, File, fingerprint
from dayleaf.catalog.merge import day_of
from dayleaf.text import cleaned, to_html, to_plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from dayleaf.archive.rules import Rules
    from dayleaf.catalog.pieces import FilePart

_LONGEST_REASON = 120
LONGEST = 50_000
"""Letters of a text that a page can show: an abstract of arXiv has 2,000 at most."""
NO_RULES = RuleSources()
"""Those of a site that has none of its own."""


class SourceRows(NamedTuple):
    """What the catalog keeps of one file, or of a piece of a large one."""

    file: File
    start: int
    """Where the piece begins in the file; 0 for the first and for whole files."""
    fingerprint: bytes
    seen: int
    format: str | None
    """The reader's name; None for a file that is no digest."""
    lines: int
    """Line feeds in the piece."""
    unread: tuple[Unread, ...] = ()
    """Papers that the piece names and no record took."""
    problems: tuple[Finding, ...] = ()
    papers: tuple[PaperRow, ...] = ()

    def __reduce__(self) -> tuple[Callable[[bytes], SourceRows], tuple[bytes]]:
        """Travel between processes marshalled, at half the cost of a pickle of its own."""
        problems = (problem._replace(severity=str(problem.severity)) for problem in self.problems)
        unread = tuple((paper.anchor, paper.line) for paper in self.unread)
        rows = (tuple(map(tuple, problems)), tuple(map(tuple, self.papers)))
        return _unpack_rows, (marshal.dumps((tuple(self.file), *self[1:6], unread, *rows)),)


def _unpack_rows(packed: bytes) -> SourceRows:
    file, *plain, left, problems, papers = marshal.loads(packed)  # noqa: S302 - our worker's
    made = (tuple(map(Finding._make, problems)), tuple(map(PaperRow._make, papers)))
    unread = tuple(map(Unread._make, left))
    return SourceRows._make((File(*file), *plain, unread, *made))


def prepare(piece: FilePart, rule_sources: RuleSources = NO_RULES) -> SourceRows:
    """Read a file, or a piece of it, and return its rows, by the rules of a site."""
    file, start = piece.file, piece.start
    if file.size == NO_FILE:
        return SourceRows(file, start, b"", 0, None, 0)
    try:
        data = piece.read()
    except OSError as error:
        problem = Finding(f"an error: {error.strerror}", expected="a file that can be read")
        return SourceRows(file, start, b"", 0, "", 0, problems=(problem,))
    reader, outcome = readers.read(data, source=file.path, formats=rule_sources.formats)
    hashed, lines = fingerprint(data), data.count(b"\n")
    if outcome is None:
        left = readers.passed_over(data, source=file.path)
        return SourceRows(file, start, hashed, 0, None, lines, left)
    papers, failed = rows_of(outcome, rule_sources) if isinstance(outcome, Digest) else ([], [])
    noted = (*outcome.problems, *failed)
    left = outcome.unread if isinstance(outcome, Digest) else ()
    return SourceRows(file, start, hashed, outcome.seen, reader, lines, left, noted, tuple(papers))


def rows_of(
    digest: Digest, rule_sources: RuleSources = NO_RULES
) -> tuple[list[PaperRow], list[Finding]]:
    """Return the rows of a digest's records, and the problems met on the way.

    A record that cannot be listed is dropped alone; an overlong text is truncated.
    """
    made: list[PaperRow] = []
    failed: list[Finding] = []
    for record in digest.records:
        try:
            clean = _cleaned(record)
            long = [name for name in PROSE if len(getattr(record, name) or "") > LONGEST]
            if long:
                wanted, more = f"at most {LONGEST:,} letters", f"more in {', '.join(long)}"
                problem = Finding(more, wanted, "cut off", line=record.line)
                failed.append(problem._replace(severity=Severity.PARTIAL))
                cut = {name: (getattr(clean, name) or "")[:LONGEST].rstrip() for name in long}
                clean = Record._make((clean._asdict() | cut).values())
            made.append(with_rules(_paper(clean, digest.day), rules(rule_sources)))
        except Exception as error:  # noqa: BLE001 - one bad record never takes the others with it
            reason = f"{type(error).__name__}: {error}"[:_LONGEST_REASON]
            fault, wanted = f"one that ends in {reason}", "a record that can be listed"
            failed.append(Finding(fault, wanted, "left out", line=record.line))
    return made, failed


def _cleaned(record: Record) -> Record:
    """Return a record of which no field holds what no page may.

    Readers leave nothing of that in ASCII, and five records in six are ASCII.
    """
    other = record.categories.other
    if all(map(_is_ascii, (*record, other))):
        return record
    clean = Record._make(map(_clean, record))
    return clean._replace(
        title=clean.title or record.identifier.value,
        categories=replace(record.categories, other=_clean_all(other)),
    )


def _is_ascii(value: object) -> bool:
    """Tell whether a text, or each of several, is ASCII; what is no text passes."""
    if isinstance(value, str):
        return value.isascii()
    return type(value) is not tuple or all(map(str.isascii, value))


def _clean(value: object) -> object:
    """Clean a text, or each of several; other values stay as they are."""
    if isinstance(value, str):
        return cleaned(value)
    return _clean_all(value) if type(value) is tuple else value


def _clean_all(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(filter(None, map(cleaned, texts)))


def _paper(record: Record, day: str) -> PaperRow:
    """Return the row of a record: what it says, field for field, and what follows from that."""
    others = record.extras is not None and record.extras.others
    listed = record.day or day
    fields = record._asdict() | {
        "day": day_of(listed),
        "listed": listed,
        "anchor": record.identifier.anchor,
        "title_html": str(to_html(record.title, links=False)),  # it will stand inside a link
        "title_plain": to_plain(record.title),
        "authors": packed.pack_authors(record.authors, names.slugs(record.authors)),
        "byline": names.byline(record.authors, others=others),
        "code": record.categories.primary or "",
        "categories": packed.pack_categories(record.categories, record.topics),
        "rule_memberships": "",
        "withdrawn": int(is_withdrawn(record.comment, record.abstract)),
        "doi": " ".join(record.dois) or None,
        "identifier": None
        if record.identifier.scheme == identifiers.ARXIV
        else " ".join(record.identifier),
        "extras": packed.pack_extras(record.extras),
        "journal": None if record.journal and is_server(record.journal) else record.journal,
        "resources": packed.pack_resources(record.abstract, record.comment),
    }
    return PaperRow._make(map(fields.__getitem__, PaperRow._fields))


def with_rules(paper: PaperRow, by: Rules) -> PaperRow:
    """Return a paper, whose authors have the slugs of their names, as some rules would have it."""
    every = [code for _, code in packed.codes(paper.categories)]
    own = paper.slugs
    slugs = by.people.slugs(own, paper=paper.anchor, categories=every)
    texts = (paper.title, paper.abstract, paper.comment, paper.journal)
    memberships = by.memberships(*texts, slugs=slugs, codes=every, resources=paper.brought)
    rule_memberships = packed.pack_memberships(memberships)
    if slugs is own:
        return paper._replace(rule_memberships=rule_memberships) if rule_memberships else paper
    return paper._replace(
        authors=packed.pack_authors(paper.names, slugs), rule_memberships=rule_memberships
    )


def without_rules(paper: PaperRow) -> PaperRow:
    """Return a paper as it is without any rules."""
    spelled = tuple(paper.names)
    return paper._replace(
        authors=packed.pack_authors(spelled, names.slugs(spelled)), rule_memberships=""
    )
