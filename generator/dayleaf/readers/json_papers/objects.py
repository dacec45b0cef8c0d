"""From a text to the objects in it that may be papers, and from such objects to a digest."""

from __future__ import annotations

import ast
import json
from functools import partial
from typing import TYPE_CHECKING

from dayleaf.archive.model import Digest, Refusal
from dayleaf.base.errors import Severity
from dayleaf.readers import values
from dayleaf.readers.json_papers import broken
from dayleaf.readers.json_papers.fields import (
    LISTS,
    TITLES,
    PaperObject,
    folded,
    is_paper,
    value_of,
    walk,
)
from dayleaf.readers.json_papers.record import record
from dayleaf.readers.problem_log import ProblemLog, cut

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_LONGEST = 200_000
"""Letters of a line that Python may have written."""


def of_text(text: str, log: ProblemLog, left: list[str]) -> tuple[list[PaperObject], bool]:
    """List the objects of a text; tell whether it holds a list, perhaps an empty one, of papers.

    Texts that stand in none of them go into `left`.
    """
    try:
        value: object = json.loads(text)
    except (ValueError, RecursionError):
        return _of_lines(text, log, left)
    papers = list(walk(value, left=left))
    named = isinstance(value, dict) and any(str(key).lower() in LISTS for key in value)
    return list(placed(papers, text, _quoted)), isinstance(value, list) or named


def _of_lines(text: str, log: ProblemLog, left: list[str]) -> tuple[list[PaperObject], bool]:
    """Read a text whose lines are objects; or else, what can be saved of one that is broken."""
    papers: list[PaperObject] = []
    failed: list[tuple[int, str, str]] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line or line.isspace():
            continue
        try:
            value = json.loads(line)
        except (ValueError, RecursionError) as error:
            value = _literal(line)
            if value is None:
                failed.append((number, line, str(error)))
                continue
        if isinstance(value, dict):
            item = PaperObject(folded(value), number, None, (), None)
            inner = [] if is_paper(item) else list(walk(value, left=left))
            papers += [each._replace(line=number) for each in inner] or [item]
        elif value not in ("", None):
            failed.append((number, line, "no object"))
    if papers and len(failed) < max(len(papers), 2) and not text.lstrip().startswith("["):
        for number, line, why in failed:
            excerpt, wanted = f"{cut(line)!r} ({why})", "a JSON object on the line"
            log(number, Severity.REFUSED, excerpt, expected=wanted, advice="the line is left out")
        log.broken += len(failed)
        return papers, True
    return broken.saved(text, log), False


def _literal(line: str) -> dict[str, object] | None:
    """Return the object of a line that Python has written, `{'id': …, 'doi': None}`."""
    text = line.strip()
    if not text.startswith("{'") or len(text) > _LONGEST:
        return None
    try:
        value = ast.literal_eval(text)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return None
    return value if isinstance(value, dict) and all(isinstance(k, str) for k in value) else None


def _quoted(title: str) -> Iterator[str]:
    yield json.dumps(title, ensure_ascii=False)
    yield json.dumps(title)


def placed(
    papers: Iterable[PaperObject], text: str, written: Callable[[str], Iterable[str]]
) -> Iterator[PaperObject]:
    """Give objects the lines on which their titles stand, in one of the ways to write them."""
    at, line = 0, 1
    for paper in papers:
        title = value_of(paper.fields, TITLES)
        places = (text.find(way, at) for way in written(title)) if isinstance(title, str) else ()
        place = next((place for place in places if place >= 0), at)
        line += text.count("\n", at, place)
        at = place
        yield paper._replace(line=line)


def digest(
    items: Iterable[PaperObject],
    *,
    source: str,
    log: ProblemLog,
    language: str = "",
    may_be_empty: bool = False,
) -> Digest | Refusal | None:
    """Return the digest of some objects; None where none of them is a paper.

    `language` is that of the summaries; `may_be_empty` allows the digest of a day without papers.
    """
    day = values.day_of_path(source)
    papers = [item for item in items if is_paper(item)]
    if not papers and not log.broken and not (may_be_empty and day):
        return None
    tried = (
        log.guarded(paper.line, partial(record, paper, day, language, log)) for paper in papers
    )
    records = tuple(paper for paper in tried if paper is not None)
    count = len(papers) + log.broken
    if count and not records:
        return Refusal(source, count, tuple(log.problems))
    return Digest(source, day or "", records, count, tuple(log.problems))
