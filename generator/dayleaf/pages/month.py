"""Months: a calendar with the papers of each day, and the days in a list."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from dayleaf import dates, urls, views
from dayleaf.drafts import Layout
from dayleaf.pages import calendar, descriptions
from dayleaf.pages.kind import ALL, Address, Context, Kind, Share, Span, with_neighbours, within

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dayleaf.drafts import Page
    from dayleaf.pages.calendar import Days


class MonthPage(NamedTuple):
    """`month` in month.html."""

    calendar: views.Month
    days: tuple[views.DaySummary, ...]
    """Newest first."""
    previous: views.Link | None
    next: views.Link | None
    year: views.Link


@dataclass(frozen=True)
class Month(Kind):
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
        return (Address(urls.month(key), newest[key]) for key in reversed(_months(context)))

    def shares(self, context: Context) -> tuple[Share, ...]:
        """Make all in one go."""
        return (Share(ALL, len(context.catalog.days()) / 20),)

    def touched(self, context: Context, *, since: int) -> list[str]:
        """Return the months of the touched days with their neighbours."""
        days = context.catalog.touched("day", since=since)
        return with_neighbours({day[:7] for day in days}, list(_months(context)))

    def pages(self, context: Context, spans: tuple[Span, ...]) -> Iterator[Page]:
        """Yield the months within some spans."""
        months = _months(context)
        order = list(months)
        for place, (key, found) in enumerate(months.items()):
            if not within(key, spans):
                continue
            previous, following = map(_link, calendar.neighbours(order, place))
            firsts = context.catalog.first_papers(found[0][0], found[-1][0])
            view = MonthPage(
                calendar=calendar.month(key, dict(found)),
                days=tuple(calendar.summary(firsts[iso], n) for iso, n in reversed(found)),
                previous=previous,
                next=following,
                year=views.Link(key[:4], urls.year(key)),
            )
            count = calendar.counted(sum(count for _, count in found))
            yield self.draft(
                urls.month(key),
                view,
                title=dates.month(key),
                description=descriptions.of_papers(
                    f"{count} of {dates.month(key)} on {calendar.counted(len(found), 'day')}",
                    [firsts[iso].title_plain for iso, _ in found[:1]],
                    sum(count for _, count in found),
                ),
            )


def _months(context: Context) -> dict[str, Days]:
    """Return the days of each month, by month, oldest first."""
    days = context.catalog.days()
    return {key: list(found) for key, found in groupby(days, lambda pair: pair[0][:7])}


def _link(key: str | None) -> views.Link | None:
    return views.Link(dates.month(key), urls.month(key)) if key else None


MONTH = Month()
