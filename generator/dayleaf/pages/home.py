"""The home page, with the site's feeds beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from dayleaf import urls, views
from dayleaf.drafts import Layout
from dayleaf.exports import Collection, Export
from dayleaf.exports.atom import ATOM
from dayleaf.exports.json_feed import JSON_FEED
from dayleaf.pages import calendar, papers
from dayleaf.pages.kind import Context, Kind, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dayleaf.drafts import Draft, Page

_LINES = 12
_RECENT = 7
_FIELDS = 12
_FEED_PAPERS = 50


class HomePage(NamedTuple):
    """`home` in home.html."""

    papers: int
    authors: int
    days: int
    first_year: str
    last_year: str
    newest: views.DaySummary
    lines: tuple[views.Line, ...]
    """The newest day's papers, as many as a home page bears."""
    rest: int
    """How many papers the newest day holds beyond `lines`."""
    recent: tuple[views.DaySummary, ...]
    """The days before the newest."""
    years: tuple[views.YearRow, ...]
    """Newest first."""
    fields: tuple[views.Count, ...]
    """The most frequent primary categories."""


@dataclass(frozen=True)
class Home(Kind):
    """One page: the newest day, and the archive at a glance."""

    exports: tuple[Export, ...] = (ATOM, JSON_FEED)

    name: ClassVar[str] = "home"
    pattern: ClassVar[re.Pattern[str]] = re.compile(urls.HOME)
    layouts: ClassVar[tuple[Layout, ...]] = (Layout("home.html", "home", HomePage, "`/`"),)
    section: ClassVar[str] = "home"

    def listed(self, context: Context) -> tuple[str, ...]:
        """Return the page."""
        return (urls.HOME,)

    def pages(self, context: Context, spans: tuple[Span, ...]) -> Iterator[Page]:
        """Yield the page and the feeds of the newest papers."""
        config = context.config
        yield self._page(context)
        days = context.catalog.days()
        since = papers.feed_since(days, _FEED_PAPERS)
        found = [paper for _, day in context.catalog.full(since, days[-1][0]) for paper in day]
        found.sort(key=attrgetter("day", "anchor"), reverse=True)
        collection = Collection(config.title, urls.HOME, tuple(found), config.base_url)
        del found
        yield from self.beside(collection, context)

    def _page(self, context: Context) -> Draft:
        catalog, config = context.catalog, context.config
        every = catalog.days()
        totals = catalog.totals()
        newest, count = every[-1]
        titles = catalog.first_titles(every[-1 - _RECENT :][0][0], newest)
        listed = catalog.listed(newest, newest)
        recent = reversed(every[-1 - _RECENT : -1])
        view = HomePage(
            papers=totals.papers,
            authors=totals.authors,
            days=totals.days,
            first_year=every[0][0][:4],
            last_year=newest[:4],
            newest=calendar.summary(newest, count, titles[newest]),
            lines=tuple(map(papers.line, listed[:_LINES])),
            rest=max(count - _LINES, 0),
            recent=tuple(calendar.summary(day, n, titles[day]) for day, n in recent),
            years=calendar.year_rows(every),
            fields=tuple(papers.field(code, n) for code, n in catalog.primaries()[:_FIELDS]),
        )
        return self.draft(urls.HOME, view, title=config.title, description=config.description)


HOME = Home()
