"""The candidate of a record -> a record, and a word on each of its fields that cannot be read."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING

from dayleaf.archive import identifiers, names, taxonomy
from dayleaf.archive.model import Record
from dayleaf.base import lookup
from dayleaf.base.errors import Severity
from dayleaf.readers import values
from dayleaf.readers.arxiv_daily.lines import FIELDS
from dayleaf.readers.problem_log import LEFT_OUT, cut

if TYPE_CHECKING:
    from dayleaf.readers.arxiv_daily.lines import RecordLines
    from dayleaf.readers.problem_log import ProblemLog

_ID = re.compile(
    r"(?:(?:https?://)?(?:[a-z]+\.)?arxiv\.org/(?:abs|pdf)/|arxiv:)?"
    rf"(?P<id>{lookup.ARXIV_ID})(?:v(?P<version>\d{{1,3}}))?(?:\.pdf)?\Z",
    re.IGNORECASE,
)
_PDF = re.compile(r"\[PDF\]\((?P<url>https?://[^\s()<>\"]+)\)", re.IGNORECASE)


def record(candidate: RecordLines, report: ProblemLog) -> Record | None:
    """Make a record from its fields; None without an identifier."""
    missing = [name for name in FIELDS if not candidate.values.get(name)]
    identifier = _identifier(candidate, report)
    if identifier is None:
        return None
    if missing:
        report(
            candidate.line,
            Severity.PARTIAL,
            f"no {', '.join(missing)}",
            expected="the ten fields of a record",
            advice=f"{identifier[0]} is listed without",
        )
    title = candidate.title
    if not title:
        title = identifier[0]
        told = f"listed as {title}"
        report(candidate.line, Severity.PARTIAL, "none", expected="a title", advice=told)
    return Record(
        line=candidate.line,
        identifier=identifiers.Identifier(identifiers.ARXIV, identifier[0]),
        version=identifier[1],
        title=title,
        authors=_authors(candidate, report),
        categories=taxonomy.classify(_value(candidate, "Categories") or ""),
        abstract=_value(candidate, "Summary"),
        comment=_value(candidate, "Comment"),
        journal=_value(candidate, "Journal"),
        dois=identifiers.dois(_value(candidate, "DOI") or ""),
        pdf=_pdf(candidate, report),
        published=_time(candidate, "Published", report),
        updated=_time(candidate, "Updated", report),
    )


def _value(candidate: RecordLines, name: str) -> str | None:
    """Return a field's text; None where it is missing, empty or the word `None`."""
    value = candidate.values.get(name)
    return None if not value or value == "None" else value


def _identifier(candidate: RecordLines, report: ProblemLog) -> tuple[str, int] | None:
    """Return identifier and version, from the PDF's address where the field itself has none."""
    value = _value(candidate, "Arxiv ID")
    match = _ID.match(value) if value else None
    if match is None:
        line = candidate.lines.get("Arxiv ID", candidate.line)
        link = _PDF.search(candidate.values.get("Links", ""))
        match = _ID.match(link["url"]) if link else None
        excerpt = repr(cut(value)) if value else "none"
        report(
            line,
            Severity.PARTIAL if match else Severity.REFUSED,
            excerpt,
            expected="an address like http://arxiv.org/abs/2112.10046v1",
            advice="taken from the PDF's address" if match else "the record is left out",
            about="Arxiv ID",
        )
        if match is None:
            return None
    return match["id"], int(match["version"] or 0)


def _authors(candidate: RecordLines, report: ProblemLog) -> tuple[str, ...]:
    """Return the authors' names; what is no name is reported."""
    field = authors(candidate.values.get("Authors", ""))
    if field.dropped:
        listed = ", ".join(map(repr, field.dropped))
        line, reason = candidate.lines["Authors"], f"{listed} is no name"
        report(line, Severity.NOTE, reason, advice=LEFT_OUT, about="Authors")
    return field.names


def authors(field: str) -> names.AuthorsField:
    """Parse a field of authors, with TeX converted to Unicode."""
    if field == "None":
        field = ""
    return names.split(values.spelled(field))


def _pdf(candidate: RecordLines, report: ProblemLog) -> str | None:
    """Return the PDF's address from the Links field."""
    value = _value(candidate, "Links")
    if value is None:
        return None
    match = _PDF.search(value)
    if match is None:
        report(
            candidate.lines["Links"],
            Severity.PARTIAL,
            repr(cut(value)),
            expected="[PDF](https://…)",
            advice="listed without it",
            about="Links",
        )
        return None
    return match["url"]


def _time(candidate: RecordLines, name: str, report: ProblemLog) -> str | None:
    """Return a time in UTC as `2021-12-19T02:50:23Z`."""
    value = _value(candidate, name)
    if value is None:
        return None
    try:
        time = values.utc(datetime.fromisoformat(value))
    except ValueError:
        time = None
    if time is None:
        report(
            candidate.lines[name],
            Severity.PARTIAL,
            repr(cut(value)),
            expected="an ISO time like 2021-12-19 02:50:23+00:00",
            advice="the paper is listed without it",
            about=name,
        )
    return time
