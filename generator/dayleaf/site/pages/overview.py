"""The overview of a category: its months, people, neighbouring fields and venues."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from dayleaf.archive import taxonomy
from dayleaf.base import dates
from dayleaf.catalog.packed import codes
from dayleaf.site import views
from dayleaf.site.pages import calendar, papers

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dayleaf.catalog.packed import Packed
    from dayleaf.site.pages.kind import Context

_MOST = 8
"""Authors, fields and venues."""
_CHART_MONTHS = 24


class Overview(NamedTuple):
    """Figures of a category; people, fields and venues are those of the last twelve months."""

    primary: int
    """Papers whose primary category it is; 0 of systems that have no primary one."""
    bars: tuple[views.Bar, ...]
    """Papers a month, where there are at least two years of them."""
    width: int
    """Width of the chart's `viewBox` in user units; 0 without a chart."""
    span: tuple[str, str]
    """The first and the last month, `March 2013`."""
    years: tuple[views.Count, ...]
    """Papers a year, newest first: the chart's numbers."""
    people: tuple[views.Count, ...]
    """The most active authors, at most eight."""
    crossed: tuple[views.Count, ...]
    """The categories that its papers are in besides, at most eight."""
    venues: tuple[views.Count, ...]
    """Where its papers have appeared, at most eight."""


def overview(context: Context, system: taxonomy.System, code: str) -> Overview:
    """Return the overview of a category that has papers."""
    catalog = context.catalog
    days = catalog.code_days(system, code)
    months = {key: sum(n for _, n in inside) for key, inside in groupby(days, lambda d: d[0][:7])}
    recent = catalog.last_year(system, code)
    people, crossed, at_venues = catalog.remembered(
        f"overview {system} {code}", recent, lambda: _figures(code, catalog.packed_of(recent))
    )
    width, bars = _chart(months)
    return Overview(
        primary=catalog.primary_count(code) if system == "arxiv" else 0,
        bars=bars,
        width=width,
        span=(dates.month(days[0][0]), dates.month(days[-1][0])),
        years=_years(months) if bars else (),
        people=papers.people(people, context),
        crossed=tuple(papers.field(*each) for each in crossed),
        venues=at_venues,
    )


def _figures(
    code: str, packed: list[tuple[Packed, Packed, Packed]]
) -> tuple[tuple[tuple[str, str, int], ...], list[tuple[str, int]], tuple[views.Count, ...]]:
    """Return the foremost authors of some papers, their other categories and their venues."""
    return (
        papers.frequent(tuple(authors for authors, _, _ in packed), most=_MOST),
        _crossed(code, (categories for _, categories, _ in packed)),
        papers.venues((rule_memberships for _, _, rule_memberships in packed), most=_MOST),
    )


def _chart(months: dict[str, int]) -> tuple[int, tuple[views.Bar, ...]]:
    """Return width and bars of a chart of papers a month; nothing where there is little to see."""
    span = dates.months(min(months), max(months))
    if len(span) < _CHART_MONTHS:
        return 0, ()
    return 10 * len(span), calendar.bars([(month, months.get(month, 0)) for month in span])


def _years(months: dict[str, int]) -> tuple[views.Count, ...]:
    by_year: Counter[str] = Counter()
    for month, count in months.items():
        by_year[month[:4]] += count
    newest_first = sorted(by_year.items(), reverse=True)
    return tuple(views.Count(year, None, count, "") for year, count in newest_first)


def _crossed(own: str, packed: Iterable[Packed]) -> list[tuple[str, int]]:
    """Count the arXiv categories of some papers, besides one, the most frequent first."""
    counts: Counter[str] = Counter()
    for categories, count in Counter(packed).items():
        for system, code in codes(categories):
            if system == "arxiv" and code != own:
                counts[code] += count
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:_MOST]
