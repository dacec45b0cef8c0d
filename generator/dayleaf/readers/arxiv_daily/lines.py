"""The lines of a digest -> candidates of records: the careful way, which takes whatever comes.

The order of the fields does not matter, any of them may be missing, and what cannot be placed is
left out and reported with its line. A field goes on in lines that are indented, and in any others
up to an empty one, as a paragraph of Markdown does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dayleaf.base.errors import Severity
from dayleaf.readers.problem_log import cut

if TYPE_CHECKING:
    from dayleaf.readers.problem_log import ProblemLog

FIELDS = (
    "Arxiv ID", "DOI", "Categories", "Links", "Published",
    "Updated", "Authors", "Comment", "Journal", "Summary",
)  # fmt: skip
_FIELD = re.compile(r"- \*\*(?P<name>[^*]+?)\*\*:[ \t]*(?P<value>.*)\Z")
_KNOWN = {name.casefold(): name for name in FIELDS} | {"abstract": "Summary"}


@dataclass(slots=True)
class RecordLines:
    """A record while its lines come in."""

    line: int
    title: str
    values: dict[str, str] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)


def scan(lines: list[str], first: int, report: ProblemLog) -> list[RecordLines]:
    """Group lines into records; the first of them is line `first` of its digest."""
    candidates: list[RecordLines] = []
    current: RecordLines | None = None
    name: str | None = None
    apart = False
    """Whether an empty line stands before this one."""
    more: list[str] = []
    """Further lines of a field, joined when it ends: one by one would take the square of time."""
    for number, line in enumerate(lines, first):
        if line.startswith("- **") and current and (match := _FIELD.match(line)):
            _go_on(current, name, more)
            if match["name"] == "Arxiv ID" and "Arxiv ID" in current.values:
                # The next record, its heading damaged: it must not vanish in the one before.
                current = RecordLines(number, "")
                candidates.append(current)
            name = _open_field(current, match, number, report)
        elif line.startswith("### ") or line == "###":
            _go_on(current, name, more)
            current = RecordLines(number, line[4:].strip())
            candidates.append(current)
            name = "Title"
        elif not line or line.isspace():
            apart = True
            continue
        elif (current and name and line.startswith((" ", "\t"))) or (
            current and name not in {None, "Title"} and not apart and line[0] not in "#-*"
        ):
            more.append(line.strip())
        elif current or not line.startswith("#"):
            report.left_out(number, repr(cut(line)), expected="a field or `### `")
            apart = True  # so are the lines that go on with it
            continue
        apart = False
    _go_on(current, name, more)
    return candidates


def _go_on(candidate: RecordLines | None, name: str | None, more: list[str]) -> None:
    """Give a field its further lines."""
    if candidate and name and more:
        if name == "Title":
            candidate.title = " ".join([candidate.title, *more])
        else:
            candidate.values[name] = " ".join([candidate.values[name], *more])
    more.clear()


def _open_field(
    candidate: RecordLines, match: re.Match[str], number: int, report: ProblemLog
) -> str | None:
    """Store the first line of a field; None where the field is left out."""
    name = _KNOWN.get(match["name"].strip().casefold())
    if name is None:
        fields = ", ".join(FIELDS)
        report.left_out(number, repr(match["name"]), expected=f"one of the fields {fields}")
    elif name in candidate.values:
        twice, kept = "stands twice in this record", "the first one is kept"
        report(number, Severity.NOTE, twice, advice=kept, about=name)
        name = None
    else:
        candidate.values[name] = match["value"].strip()
        candidate.lines[name] = number
    return name
