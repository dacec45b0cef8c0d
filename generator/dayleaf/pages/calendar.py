"""Days, months, years and the list of all of them."""

from __future__ import annotations

import calendar
from bisect import bisect_left
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from dayleaf import dates, urls, views
from dayleaf.pages import papers
from dayleaf.pages.draft import Draft, Kept, Known, draft, memo
from dayleaf.text import safe_html

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dayleaf.catalog import Catalog

    Days = list[tuple[str, int]]
    """Day and number of papers, oldest first."""

# Fixed, not relative to the busiest day: one more day must not recolour the rest of the archive.
_DAY_STEPS = (1, 10, 30, 100)
_MONTH_STEPS = (1, 100, 400, 1200)


def days(catalog: Catalog, *, first: str, last: str, every: Days, minimum: int) -> Iterator[Draft]:
    """Yield the pages of the days from first to last; `every` lists all days of the archive."""
    order = [day for day, _ in every]
    place = bisect_left(order, first)
    for iso, found in catalog.full(first, last):
        previous = _day_link(order[place - 1]) if place else None
        following = _day_link(order[place + 1]) if place + 1 < len(order) else None
        place += 1
        few = frozenset[str]()
        if minimum > 1:
            slugs = [a.partition("\t")[2] for p in found for a in p.authors.split("\n")]
            few = catalog.few(slugs, below=minimum)
        view = views.DayPage(
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
        made = draft(
            urls.day(iso),
            layout="day.html",
            name="day",
            view=view,
            title=view.label,
            section="days",
        )
        del found, view  # a page and the rows it was made of are enough to hold
        yield made
        del made


def months(
    catalog: Catalog, every: Days, *, known: Known, only: str | None = None
) -> Iterator[Draft | Kept]:
    """Yield a page a month, or `only` the one of an address.

    Those that no update has touched are only named.
    """
    since = known.since
    touched = None if since is None else {d[:7] for d in catalog.touched("day", since=since)}
    by_month = {key: list(found) for key, found in groupby(every, lambda pair: pair[0][:7])}
    order = list(by_month)
    for place, (key, found) in enumerate(by_month.items()):
        if only not in {None, urls.month(key)}:
            continue
        previous = _month_link(order[place - 1]) if place else None
        following = _month_link(order[place + 1]) if place + 1 < len(order) else None
        # Titles are not part of it: of a month that is not touched they are the same.
        shown = memo(found, previous, following)
        if touched is not None and key not in touched and known.keeps(urls.month(key), shown):
            yield Kept(urls.month(key), shown)
            continue
        titles = catalog.first_titles(found[0][0], found[-1][0])
        view = views.MonthPage(
            calendar=_month(key, dict(found)),
            days=tuple(summary(iso, n, titles[iso]) for iso, n in reversed(found)),
            previous=previous,
            next=following,
            year=views.Link(key[:4], urls.year(key)),
        )
        yield draft(
            urls.month(key),
            layout="month.html",
            name="month",
            view=view,
            title=dates.month(key),
            section="days",
        )._replace(memo=shown)


def years(every: Days, *, known: Known, only: str | None = None) -> Iterator[Draft | Kept]:
    """Yield a page a year, and the page that lists them all, or `only` the one of an address.

    Those that are the same are only named.
    """
    by_year = {key: dict(found) for key, found in groupby(every, lambda pair: pair[0][:4])}
    order = list(by_year)
    for place, (key, found) in enumerate(by_year.items()):
        if only not in {None, urls.year(key)}:
            continue
        previous = _year_link(order[place - 1]) if place else None
        following = _year_link(order[place + 1]) if place + 1 < len(order) else None
        shown = memo(found, previous, following)
        if known.keeps(urls.year(key), shown):
            yield Kept(urls.year(key), shown)
            continue
        inside = sorted({iso[:7] for iso in found})
        totals = [_total(found, f"{key}-{number:02}") for number in range(1, 13)]
        view = views.YearPage(
            label=key,
            count=sum(found.values()),
            days=len(found),
            months=tuple(_month(iso, found) for iso in inside),
            bars=bars([(dates.MONTHS[n][:3], t) for n, t in enumerate(totals)]),
            previous=previous,
            next=following,
        )
        yield draft(
            urls.year(key), layout="year.html", name="year", view=view, title=key, section="days"
        )._replace(memo=shown)
    if only not in {None, urls.DAYS}:
        return
    overview = views.DaysPage(count=len(every), years=year_rows(every))
    yield draft(
        urls.DAYS, layout="days.html", name="days", view=overview, title="Days", section="days"
    )


def year_rows(every: Days) -> tuple[views.YearRow, ...]:
    """Return the archive year by year, newest first, each with its twelve months."""
    rows: list[views.YearRow] = []
    for key, group in groupby(every, lambda pair: pair[0][:4]):
        found = dict(group)
        months_of = tuple(_month_cell(f"{key}-{n:02}", found) for n in range(1, 13))
        rows.append(views.YearRow(key, urls.year(key), sum(found.values()), months_of))
    return tuple(reversed(rows))


def summary(iso: str, count: int, title: str) -> views.DaySummary:
    """Return a day for a list of days."""
    return views.DaySummary(
        label=dates.weekday(iso),
        date=f"{dates.short(iso)} {iso[:4]}",
        iso=iso,
        path=urls.day(iso),
        count=count,
        title=safe_html(title),
    )


def bars(values: list[tuple[str, int]]) -> tuple[views.Bar, ...]:
    """Return a chart's bars: ten units a column, the highest 100 units high, none invisible."""
    top = max((value for _, value in values), default=0) or 1
    drawn = [max(round(100 * value / top), 2) if value else 0 for _, value in values]
    return tuple(
        views.Bar(10 * place, 100 - height, height, label, f"{label}: {papers_of(value)}")
        for place, ((label, value), height) in enumerate(zip(values, drawn, strict=True))
    )


def papers_of(count: int) -> str:
    """Return `1 paper` or `1,204 papers`."""
    return f"{count:,} paper{'' if count == 1 else 's'}"


def _total(days_of: dict[str, int], prefix: str) -> int:
    return sum(count for iso, count in days_of.items() if iso.startswith(prefix))


def _heat(count: int, steps: tuple[int, ...]) -> int:
    return sum(count >= step for step in steps)


def _month_cell(iso: str, days_of: dict[str, int]) -> views.Cell:
    count = _total(days_of, iso)
    label = dates.MONTHS[int(iso[5:]) - 1][:3]
    path = urls.month(iso) if count else None
    title = f"{dates.month(iso)}: {papers_of(count)}"
    return views.Cell(label, title, path, count, _heat(count, _MONTH_STEPS))


def _month(iso: str, days_of: dict[str, int]) -> views.Month:
    """Return a month's calendar."""
    year, number = int(iso[:4]), int(iso[5:])
    weeks = tuple(
        tuple(_day_cell(day, days_of) if day.month == number else None for day in week)
        for week in calendar.Calendar().monthdatescalendar(year, number)
    )
    name = dates.MONTHS[number - 1]
    return views.Month(dates.month(iso), name, urls.month(iso), _total(days_of, iso), weeks)


def _day_cell(day: date, days_of: dict[str, int]) -> views.Cell:
    iso = day.isoformat()
    count = days_of.get(iso, 0)
    path = urls.day(iso) if count else None
    title = f"{dates.day(iso)}: {papers_of(count)}"
    return views.Cell(str(day.day), title, path, count, _heat(count, _DAY_STEPS))


def _day_link(iso: str) -> views.Link:
    return views.Link(dates.day(iso), urls.day(iso))


def _month_link(iso: str) -> views.Link:
    return views.Link(dates.month(iso), urls.month(iso))


def _year_link(iso: str) -> views.Link:
    return views.Link(iso, urls.year(iso))
