"""The home page, with the site's feeds beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from operator import attrgetter
from typing import TYPE_CHECKING, ClassVar, NamedTuple
from urllib.parse import urlencode

from dayleaf.archive import taxonomy, urls
from dayleaf.archive.rising import Term, rising
from dayleaf.base import dates
from dayleaf.catalog import month
from dayleaf.catalog.reads import DAY, FactRange
from dayleaf.site import views
from dayleaf.site.exports import Collection, Export
from dayleaf.site.exports.atom import ATOM
from dayleaf.site.exports.json_feed import JSON_FEED
from dayleaf.site.pages import calendar, descriptions, papers
from dayleaf.site.pages.kind import Address, Context, Kind, PublishStage
from dayleaf.site.products import Layout

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dayleaf.catalog import Catalog
    from dayleaf.site.products import Page, Product

_LINES = 12
_RECENT = 7
_FIELDS = 12
_FEED_PAPERS = 50
_HOT = 8
_MONTH, _BEFORE = 30, 180
"""Days whose titles are compared, and those before them."""


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
    searched: bool
    """Whether there is a search index."""
    about: str
    """What the archive holds, in a sentence; empty where the site has a description."""
    rising: tuple[views.Count, ...]
    """Words of titles that the last thirty days have more of than the half year before, each with
    the address of a search; none without an index, or in archives of a few weeks."""
    venues: tuple[views.Count, ...]
    """Where papers of the last thirty days have appeared, the most frequent first."""


@dataclass(frozen=True)
class HomeKind(Kind):
    """One page: the newest day, and the archive at a glance."""

    exports: tuple[Export, ...] = (ATOM, JSON_FEED)

    name: ClassVar[str] = "home"
    pattern: ClassVar[re.Pattern[str]] = re.compile(urls.HOME)
    stage: ClassVar[PublishStage] = PublishStage.ENTRANCES
    layouts: ClassVar[tuple[Layout, ...]] = (Layout("home.html", "home", HomePage, "`/`"),)
    section: ClassVar[str] = "home"

    def listed(self, context: Context) -> tuple[Address, ...]:
        """Return the page."""
        return (Address(urls.HOME, context.newest),)

    def inputs(self, context: Context) -> object:
        """Return whether there is an index."""
        return context.search

    def files(self, context: Context, key: str) -> Iterator[Product]:
        """Yield the page and the feeds of the newest papers."""
        config = context.config
        yield self._page(context)
        days = context.catalog.days()
        since = papers.feed_since(days, _FEED_PAPERS)
        newest = [paper for _, day in context.catalog.full(since, days[-1][0]) for paper in day]
        newest.sort(key=attrgetter("day", "anchor"), reverse=True)
        collection = Collection(
            config.title, urls.HOME, tuple(newest), config, about=config.description
        )
        del newest
        yield from self.beside(collection, context)

    def _page(self, context: Context) -> Page:
        catalog, config = context.catalog, context.config
        every = catalog.days()
        totals = catalog.totals()
        newest, count = every[-1]
        firsts = catalog.first_papers(every[-1 - _RECENT :][0][0], newest)
        listed = catalog.listed(newest, newest)
        recent = reversed(every[-1 - _RECENT : -1])
        view = HomePage(
            papers=totals.papers,
            authors=totals.authors,
            days=totals.days,
            first_year=every[0][0][:4],
            last_year=newest[:4],
            newest=calendar.summary(firsts[newest], count),
            lines=tuple(map(papers.line, listed[:_LINES])),
            rest=max(count - _LINES, 0),
            recent=tuple(calendar.summary(firsts[day], n) for day, n in recent),
            years=calendar.year_rows(every),
            fields=tuple(papers.field(code, n) for code, n in catalog.primaries()[:_FIELDS]),
            searched=context.search,
            about="" if config.description else _about(catalog, every[0][0]),
            rising=_rising(catalog, newest) if context.search else (),
            venues=papers.venues(
                catalog.rule_memberships(_before(newest, _MONTH), _before(newest, -1)),
                most=_HOT,
                least=2,
            ),
        )
        summary = f"{calendar.counted(totals.papers)} on {calendar.counted(totals.days, 'day')}"
        return self.page(
            urls.HOME,
            view,
            title=config.title,
            description=config.description
            or f"{view.about} {summary}, the newest {dates.weekday(newest)}",
            structured=descriptions.website(config, searched=context.search),
        )


def _about(catalog: Catalog, first: str) -> str:
    """Describe an archive: by the field of most of its papers, or by its fields."""
    fields = catalog.primaries()
    if not fields:
        return f"Papers day by day since {first[:4]}."
    code, count = fields[0]
    total = sum(n for _, n in fields)
    what = f"in {taxonomy.short_name(code)}" if count * 2 > total else f"of {len(fields)} fields"
    return f"Papers {what}, day by day since {first[:4]}."


def _before(iso: str, days: int) -> str:
    """Return the day so many days before another."""
    return (date.fromisoformat(iso) - timedelta(days=days)).isoformat()


def _rising(catalog: Catalog, newest: str) -> tuple[views.Count, ...]:
    """Return the rising terms of a month's titles, in a large archive up to the last Sunday."""
    end = _before(newest, -1)
    if catalog.newest_month() != month.NONE:
        end = _before(newest, date.fromisoformat(newest).weekday())
    since, start = _before(end, _MONTH + 1), _before(end, _MONTH + 1 + _BEFORE)

    def work() -> tuple[Term, ...]:
        return rising(catalog.titles(since, end), catalog.titles(start, since), most=_HOT)

    terms = catalog.remembered(f"rising {end}", FactRange(DAY, start, end), work)
    return tuple(
        views.Count(words, f"{urls.SEARCH}?{_search(words)}", count, "") for words, count in terms
    )


def _search(words: str) -> str:
    """Return the query that finds some words, the newest papers first."""
    phrase = f'"{words}"' if " " in words else words
    return urlencode({"q": phrase, "order": "newest"})


HOME = HomeKind()
