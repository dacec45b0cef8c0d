"""The archive in figures: charts, each with its numbers."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from dayleaf.archive import gaps, taxonomy, urls, venues
from dayleaf.archive.rules import WITH
from dayleaf.base import dates
from dayleaf.site import views
from dayleaf.site.pages import calendar
from dayleaf.site.pages.kind import Address, Context, Kind
from dayleaf.site.products import Layout

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dayleaf.catalog import Catalog
    from dayleaf.site.products import Product

_FIELDS, _VENUES = 8, 12
_GAPS, _THIN = 12, 12


class Chart(NamedTuple):
    """A bar for each month or year, and the numbers as a table."""

    id: str
    title: str
    note: str
    """What the bars are, in a sentence."""
    bars: tuple[views.Bar, ...]
    width: int
    """Of the chart's `viewBox` in user units."""
    first: str
    last: str
    heads: tuple[str, ...]
    """The table's columns."""
    rows: tuple[tuple[str, ...], ...]
    """Newest first."""


class StatisticsPage(NamedTuple):
    """`statistics` in statistics.html."""

    papers: int
    days: int
    authors: int
    charts: tuple[Chart, ...]
    fields: tuple[Growth, ...]
    """The largest fields, with their papers a year."""
    gaps: tuple[str, ...]
    """Stretches without digests, the longest first, in words."""
    more_gaps: int
    """How many more there are."""
    thin: tuple[views.Count, ...]
    """Days with suspiciously few papers, the newest first."""
    more_thin: int


class Growth(NamedTuple):
    """A field over the years."""

    label: str
    path: str
    total: int
    bars: tuple[views.Bar, ...]
    width: int
    first: str
    last: str


@dataclass(frozen=True)
class StatisticsKind(Kind):
    """One page."""

    name: ClassVar[str] = "statistics"
    pattern: ClassVar[re.Pattern[str]] = re.compile(re.escape(urls.STATISTICS))
    layouts: ClassVar[tuple[Layout, ...]] = (
        Layout("statistics.html", "statistics", StatisticsPage, "`/statistics/`"),
    )
    section: ClassVar[str] = "days"

    def listed(self, context: Context) -> tuple[Address, ...]:
        """Return the page."""
        return (Address(urls.STATISTICS, context.newest),)

    def files(self, context: Context, key: str) -> Iterator[Product]:
        """Yield the page."""
        catalog = context.catalog
        days = catalog.days()
        missing = sorted(gaps.gaps(days), key=lambda gap: (-gap.days, gap.first))
        thin = list(gaps.thin(days))[::-1]
        view = StatisticsPage(
            papers=sum(count for _, count in days),
            days=len(days),
            authors=catalog.author_count(),
            charts=tuple(_charts(catalog)),
            fields=_growth(catalog),
            gaps=tuple(map(_gap_text, missing[:_GAPS])),
            more_gaps=max(len(missing) - _GAPS, 0),
            thin=tuple(
                views.Count(dates.day(day.day), urls.day(day.day), day.papers, str(day.usual))
                for day in thin[:_THIN]
            ),
            more_thin=max(len(thin) - _THIN, 0),
        )
        summary = f"{calendar.counted(view.papers)} by {calendar.counted(view.authors, 'author')}"
        yield self.page(
            urls.STATISTICS,
            view,
            title="Statistics",
            description=f"{summary} in figures: papers a month, revisions, code, venues and fields",
        )


def _charts(catalog: Catalog) -> Iterator[Chart]:
    months: Counter[str] = Counter()
    for day, count in catalog.days():
        months[day[:7]] += count
    every = dates.months(min(months), max(months))
    by_year = Counter[str]()
    for month, count in months.items():
        by_year[month[:4]] += count
    rows = [(year, f"{count:,}") for year, count in sorted(by_year.items())]
    values = [(dates.month(month), months[month]) for month in every]
    yield _chart("papers", "Papers", "A bar for each month.", values, ("Year", "Papers"), rows)

    yearly = catalog.yearly()
    yield _chart(
        "authors",
        "Authors of a paper",
        "The mean, by year.",
        [(year, round(100 * mean)) for year, _, mean, _ in yearly],
        ("Year", "Authors a paper"),
        [(year, f"{mean:.1f}") for year, _, mean, _ in yearly],
    )
    totals = {year: count for year, count, _, _ in yearly}
    yield _share(
        "revised",
        "Revised",
        "The share of papers that stand at version 2 or later.",
        {year: revised for year, _, _, revised in yearly},
        totals,
    )
    code: Counter[str] = Counter()
    for sort, month, count in catalog.months(WITH):
        if sort == "code":
            code[month[:4]] += count
    yield _share(
        "code", "Code", "The share of papers that name the address of their code.", code, totals
    )
    known = venues.known(catalog.rule_sources().venues)
    named = [(known[slug].name, count) for slug, count in catalog.venue_totals()[:_VENUES]]
    if named:
        rows = [(name, f"{count:,}") for name, count in named[::-1]]
        yield _chart(
            "venues", "Venues", "Those with most papers.", named, ("Venue", "Papers"), rows
        )


def _share(
    name: str, title: str, note: str, part: dict[str, int] | Counter[str], of: dict[str, int]
) -> Chart:
    """Return a chart of shares by year."""
    rows = [
        (year, f"{part.get(year, 0):,}", f"{100 * part.get(year, 0) / total:.1f} %")
        for year, total in of.items()
    ]
    values = [(year, round(1000 * part.get(year, 0) / total)) for year, total in of.items()]
    return _chart(name, title, note, values, ("Year", "Papers", "Share"), rows)


def _chart(
    name: str,
    title: str,
    note: str,
    values: list[tuple[str, int]],
    heads: tuple[str, ...],
    rows: list[tuple[str, ...]] | list[tuple[str, str]] | list[tuple[str, str, str]],
) -> Chart:
    bars = calendar.bars(values)
    first, last = values[0][0], values[-1][0]
    newest = tuple(tuple(row) for row in reversed(rows))
    return Chart(name, title, note, bars, 10 * len(values), first, last, heads, newest)


def _growth(catalog: Catalog) -> tuple[Growth, ...]:
    """Return the largest arXiv categories by year."""
    counts: dict[str, Counter[str]] = {}
    for code, month, count in catalog.months("arxiv"):
        counts.setdefault(code, Counter())[month[:4]] += count
    if not counts:
        return ()
    years = sorted({year for by_year in counts.values() for year in by_year})
    span = [str(year) for year in range(int(years[0]), int(years[-1]) + 1)]
    ordered = sorted(counts, key=lambda code: (-counts[code].total(), code))[:_FIELDS]
    return tuple(
        Growth(
            taxonomy.short_name(code),
            urls.category(code),
            counts[code].total(),
            calendar.bars([(year, counts[code][year]) for year in span]),
            10 * len(span),
            span[0],
            span[-1],
        )
        for code in ordered
    )


def _gap_text(gap: gaps.Gap) -> str:
    if gap.days == 1:
        return f"No digest of {dates.day(gap.first)}."
    return f"No digests from {dates.day(gap.first)} to {dates.day(gap.last)}: {gap.days} days."


STATISTICS = StatisticsKind()
