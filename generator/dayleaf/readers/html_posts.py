"""HTML posts: papers by the blocks around their identifiers, as in Markdown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dayleaf.archive.model import Digest
from dayleaf.readers import values
from dayleaf.readers.problem_log import ProblemLog
from dayleaf.readers.reader import Reader
from dayleaf.readers.structure import html, vocabulary
from dayleaf.readers.structure.papers import FileFacts, day_of, papers
from dayleaf.readers.structure.sightings import may_hold

if TYPE_CHECKING:
    from dayleaf.base.errors import Finding

_TIME = re.compile(
    r"<(?:time\b[^<>]*?\bdatetime|meta\b[^<>]*?\b(?:published_time|date)[\"'][^<>]*?\bcontent)"
    r"\s*=\s*[\"'](?P<date>[^\"'<>]{8,40})[\"']",
    re.IGNORECASE,
)


def parse(text: str, *, source: str, problems: tuple[Finding, ...] = ()) -> Digest | None:
    """Read a digest; None where the page lists no paper."""
    if not may_hold(text):
        return None
    log = ProblemLog(source, problems)
    outline = html.outline(text)
    marked = _TIME.search(text)
    title = outline.title
    if vocabulary.names_digest(title) or values.day(title):
        title = ""
    day = (
        values.day_of_path(source)
        or values.day(outline.title)
        or day_of(outline)
        or (values.day(marked["date"]) if marked else None)
    )
    listed = papers(outline, FileFacts(day, title), log)
    if not listed.seen:
        return None
    return listed.digest(source, day=day, log=log)


_EXAMPLE = """\
<h1>Papers of 6 March 2026</h1>
<article>
  <h2><a href="https://arxiv.org/abs/2603.01001">Tides in a Teacup</a></h2>
  <p class="authors">Ada Quill, Bo Fenn</p>
  <p class="abstract">We look into a teacup and see the tide.</p>
</article>
"""
READER = Reader("html", (".html", ".htm"), parse, order=910, example=("2026-03-06.html", _EXAMPLE))
