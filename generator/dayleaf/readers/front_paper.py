"""Front matter -> what it says of a note: its day, its title, and perhaps of its one paper.

Its fields have the names that papers in JSON have, so the reader of those reads it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from dayleaf.archive import identifiers
from dayleaf.archive.model import Categories, Extras, Record
from dayleaf.readers import values
from dayleaf.readers.json_papers.fields import PaperObject, folded
from dayleaf.readers.json_papers.record import record
from dayleaf.readers.structure import vocabulary

if TYPE_CHECKING:
    from dayleaf.readers.problem_log import ProblemLog

_NAMING = re.compile(
    r"arxiv|doi|\A(?:.*[_-])?(?:id|url|link|pdf|paper|abs|source|identifier|href)\Z", re.IGNORECASE
)
_DATES = (
    "date",
    "day",
    "digest_date",
    "published",
    "announcement_date",
    "created",
    "pubdate",
    "updated",
)
_FALLBACK = "2000-01-01"


class FrontPaper(NamedTuple):
    """What front matter says."""

    title: str = ""
    """Of the paper that the note is about; empty if it names a list of papers."""
    day: str | None = None
    """Its date."""
    named: identifiers.Named | None = None
    """What identifies its paper."""
    record: Record | None = None
    """All that it says of it."""


def read(fields: dict[str, object], log: ProblemLog) -> FrontPaper:
    """Read front matter."""
    if not fields:
        return FrontPaper()
    known = folded(fields)
    plain = {key: _plain(value) for key, value in known.items()}
    for key, value in list(plain.items()):
        meaning = vocabulary.field(key.replace("_", "-"))
        name = "tldr" if meaning == vocabulary.SUMMARY else meaning
        if name and name not in plain and name not in {vocabulary.ID, vocabulary.LINK}:
            plain[name] = value
    if "description" in plain:  # for search engines: never the abstract
        plain.setdefault("tldr", plain.pop("description"))
    title = values.text(plain.get("title")) or ""
    title = re.sub(r"\A\[[^\[\]]{1,12}\]\s*", "", title)
    if vocabulary.names_digest(title) or values.day(title):
        title = ""
    dates = (values.day(_text(plain.get(key))) for key in _DATES)
    named = _named(plain)
    own = None
    if named is not None or title:
        given = (
            {**plain, "title": title} if title else {k: v for k, v in plain.items() if k != "title"}
        )
        if named is not None:
            given["arxiv_id"] = named.identifier.value
        own = record(PaperObject(given, 1, None, (), None), _FALLBACK, "", log)
    return FrontPaper(title, next(filter(None, dates), None), named, own)


def completed(found: Record, front: FrontPaper) -> Record:
    """Return a note's paper, with what its front matter says besides."""
    given = front.record
    if given is None:
        return found
    extras = found.extras or Extras()
    more = given.extras or Extras()
    headings = {section.heading for section in extras.sections}
    sections = (*extras.sections, *(s for s in more.sections if s.heading not in headings))
    joined = Extras(
        tuple(sorted(sections, key=lambda one: one.heading != "TL;DR")),
        extras.version or (found.version if sections else 0),
        extras.code or more.code,
        tuple(dict.fromkeys((*extras.links, *more.links))),
        tuple({score.name: score for score in (*more.scores, *extras.scores)}.values()),
        extras.others if found.authors else more.others,
    )
    return found._replace(
        title=found.title if found.title != found.identifier.value else given.title,
        authors=given.authors or found.authors,
        categories=found.categories if found.categories != Categories() else given.categories,
        topics=tuple(dict.fromkeys((*given.topics, *found.topics))),
        abstract=_longer(given.abstract, found.abstract),
        comment=found.comment or given.comment,
        journal=found.journal or given.journal,
        dois=found.dois or given.dois,
        pdf=found.pdf or given.pdf,
        published=given.published or found.published,
        updated=given.updated or found.updated,
        extras=None if joined == Extras() else joined,
    )


def _longer(given: str | None, found: str | None) -> str | None:
    """Return the front matter's own abstract, unless the note has the same with more of it."""
    if given and found and found.startswith(given.rstrip(".… ")):
        return found
    return given or found


def _named(fields: dict[str, object]) -> identifiers.Named | None:
    found: list[identifiers.Named] = []
    for key, value in fields.items():
        if not _NAMING.search(key):
            continue
        for one in value if isinstance(value, list) and len(value) == 1 else [value]:
            text = _text(one)
            if text and len(text) < 300 and (named := identifiers.parse(text)):  # noqa: PLR2004
                found.append(named)
    arxiv = (one for one in found if one.identifier.scheme == identifiers.ARXIV)
    return next(arxiv, None) or next(iter(found), None)


def _text(value: object) -> str | None:
    return (
        value if isinstance(value, str) else str(value) if isinstance(value, (int, float)) else None
    )


def _plain(value: object) -> object:
    return "\n".join(value.split("\n")) if isinstance(value, str) else value
