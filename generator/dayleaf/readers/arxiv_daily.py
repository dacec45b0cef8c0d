"""The digests of the arXiv collectors that write one Markdown file a day.

A line scanner, not a Markdown parser: titles and abstracts hold `_`, `*` and `$` that are not
markup, and a scanner is ten times as fast. It owns the structure of a digest; what stands inside a
field is read by `names`, `taxonomy` and `text`. The order of the fields does not matter, and any of
them may be missing.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from dayleaf import names
from dayleaf.model import Digest, Kind, Problem, Record, Refusal
from dayleaf.text import to_plain

_FILE_DATE = re.compile(r"(\d{4})[-_]?(\d{2})[-_]?(\d{2})\.[a-z]+\Z")
_HEADING = re.compile(r"#\s+Arxiv Papers in (?P<archive>.+?) on (?P<day>\d{4}-\d{2}-\d{2})\s*\Z")
_FIELD = re.compile(r"- \*\*(?P<name>[^*]+?)\*\*:[ \t]*(?P<value>.*)\Z")
_ID = re.compile(
    r"(?:(?:https?://)?(?:[a-z]+\.)?arxiv\.org/(?:abs|pdf)/|arxiv:)?"
    r"(?P<id>\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v(?P<version>\d+))?(?:\.pdf)?\Z",
    re.IGNORECASE,
)
_PDF = re.compile(r"\[PDF\]\((?P<url>https?://[^\s()<>\"]+)\)", re.IGNORECASE)
_UTC = re.compile(r"(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}:\d{2})(?:\+00:00|Z)\Z")
_MOST_NOTES = 5
_TEX = re.compile(r"[\\{}$^]")
_FIELDS = (
    "Arxiv ID", "DOI", "Categories", "Links", "Published",
    "Updated", "Authors", "Comment", "Journal", "Summary",
)  # fmt: skip
_KNOWN = {name.casefold(): name for name in _FIELDS} | {"abstract": "Summary"}


@dataclass(slots=True)
class _Draft:
    """A record while its lines come in."""

    line: int
    title: str
    values: dict[str, str] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)


class _Report:
    """Collects the problems of one file."""

    def __init__(self, source: str, problems: tuple[Problem, ...]) -> None:
        self.source = source
        self.problems = list(problems)

        self._notes = 0

    def __call__(self, line: int | None, kind: Kind, message: str) -> None:
        self.problems.append(Problem(self.source, line, kind, message))

    def left_out(self, line: int, message: str) -> None:
        """Report a line that is left out; of very many in one file only the first."""
        self._notes += 1
        if self._notes <= _MOST_NOTES:
            self(line, Kind.NOTE, f"{message}; left out")

    def close(self) -> None:
        """Say how many lines were left out without a word."""
        if self._notes > _MOST_NOTES:
            self(None, Kind.NOTE, f"{self._notes - _MOST_NOTES:,} more lines were left out")


def parse(text: str, *, source: str, problems: tuple[Problem, ...] = ()) -> Digest | Refusal | None:
    """Read a digest; None where the text is not one.

    A file is meant as a digest when its name is a date, when it has a digest's heading, or when it
    holds records. `problems` are those that decoding the file has met already.
    """
    lines = text.replace("\r\n", "\n").split("\n")
    heading = next((m for m in map(_HEADING.match, lines[:5]) if m), None)
    named = _file_date(source)
    report = _Report(source, problems)
    drafts = _scan(lines, report)
    if heading is None and named is None and not any("Arxiv ID" in d.values for d in drafts):
        return None
    if not drafts:
        found = "only a heading" if text.strip() else "an empty file"
        report(None, Kind.REFUSED, f"expected records that begin with `### `, found {found}")
        return Refusal(source, 0, tuple(report.problems))
    records = tuple(r for r in (_record(d, report) for d in drafts) if r is not None)
    if not text.endswith("\n"):
        report(
            len(lines),
            Kind.NOTE,
            f"expected a line feed at the end, found {_cut(lines[-1][-30:])!r}: "
            "the file may have been cut off; fetch it again",
        )
    day = _day(named, heading, records, report)
    if day is None or not records:
        if day is None:
            report(1, Kind.REFUSED, "expected a date in the file's name or heading, found none")
        return Refusal(source, len(drafts), tuple(report.problems))
    return Digest(source, day, records, len(drafts), tuple(report.problems))


def _file_date(source: str) -> str | None:
    """Return the date that is a file's name, `2021-12-19`, valid or not; None where it is none."""
    found = _FILE_DATE.match(source.rpartition("/")[2])
    return "-".join(found.groups()) if found else None


def _scan(lines: list[str], report: _Report) -> list[_Draft]:
    """Group the lines of a digest into records."""
    drafts: list[_Draft] = []
    current: _Draft | None = None
    name: str | None = None
    for number, line in enumerate(lines, 1):
        if line.startswith("- **") and current and (match := _FIELD.match(line)):
            if match["name"] == "Arxiv ID" and "Arxiv ID" in current.values:
                # The next record, its heading damaged: it must not vanish in the one before.
                current = _Draft(number, "")
                drafts.append(current)
            name = _open_field(current, match, number, report)
        elif line.startswith("### ") or line == "###":
            current = _Draft(number, line[4:].strip())
            drafts.append(current)
            name = "Title"
        elif not line or line.isspace():
            continue
        elif current and name and line.startswith((" ", "\t")):
            if name == "Title":
                current.title = f"{current.title} {line.strip()}"
            else:
                current.values[name] = f"{current.values[name]} {line.strip()}"
        elif current or not line.startswith("#"):
            report.left_out(number, f"expected a field or `### `, found {_cut(line)!r}")
    report.close()
    return drafts


def _open_field(draft: _Draft, match: re.Match[str], number: int, report: _Report) -> str | None:
    """Store the first line of a field; None where the field is left out."""
    name = _KNOWN.get(match["name"].strip().casefold())
    if name is None:
        fields = ", ".join(_FIELDS)
        report.left_out(number, f"expected one of the fields {fields}, found {match['name']!r}")
    elif name in draft.values:
        report(number, Kind.NOTE, f"{name}: stands twice in this record; the first one is kept")
        name = None
    else:
        draft.values[name] = match["value"].strip()
        draft.lines[name] = number
    return name


def _record(draft: _Draft, report: _Report) -> Record | None:
    """Make a record of what was read; None where it has no identifier."""
    missing = [name for name in _FIELDS if not draft.values.get(name)]
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
    authors = _authors(draft, report)
    return Record(
        line=draft.line,
        arxiv_id=identifier[0],
        version=identifier[1],
        title=title,
        authors=authors,
        categories=_value(draft, "Categories") or "",
        abstract=_value(draft, "Summary"),
        comment=_value(draft, "Comment"),
        journal=_value(draft, "Journal"),
        doi=_value(draft, "DOI"),
        pdf=_pdf(draft, report),
        published=_time(draft, "Published", report),
        updated=_time(draft, "Updated", report),
    )


def _value(draft: _Draft, name: str) -> str | None:
    """Return a field's text; None where it is missing, empty or the word `None`."""
    value = draft.values.get(name)
    return None if not value or value == "None" else value


def _identifier(draft: _Draft, report: _Report) -> tuple[str, int] | None:
    """Return identifier and version, from the PDF's address where the field itself has none."""
    value = _value(draft, "Arxiv ID")
    match = _ID.match(value) if value else None
    if match is None:
        line = draft.lines.get("Arxiv ID", draft.line)
        link = _PDF.search(draft.values.get("Links", ""))
        match = _ID.match(link["url"]) if link else None
        found = repr(_cut(value)) if value else "none"
        wanted = "Arxiv ID: expected an address like http://arxiv.org/abs/2112.10046v1"
        if match is None:
            report(line, Kind.REFUSED, f"{wanted}, found {found}; the record is left out")
            return None
        report(line, Kind.PARTIAL, f"{wanted}, found {found}; taken from the PDF's address")
    return match["id"], int(match["version"] or 0)


def _authors(draft: _Draft, report: _Report) -> tuple[str, ...]:
    """Return the authors' names, TeX said in Unicode."""
    value = _value(draft, "Authors")
    if value is None:
        return ()
    if _TEX.search(value):
        value = ",".join(map(_spell, value.split(",")))
    authors = names.split(value)
    if authors.dropped:
        found = ", ".join(map(repr, authors.dropped))
        report(draft.lines["Authors"], Kind.NOTE, f"Authors: {found} is no name; left out")
    return authors.names


def _spell(name: str) -> str:
    """Say a name's TeX in Unicode, braces dropped."""
    return to_plain(name).translate({ord("{"): None, ord("}"): None}) if _TEX.search(name) else name


def _pdf(draft: _Draft, report: _Report) -> str | None:
    """Return the PDF's address from the Links field."""
    value = _value(draft, "Links")
    if value is None:
        return None
    match = _PDF.search(value)
    if match is None:
        report(
            draft.lines["Links"],
            Kind.PARTIAL,
            f"Links: expected [PDF](https://…), found {_cut(value)!r}; listed without it",
        )
        return None
    return match["url"]


def _time(draft: _Draft, name: str, report: _Report) -> str | None:
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
            f"found {_cut(value)!r}; the paper is listed without it",
        )
        return None
    if match := _UTC.match(value):
        return f"{match[1]}T{match[2]}Z"
    if parsed.tzinfo is None:
        parsed = parsed.replace(tzinfo=UTC)
    return parsed.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _day(
    named: str | None,
    heading: re.Match[str] | None,
    records: tuple[Record, ...],
    report: _Report,
) -> date | None:
    """Return the digest's day: the file's name rules, and what contradicts it is reported."""
    written = heading["day"] if heading else None
    day = _date(named) or _date(written)
    if named is not None and _date(named) is None:
        said = f"filed under {day.isoformat()}, as its heading says" if day else "not filed"
        report(None, Kind.NOTE, f"expected a date in the file's name, found {named}; {said}")
    if day is None:
        return None
    iso = day.isoformat()
    if written is not None and written != iso:
        report(1, Kind.NOTE, f"the heading says {written}, the file's name {iso}; filed by name")
    published = Counter(r.published[:10] for r in records if r.published)
    if published and iso not in published:
        found, count = published.most_common(1)[0]
        line = next(r.line for r in records if r.published and r.published[:10] == found)
        report(
            line,
            Kind.NOTE,
            f"expected records published on {iso}, found none, but {count} of {found}; "
            f"they are listed under {iso}: rename the file if that is wrong",
        )
    return day


def _date(iso: str | None) -> date | None:
    try:
        return date.fromisoformat(iso) if iso else None
    except ValueError:
        return None


def _cut(text: str | None, most: int = 60) -> str:
    """Shorten a found text for a message."""
    text = text or ""
    return text if len(text) <= most else f"{text[: most - 1]}…"
