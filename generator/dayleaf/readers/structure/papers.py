"""From an outline to records: every paper that it lists, with what is said of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from dayleaf.archive import identifiers
from dayleaf.archive.model import SHORT, Extras, Record, Score, SummarySection
from dayleaf.readers import values
from dayleaf.readers.structure import vocabulary
from dayleaf.readers.structure.fields import FieldReader
from dayleaf.readers.structure.outline import Outline
from dayleaf.readers.structure.said import Said
from dayleaf.readers.structure.sightings import Sighting, sightings
from dayleaf.readers.structure.titles import PaperStretch, Spot, Title, Titles, heading_text
from dayleaf.readers.structure.vocabulary import (
    ABSTRACT,
    AUTHORS,
    CATEGORIES,
    COMMENT,
    ID,
    JOURNAL,
    PUBLISHED,
    SUMMARY,
    TITLE,
    TOPICS,
    UPDATED,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dayleaf.archive.identifiers import Identifier, Named
    from dayleaf.readers.problem_log import ProblemLog

_ORDER = ("arxiv", "doi", "openreview", "acl", "biorxiv", "medrxiv", "eprint")
_DEEPEST = 2
"""The level of a heading that a note may begin with."""
_LIST = re.compile(r"[,;，；、|]|\s{2,}")
_PDF = re.compile(r"/pdf/|\.pdf(?:\Z|[?#])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What is known of a file besides its text."""

    day: str | None = None
    """Its day, by its path or front matter."""
    title: str = ""
    """Of the one paper that the file is about, if it is about one."""
    named: identifiers.Named | None = None
    """What identifies that paper, if the front matter does."""


class Found(NamedTuple):
    """What an outline holds."""

    records: tuple[Record, ...]
    seen: int
    """How many papers it lists, those that are left out included."""
    mentions: frozenset[str]
    """The anchors of identifiers that stand in what is said of a paper."""
    stretches: tuple[PaperStretch, ...] = ()
    said: tuple[Said, ...] = ()


def papers(outline: Outline, setting: FileFacts, log: ProblemLog) -> Found:
    """Find the papers of an outline."""
    seen = sightings(outline)
    titles = Titles(outline, seen, fallback=setting.title)
    note = _note(outline, seen, titles, setting)
    stretches = [note] if note else titles.stretches()
    days = _days(outline)
    records: list[Record] = []
    texts: list[Said] = []
    for stretch in stretches:
        read = partial(_record, outline, stretch, setting, days, texts)
        line = outline.blocks[stretch.title.start.block].number if outline.blocks else 1
        record = log.guarded(line, read)
        if record is not None:
            records.append(record)
    mentions = frozenset(_mentioned(seen, stretches))
    refused = len(stretches) - len(records)
    kept = _richest(records)
    return Found(kept, len(kept) + refused, mentions, tuple(stretches), tuple(texts))


def _richest(records: list[Record]) -> tuple[Record, ...]:
    """Return each paper once: a table of contents lists it, and a section below describes it."""
    best: dict[str, Record] = {}
    for record in records:
        anchor = record.identifier.anchor
        if anchor not in best or _weight(record) > _weight(best[anchor]):
            best[anchor] = record
    return tuple(one for one in records if best[one.identifier.anchor] is one)


def _weight(record: Record) -> tuple[int, int]:
    sections = record.extras.sections if record.extras else ()
    said = sum(len(section.text) for section in sections) + len(record.abstract or "")
    return bool(record.authors) + bool(record.abstract) + len(sections), said


# ---- A note about one paper ----------------------------------------------------------------------


def _note(
    outline: Outline, seen: list[Sighting], titles: Titles, setting: FileFacts
) -> PaperStretch | None:
    """Return the stretch of a whole file that is about one paper; None for any other.

    Its front matter identifies the paper, or what stands below its first heading, a title.
    """
    first = next(
        (n for n, b in enumerate(outline.blocks) if b.kind == "heading" and b.level <= _DEEPEST),
        None,
    )
    end = Spot(len(outline.blocks))
    if setting.named is not None:
        if any(outline.blocks[one.block].kind == "heading" for one in seen
               if one.named.identifier != setting.named.identifier):  # fmt: skip
            return None
        own = [one for one in seen if one.named.identifier == setting.named.identifier]
        title = _title_of_note(outline, first, setting)
        return PaperStretch(title, [Sighting(setting.named, 0, 0, -1), *own], end)
    if first is None:
        return None
    text = heading_text(outline.blocks[first])
    if not vocabulary.may_be_title(text) or vocabulary.names_digest(text) or values.day(text):
        return None
    stop = next(
        (n for n in range(first + 1, len(outline.blocks)) if outline.blocks[n].kind == "heading"
         and outline.blocks[n].level < 7), len(outline.blocks),  # noqa: PLR2004
    )  # fmt: skip
    zone = [one for one in seen if first <= one.block < stop and not one.mention]
    if (
        not zone
        or len({one.named.identifier for one in zone if one.named.identifier.scheme == "arxiv"}) > 1
    ):
        return None
    elsewhere = [one for one in seen if not one.mention and not first <= one.block < stop]
    if any(first not in titles.heads[one.block] for one in elsewhere):
        return None
    heads = {one.block for one in seen if outline.blocks[one.block].kind == "heading"} - {first}
    chosen = [titles.title_of(one) for one in zone]
    if heads or any(found is None or found.start.block != first for found in chosen):
        return None
    return PaperStretch(Title(Spot(first), text, "head"), zone, end)


def _title_of_note(outline: Outline, first: int | None, setting: FileFacts) -> Title:
    text = heading_text(outline.blocks[first]) if first is not None else ""
    good = vocabulary.may_be_title(text) and not vocabulary.is_generic(text) and first is not None
    if good and (not setting.title or text.casefold() in setting.title.casefold()):
        return Title(Spot(first or 0), text, "head")
    place = first if good and first is not None and outline.blocks[first].level == 1 else 0
    kind = "head" if good and place else "front"
    return Title(Spot(place), setting.title or text, kind)


def _mentioned(seen: list[Sighting], stretches: list[PaperStretch]) -> Iterator[str]:
    """Yield what stands within a stretch, besides its own identifiers."""
    place = 0
    for one in seen:
        spot = Spot(one.block, one.line)
        while place < len(stretches) and stretches[place].end <= spot:
            place += 1
        if place == len(stretches) or stretches[place].title.start > spot:
            continue
        own = stretches[place].sightings
        main = min((each.named.identifier for each in own), key=_rank)
        if (
            one not in own
            or one.named.identifier == main
            or one.named.identifier.scheme != main.scheme
        ):
            yield one.named.identifier.anchor


# ---- Days ----------------------------------------------------------------------------------------


def _days(outline: Outline) -> list[tuple[int, str]]:
    """List the days that headings name, each with the place from which on it holds."""
    found = []
    for place, block in enumerate(outline.blocks):
        if block.kind == "heading" and (day := values.day(block.text)):
            found.append((place, day))
    return found


def day_of(outline: Outline) -> str | None:
    """Return the day that a text names: in a heading, or with a label before its first paper."""
    days = _days(outline)
    if days and len({day for _, day in days}) == 1:
        return days[0][1]
    if days:
        return None
    for block in outline.blocks[:12]:
        for line in block.lines:
            label, colon, value = line.text.partition(":")
            if not colon:
                label, colon, value = line.text.partition("：")
            meaning = vocabulary.field(label) if colon else None
            if meaning in {PUBLISHED, UPDATED} and (day := values.day(value)):
                return day
    return None


def _listed(days: list[tuple[int, str]], place: int, title: int) -> str | None:
    """Return the day of the last dated heading above a paper."""
    found = None
    for at, day in days:
        if at > place:
            break
        if at != title:
            found = day
    return found


# ---- Records -------------------------------------------------------------------------------------


def _record(
    outline: Outline,
    stretch: PaperStretch,
    setting: FileFacts,
    days: list[tuple[int, str]],
    texts: list[Said],
) -> Record:
    said = FieldReader(outline, stretch).read()
    texts.append(said)
    place = stretch.title.start.block
    day = setting.day or _listed(days, place, -1)
    line = _line(outline, stretch)
    found = record_of(said, [one.named for one in stretch.sightings], line=line, day=day)
    if day is None and stretch.title.kind == "row":  # the date of a row is that of a revision
        return found._replace(day=values.month_of(found.identifier) or found.day)
    return found


def _line(outline: Outline, stretch: PaperStretch) -> int:
    start = stretch.title.start
    if stretch.title.kind == "front":
        return 1
    lines = outline.blocks[start.block].lines if outline.blocks else []
    return lines[start.line].number if start.line < len(lines) else 1


def record_of(said: Said, named: list[Named], *, line: int, day: str | None) -> Record:
    """Return the record of a paper. It stands on `day`, or else on its own."""
    says = said.fields
    main = _main(named, says)
    authors, others = values.people(says.get(AUTHORS, ""))
    published, updated = (_time(says.get(name)) for name in (PUBLISHED, UPDATED))
    sections = _sections(said)
    links = (("Project", said.project),) if said.project else ()
    extras = Extras(
        tuple(one._replace(language=values.language_of(one.text)) for one in sections),
        main.version if sections else 0,
        said.code or None,
        links,
        tuple(Score(name, value) for name, value in said.scores.items()),
        others,
    )
    own = day or (published or "")[:10] or values.month(says.get(PUBLISHED))
    address = next((a for a in said.addresses if a.startswith("http")), None)
    title = says.get(TITLE) or said.title
    return Record(
        line=line,
        identifier=main.identifier,
        version=main.version,
        title=values.text(values.plain(title)) or main.identifier.value,
        authors=authors,
        day=own or values.month_of(main.identifier) or "",
        categories=values.categories(
            says.get(CATEGORIES) or ", ".join(dict.fromkeys(said.categories))
        ),
        topics=_topics(said),
        abstract=values.text(says.get(ABSTRACT)),
        journal=values.text(says.get(JOURNAL)),
        dois=_dois(named, main),
        url=None if main.identifier.address else address,
        pdf=next((a for a in said.addresses if _PDF.search(a)), None),
        published=published,
        updated=updated,
        extras=None if extras == Extras() else extras,
    )


def _main(named: list[Named], says: dict[str, str]) -> Named:
    written = identifiers.parse(says.get(ID, "")) if says.get(ID) else None
    every = [*named, *([written] if written else [])]
    first = min(every, key=lambda one: _rank(one.identifier))
    version = max((one.version for one in every if one.identifier == first.identifier), default=0)
    return first._replace(version=version)


def _rank(identifier: Identifier) -> int:
    return _ORDER.index(identifier.scheme) if identifier.scheme in _ORDER else len(_ORDER)


def _dois(named: list[Named], main: Named) -> tuple[str, ...]:
    found = (one.identifier.value for one in named if one.identifier.scheme == identifiers.DOI)
    return tuple(dict.fromkeys(found)) if main.identifier.scheme != identifiers.DOI else ()


def _sections(said: Said) -> list[SummarySection]:
    sections = []
    if short := values.text(said.fields.get(SUMMARY)):
        sections.append(SummarySection(SHORT, short))
    for heading, text in said.sections.items():
        if found := values.text(values.plain(text)):
            sections.append(SummarySection(heading, found))
    if comment := values.text(said.fields.get(COMMENT)):
        sections.append(SummarySection("Comment", comment))
    return sections


def _topics(said: Said) -> tuple[str, ...]:
    listed = _LIST.split(said.fields.get(TOPICS, ""))
    cleaned = (
        values.text(one.strip().strip("#`").removeprefix("query:"))
        for one in (*listed, *said.topics)
    )
    return tuple(dict.fromkeys(filter(None, cleaned)))


def _time(value: str | None) -> str | None:
    """Return a time from any form of a date."""
    if not value:
        return None
    found = values.time(value) or values.day(value) or values.of_epoch(value)
    return f"{found}T00:00:00Z" if found and len(found) == len("2026-06-21") else found
