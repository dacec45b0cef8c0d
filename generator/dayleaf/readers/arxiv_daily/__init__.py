"""The digests of the arXiv collectors that write one Markdown file a day.

A line scanner, not a Markdown parser: titles and abstracts hold `_`, `*` and `$` that are not
markup, and a scanner is ten times as fast. It owns the structure of a digest; what stands inside a
field is read by `names`, `taxonomy` and `text`.

Records are read one by one: `canonical` takes those that look as they should, and the stretch up to
the next heading goes through `lines` and `record` otherwise.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from dayleaf.archive.model import Digest, Record, Refusal
from dayleaf.base.errors import Finding, Severity
from dayleaf.readers.arxiv_daily import canonical
from dayleaf.readers.arxiv_daily.lines import scan
from dayleaf.readers.arxiv_daily.record import record
from dayleaf.readers.problem_log import ProblemLog, cut
from dayleaf.readers.reader import Reader

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dayleaf.readers.arxiv_daily.lines import RecordLines

_FILE_DATE = re.compile(r"(\d{4})[-_]?(\d{2})[-_]?(\d{2})\.[a-z]+\Z")
_HEADING = re.compile(r"#\s+Arxiv Papers in (?P<archive>.+?) on (?P<day>\d{4}-\d{2}-\d{2})\s*\Z")
_HEADING_WITHIN = 5


def parse(text: str, *, source: str, problems: tuple[Finding, ...] = ()) -> Digest | Refusal | None:
    """Read a digest; None where the text is not one.

    A file is meant as a digest when it has a digest's heading or holds records. `problems` are
    those that decoding the file has met already.
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n")
    lines = text.split("\n", _HEADING_WITHIN)[:_HEADING_WITHIN]
    heading = next((m for m in map(_HEADING.match, lines) if m), None)
    named = _file_date(source)
    report = ProblemLog(source, problems)
    items = list(_read(text, report))
    if heading is None and not any(map(_is_listing, items)):
        return None
    if not items:  # a day without papers
        day = _day(named, heading, (), report)
        return Digest(source, day.isoformat() if day else "", (), 0, tuple(report.problems))
    tried = (
        item
        if isinstance(item, Record)
        else report.guarded(item.line, partial(record, item, report))
        for item in items
    )
    records = tuple(item for item in tried if item is not None)
    if not text.endswith("\n"):
        last = text[text.rfind("\n") + 1 :]
        report(
            text.count("\n") + 1,
            Severity.NOTE,
            repr(cut(last[-30:])),
            expected="a line feed at the end",
            advice="the file may have been cut off: fetch it again",
        )
    day = _day(named, heading, records, report)
    if day is None or not records:
        if day is None:
            report(1, Severity.REFUSED, "none", expected="a date in the file's name or heading")
        return Refusal(source, len(items), tuple(report.problems))
    return Digest(source, day.isoformat(), records, len(items), tuple(report.problems))


def _file_date(source: str) -> str | None:
    """Return the date that is a file's name, `2021-12-19`, valid or not; None where it is none."""
    match = _FILE_DATE.match(source.rpartition("/")[2])
    return "-".join(match.groups()) if match else None


def _read(text: str, report: ProblemLog) -> Iterator[Record | RecordLines]:
    """Yield a digest's records, read where they are canonical, and candidates of them otherwise."""
    at, line = 0, 1
    while at < len(text):
        match = canonical.match(text, at)
        try:
            paper = canonical.record(match, line) if match else None
        except Exception:  # noqa: BLE001 - the careful reader will say what it is
            paper = None
        if match and paper:
            end = match.end()
            yield paper
        else:
            end = text.find("\n### ", at) + 1 or len(text)
            yield from scan(text[at:end].split("\n"), line, report)
        line += text.count("\n", at, end)
        at = end
    report.close()


def _is_listing(item: Record | RecordLines) -> bool:
    """Tell whether something read can only come from a digest."""
    return isinstance(item, Record) or "Arxiv ID" in item.values


def _day(
    named: str | None,
    heading: re.Match[str] | None,
    records: tuple[Record, ...],
    report: ProblemLog,
) -> date | None:
    """Return the digest's day: the file's name rules, and what contradicts it is reported."""
    written = heading["day"] if heading else None
    day = _date(named) or _date(written)
    if named is not None and _date(named) is None:
        done = f"filed under {day.isoformat()}, as its heading says" if day else "not filed"
        wanted = "a date in the file's name"
        report(None, Severity.NOTE, named, expected=wanted, advice=done)
    if day is None:
        return None
    iso = day.isoformat()
    if written is not None and written != iso:
        conflict = f"the heading says {written}, the file's name {iso}"
        report(1, Severity.NOTE, conflict, advice="filed by name")
    published = Counter(r.published[:10] for r in records if r.published)
    if published and iso not in published:
        commonest, count = published.most_common(1)[0]
        line = next(r.line for r in records if r.published and r.published[:10] == commonest)
        report(
            line,
            Severity.NOTE,
            f"none, but {count} of {commonest}",
            expected=f"records published on {iso}",
            advice=f"they are listed under {iso}: rename the file if that is wrong",
        )
    return day


def _date(iso: str | None) -> date | None:
    try:
        return date.fromisoformat(iso) if iso else None
    except ValueError:
        return None


_EXAMPLE = """\
# Arxiv Papers in cs.CV on 2026-03-06
### Tides in a Teacup
- **Arxiv ID**: http://arxiv.org/abs/2603.01001v1
- **DOI**: None
- **Categories**: **cs.CV**, cs.LG
- **Links**: [PDF](http://arxiv.org/pdf/2603.01001v1)
- **Published**: 2026-03-06 09:15:00+00:00
- **Updated**: 2026-03-06 09:15:00+00:00
- **Authors**: Ada Quill, Bo Fenn
- **Comment**: 8 pages
- **Journal**: None
- **Summary**: We look into a teacup and see the tide.

"""
READER = Reader(
    "arxiv-daily",
    (".md", ".markdown"),
    parse,
    order=0,
    example=("cs.CV/2026/03/20260306.md", _EXAMPLE),
    accounts=True,
    once=True,
)
