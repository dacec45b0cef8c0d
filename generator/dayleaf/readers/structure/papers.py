"""From an outline to records: every paper that it lists, with the text about it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from dayleaf.archive import identifiers
from dayleaf.archive.model import SHORT, Digest, Extras, Record, Score, SummarySection
from dayleaf.readers import values
from dayleaf.readers.structure import vocabulary
from dayleaf.readers.structure.fields import FieldReader
from dayleaf.readers.structure.outline import Outline
from dayleaf.readers.structure.paper_text import PaperText
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
    """Of the paper that the whole file is about, if there is one."""
    named: identifiers.Named | None = None
    """What identifies that paper, if the front matter does."""


class ListedPapers(NamedTuple):
    """The papers of an outline."""

    records: tuple[Record, ...]
    seen: int
    """How many papers it lists, those that are left out included."""
    mentions: frozenset[str]
    """The anchors of identifiers in the texts about papers."""

    def digest(self, source: str, *, day: str | None, log: ProblemLog) -> Digest:
        """Return the file's digest, in which only papers of another day have a day of their own."""
        records = tuple(each._replace(day="") if each.day == day else each for each in self.records)
        noted = tuple(log.problems)
        return Digest(source, day or "", records, self.seen, noted, mentions=self.mentions)


def papers(outline: Outline, setting: FileFacts, log: ProblemLog) -> ListedPapers:
    """Find the papers of an outline."""
    seen = sightings(outline)
    titles = Titles(outline, seen, fallback=setting.title)
    note = _note(outline, seen, titles, setting)
    stretches = [note] if note else titles.stretches()
    days = _days(outline)
    records: list[Record] = []
    for stretch in stretches:
        read = partial(_record, outline, stretch, setting, days)
        line = outline.blocks[stretch.title.start.block].number if outline.blocks else 1
        record = log.guarded(line, read)
        if record is not None:
            records.append(record)
    mentions = frozenset(_mentioned(seen, stretches))
    refused = len(stretches) - len(records)
    kept = _richest(records)
    return ListedPapers(kept, len(kept) + refused, mentions)


def _richest(records: list[Record]) -> tuple[Record, ...]:
    """Return each paper once: a table of contents lists it, and a section below describes it."""
    best: dict[str, Record] = {}
    for record in records:
        anchor = record.identifier.anchor
        if anchor not in best or _weight(record) > _weight(best[anchor]):
            best[anchor] = record
    return tuple(record for record in records if best[record.identifier.anchor] is record)


def _weight(record: Record) -> tuple[int, int]:
    sections = record.extras.sections if record.extras else ()
    length = sum(len(section.text) for section in sections) + len(record.abstract or "")
    return bool(record.authors) + bool(record.abstract) + len(sections), length


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
        own = [each for each in seen if each.identifier == setting.named.identifier]
        others = (each for each in seen if each.identifier != setting.named.identifier)
        if any(outline.blocks[other.block].kind == "heading" for other in others):
            return None
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
    own = [each for each in seen if not each.mention]
    zone = [each for each in own if first <= each.block < stop]
    arxiv = {each.identifier for each in zone if each.identifier.scheme == identifiers.ARXIV}
    if not zone or len(arxiv) > 1:
        return None
    if any(first not in titles.heads[each.block] for each in own if not first <= each.block < stop):
        return None
    heads = {each.block for each in seen if outline.blocks[each.block].kind == "heading"}
    chosen = map(titles.title_of, zone)
    if heads - {first} or any(title is None or title.start.block != first for title in chosen):
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
    """Yield the identifiers within a stretch that are not its own."""
    place = 0
    for sighting in seen:
        spot = Spot(sighting.block, sighting.line)
        while place < len(stretches) and stretches[place].end <= spot:
            place += 1
        if place == len(stretches) or stretches[place].title.start > spot:
            continue
        own = stretches[place].sightings
        main = min((each.identifier for each in own), key=_rank)
        identifier = sighting.identifier
        if sighting not in own or identifier == main or identifier.scheme != main.scheme:
            yield identifier.anchor


# ---- Days ----------------------------------------------------------------------------------------


def _days(outline: Outline) -> list[tuple[int, str]]:
    """List the days that headings name, each with the place from which on it holds."""
    days = []
    for place, block in enumerate(outline.blocks):
        if block.kind == "heading" and (day := values.day(block.text)):
            days.append((place, day))
    return days


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
    last = None
    for at, day in days:
        if at > place:
            break
        if at != title:
            last = day
    return last


# ---- Records -------------------------------------------------------------------------------------


def _record(
    outline: Outline, stretch: PaperStretch, setting: FileFacts, days: list[tuple[int, str]]
) -> Record:
    paper = FieldReader(outline, stretch).read()
    place = stretch.title.start.block
    day = setting.day or _listed(days, place, -1)
    line = _line(outline, stretch)
    record = record_of(paper, [each.named for each in stretch.sightings], line=line, day=day)
    if day is None and stretch.title.kind == "row":  # the date of a row is that of a revision
        return record._replace(day=values.month_of(record.identifier) or record.day)
    return record


def _line(outline: Outline, stretch: PaperStretch) -> int:
    start = stretch.title.start
    if stretch.title.kind == "front":
        return 1
    lines = outline.blocks[start.block].lines if outline.blocks else []
    return lines[start.line].number if start.line < len(lines) else 1


def record_of(paper: PaperText, named: list[Named], *, line: int, day: str | None) -> Record:
    """Return the record of a paper. It stands on `day`, or else on its own."""
    says = paper.fields
    main = _main(named, says)
    authors, others = values.people(says.get(AUTHORS, ""))
    published, updated = (_time(says.get(name)) for name in (PUBLISHED, UPDATED))
    sections = _sections(paper)
    links = (("Project", paper.project),) if paper.project else ()
    extras = Extras(
        tuple(section._replace(language=values.language_of(section.text)) for section in sections),
        main.version if sections else 0,
        paper.code or None,
        links,
        tuple(Score(name, value) for name, value in paper.scores.items()),
        others,
    )
    own = day or (published or "")[:10] or values.month(says.get(PUBLISHED))
    address = next((a for a in paper.addresses if a.startswith("http")), None)
    title = says.get(TITLE) or paper.title
    return Record(
        line=line,
        identifier=main.identifier,
        version=main.version,
        title=values.text(values.plain(title)) or main.identifier.value,
        authors=authors,
        day=own or values.month_of(main.identifier) or "",
        categories=values.categories(
            says.get(CATEGORIES) or ", ".join(dict.fromkeys(paper.categories))
        ),
        topics=_topics(paper),
        abstract=values.text(says.get(ABSTRACT)),
        journal=values.text(says.get(JOURNAL)),
        dois=_dois(named, main),
        url=None if main.identifier.address else address,
        pdf=next((a for a in paper.addresses if _PDF.search(a)), None),
        published=published,
        updated=updated,
        extras=None if extras == Extras() else extras,
    )


def _main(named: list[Named], says: dict[str, str]) -> Named:
    written = identifiers.parse(says.get(ID, "")) if says.get(ID) else None
    every = [*named, *([written] if written else [])]
    first = min(every, key=lambda each: _rank(each.identifier))
    version = max(
        (each.version for each in every if each.identifier == first.identifier), default=0
    )
    return first._replace(version=version)


def _rank(identifier: Identifier) -> int:
    return _ORDER.index(identifier.scheme) if identifier.scheme in _ORDER else len(_ORDER)


def _dois(named: list[Named], main: Named) -> tuple[str, ...]:
    dois = (each.identifier.value for each in named if each.identifier.scheme == identifiers.DOI)
    return tuple(dict.fromkeys(dois)) if main.identifier.scheme != identifiers.DOI else ()


def _sections(paper: PaperText) -> list[SummarySection]:
    sections = []
    if short := values.text(paper.fields.get(SUMMARY)):
        sections.append(SummarySection(SHORT, short))
    for heading, text in paper.sections.items():
        if words := values.text(values.plain(text)):
            sections.append(SummarySection(heading, words))
    if comment := values.text(paper.fields.get(COMMENT)):
        sections.append(SummarySection("Comment", comment))
    return sections


def _topics(paper: PaperText) -> tuple[str, ...]:
    listed = _LIST.split(paper.fields.get(TOPICS, ""))
    cleaned = (
        values.text(topic.strip().strip("#`").removeprefix("query:"))
        for topic in (*listed, *paper.topics)
    )
    return tuple(dict.fromkeys(filter(None, cleaned)))


def _time(value: str | None) -> str | None:
    """Return a time from any form of a date."""
    if not value:
        return None
    time = values.time(value) or values.day(value) or values.of_epoch(value)
    return f"{time}T00:00:00Z" if time and len(time) == len("2026-06-21") else time
