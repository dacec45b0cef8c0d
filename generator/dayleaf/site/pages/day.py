"""Days: every paper of a day in full.

A day of a volume has a redirect in the site, and there its references, which scripts look for below
the site's root.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from dayleaf.archive import urls
from dayleaf.base import dates
from dayleaf.catalog import reads
from dayleaf.site import views
from dayleaf.site.exports import Collection, Export
from dayleaf.site.exports.references import REFERENCES
from dayleaf.site.pages import calendar, descriptions, papers
from dayleaf.site.pages.kind import Address, Batch, Context, Kind, PublishStage, Span
from dayleaf.site.pages.moved import MOVED, MovedPage
from dayleaf.site.products import Layout

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dayleaf.catalog import PaperRow
    from dayleaf.site.products import Page, Product

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
    landmarks: bool
    """Whether the site knows which of its papers later ones name."""


@dataclass(frozen=True)
class DayKind(Kind):
    """A page for each day that has papers; its key is the day, `2021-12-19`."""

    exports: tuple[Export, ...] = (REFERENCES,)

    name: ClassVar[str] = "day"
    pattern: ClassVar[re.Pattern[str]] = re.compile(r"([0-9]{4})/([0-9]{2})/([0-9]{2})/")
    stage: ClassVar[PublishStage] = PublishStage.DAYS
    topic: ClassVar[str | None] = reads.DAY
    layouts: ClassVar[tuple[Layout, ...]] = (
        Layout("day.html", "day", DayPage, "`/2021/12/19/`"),
        MOVED,
    )
    section: ClassVar[str] = "days"
    in_volumes: ClassVar[bool] = True
    chunk: ClassVar[int] = 20

    def listed(self, context: Context) -> Iterator[Address]:
        """Return the days, newest first."""
        days = (day for day, _ in reversed(context.catalog.days()))
        return (Address(urls.day(day), day) for day in days if not context.is_elsewhere(day))

    def inputs(self, context: Context) -> object:
        """Return whether there is an index, which knows the landmarks."""
        return context.search

    def batches(self, context: Context) -> Iterator[Batch]:
        """Divide the days into stretches that hold about as many papers each."""
        days = context.catalog.days()
        first, held = "", 0
        for place, (day, count) in enumerate(days, 1):
            first, held = first or day, held + count
            if held >= _PAPERS or place == len(days):
                yield Batch(Span.through(first, day), held * _COST)
                first, held = "", 0

    def keys(self, context: Context) -> list[str]:
        """Return the days that have papers."""
        return [day for day, _ in context.catalog.days()]

    def files(self, context: Context, key: str) -> Iterator[Product]:
        """Yield a day, or a redirect to its volume, and the exports beside it."""
        volume, moved = context.config.volume, context.is_elsewhere(key)
        if volume and moved:
            return
        for iso, rows in context.catalog.full(key, key):
            page = self._moved(iso) if moved else self._page(context, iso, rows)
            yield page
            if self.exports and not volume:
                config = context.config
                collection = Collection(page.info.title, page.path, tuple(rows), config)
                del rows, page  # the rows are enough to hold
                yield from self.beside(collection, context)

    def _moved(self, iso: str) -> Page:
        label, path = dates.weekday(iso), urls.day(iso)
        return self.page(path, MovedPage(label, path), title=label, layout=1)

    def _page(self, context: Context, iso: str, rows: list[PaperRow]) -> Page:
        slugs = sorted({slug for paper in rows for slug in paper.slugs})
        few = context.catalog.without_page_by(iso, slugs, minimum=context.minimum)
        pages = context.shared_pages
        previous, following = map(calendar.link, context.catalog.neighbours(iso))
        view = DayPage(
            label=dates.weekday(iso),
            iso=iso,
            count=len(rows),
            papers=tuple(papers.full(paper, few=few, pages=pages) for paper in rows),
            fields=papers.field_counts(paper.code for paper in rows),
            previous=previous,
            next=following,
            month=views.Link(dates.month(iso), urls.month(iso)),
            year=views.Link(iso[:4], urls.year(iso)),
            landmarks=context.search,
        )
        return self.page(
            urls.day(iso),
            view,
            title=view.label,
            description=descriptions.of_papers(
                f"{calendar.counted(view.count)} of {view.label}",
                [paper.title_plain for paper in rows[:3]],
                view.count,
            ),
            structured=descriptions.breadcrumbs(
                context.config, (view.year, view.month), view.label
            ),
        )


DAY = DayKind()
