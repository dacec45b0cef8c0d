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
        own_fields = (
            {**plain, "title": title} if title else {k: v for k, v in plain.items() if k != "title"}
        )
        if named is not None:
            own_fields["arxiv_id"] = named.identifier.value
        own = record(PaperObject(own_fields, 1, None, (), None), _FALLBACK, "", log)
    return FrontPaper(title, next(filter(None, dates), None), named, own)


def completed(note: Record, front: FrontPaper) -> Record:
    """Return a note's paper, with what its front matter says besides."""
    matter = front.record
    if matter is None:
        return note
    extras = note.extras or Extras()
    more = matter.extras or Extras()
    headings = {section.heading for section in extras.sections}
    sections = (*extras.sections, *(s for s in more.sections if s.heading not in headings))
    joined = Extras(
        tuple(sorted(sections, key=lambda section: section.heading != "TL;DR")),
        extras.version or (note.version if sections else 0),
        extras.code or more.code,
        tuple(dict.fromkeys((*extras.links, *more.links))),
        tuple({score.name: score for score in (*more.scores, *extras.scores)}.values()),
        extras.others if note.authors else more.others,
    )
    return note._replace(
        title=note.title if note.title != note.identifier.value else matter.title,
        authors=matter.authors or note.authors,
        categories=note.categories if note.categories != Categories() else matter.categories,
        topics=tuple(dict.fromkeys((*matter.topics, *note.topics))),
        abstract=_longer(matter.abstract, note.abstract),
        comment=note.comment or matter.comment,
        journal=note.journal or matter.journal,
        dois=note.dois or matter.dois,
        pdf=note.pdf or matter.pdf,
        published=matter.published or note.published,
        updated=matter.updated or note.updated,
        extras=None if joined == Extras() else joined,
    )


def _longer(matter: str | None, note: str | None) -> str | None:
    """Return the front matter's own abstract, unless the note has the same with more of it."""
    if matter and note and note.startswith(matter.rstrip(".… ")):
        return note
    return matter or note


def _named(fields: dict[str, object]) -> identifiers.Named | None:
    candidates: list[identifiers.Named] = []
    for key, value in fields.items():
        if not _NAMING.search(key):
            continue
        for entry in value if isinstance(value, list) and len(value) == 1 else [value]:
            text = _text(entry)
            if text and len(text) < 300 and (named := identifiers.parse(text)):  # noqa: PLR2004
                candidates.append(named)
    arxiv = (each for each in candidates if each.identifier.scheme == identifiers.ARXIV)
    return next(arxiv, None) or next(iter(candidates), None)


def _text(value: object) -> str | None:
    return (
        value if isinstance(value, str) else str(value) if isinstance(value, (int, float)) else None
    )


def _plain(value: object) -> object:
    return "\n".join(value.split("\n")) if isinstance(value, str) else value
