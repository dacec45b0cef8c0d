"""Years: a bar and a small calendar for each month."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from dayleaf.archive import urls
from dayleaf.base import dates
from dayleaf.site import views
from dayleaf.site.pages import calendar
from dayleaf.site.pages.kind import ALL, Address, Batch, Context, Kind
from dayleaf.site.products import Layout

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dayleaf.site.products import Product


class YearPage(NamedTuple):
    """`year` in year.html."""

    label: str
    count: int  # type: ignore[assignment]  # nobody counts in a view
    days: int
    months: tuple[views.Month, ...]
    """The months that hold something, in the calendar's order."""
    bars: tuple[views.Bar, ...]
    """A bar for each of the twelve months."""
    previous: views.Link | None
    next: views.Link | None


@dataclass(frozen=True)
class YearKind(Kind):
    """A page for each year that has papers; its key is the year, `2021`."""

    name: ClassVar[str] = "year"
    pattern: ClassVar[re.Pattern[str]] = re.compile(r"([0-9]{4})/")
    layouts: ClassVar[tuple[Layout, ...]] = (Layout("year.html", "year", YearPage, "`/2021/`"),)
    section: ClassVar[str] = "days"

    def listed(self, context: Context) -> Iterator[Address]:
        """Return the years, newest first."""
        newest = {day[:4]: day for day, _ in context.catalog.days()}
        return (Address(urls.year(key), day) for key, day in reversed(newest.items()))

    def keys(self, context: Context) -> list[str]:
        """Return the years that have papers."""
        return list(dict.fromkeys(day[:4] for day, _ in context.catalog.days()))

    def batches(self, context: Context) -> tuple[Batch, ...]:
        """Make all in one go."""
        return (Batch(ALL, len(context.catalog.days()) / 60),)

    def files(self, context: Context, key: str) -> Iterator[Product]:
        """Yield a year."""
        by_day = dict(context.catalog.days_within(key, key))
        if not by_day:
            return
        previous, following = map(calendar.link, context.catalog.neighbours(key))
        months = [f"{key}-{number:02}" for number in range(1, 13)]
        counts = [(dates.MONTHS[n][:3], calendar.total(by_day, m)) for n, m in enumerate(months)]
        view = YearPage(
            label=key,
            count=sum(by_day.values()),
            days=len(by_day),
            months=tuple(calendar.month(m, by_day) for m in sorted({iso[:7] for iso in by_day})),
            bars=calendar.bars(counts),
            previous=previous,
            next=following,
        )
        days = calendar.counted(view.days, "day")
        yield self.page(
            urls.year(key),
            view,
            title=key,
            description=f"{calendar.counted(view.count)} of {key} on {days}, month by month",
        )


YEAR = YearKind()
