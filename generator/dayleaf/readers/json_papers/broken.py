"""What stands whole in broken JSON: a file that was cut off, or has a mistake in its midst."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from dayleaf.base.errors import Severity
from dayleaf.readers.json_papers.fields import walk
from dayleaf.readers.problem_log import LEFT_OUT, ProblemLog, cut

if TYPE_CHECKING:
    from dayleaf.readers.json_papers.fields import PaperObject

_TITLE = re.compile(r'"(?:title|paper_title)"\s*:', re.IGNORECASE)
_OBJECT = re.compile(r'\{(?=\s*["}])')
# Each of them counts the lines before it.
_MOST_FAILURES = 10_000
_OF_A_PAPER = re.compile(r'"(?:authors?|abstract|summary|arxiv_id|pdf_url)"|arxiv', re.IGNORECASE)


def saved(text: str, log: ProblemLog) -> list[PaperObject]:
    """Return the objects that stand whole in a broken text, a file that was cut off for one."""
    decode = json.JSONDecoder().raw_decode
    papers: list[PaperObject] = []
    end, whole, line, failures = 0, 0, 1, 0
    while (match := _OBJECT.search(text, end)) and failures < _MOST_FAILURES:
        at = match.start()
        try:
            value, end = decode(text, at)
        except RecursionError:
            end = text.find("\n", at) + 1 or len(text)
        except ValueError:
            end = at + 1
            failures += 1
        else:
            inner = list(walk(value))
            if inner:
                line = _torn(text, whole, at, line, log, known=bool(papers))
                papers += [paper._replace(line=line) for paper in inner]
                whole = end
                line += text.count("\n", at, end)
    _torn(text, whole, len(text), line, log, known=bool(papers))
    if papers:
        log(
            text.count("\n") + 1,
            Severity.PARTIAL,
            "a mistake or the file's end too soon",
            expected="whole JSON",
            advice=f"{len(papers)} papers were read: fetch the file again",
        )
    return papers


def _torn(text: str, start: int, end: int, line: int, log: ProblemLog, *, known: bool) -> int:
    """Refuse the papers that stand broken in a stretch of JSON; return the line of its end.

    `line` is that of its beginning, and `known` whether the text is known to hold papers.
    """
    stretch = text[start:end]
    titles = list(_TITLE.finditer(stretch))
    if known and not titles and end == len(text):  # cut off before the title
        titles = list(_OBJECT.finditer(stretch))[:1]
    if titles and (known or _OF_A_PAPER.search(stretch)):
        at = 0
        for match in titles:
            line += stretch.count("\n", at, match.start())
            at = match.start()
            excerpt = repr(cut(" ".join(stretch[at : at + 200].split())))
            log(line, Severity.REFUSED, excerpt, expected="a whole JSON object", advice=LEFT_OUT)
        log.broken += len(titles)
        return line + stretch.count("\n", at)
    return line + stretch.count("\n")
