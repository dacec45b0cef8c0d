"""Authors: a page for each name."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from dayleaf import dates, urls, views
from dayleaf.drafts import Layout
from dayleaf.exports import Collection
from dayleaf.pages import calendar, papers
from dayleaf.pages.kind import ALL, Context, Kind, Share, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dayleaf.catalog import Catalog, Listed
    from dayleaf.drafts import Page

_AUTHORS = 3_000
"""Authors that one process makes in one go."""
_COST = 0.06
"""Milliseconds that an author takes."""
_COAUTHORS = 6
_FIELDS = 6
_MANY = 4
"""Papers from which on years, co-authors and fields are worth saying; fewer show them."""
# Fewer papers in fewer years are seen at a glance as they are.
_CHART_YEARS = 3
_CHART_PAPERS = 10


class AuthorPage(NamedTuple):
    """`author` in author.html."""

    name: str
    count: int  # type: ignore[assignment]  # nobody counts in a view
    span: str
    """`March 2013 to August 2026`, or one month; empty where the list below says as much."""
    spellings: tuple[str, ...]
    """Other spellings that were merged here."""
    years: tuple[views.Group, ...]
    """Newest first. Fewer than four papers are one group, without a label."""
    bars: tuple[views.Bar, ...]
    """Papers a year, where there are at least three years and ten papers to show."""
    width: int
    """Width of the chart's `viewBox` in user units; 0 without a chart."""
    coauthors: tuple[views.Count, ...]
    """Those with at least two papers together, the most frequent first, at most six; none
    where there are fewer than four papers in all."""
    fields: tuple[views.Count, ...]
    """Primary categories, where there are at least two, the most frequent first, at most six; none
    where there are fewer than four papers in all."""
    mixed: bool
    """Whether there are at least two primary categories."""


@dataclass(frozen=True)
class Author(Kind):
    """A page for each author with enough papers; its key is the slug, `luc-van-gool`."""

    name: ClassVar[str] = "author"
    pattern: ClassVar[re.Pattern[str]] = re.compile(rf"{urls.AUTHORS}([^/]+)\.html")
    layouts: ClassVar[tuple[Layout, ...]] = (
        Layout("author.html", "author", AuthorPage, "`/authors/luc-van-gool.html`"),
    )

    def shares(self, context: Context) -> Iterator[Share]:
        """Share out a few thousand authors at a time."""
        bounds = [*context.catalog.slugs(every=_AUTHORS), ALL.end]
        for first, end in pairwise(bounds):
            yield Share(Span(first, end), _AUTHORS * _COST)

    def touched(self, context: Context, *, since: int) -> list[str] | None:
        """Return the touched authors.

        Those who wrote with somebody who got a page, or lost it, are among them.
        """
        catalog = context.catalog
        crossing = catalog.crossing(minimum=context.minimum, since=since)
        others = catalog.coauthors_of(crossing)
        return sorted({*catalog.touched("author", since=since), *others})

    def pages(self, context: Context, spans: tuple[Span, ...]) -> Iterator[Page]:
        """Yield the authors within some spans, as far as they have enough papers."""
        catalog, minimum = context.catalog, context.minimum
        for span in spans:
            for slug, found in catalog.authors(span.first, span.end):
                if len(found) < minimum:
                    continue
                view = _author(catalog, slug, found, minimum=minimum)
                page = self.draft(urls.author(slug), view, title=view.name)
                yield page
                if self.exports:
                    wanted = [paper.anchor for _, paper in found]
                    full = tuple(catalog.full_of(wanted))
                    base = context.config.base_url
                    yield from self.beside(Collection(view.name, page.path, full, base), context)


def _author(
    catalog: Catalog, slug: str, found: list[tuple[str, Listed]], *, minimum: int
) -> AuthorPage:
    """Return an author, who goes by the spelling on most papers."""
    written = [paper for _, paper in found]
    if len(found) == 1:  # as of most
        only = _undivided(found)
        return AuthorPage(found[0][0], 1, "", (), only, (), 0, (), (), mixed=False)
    spelled = Counter(name for name, _ in found)
    spellings = sorted(spelled, key=lambda name: (-spelled[name], name))
    fields = papers.field_counts(paper.code for paper in written)
    view = AuthorPage(
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
    everybody = _together(tuple(paper.authors for paper in found))
    most = [one for one in everybody if one[0] != slug][:_COAUTHORS]
    few = catalog.few([other for other, _, _ in most], below=minimum)
    return tuple(
        views.Count(name, None if other in few else urls.author(other), count, "")
        for other, name, count in most
    )


@lru_cache(maxsize=4)
def _together(packed: tuple[str, ...]) -> tuple[tuple[str, str, int], ...]:
    """Return slug, spelling and papers of those who wrote several of some papers, of the foremost.

    Kept, because the members of a collaboration wrote the same papers: a thousand authors count a
    thousand once, not each for themselves.
    """
    entries: Counter[str] = Counter()
    for one in packed:
        entries.update(iter(dict.fromkeys(one.split("\n"))))
    totals: dict[str, int] = {}
    labels: dict[str, str] = {}
    for entry, count in entries.items():
        name, _, other = entry.partition("\t")
        totals[other] = totals.get(other, 0) + count
        labels.setdefault(other, name)
    regular = [pair for pair in totals.items() if pair[1] > 1]
    # One more than are shown, for the author whose page it is.
    most = sorted(regular, key=lambda pair: (-pair[1], pair[0]))[: _COAUTHORS + 1]
    return tuple((other, labels[other], count) for other, count in most)


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


AUTHOR = Author()
