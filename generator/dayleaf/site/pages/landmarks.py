"""Landmarks: the papers that most later papers of the archive name, by year and by field.

The search index learns who is named, from names as they are written. So the page is made behind the
index, and only where there is one. Beside it, for scripts, the papers of each year with their
figures.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, NamedTuple
from urllib.parse import quote

from dayleaf.archive import taxonomy, urls
from dayleaf.base import dates
from dayleaf.site import views
from dayleaf.site.pages import calendar, descriptions, papers
from dayleaf.site.pages.kind import Address, Batch, Context, Kind, PublishStage, Span
from dayleaf.site.products import DataFile, Layout

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dayleaf.catalog import ListedRow
    from dayleaf.site.pages.producer import NamedPaper, NamedPapers
    from dayleaf.site.products import Product

_OVERALL, _OF_YEAR, _OF_FIELD = 20, 10, 5
"""Papers that the page lists at most: of all, of a year, of a field."""
_FIELD = 3
"""Landmarks that make a field one."""


class Landmark(NamedTuple):
    """A paper that later ones name."""

    line: views.Line
    papers: int
    """How many later papers name it."""
    name: str
    """By what name they do: `U-Net`."""
    search: str
    """What asks for this name, behind the address of the search: `q=U-Net`."""


class LandmarkGroup(NamedTuple):
    """Landmarks under a heading."""

    label: str
    """`2015`, or the short name of a category."""
    path: str
    """The page of the year or category."""
    id: str
    """For the heading's `id`: `2015`, `cs.CV`."""
    landmarks: tuple[Landmark, ...]
    """Those that most papers name first."""


class LandmarksPage(NamedTuple):
    """`landmarks` in landmarks.html."""

    count: int  # type: ignore[assignment]  # nobody counts in a view
    """Papers that later ones name, in all."""
    overall: tuple[Landmark, ...]
    years: tuple[LandmarkGroup, ...]
    """The newest first."""
    fields: tuple[LandmarkGroup, ...]
    """Primary categories, those with most landmarks first."""


@dataclass(frozen=True)
class LandmarksKind(Kind):
    """A page, and a file for each year; the one key stands for years and what the index learned."""

    name: ClassVar[str] = "landmarks"
    pattern: ClassVar[re.Pattern[str]] = re.compile(rf"{urls.LANDMARKS}(?:[0-9]{{4}}\.json)?")
    phase: ClassVar[str] = "landmarks"
    last: ClassVar[bool] = True
    complete_keys: ClassVar[bool] = True
    stage: ClassVar[PublishStage] = PublishStage.LISTS
    layouts: ClassVar[tuple[Layout, ...]] = (
        Layout("landmarks.html", "landmarks", LandmarksPage, "`/landmarks/`"),
    )
    section: ClassVar[str] = "days"

    def key_of(self, match: re.Match[str]) -> str:
        """Return a key, which the files do not need."""
        return ""

    def listed(self, context: Context) -> tuple[Address, ...]:
        """Return the page, of a site with an index."""
        return (Address(urls.LANDMARKS, context.newest),) if _learned(context) else ()

    def keys(self, context: Context) -> list[str]:
        """Return the one key; none without an index."""
        learned = _learned(context)
        return [f"{learned.key} {' '.join(_years(context))}"] if learned else []

    def batches(self, context: Context) -> Iterator[Batch]:
        """Make all in one go."""
        return (Batch(Span.of(key), 10) for key in self.keys(context))

    def files(self, context: Context, key: str) -> Iterator[Product]:
        """Yield the page, and the files of the years."""
        learned = _learned(context)
        named = learned.named() if learned else []
        rows = _rows(named, context)
        foremost = sorted(
            rows, key=lambda named_paper: (-named_paper.papers, named_paper.day, named_paper.anchor)
        )

        def shown(some: list[NamedPaper]) -> tuple[Landmark, ...]:
            return tuple(_landmark(named_paper, rows[named_paper]) for named_paper in some)

        view = LandmarksPage(
            len(rows),
            shown(foremost[:_OVERALL]),
            tuple(
                LandmarkGroup(year, urls.year(year), year, shown(some))
                for year, some in _by_year(foremost)
            ),
            tuple(
                LandmarkGroup(taxonomy.short_name(code), urls.category(code), code, shown(some))
                for code, some in _by_field(foremost, rows)
            ),
        )
        yield self.page(
            urls.LANDMARKS,
            view,
            title="Landmarks",
            description=descriptions.of_papers(
                f"{calendar.counted(view.count)} that later ones name",
                [landmark.name for landmark in view.overall[:3]],
                view.count,
            ),
        )
        for year, papers_of in _papers_by_year(named, context).items():
            data = json.dumps(papers_of, ensure_ascii=False, separators=(",", ":"))
            yield DataFile(urls.landmarks(year), data.encode())


def _learned(context: Context) -> NamedPapers | None:
    return context.learned(context) if context.learned else None


def _years(context: Context) -> list[str]:
    """Return the years of the archive, oldest first."""
    return sorted({day[:4] for day, _ in context.catalog.days()})


def _by_year(foremost: list[NamedPaper]) -> list[tuple[str, list[NamedPaper]]]:
    """Return the foremost of each year, the newest first."""
    years: defaultdict[str, list[NamedPaper]] = defaultdict(list)
    for named_paper in foremost:
        years[named_paper.day[:4]].append(named_paper)
    return [(year, years[year][:_OF_YEAR]) for year in sorted(years, reverse=True)]


def _by_field(
    foremost: list[NamedPaper], rows: dict[NamedPaper, ListedRow]
) -> list[tuple[str, list[NamedPaper]]]:
    """Return the foremost of each primary category, that with most landmarks first."""
    fields: defaultdict[str, list[NamedPaper]] = defaultdict(list)
    for named_paper in foremost:
        if code := rows[named_paper].code:
            fields[code].append(named_paper)
    ordered = sorted(fields.items(), key=lambda field: (-len(field[1]), field[0]))
    return [(code, some[:_OF_FIELD]) for code, some in ordered if len(some) >= _FIELD]


def _rows(named: list[NamedPaper], context: Context) -> dict[NamedPaper, ListedRow]:
    """Return what lists show of the papers."""
    wanted = {(named_paper.day, named_paper.anchor): named_paper for named_paper in named}
    return {
        named_paper: paper
        for day in sorted({named_paper.day for named_paper in named})
        for paper in context.catalog.listed(day, day)
        if (named_paper := wanted.get((day, paper.anchor)))
    }


def _landmark(named: NamedPaper, paper: ListedRow) -> Landmark:
    line = papers.line(paper, date=dates.brief(named.day))
    search = f"q={quote(named.name, safe='')}"
    return Landmark(line, named.papers, named.name, search)


def _papers_by_year(
    named: list[NamedPaper], context: Context
) -> dict[str, dict[str, list[object]]]:
    """`{"2015": {"1505.04597": [1667, "U-Net"]}}`, all years of the archive."""
    years: dict[str, dict[str, list[object]]] = {year: {} for year in _years(context)}
    for named_paper in named:
        years[named_paper.day[:4]][named_paper.anchor] = [named_paper.papers, named_paper.name]
    return years


LANDMARKS = LandmarksKind()
