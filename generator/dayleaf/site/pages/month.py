"""Months: a calendar with the papers of each day, and the days in a list."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from dayleaf.archive import urls
from dayleaf.base import dates
from dayleaf.site import views
from dayleaf.site.pages import calendar, descriptions
from dayleaf.site.pages.kind import ALL, Address, Batch, Context, Kind
from dayleaf.site.products import Layout

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dayleaf.site.products import Product


class MonthPage(NamedTuple):
    """`month` in month.html."""

    calendar: views.Month
    days: tuple[views.DaySummary, ...]
    """Newest first."""
    previous: views.Link | None
    next: views.Link | None
    year: views.Link


@dataclass(frozen=True)
class MonthKind(Kind):
    """A page for each month that has papers; its key is the month, `2021-12`."""

    name: ClassVar[str] = "month"
    pattern: ClassVar[re.Pattern[str]] = re.compile(r"([0-9]{4})/([0-9]{2})/")
    layouts: ClassVar[tuple[Layout, ...]] = (
        Layout("month.html", "month", MonthPage, "`/2021/12/`"),
    )
    section: ClassVar[str] = "days"

    def listed(self, context: Context) -> Iterator[Address]:
        """Return the months, newest first."""
        newest = {day[:7]: day for day, _ in context.catalog.days()}
        return (Address(urls.month(key), day) for key, day in reversed(newest.items()))

    def keys(self, context: Context) -> list[str]:
        """Return the months that have papers."""
        return list(dict.fromkeys(day[:7] for day, _ in context.catalog.days()))

    def batches(self, context: Context) -> tuple[Batch, ...]:
        """Make all in one go."""
        return (Batch(ALL, len(context.catalog.days()) / 20),)

    def files(self, context: Context, key: str) -> Iterator[Product]:
        """Yield a month."""
        days = context.catalog.days_within(key, key)
        if not days:
            return
        previous, following = map(calendar.link, context.catalog.neighbours(key))
        firsts = context.catalog.first_papers(days[0][0], days[-1][0])
        view = MonthPage(
            calendar=calendar.month(key, dict(days)),
            days=tuple(calendar.summary(firsts[iso], n) for iso, n in reversed(days)),
            previous=previous,
            next=following,
            year=views.Link(key[:4], urls.year(key)),
        )
        count = calendar.counted(sum(count for _, count in days))
        yield self.page(
            urls.month(key),
            view,
            title=dates.month(key),
            description=descriptions.of_papers(
                f"{count} of {dates.month(key)} on {calendar.counted(len(days), 'day')}",
                [firsts[iso].title_plain for iso, _ in days[:1]],
                sum(count for _, count in days),
            ),
        )


MONTH = MonthKind()
