"""The draft of a record -> a record, and a word on each of its fields that cannot be read."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from dayleaf import lookup, names
from dayleaf.model import Kind, Record
from dayleaf.readers.arxiv_daily.lines import FIELDS
from dayleaf.readers.arxiv_daily.report import cut
from dayleaf.text import to_plain

if TYPE_CHECKING:
    from dayleaf.readers.arxiv_daily.lines import Draft
    from dayleaf.readers.arxiv_daily.report import Report

_ID = re.compile(
    r"(?:(?:https?://)?(?:[a-z]+\.)?arxiv\.org/(?:abs|pdf)/|arxiv:)?"
    rf"(?P<id>{lookup.ARXIV_ID})(?:v(?P<version>\d+))?(?:\.pdf)?\Z",
    re.IGNORECASE,
)
_PDF = re.compile(r"\[PDF\]\((?P<url>https?://[^\s()<>\"]+)\)", re.IGNORECASE)
_UTC = re.compile(r"(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}:\d{2})(?:\+00:00|Z)\Z")
_TEX = re.compile(r"[\\{}$^]")


def record(draft: Draft, report: Report) -> Record | None:
    """Make a record of what was read; None where it has no identifier."""
    missing = [name for name in FIELDS if not draft.values.get(name)]
    identifier = _identifier(draft, report)
    if identifier is None:
        return None
    if missing:
        report(
            draft.line,
            Kind.PARTIAL,
            f"expected the ten fields of a record, found no {', '.join(missing)}; "
            f"{identifier[0]} is listed without",
        )
    title = draft.title
    if not title:
        title = identifier[0]
        report(draft.line, Kind.PARTIAL, f"expected a title, found none; listed as {title}")
    return Record(
        line=draft.line,
        arxiv_id=identifier[0],
        version=identifier[1],
        title=title,
        authors=_authors(draft, report),
        categories=_value(draft, "Categories") or "",
        abstract=_value(draft, "Summary"),
        comment=_value(draft, "Comment"),
        journal=_value(draft, "Journal"),
        doi=_value(draft, "DOI"),
        pdf=_pdf(draft, report),
        published=_time(draft, "Published", report),
        updated=_time(draft, "Updated", report),
    )


def _value(draft: Draft, name: str) -> str | None:
    """Return a field's text; None where it is missing, empty or the word `None`."""
    value = draft.values.get(name)
    return None if not value or value == "None" else value


def _identifier(draft: Draft, report: Report) -> tuple[str, int] | None:
    """Return identifier and version, from the PDF's address where the field itself has none."""
    value = _value(draft, "Arxiv ID")
    match = _ID.match(value) if value else None
    if match is None:
        line = draft.lines.get("Arxiv ID", draft.line)
        link = _PDF.search(draft.values.get("Links", ""))
        match = _ID.match(link["url"]) if link else None
        found = repr(cut(value)) if value else "none"
        wanted = "Arxiv ID: expected an address like http://arxiv.org/abs/2112.10046v1"
        if match is None:
            report(line, Kind.REFUSED, f"{wanted}, found {found}; the record is left out")
            return None
        report(line, Kind.PARTIAL, f"{wanted}, found {found}; taken from the PDF's address")
    return match["id"], int(match["version"] or 0)


def _authors(draft: Draft, report: Report) -> tuple[str, ...]:
    """Return the authors' names; what is no name is reported."""
    found = authors(draft.values.get("Authors", ""))
    if found.dropped:
        listed = ", ".join(map(repr, found.dropped))
        report(draft.lines["Authors"], Kind.NOTE, f"Authors: {listed} is no name; left out")
    return found.names


def authors(field: str) -> names.Authors:
    """Take a field of authors apart, TeX said in Unicode."""
    if field == "None":
        field = ""
    if _TEX.search(field):
        field = ",".join(map(_spell, field.split(",")))
    return names.split(field)


def _spell(name: str) -> str:
    """Say a name's TeX in Unicode, braces dropped."""
    return to_plain(name).translate({ord("{"): None, ord("}"): None}) if _TEX.search(name) else name


def _pdf(draft: Draft, report: Report) -> str | None:
    """Return the PDF's address from the Links field."""
    value = _value(draft, "Links")
    if value is None:
        return None
    match = _PDF.search(value)
    if match is None:
        report(
            draft.lines["Links"],
            Kind.PARTIAL,
            f"Links: expected [PDF](https://…), found {cut(value)!r}; listed without it",
        )
        return None
    return match["url"]


def _time(draft: Draft, name: str, report: Report) -> str | None:
    """Return a time in UTC as `2021-12-19T02:50:23Z`."""
    value = _value(draft, name)
    if value is None:
        return None
    try:
        parsed = datetime.fromisoformat(value)
    except ValueError:
        report(
            draft.lines[name],
            Kind.PARTIAL,
            f"{name}: expected an ISO time like 2021-12-19 02:50:23+00:00, "
            f"found {cut(value)!r}; the paper is listed without it",
        )
        return None
    if match := _UTC.match(value):
        return f"{match[1]}T{match[2]}Z"
    if parsed.tzinfo is None:
        parsed = parsed.replace(tzinfo=UTC)
    return parsed.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
