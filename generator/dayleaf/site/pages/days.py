"""The page of all days, by year and month, and the feeds of the newest."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from dayleaf.archive import urls
from dayleaf.base import dates
from dayleaf.site import views
from dayleaf.site.exports import Collection, Export
from dayleaf.site.exports.atom import ATOM
from dayleaf.site.exports.days import day_entry
from dayleaf.site.exports.json_feed import JSON_FEED
from dayleaf.site.pages import calendar
from dayleaf.site.pages.kind import Address, Context, Kind
from dayleaf.site.products import Layout

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dayleaf.site.products import Product


_FEED_DAYS = 14


class DaysPage(NamedTuple):
    """`days` in days.html: the archive year by year."""

    count: int  # type: ignore[assignment]  # nobody counts in a view
    years: tuple[views.YearRow, ...]
    landmarks: bool
    """Whether the site has a page of them."""


@dataclass(frozen=True)
class DaysKind(Kind):
    """One page, and feeds with an entry a day."""

    exports: tuple[Export, ...] = (ATOM, JSON_FEED)

    name: ClassVar[str] = "days"
    pattern: ClassVar[re.Pattern[str]] = re.compile(re.escape(urls.DAYS))
    layouts: ClassVar[tuple[Layout, ...]] = (Layout("days.html", "days", DaysPage, "`/days/`"),)
    entry: ClassVar[views.Link | None] = views.Link("Days", urls.DAYS)
    section: ClassVar[str] = "days"

    def listed(self, context: Context) -> tuple[Address, ...]:
        """Return the page."""
        return (Address(urls.DAYS, context.newest),)

    def inputs(self, context: Context) -> object:
        """Return whether there is an index, which knows the landmarks."""
        return context.search

    def files(self, context: Context, key: str) -> Iterator[Product]:
        """Yield the page and the feeds."""
        config, every = context.config, context.catalog.days()
        view = DaysPage(len(every), calendar.year_rows(every), context.search)
        papers = calendar.counted(sum(count for _, count in every))
        span = f"{dates.day(every[0][0])} to {dates.day(every[-1][0])}"
        yield self.page(
            urls.DAYS,
            view,
            title="Days",
            description=f"{papers} on {calendar.counted(len(every), 'day')}, {span}",
        )
        newest = every[-_FEED_DAYS:]
        recent = context.catalog.full(newest[0][0], newest[-1][0])
        entries = tuple(day_entry(iso, listed, config) for iso, listed in recent)[::-1]
        title = f"{config.title}: days"
        about = config.description
        yield from self.beside(Collection(title, urls.DAYS, (), config, about, entries), context)


DAYS = DaysKind()
