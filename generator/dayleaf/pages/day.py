"""Days: every paper of a day in full."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from dayleaf import dates, urls, views
from dayleaf.drafts import Layout
from dayleaf.exports import Collection, Export
from dayleaf.exports.references import REFERENCES
from dayleaf.pages import calendar, descriptions, papers
from dayleaf.pages.kind import Address, Context, Kind, Share, Span, Turn, with_neighbours

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dayleaf.catalog import Paper
    from dayleaf.drafts import Draft, Page

_PAPERS = 2_000
"""Papers that one process makes in one go."""
_COST = 0.15
"""Milliseconds that a paper takes."""


class DayPage(NamedTuple):
    """`day` in day.html."""

    label: str
    """`Sunday, 19 December 2021`."""
    iso: str
    count: int  # type: ignore[assignment]  # nobody counts in a view
    papers: tuple[views.Paper, ...]
    fields: tuple[views.Count, ...]
    """Primary categories of the day, most frequent first; each leads to its category."""
    previous: views.Link | None
    """The day before in this archive, label `18 December 2021`."""
    next: views.Link | None
    month: views.Link
    year: views.Link


@dataclass(frozen=True)
class Day(Kind):
    """A page for each day that has papers; its key is the day, `2021-12-19`."""

    exports: tuple[Export, ...] = (REFERENCES,)

    name: ClassVar[str] = "day"
    pattern: ClassVar[re.Pattern[str]] = re.compile(r"([0-9]{4})/([0-9]{2})/([0-9]{2})/")
    turn: ClassVar[Turn] = Turn.DAYS
    layouts: ClassVar[tuple[Layout, ...]] = (Layout("day.html", "day", DayPage, "`/2021/12/19/`"),)
    section: ClassVar[str] = "days"
    chunk: ClassVar[int] = 20

    def listed(self, context: Context) -> Iterator[Address]:
        """Return the days, newest first."""
        return (Address(urls.day(day), day) for day, _ in reversed(context.catalog.days()))

    def shares(self, context: Context) -> Iterator[Share]:
        """Share out stretches that hold about as many papers each."""
        days = context.catalog.days()
        first, held = "", 0
        for place, (day, count) in enumerate(days, 1):
            first, held = first or day, held + count
            if held >= _PAPERS or place == len(days):
                yield Share(Span.through(first, day), held * _COST)
                first, held = "", 0

    def touched(self, context: Context, *, since: int) -> list[str] | None:
        """Return the touched days with their neighbours, and those that name who got a page."""
        catalog, minimum = context.catalog, context.minimum
        days = [day for day, _ in catalog.days()]
        found = with_neighbours(catalog.touched("day", since=since), days)
        others = catalog.days_of(catalog.crossing(minimum=minimum, since=since))
        return sorted({*found, *others})

    def pages(self, context: Context, spans: tuple[Span, ...]) -> Iterator[Page]:
        """Yield the days within some spans."""
        order = [day for day, _ in context.catalog.days()]
        for span in spans:
            place = bisect_left(order, span.first)
            for iso, found in context.catalog.full(span.first, span.end):
                near = calendar.neighbours(order, place)
                place += 1
                page = self._page(context, iso, found, near)
                collection = None
                if self.exports:
                    base = context.config.base_url
                    collection = Collection(page.page.title, page.path, tuple(found), base)
                del found  # a page and the rows it was made of are enough to hold
                yield page
                del page
                if collection:
                    yield from self.beside(collection, context)

    def _page(
        self, context: Context, iso: str, found: list[Paper], near: tuple[str | None, str | None]
    ) -> Draft:
        few = frozenset[str]()
        if context.minimum > 1:
            slugs = [slug for paper in found for slug in paper.slugs]
            few = context.catalog.few(slugs, below=context.minimum)
        previous, following = map(_link, near)
        view = DayPage(
            label=dates.weekday(iso),
            iso=iso,
            count=len(found),
            papers=tuple(papers.full(paper, few=few) for paper in found),
            fields=papers.field_counts(paper.code for paper in found),
            previous=previous,
            next=following,
            month=views.Link(dates.month(iso), urls.month(iso)),
            year=views.Link(iso[:4], urls.year(iso)),
        )
        return self.draft(
            urls.day(iso),
            view,
            title=view.label,
            description=descriptions.of_papers(
                f"{calendar.counted(view.count)} of {view.label}",
                [paper.title_plain for paper in found[:3]],
                view.count,
            ),
            structured=descriptions.breadcrumbs(
                context.config, (view.year, view.month), view.label
            ),
        )


def _link(iso: str | None) -> views.Link | None:
    return views.Link(dates.day(iso), urls.day(iso)) if iso else None


DAY = Day()
