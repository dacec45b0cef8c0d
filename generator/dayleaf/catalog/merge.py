"""How several records of one paper become one: a function for each way of merging a column.

Each gets the rows of the records, the best of them first, and the name of the column.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dayleaf.archive.model import Extras
from dayleaf.catalog import packed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dayleaf.archive.model import Score, SummarySection
    from dayleaf.catalog.columns import PaperRow

    Merge = Callable[[Sequence[PaperRow], str], object]


def best(records: Sequence[PaperRow], name: str) -> object:
    """Return the best record's value, even an empty one."""
    return getattr(records[0], name)


def known(records: Sequence[PaperRow], name: str) -> object:
    """Return the first value that is not empty."""
    return next(filter(None, (getattr(paper, name) for paper in records)), best(records, name))


def joined(between: str) -> Merge:
    """Return a way to join the parts of all texts, each part once."""

    def join(records: Sequence[PaperRow], name: str) -> object:
        texts = (getattr(paper, name) or "" for paper in records)
        parts = (part for text in texts for part in text.split(between) if part)
        return between.join(dict.fromkeys(parts)) or best(records, name)

    return join


def listed(records: Sequence[PaperRow], _name: str) -> str:
    """Return the first of the days. A day is known better than a month, whichever comes first."""
    return min(records, key=lambda paper: (-len(paper.listed), paper.listed)).listed


def day(records: Sequence[PaperRow], name: str) -> str:
    """Return the day that the merged paper stands on."""
    return day_of(listed(records, name))


def day_of(listed: str) -> str:
    """Return the day that a record stands on: of a month, the first."""
    return listed if len(listed) > len("2021-12") else f"{listed}-01"


def named(records: Sequence[PaperRow], name: str) -> object:
    """Return the value of the record with the complete list of authors, or the longest."""
    whole = (paper for paper in records if paper.authors and not paper.told.others)
    most = max(records, key=lambda paper: len(packed.slugs(paper.authors)))
    return getattr(next(whole, most), name)


def withdrawn(records: Sequence[PaperRow], _name: str) -> int:
    """Return whether a record of the best one's version says so."""
    return max(paper.withdrawn for paper in records if paper.version == records[0].version)


def resources(records: Sequence[PaperRow], _name: str) -> str | None:
    """Return the resources in the merged texts."""
    texts = (known(records, name) for name in ("abstract", "comment"))
    return packed.pack_resources(*(text if isinstance(text, str) else None for text in texts))


def extras(records: Sequence[PaperRow], _name: str) -> str | None:
    """Join extras; of two sections with one heading in one language the first stays.

    Of two scores with one name as well.
    """
    every = [paper.told for paper in records]
    sections: dict[tuple[str, str], SummarySection] = {}
    scores: dict[str, Score] = {}
    version = 0
    for extra, paper in zip(every, records, strict=True):
        for section in extra.sections:
            sections.setdefault((section.heading, section.language), section)
        for score in extra.scores:
            scores.setdefault(score.name, score)
        if extra.sections and not version:
            version = extra.version or paper.version
    whole = any(p.authors and not extra.others for p, extra in zip(records, every, strict=True))
    return packed.pack_extras(
        Extras(
            tuple(sections.values()),
            version,
            next((extra.code for extra in every if extra.code), None),
            tuple(dict.fromkeys(link for extra in every for link in extra.links)),
            tuple(scores.values()),
            not whole and any(extra.others for extra in every),
            next((extra.announced for extra in every if extra.announced), ""),
        )
    )
