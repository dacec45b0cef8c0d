"""From a text to the objects in it that may be papers."""

from __future__ import annotations

import ast
import json

from dayleaf.base.errors import Severity
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
from dayleaf.readers.problem_log import ProblemLog, cut

_LONGEST = 200_000
"""Letters of a line that Python may have written."""


def objects(text: str, log: ProblemLog, left: list[str]) -> tuple[list[PaperObject], bool]:
    """List the objects of a text; tell whether it holds a list, perhaps an empty one, of papers.

    Texts that stand in none of them go into `left`.
    """
    try:
        value: object = json.loads(text)
    except (ValueError, RecursionError):
        return _of_lines(text, log, left)
    papers = list(walk(value, left=left))
    named = isinstance(value, dict) and any(str(key).lower() in LISTS for key in value)
    return _placed(papers, text), isinstance(value, list) or named


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


def _placed(papers: list[PaperObject], text: str) -> list[PaperObject]:
    """Give objects the lines on which their titles stand."""
    placed: list[PaperObject] = []
    at, line = 0, 1
    for paper in papers:
        title = value_of(paper.fields, TITLES)
        quoted = json.dumps(title, ensure_ascii=False) if isinstance(title, str) else ""
        place = text.find(quoted, at) if quoted else -1
        if place < 0 and quoted:
            place = text.find(json.dumps(title), at)
        if place >= 0:
            line += text.count("\n", at, place)
            at = place
        placed.append(paper._replace(line=line))
    return placed
