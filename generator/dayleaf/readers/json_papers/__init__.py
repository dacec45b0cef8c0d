"""JSON in the shapes in which collectors keep papers: lines, lists and objects, by day or in one.

Fields go by many names; the tables below say which. A file is claimed if it holds at least one
object with a title and something that names it, or an empty list where papers would stand.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from dayleaf.archive.model import Digest, Refusal
from dayleaf.base.errors import Finding
from dayleaf.readers import unread, values
from dayleaf.readers.json_papers import objects
from dayleaf.readers.problem_log import ProblemLog
from dayleaf.readers.reader import Reader

if TYPE_CHECKING:
    from dayleaf.base.errors import Finding

_TRANSLATION = re.compile(r"_AI_enhanced_(?P<language>[A-Za-z]+)")


def parse(text: str, *, source: str, problems: tuple[Finding, ...] = ()) -> Digest | Refusal | None:
    """Read a digest; None where the text is not one."""
    log = ProblemLog(source, problems)
    day = values.day_of_path(source)
    if not text.strip():
        return Digest(source, day or "", (), 0, tuple(log.problems)) if day else None
    if text.lstrip()[0] not in "{[" and "\n{" not in text:
        return None
    left: list[str] = []
    items, lists = objects.of_text(text, log, left)
    read = objects.digest(
        items, source=source, log=log, language=_language(source), may_be_empty=lists
    )
    return _with_unread(read, left, text) if left and isinstance(read, Digest) else read


def _with_unread(digest: Digest, left: list[str], text: str) -> Digest:
    """Return a digest that says which papers stand outside of its objects, and where."""
    missed = unread.checked(digest, "\n".join(left)).unread
    lines = (text.count("\n", 0, text.find(paper.anchor)) + 1 for paper in missed)
    placed = (paper._replace(line=line) for paper, line in zip(missed, lines, strict=True))
    return replace(digest, unread=tuple(placed)) if missed else digest


def _language(source: str) -> str:
    """Return the language of a translated file, from its name."""
    match = _TRANSLATION.search(source)
    return values.LANGUAGES.get(match["language"].lower(), "") if match else ""


_EXAMPLE = """\
{"id": "2603.01001", "title": "Tides in a Teacup", "authors": ["Ada Quill", "Bo Fenn"], \
"categories": ["cs.CV", "cs.LG"], "summary": "We look into a teacup and see the tide.", \
"comment": "8 pages", "AI": {"tldr": "Cups have tides."}, \
"code_url": "https://github.com/quill/tides"}
{"id": "2603.01002", "title": "Slow Rivers", "authors": ["Una Brook"], "categories": ["cs.CV"], \
"summary": "A river is slow where it is wide."}
"""
READER = Reader(
    "json",
    (".json", ".jsonl", ".ndjson"),
    parse,
    order=50,
    by_lines=True,
    accounts=True,
    example=("data/2026-03-06.jsonl", _EXAMPLE),
)
