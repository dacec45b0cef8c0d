"""Tables of papers by topic that a script rewrites daily: cv-arxiv-daily, DailyArXiv, their like.

A row is `|**2025-07-23**|**Title**|First Author et.al.|[2507.12345v1](…)|**[link](code)**|`, in
older lists a bullet, or `| **[Title](…)** | date | <details>abstract</details> | comment |`. The
heading above it is its topic. JSON of the same script holds the same rows, by topic and id.

The date of a row is that of the paper's last revision, and changes when the list is rewritten. So
such a paper stands on the first day of the month in which arXiv gave out its id, which never
changes, unless another digest names its day.
"""

from __future__ import annotations

import json
import re
from functools import partial
from typing import TYPE_CHECKING

from dayleaf.archive import identifiers
from dayleaf.archive.model import Digest, Extras, Record
from dayleaf.base.errors import Finding, Severity
from dayleaf.readers import values
from dayleaf.readers.problem_log import LEFT_OUT, ProblemLog, cut
from dayleaf.readers.reader import Reader
from dayleaf.readers.structure import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator

    Row = tuple[int, str, str, tuple[str, ...]]
    """Line, topic and text of a row, and what the columns of its table are called."""

_HEADING = re.compile(r"#{1,6}\s+(?P<text>.+?)\s*#*\s*\Z")
_SUMMARY = re.compile(r"<summary>(?P<text>(?:(?!<summary>).)+?)</summary>", re.IGNORECASE)
_NO_TOPIC = re.compile(
    r"updated on|table of contents|daily|usage|contents|back to top|arxiv papers?\Z|papers?\Z",
    re.IGNORECASE,
)
_BULLET = re.compile(
    r"[-*]\s+\**(?P<date>\d{4}-\d{2}-\d{2})\**,\s+\*\*(?P<title>.+?)\*\*,\s+(?P<rest>.+)\Z"
)
_RULE = re.compile(r"[|\s:-]+")
_MEMBER = re.compile(
    r'"(?P<topic>(?:[^"\\]++|\\.)*+)"\s*:\s*(?:\{|"(?P<row>(?:[^"\\]++|\\.)*+)")', re.DOTALL
)
_PAPER = re.compile(r"(?:Paper|PDF):\s*", re.IGNORECASE)
_CODE = re.compile(r"Code:\s*\**(?P<code>.+)", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[^\s()<>\"\]|*]+")
_DETAILS = re.compile(
    r"<details>\s*+(?:<summary>(?:(?!<summary>|<details>).)*?</summary>)?\s*+(?:<p>)?"
    r"(?P<text>(?:(?!<details>).)*?)(?:</p>)?\s*</details>",
    re.DOTALL | re.IGNORECASE,
)
_PAPER_COLUMN = {"paper", "papers", "论文", "論文", "논문"}
_ESCAPED = "\x00"
_HEAD = 2_000
_DATE = 30
"""Letters of a cell that may be a date."""


def parse(text: str, *, source: str, problems: tuple[Finding, ...] = ()) -> Digest | None:
    """Read a digest; None where the text has no row of this format."""
    if not _is_rolling(text, source):
        return None
    log = ProblemLog(source, problems)
    rows = list(_rows_of_json(text) if text.lstrip()[:1] == "{" else _rows(text))
    if not rows:
        return None
    tried = (log.guarded(row[0], partial(_read, row, log)) for row in rows)
    records = tuple(record for record in tried if record is not None)
    if not records:
        return None
    return Digest(source, "", records, len(rows), tuple(log.problems))


def _is_rolling(text: str, source: str) -> bool:
    """Tell whether a file may be rewritten daily: it is named after no day, or says so itself.

    A table in a file that is named after a day stands on that day, and is not of this format.
    """
    name = source.rpartition("/")[2].lower()
    if name.endswith(".json") or name.startswith(("readme", "index")):
        return True
    return values.day_of_path(source) is None or "updated on" in text[:_HEAD].lower()


def _read(candidate: Row, log: ProblemLog) -> Record | None:
    """Return a row's paper; None for a row that holds none, which is reported."""
    line, topic, row, _ = candidate
    record = _bullet(row, line, topic) or _columns(candidate) or _cells(row, line, topic)
    if record is not None and record.day:
        return record
    wanted = "a row with a title and an arXiv link"
    log(line, Severity.REFUSED, repr(cut(row)), expected=wanted, advice=LEFT_OUT)
    return None


def _rows(text: str) -> Iterator[Row]:
    """Yield the rows of a Markdown file that may be papers."""
    topic = ""
    table: list[Row] = []
    for number, raw in enumerate(text.split("\n"), 1):
        line = raw.strip()
        if line.startswith("|"):
            table.append((number, topic, line, ()))
            continue
        if table:
            yield from _papers(table)
            table = []
        if _BULLET.match(line):
            yield number, topic, line, ()
        elif heading := _HEADING.match(line) or _SUMMARY.search(line):
            words = values.plain(heading["text"])
            topic = "" if _NO_TOPIC.search(words) else words
    yield from _papers(table)


def _papers(table: list[Row]) -> Iterator[Row]:
    """Yield the rows below the heads of a table that lists papers, damaged ones too.

    Any of its rows shows whether it does; a table without a head has only rows.
    """
    told = [_is_row(row[2]) for row in table]
    ruled = [_RULE.fullmatch(row[2]) is not None for row in table]
    body = ruled.index(True) + 1 if any(ruled) else len(table)
    header = tuple(map(values.plain, _cut(table[body - 2][2]))) if 1 < body <= len(table) else ()
    if (
        header
        and "title" not in map(vocabulary.field, header)
        and _PAPER_COLUMN & {vocabulary.key(head) for head in header}
    ):
        return  # a whole paper in a cell: no table of this format
    for place, row in enumerate(table):
        if told[place] or (place >= body and any(told) and not ruled[place]):
            yield (*row[:3], header)


def _rows_of_json(text: str) -> Iterator[Row]:
    """Yield the rows of `{topic: {id: row}}`; nothing from other JSON."""
    try:
        topics = json.loads(text)
    except (ValueError, RecursionError):
        yield from _saved(text)
        return
    line, at = 1, 0
    for topic, rows in topics.items() if isinstance(topics, dict) else ():
        if not isinstance(rows, dict):
            return
        for key, row in rows.items():
            if not isinstance(row, str):
                return
            start = text.find(json.dumps(key), at)  # as they stand there, so never looked at twice
            if start > 0:
                line += text.count("\n", at, start)
                at = start
            yield line, values.text(topic) or "", row.strip(), ()


def _saved(text: str) -> Iterator[Row]:
    """Yield the rows that stand whole in JSON that is broken, and what may have been some."""
    at, line, topic = 0, 1, ""
    for match in _MEMBER.finditer(text):
        line += text.count("\n", at, match.start())
        at = match.start()
        if match["row"] is None:
            topic = values.text(_unquoted(match["topic"])) or ""
        elif "|" in match["row"] or _is_row(match["row"]):
            yield line, topic, _unquoted(match["row"]).strip(), ()


def _unquoted(source: str) -> str:
    try:
        return str(json.loads(f'"{source}"'))
    except ValueError:
        return source


def _is_row(line: str) -> bool:
    """Tell whether a line of a table is a paper's: it links to one."""
    return any(identifiers.of_address(address) for address in _ADDRESS.findall(line))


def _bullet(row: str, line: int, topic: str) -> Record | None:
    match = _BULLET.match(row)
    if not match:
        return None
    named = _named(row)
    if named is None:
        return None
    authors = _PAPER.split(match["rest"])[0].strip(" ,")
    code = _CODE.search(match["rest"])
    return _record(
        named,
        line,
        topic,
        date=match["date"],
        title=match["title"],
        authors=authors,
        code=code["code"] if code else "",
    )


def _cut(row: str) -> list[str]:
    """Return the cells of a row."""
    cells = row.replace("\\|", _ESCAPED).split("|")[1:]
    return [cell.replace(_ESCAPED, "|").strip() for cell in cells]


def _columns(candidate: Row) -> Record | None:
    """Read a row by the heads of its columns; None where these say too little, or do not fit it."""
    line, topic, row, header = candidate
    cells = _cut(row)
    if len(cells) != len(header):
        return None
    by: dict[str, str] = {}
    for head, cell in zip(header, cells, strict=True):
        meaning = vocabulary.field(head) or ("title" if vocabulary.key(head) == "paper" else None)
        if meaning and cell:
            by.setdefault(meaning, cell)
    if "title" in by and vocabulary.is_generic(values.plain(by["title"])):
        by["title"] = ""
    named = next(filter(None, map(_named, cells)), None)
    if not by.get("title") or not (by.keys() & {"authors", "abstract", "summary"}) or named is None:
        return None
    title = values.link(by["title"])
    text = title[0] if title and not vocabulary.is_generic(title[0]) else by["title"]
    abstract = by.get("abstract") or by.get("summary") or ""
    return _record(
        named,
        line,
        topic,
        date=values.day(by.get("published") or by.get("updated")),
        title=text,
        authors=by.get("authors", ""),
        code=by.get("code", ""),
        abstract=_unfolded(abstract),
        comment=values.text(_unfolded(by.get("comment", ""))),
    )


def _unfolded(cell: str) -> str:
    """Return the text of a cell; of a folded cell the hidden text."""
    folded = _DETAILS.search(cell)
    return values.plain(folded["text"] if folded else cell)


def _cells(row: str, line: int, topic: str) -> Record | None:
    """Read a row of a table, whose columns are recognised by their contents."""
    cells = _cut(row)
    while cells and not cells[-1]:
        cells.pop()
    at = next((n for n in range(len(cells) - 1, -1, -1) if _named(cells[n])), None)
    if at is None:
        return None
    named = _named(cells[at])
    assert named is not None  # noqa: S101 - for the types: that is how it was found
    dated = next((n for n, c in enumerate(cells) if len(c) < _DATE and values.day(c)), None)
    date = values.day(cells[dated]) if dated is not None else None
    linked = values.link(cells[at])
    if linked and at == 0:  # | **[Title](…)** | date | abstract | comment |
        rest = [cell for n, cell in enumerate(cells) if n not in {at, dated}]
        folded = [values.plain(m["text"]) for cell in rest if (m := _DETAILS.search(cell))]
        notes = [values.plain(cell) for cell in rest if cell and not _DETAILS.search(cell)]
        abstract, *more = [*folded, *notes] if folded else [None, *notes]
        comment = values.text(more[-1]) if more else None
        return _record(
            named, line, topic, date=date, title=linked[0], abstract=abstract, comment=comment
        )
    # |date|title|authors|[id](…)|code|; a title may hold the sign that parts the cells
    before = cells[1 if dated is None else dated + 1 : at]
    if not before:
        return None
    authors = before[-1] if len(before) > 1 else ""
    title = "|".join(before[:-1] if len(before) > 1 else before)
    code = " ".join(cells[at + 1 :])
    return _record(named, line, topic, date=date, title=title, authors=authors, code=code)


def _named(cell: str) -> identifiers.Named | None:
    """Return the paper that a cell links to."""
    for words, address in values.links(cell):
        if named := identifiers.of_address(address):
            written = identifiers.parse(words)
            return written if written and written.identifier == named.identifier else named
    for address in _ADDRESS.findall(cell):
        if named := identifiers.of_address(address):
            return named
    return None


def _record(  # noqa: PLR0913 - keyword-only, a column each
    named: identifiers.Named,
    line: int,
    topic: str,
    *,
    date: str | None,
    title: str,
    authors: str = "",
    code: str = "",
    abstract: str | None = None,
    comment: str | None = None,
) -> Record:
    people, others = values.people(values.plain(authors))
    address = _ADDRESS.search(code)
    moment = f"{date}T00:00:00Z" if date else None
    first = named.version <= 1
    extras = Extras(code=address[0].rstrip(".,;") if address else None, others=others)
    return Record(
        line=line,
        identifier=named.identifier,
        version=named.version,
        title=values.plain(title) or named.identifier.value,
        authors=people,
        day=values.month_of(named.identifier) or date or "",
        topics=(topic,) if topic else (),
        abstract=values.text(abstract),
        comment=comment,
        published=moment if first else None,
        updated=None if first else moment,
        extras=None if extras == Extras() else extras,
    )


_EXAMPLE = """\
## Updated on 2026.03.06

## Tides

|Publish Date|Title|Authors|PDF|Code|
|---|---|---|---|---|
|**2026-03-05**|**Tides in a Teacup**|Ada Quill et.al.|\
[2603.01001](https://arxiv.org/abs/2603.01001)|**[link](https://github.com/quill/tides)**|
|**2026-03-04**|**Slow Rivers**|Una Brook et.al.|\
[2602.01002](https://arxiv.org/abs/2602.01002)|null|
"""
READER = Reader(
    "rolling-tables",
    (".md", ".markdown", ".json"),
    parse,
    order=20,
    example=("README.md", _EXAMPLE),
)
