"""Authors: a page for each name."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING

from dayleaf import dates, urls, views
from dayleaf.pages import calendar, papers
from dayleaf.pages.draft import Draft

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dayleaf.catalog import Catalog, Listed

_COAUTHORS = 6
_FIELDS = 6
_MANY = 4
"""Papers from which on years, co-authors and fields are worth saying; fewer show them."""
# Fewer papers in fewer years are seen at a glance as they are.
_CHART_YEARS = 3
_CHART_PAPERS = 10


def authors(catalog: Catalog, *, first: str, last: str, minimum: int) -> Iterator[Draft]:
    """Yield the pages of the authors with first <= slug < last and enough papers."""
    for slug, found in catalog.authors(first, last):
        if len(found) >= minimum:
            view = _author(catalog, slug, found, minimum=minimum)
            page = views.Page(view.name, urls.author(slug), "none", "")
            yield Draft(page, "author.html", "author", view)


def _author(
    catalog: Catalog, slug: str, found: list[tuple[str, Listed]], *, minimum: int
) -> views.AuthorPage:
    """Return an author, who goes by the spelling on most papers."""
    written = [paper for _, paper in found]
    if len(found) == 1:  # as of most
        only = _undivided(found)
        return views.AuthorPage(found[0][0], 1, "", (), only, (), 0, (), (), mixed=False)
    spelled = Counter(name for name, _ in found)
    spellings = sorted(spelled, key=lambda name: (-spelled[name], name))
    fields = papers.field_counts(paper.code for paper in written)
    view = views.AuthorPage(
        name=spellings[0],
        count=len(found),
        span="",
        spellings=tuple(spellings[1:]),
        years=(),
        bars=(),
        width=0,
        coauthors=(),
        fields=(),
        mixed=len(fields) > 1,
    )
    if len(found) < _MANY:
        return view._replace(years=_undivided(found))
    years = _years(found)
    width, bars = _chart(years)
    return view._replace(
        span=_span(written),
        years=years,
        bars=bars,
        width=width,
        coauthors=_coauthors(catalog, slug, written, minimum=minimum),
        fields=fields[:_FIELDS] if view.mixed else (),
    )


def _coauthors(
    catalog: Catalog, slug: str, found: list[Listed], *, minimum: int
) -> tuple[views.Count, ...]:
    """Return who wrote several of these papers, the most frequent first, then by slug.

    Each goes by the spelling on their newest paper together.
    """
    entries: Counter[str] = Counter()
    for paper in found:
        entries.update(iter(dict.fromkeys(paper.authors.split("\n"))))
    totals: dict[str, int] = {}
    labels: dict[str, str] = {}
    for entry, count in entries.items():
        name, _, other = entry.partition("\t")
        totals[other] = totals.get(other, 0) + count
        labels.setdefault(other, name)
    totals.pop(slug, None)
    regular = [pair for pair in totals.items() if pair[1] > 1]
    most = sorted(regular, key=lambda pair: (-pair[1], pair[0]))[:_COAUTHORS]
    few = catalog.few([other for other, _ in most], below=minimum)
    return tuple(
        views.Count(labels[other], None if other in few else urls.author(other), count, "")
        for other, count in most
    )


def _undivided(found: list[tuple[str, Listed]]) -> tuple[views.Group, ...]:
    """Return papers in one list, each with its year."""
    lines = tuple(
        papers.line(paper, of=name)._replace(date=dates.brief(paper.day)) for name, paper in found
    )
    return (views.Group("", "", "", len(lines), lines),)


def _years(found: list[tuple[str, Listed]]) -> tuple[views.Group, ...]:
    groups: list[views.Group] = []
    for year, inside in groupby(found, lambda pair: pair[1].day[:4]):
        lines = tuple(papers.line(paper, of=name) for name, paper in inside)
        groups.append(views.Group(year, urls.year(year), year, len(lines), lines))
    return tuple(groups)


def _span(found: list[Listed]) -> str:
    newest, oldest = dates.month(found[0].day), dates.month(found[-1].day)
    return newest if newest == oldest else f"{oldest} to {newest}"


def _chart(years: tuple[views.Group, ...]) -> tuple[int, tuple[views.Bar, ...]]:
    """Return width and bars of a chart of papers a year; nothing where there is little to see."""
    counts = {int(group.label): group.count for group in years}
    if len(counts) < _CHART_YEARS or sum(counts.values()) < _CHART_PAPERS:
        return 0, ()
    span = range(min(counts), max(counts) + 1)
    bars = calendar.bars([(str(year), counts.get(year, 0)) for year in span])
    return 10 * len(span), tuple(bar._replace(label=bar.label[2:]) for bar in bars)
