"""Digests of a form that the keeper describes: `[[formats]]` of site.toml, by a few patterns."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from functools import partial
from typing import TYPE_CHECKING

from dayleaf.base.errors import Severity
from dayleaf.readers import values
from dayleaf.readers.json_papers import objects
from dayleaf.readers.json_papers.fields import PaperObject
from dayleaf.readers.problem_log import LEFT_OUT, ProblemLog
from dayleaf.readers.reader import Reader
from dayleaf.readers.structure.sightings import bare

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dayleaf.archive.model import Digest, Refusal
    from dayleaf.base.errors import Finding
    from dayleaf.base.own_formats import OwnFormat

NAME = "own"
_ADDRESS = re.compile(r"https?://[^\s<>\"'`|]+")
_NAMES = {"id": "arxiv_id", "code": "code_url", "summary": "tldr"}
"""What fields are called in JSON, where that is another name."""


def readers(formats: Sequence[OwnFormat], source: str, ending: str) -> Iterator[Reader]:
    """Yield a reader for each format that a path says to be that of a file."""
    for form in formats:
        if fnmatchcase(source, form.files):
            yield Reader(NAME, (ending,), partial(_parse, form))


def _parse(
    form: OwnFormat, text: str, *, source: str, problems: tuple[Finding, ...] = ()
) -> Digest | Refusal | None:
    """Read a digest; None where no paper begins in it."""
    log = ProblemLog(source, problems)
    papers = list(_papers(form, text, source, log))
    return objects.digest(papers, source=source, log=log) if papers or log.broken else None


def _papers(form: OwnFormat, text: str, source: str, log: ProblemLog) -> Iterator[PaperObject]:
    patterns = {name: re.compile(pattern, re.MULTILINE) for name, pattern in form.fields}
    dated = patterns.pop("date", None)
    in_path = dated.search(source) if dated else None
    day = values.day(_captured(in_path)) if in_path else None
    begun = list(re.finditer(form.paper, text, re.MULTILINE))
    line, last = 1, 0
    for place, match in enumerate(begun, 1):
        end = begun[place].start() if place < len(begun) else len(text)
        line += text.count("\n", last, match.start())
        last = match.start()
        block = text[match.start() : end]
        fields: dict[str, object] = {"title": _captured(match)}
        for name, pattern in patterns.items():
            if field := pattern.search(block):
                fields[_NAMES.get(name, name)] = _captured(field)
        if "arxiv_id" not in fields and (linked := _ADDRESS.search(block)):
            fields["link"] = bare(linked[0])
        own = dated.search(block) if dated and not day else None
        if len(fields) == 1:
            wanted = "an identifier, authors or an abstract below the title"
            log.broken += 1
            log(line, Severity.REFUSED, "none", expected=wanted, advice=LEFT_OUT, about=NAME)
            continue
        yield PaperObject(
            fields, line, None, (), day or (values.day(_captured(own)) if own else None)
        )


def _captured(match: re.Match[str]) -> str:
    """Return the first group of a match, or all of it."""
    return " ".join(((match[1] if match.re.groups else match[0]) or "").split())
