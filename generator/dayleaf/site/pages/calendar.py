"""Calendars and charts of the archive's days, for the pages that show a stretch of time."""

from __future__ import annotations

import calendar
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, TypeAlias

from dayleaf.archive import urls
from dayleaf.base import dates
from dayleaf.site import views
from dayleaf.text import safe_html

if TYPE_CHECKING:
    from dayleaf.catalog import ListedRow

Days: TypeAlias = list[tuple[str, int]]
"""Days with their number of papers, oldest first."""

# Fixed, not relative to the busiest day: one more day must not recolour the rest of the archive.
_DAY_STEPS = (1, 10, 30, 100, 200)
_MONTH_STEPS = (1, 100, 400, 1200, 2400)
_CHART_YEARS = 3
"""Fewer make no chart."""


def year_rows(every: Days) -> tuple[views.YearRow, ...]:
    """Return the archive year by year, newest first, each with its twelve months."""
    rows: list[views.YearRow] = []
    for key, group in groupby(every, lambda pair: pair[0][:4]):
        days = dict(group)
        months_of = tuple(_month_cell(f"{key}-{n:02}", days) for n in range(1, 13))
        rows.append(views.YearRow(key, urls.year(key), sum(days.values()), months_of))
    return tuple(reversed(rows))


def summary(first: ListedRow, count: int) -> views.DaySummary:
    """Return a day for a list of days, by its first paper and its number of papers."""
    iso = first.day
    return views.DaySummary(
        label=dates.weekday(iso),
        date=f"{dates.short(iso)} {iso[:4]}",
        iso=iso,
        path=urls.day(iso),
        count=count,
        title=safe_html(first.title_html),
    )


def bars(values: list[tuple[str, int]]) -> tuple[views.Bar, ...]:
    """Return a chart's bars: ten units a column, the highest 100 units high, none invisible."""
    top = max((value for _, value in values), default=0) or 1
    drawn = [max(round(100 * value / top), 2) if value else 0 for _, value in values]
    return tuple(
        views.Bar(10 * place, 100 - height, height, label, f"{label}: {counted(value)}")
        for place, ((label, value), height) in enumerate(zip(values, drawn, strict=True))
    )


def year_chart(counts: dict[str, int]) -> tuple[int, tuple[views.Bar, ...]]:
    """Return width and bars of a chart of papers a year; nothing where there is little to see."""
    if len(counts) < _CHART_YEARS:
        return 0, ()
    years = [str(year) for year in range(int(min(counts)), int(max(counts)) + 1)]
    drawn = bars([(year, counts.get(year, 0)) for year in years])
    return 10 * len(years), tuple(bar._replace(label=bar.label[2:]) for bar in drawn)


def link(period: str | None) -> views.Link | None:
    """Return a link to a day, a month or a year."""
    if period is None:
        return None
    path = {len("2021"): urls.year, len("2021-12"): urls.month}.get(len(period), urls.day)
    return views.Link(dates.period(period), path(period))


def counted(count: int, noun: str = "paper") -> str:
    """Return `1 paper` or `1,204 papers`."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def total(days_of: dict[str, int], prefix: str) -> int:
    """Return the number of papers of the days that begin with a prefix, `2021-12`."""
    return sum(count for iso, count in days_of.items() if iso.startswith(prefix))


def month(iso: str, days_of: dict[str, int]) -> views.Month:
    """Return a month's calendar."""
    year, number = int(iso[:4]), int(iso[5:])
    weeks = tuple(
        tuple(_day_cell(day, days_of) if day.month == number else None for day in week)
        for week in calendar.Calendar().monthdatescalendar(year, number)
    )
    name = dates.MONTHS[number - 1]
    return views.Month(dates.month(iso), name, urls.month(iso), total(days_of, iso), weeks)


def _heat(count: int, steps: tuple[int, ...]) -> int:
    return sum(count >= step for step in steps)


def _month_cell(iso: str, days_of: dict[str, int]) -> views.Cell:
    count = total(days_of, iso)
    label = dates.MONTHS[int(iso[5:]) - 1][:3]
    path = urls.month(iso) if count else None
    title = f"{dates.month(iso)}: {counted(count)}"
    return views.Cell(label, title, path, count, _heat(count, _MONTH_STEPS))


def _day_cell(day: date, days_of: dict[str, int]) -> views.Cell:
    iso = day.isoformat()
    count = days_of.get(iso, 0)
    path = urls.day(iso) if count else None
    title = f"{dates.day(iso)}: {counted(count)}"
    return views.Cell(str(day.day), title, path, count, _heat(count, _DAY_STEPS))
