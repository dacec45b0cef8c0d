"""A content file -> the rows that the catalog keeps of it.

Runs in worker processes: everything costly about a digest (scanning, names, categories, the title's
HTML) is done here, and what comes back is plain tuples, which travel between processes cheaply.
"""

from __future__ import annotations

import json
import marshal
from dataclasses import replace
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from dayleaf import identifiers, names, readers
from dayleaf.catalog.files import NO_FILE, File, fingerprint
from dayleaf.errors import Finding, Severity
from dayleaf.model import Digest, Extras, Score, Section
from dayleaf.rules import VENUE, Given, rules
from dayleaf.text import cleaned, to_html
from dayleaf.withdrawals import is_withdrawn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from dayleaf.catalog.pieces import Piece
    from dayleaf.model import Categories, Record
    from dayleaf.rules import Rules

_LONGEST_REASON = 120
LONGEST = 50_000
"""Letters of a text that a page can show: an abstract of arXiv has 2,000 at most."""
_TEXTS = ("title", "abstract", "comment", "journal")
NO_RULES = Given()
"""Those of a site that has none of its own."""
OTHER = "other"
"""Stands in the place of a system for text that is no code."""


class Paper(NamedTuple):
    """The columns of a record that lists need."""

    line: int
    listed: str
    """The day that lists it; the month, `2021-12`, if only that is known for sure."""
    anchor: str
    """Its identifier in this site, see `identifiers`."""
    version: int
    title_html: str
    authors: str
    """Packed, see `unpack_authors`."""
    byline: str
    code: str
    """The primary category; empty where there is none."""
    categories: str
    """Packed, see `unpack_categories`."""
    filings: str
    """What the site's rules file it under, packed likewise, see `Rules.filings`."""
    withdrawn: int
    """1 where the digest says that the paper has been withdrawn, else 0."""


class Body(NamedTuple):
    """The rest of a record, as the digest has it."""

    title: str
    abstract: str | None
    comment: str | None
    journal: str | None
    doi: str | None
    """One DOI, or several with spaces between them."""
    pdf: str | None
    published: str | None
    updated: str | None
    identifier: str | None
    """Scheme and value, `openreview JAhNsZ9dvG`; None for arXiv's, which are their own anchors."""
    url: str | None
    extras: str | None
    """Packed, see `unpack_extras`; None for most."""


def day_of(listed: str) -> str:
    """Return the day that a record stands on: of a month, the first."""
    return listed if len(listed) > len("2021-12") else f"{listed}-01"


class Category(NamedTuple):
    """A category of a paper."""

    system: str
    """`arxiv`, `msc`, `acm`, `topic`, `venue`, or OTHER."""
    code: str
    label: str
    """As the digest has it."""


class Appeared(NamedTuple):
    """A venue that a paper is filed under."""

    code: str
    """`cvpr/2024`, or `cvpr` where nobody says the year."""
    label: str
    """`CVPR 2024`."""
    part: str
    """`workshop` or `challenge`; empty for the venue proper."""
    notes: str
    """`oral, best paper`."""


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
    problems: tuple[Finding, ...] = ()
    papers: tuple[Paper, ...] = ()
    bodies: tuple[Body, ...] = ()
    """As many as papers."""

    def __reduce__(self) -> tuple[Callable[[bytes], SourceRows], tuple[bytes]]:
        """Travel between processes marshalled, at half the cost of a pickle of its own."""
        problems = (one._replace(severity=str(one.severity)) for one in self.problems)
        plain = [tuple(map(tuple, part)) for part in (problems, self.papers, self.bodies)]
        return _unpack_rows, (marshal.dumps((tuple(self.file), *self[1:6], *plain)),)


def _unpack_rows(packed: bytes) -> SourceRows:
    file, start, mark, seen, name, lines, *parts = marshal.loads(packed)  # noqa: S302 - our worker's
    problems, papers, bodies = parts
    return SourceRows(
        File(*file),
        start,
        mark,
        seen,
        name,
        lines,
        tuple(map(Finding._make, problems)),
        tuple(map(Paper._make, papers)),
        tuple(map(Body._make, bodies)),
    )


def prepare(piece: Piece, given: Given = NO_RULES) -> SourceRows:
    """Read a file, or a piece of it, and return its rows, filed by the rules of a site."""
    file, start = piece.file, piece.start
    if file.size == NO_FILE:
        return SourceRows(file, start, b"", 0, None, 0)
    try:
        data = piece.read()
    except OSError as error:
        problem = Finding(f"an error: {error.strerror}", expected="a file that can be read")
        return SourceRows(file, start, b"", 0, "", 0, problems=(problem,))
    reader, found = readers.read(data, source=file.path)
    mark, lines = fingerprint(data), data.count(b"\n")
    if found is None:
        return SourceRows(file, start, mark, 0, None, lines)
    problems = found.problems
    if not isinstance(found, Digest):
        return SourceRows(file, start, mark, found.seen, reader, lines, problems)
    papers, failed = rows_of(found, given)
    return SourceRows(
        file,
        start,
        mark,
        found.seen,
        reader,
        lines,
        (*problems, *failed),
        papers=tuple(paper for paper, _ in papers),
        bodies=tuple(body for _, body in papers),
    )


def rows_of(
    digest: Digest, given: Given = NO_RULES
) -> tuple[list[tuple[Paper, Body]], list[Finding]]:
    """Return the rows of a digest's records, and what is to be said of them.

    A record that cannot be listed costs itself alone, and a text without end its end.
    """
    made: list[tuple[Paper, Body]] = []
    failed: list[Finding] = []
    for record in digest.records:
        try:
            clean, long = _cleaned(record), _too_long(record)
            if long:
                said = ", ".join(long)
                wanted, more = f"at most {LONGEST:,} letters", f"more in {said}"
                problem = Finding(more, wanted, "cut off", line=record.line)
                failed.append(problem._replace(severity=Severity.PARTIAL))
                clean = _cut(clean)
            body = _body(clean)
            made.append((filed(_paper(clean, digest.day), body, rules(given)), body))
        except Exception as error:  # noqa: BLE001 - one bad record never takes the others with it
            said = f"{type(error).__name__}: {error}"[:_LONGEST_REASON]
            wanted = "a record that can be listed"
            failed.append(Finding(f"one that ends in {said}", wanted, "left out", line=record.line))
    return made, failed


def _too_long(record: Record) -> list[str]:
    return [name for name in _TEXTS if len(getattr(record, name) or "") > LONGEST]


def _cut(record: Record) -> Record:
    title, abstract, comment, journal = (
        text and text[:LONGEST].rstrip()
        for text in (record.title, record.abstract, record.comment, record.journal)
    )
    return record._replace(title=title or "", abstract=abstract, comment=comment, journal=journal)


def _cleaned(record: Record) -> Record:
    """Return a record of which no field holds what no page may.

    Readers leave nothing of that in ASCII, and five records in six are ASCII.
    """
    texts = (record.title, record.abstract, record.comment, record.journal, record.pdf, record.url)
    lists = (record.authors, record.topics, record.dois, record.categories.other)
    if all(map(str.isascii, filter(None, (*texts, *chain(*lists))))):
        return record
    title, abstract, comment, journal, pdf, url = (text and cleaned(text) for text in texts)
    authors, topics, dois, other = (tuple(filter(None, map(cleaned, one))) for one in lists)
    return record._replace(
        title=title or record.identifier.value,
        abstract=abstract,
        comment=comment,
        journal=journal,
        pdf=pdf,
        url=url,
        authors=authors,
        topics=topics,
        dois=dois,
        categories=replace(record.categories, other=other) if other else record.categories,
    )


def _paper(record: Record, day: str) -> Paper:
    others = record.extras is not None and record.extras.others
    return Paper(
        record.line,
        record.day or day,
        record.identifier.anchor,
        record.version,
        str(to_html(record.title, links=False)),  # it will stand inside a link
        _pack_authors(record.authors, names.slugs(record.authors)),
        names.byline(record.authors, others=others),
        record.categories.primary or "",
        pack_categories(record.categories, record.topics),
        "",
        int(is_withdrawn(record.comment, record.abstract)),
    )


def filed(paper: Paper, body: Body, by: Rules) -> Paper:
    """Return a paper, whose authors have the slugs of their names, as some rules would have it."""
    every = [code for _, code in codes(paper.categories)]
    own = [slug for _, slug in unpack_authors(paper.authors)]
    slugs = by.people.slugs(own, paper=paper.anchor, categories=every)
    texts = (body.title, body.abstract, body.comment, body.journal)
    filings = by.filings(*texts, slugs=slugs, codes=every)
    if slugs is own:
        return paper._replace(filings=filings) if filings else paper
    spelled = [name for name, _ in unpack_authors(paper.authors)]
    return paper._replace(authors=_pack_authors(spelled, slugs), filings=filings)


def unfiled(paper: Paper) -> Paper:
    """Return a paper as it is without any rules."""
    spelled = tuple(name for name, _ in unpack_authors(paper.authors))
    return paper._replace(authors=_pack_authors(spelled, names.slugs(spelled)), filings="")


def _pack_authors(spelled: Iterable[str], slugs: Iterable[str]) -> str:
    return "\n".join(map("\t".join, zip(spelled, slugs, strict=True)))


def _body(record: Record) -> Body:
    identifier = record.identifier
    return Body(
        record.title,
        record.abstract,
        record.comment,
        record.journal,
        " ".join(record.dois) or None,
        record.pdf,
        record.published,
        record.updated,
        None if identifier.scheme == identifiers.ARXIV else " ".join(identifier),
        record.url,
        pack_extras(record.extras),
    )


@lru_cache(maxsize=1 << 13)
def pack_categories(categories: Categories, topics: tuple[str, ...] = ()) -> str:
    """Pack categories into one text: system TAB code TAB label, a line each.

    A label that is the code is left out.
    """
    lines = [f"arxiv\t{code}" for code in categories.arxiv]
    lines += [f"msc\t{code}" for code in categories.msc]
    lines += [f"acm\t{code}" for code in categories.acm]
    found = {names.slug(label): label for label in reversed(topics)}
    lines += [f"topic\t{code}\t{label}" for code, label in reversed(found.items()) if code]
    lines += [f"{OTHER}\t\t{' '.join(text.split())}" for text in categories.other]
    return "\n".join(lines)


@lru_cache(maxsize=1 << 13)
def unpack_categories(packed: str) -> tuple[Category, ...]:
    """Return the categories of a `paper` row, in their order."""
    found: list[Category] = []
    for line in packed.split("\n") if packed else ():
        system, code, *label = line.split("\t")
        found.append(Category(system, code, label[0] if label else code))
    return tuple(found)


@lru_cache(maxsize=1 << 12)
def unpack_venues(filings: str) -> tuple[Appeared, ...]:
    """Return where a `paper` row has appeared, the venues proper before parts of others."""
    lines = (line.split("\t") for line in filings.split("\n"))
    found = [Appeared(*line[1:]) for line in lines if line[0] == VENUE]
    return tuple(sorted(found, key=lambda one: bool(one.part)))


def codes(packed: str) -> list[tuple[str, str]]:
    """List system and code of the categories, or filings, of a `paper` row; other text has none.

    A year of a venue is two of them, `cvpr/2024` and `cvpr`.
    """
    found: dict[tuple[str, str], None] = {}
    for one in unpack_categories(packed):
        if one.system == OTHER:
            continue
        found[one.system, one.code] = None
        if one.system == VENUE:
            found[one.system, one.code.partition("/")[0]] = None
    return list(found)


def unpack_authors(packed: str) -> list[tuple[str, str]]:
    """Return name and slug of each author of a `paper` row, in the paper's order."""
    return [tuple(line.split("\t", 1)) for line in packed.split("\n")] if packed else []  # type: ignore[misc]


def pack_extras(extras: Extras | None) -> str | None:
    """Pack extras into one text; None where there are none."""
    if extras is None or extras == Extras():
        return None
    return cleaned(json.dumps(extras, ensure_ascii=False, separators=(",", ":")))


def unpack_extras(packed: str | None) -> Extras:
    """Return the extras of a `body` row."""
    if packed is None:
        return Extras()
    sections, version, code, links, scores, others, announced = json.loads(packed)
    return Extras(
        tuple(Section(*one) for one in sections),
        version,
        code,
        tuple((label, address) for label, address in links),
        tuple(Score(*one) for one in scores),
        others,
        announced,
    )
