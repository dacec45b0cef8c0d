"""Papers as lists of fields, whatever the syntax: they have the names and meanings of JSON's.

It owns the step from fields to a digest. What the syntax is, each reader knows.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from dayleaf.archive.model import Digest, Refusal
from dayleaf.readers import values
from dayleaf.readers.json_papers.fields import PaperObject, is_paper
from dayleaf.readers.json_papers.record import record
from dayleaf.readers.structure import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dayleaf.readers.problem_log import ProblemLog

_NAMES = {
    vocabulary.SUMMARY: "tldr", vocabulary.PUBLISHED: "published", vocabulary.ID: "arxiv_id",
    vocabulary.LINK: "link", vocabulary.CODE: "code_url", vocabulary.JOURNAL: "journal",
}  # fmt: skip
_MAYBE_ABSTRACT = "summary"


def named(fields: dict[str, object]) -> dict[str, object]:
    """Return fields with the names of JSON's beside their own, by what they mean."""
    known = {key.strip().lower().replace(" ", "_"): value for key, value in fields.items()}
    for key, value in list(known.items()):
        meaning = vocabulary.field(key.replace("_", "-"))
        name = key if key == _MAYBE_ABSTRACT else _NAMES.get(meaning or "", meaning)
        if name and name not in known:
            known[name] = value
    return known


def digest(
    objects: Iterable[PaperObject], *, source: str, log: ProblemLog
) -> Digest | Refusal | None:
    """Return the digest of some objects; None where none of them is a paper."""
    day = values.day_of_path(source)
    papers = [paper for paper in objects if is_paper(paper)]
    if not papers and not log.broken:
        return None
    tried = (log.guarded(paper.line, partial(record, paper, day, "", log)) for paper in papers)
    records = tuple(paper for paper in tried if paper is not None)
    count = len(papers) + log.broken
    if not records:
        return Refusal(source, count, tuple(log.problems))
    return Digest(source, day or "", records, count, tuple(log.problems))
