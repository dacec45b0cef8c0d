"""Lists of papers in YAML: the same fields as in JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dayleaf.archive.model import Digest, Refusal
from dayleaf.base.errors import Severity
from dayleaf.readers import field_lists
from dayleaf.readers.json_papers import objects
from dayleaf.readers.json_papers.fields import walk
from dayleaf.readers.problem_log import ProblemLog
from dayleaf.readers.reader import Reader
from dayleaf.readers.structure import front
from dayleaf.readers.structure.sightings import may_hold

if TYPE_CHECKING:
    from dayleaf.base.errors import Finding


def parse(text: str, *, source: str, problems: tuple[Finding, ...] = ()) -> Digest | Refusal | None:
    """Read a digest; None where the text is no list of papers."""
    if not may_hold(text) or "title" not in text.lower():
        return None
    log = ProblemLog(source, problems)
    try:
        value = front.load_yaml(text)
    except ValueError as error:
        log(1, Severity.REFUSED, str(error), expected="YAML", advice="mend the file")
        return Refusal(source, 0, tuple(log.problems))
    papers = (paper._replace(fields=field_lists.named(dict(paper.fields))) for paper in walk(value))
    # Of a title only the beginning is sure to stand on one line.
    placed = objects.placed(papers, text, lambda title: (title[:20],))
    return objects.digest(placed, source=source, log=log)


_EXAMPLE = """\
- title: Tides in a Teacup
  authors: [Ada Quill, Bo Fenn]
  arxiv: "2603.01001"
  abstract: We look into a teacup and see the tide.
  tags: [tides]
"""
READER = Reader(
    "yaml", (".yml", ".yaml"), parse, order=60, example=("papers/2026-03-06.yml", _EXAMPLE)
)
