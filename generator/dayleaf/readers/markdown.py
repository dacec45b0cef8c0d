"""Markdown as people write it: papers by its structure, labels and front matter.

A tolerant reader, the last to be tried. It claims a file that lists a paper, or that a day's name
and heading show to be a day without papers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dayleaf.archive.model import Digest
from dayleaf.base.errors import Severity
from dayleaf.readers import front_paper, unread, values
from dayleaf.readers.problem_log import ProblemLog
from dayleaf.readers.reader import Reader
from dayleaf.readers.structure import front, markdown
from dayleaf.readers.structure.papers import FileFacts, day_of, papers
from dayleaf.readers.structure.sightings import gaps, may_hold

if TYPE_CHECKING:
    from dayleaf.base.errors import Finding
    from dayleaf.readers.structure.outline import Outline

_SHORT = 3_000
"""Characters below which a dated file without papers is a day on which there were none."""
_HEAD = 5
_LONGEST = 50_000
"""Letters that a page shows of a text."""
_BEFORE = 2_000
"""Letters before an identifier that may hold its title."""


def parse(text: str, *, source: str, problems: tuple[Finding, ...] = ()) -> Digest | None:
    """Read a digest; None where the text lists no paper."""
    log = ProblemLog(source, problems)
    path = values.day_of_path(source)
    if not may_hold(text) and not (path and len(text) < _SHORT):
        return None
    matter = front.split(_bounded(text.replace("\r\n", "\n"), log))
    outline = markdown.outline(matter.body)
    about = front_paper.read(matter.fields, log)
    day = path or about.day or day_of(outline)
    listed = papers(outline, FileFacts(day, about.title, about.named), log)
    if not listed.seen:
        empty = path and not unread.passed_over(text) and _is_empty_day(outline, text)
        return Digest(source, path, (), 0, tuple(log.problems)) if path and empty else None
    if matter.fault:
        wanted, done = "YAML", "it was read line by line"
        log(1, Severity.NOTE, matter.fault, expected=wanted, advice=done, about="front matter")
    if len(listed.records) == 1 and (about.named is not None or about.title):
        listed = listed._replace(records=(front_paper.completed(listed.records[0], about),))
    return listed.digest(source, day=day, log=log)


def _bounded(text: str, log: ProblemLog) -> str:
    """Return a text without what no page could show: its lines stay, as empty ones."""
    parts, last = list[str](), 0
    for start, end in gaps(text, 2 * _LONGEST):
        first, stop = start + _LONGEST, end - _BEFORE
        parts += [text[last:first], "\n" * text.count("\n", first, stop)]
        last = stop
        line = text.count("\n", 0, first) + 1
        excess, wanted = f"{end - start:,} that name none", f"a paper in {_LONGEST:,} letters"
        log(line, Severity.PARTIAL, excess, expected=wanted, advice="the rest is cut off")
    return "".join([*parts, text[last:]]) if parts else text


def _is_empty_day(outline: Outline, text: str) -> bool:
    """Tell whether a text names its day in a heading, and is too short to say more."""
    heads = (block for block in outline.blocks[:_HEAD] if block.kind == "heading")
    return len(text) < _SHORT and any(values.day(block.text) for block in heads)


_EXAMPLE = """\
# Personalized Daily ArXiv Papers 03/06/2026

## 1. [Tides in a Teacup](https://arxiv.org/abs/2603.01001)

**Authors:** Ada Quill, Bo Fenn

**Abstract:** We look into a teacup and see the tide.

**Comment:** Matches the first criterion.

**Relevance:** 8
"""
READER = Reader(
    "markdown",
    (".md", ".markdown", ".mdx"),
    parse,
    order=900,
    example=("output_2026_0306.md", _EXAMPLE),
)
