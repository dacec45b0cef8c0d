"""Venues: the papers of a conference or journal, year by year, and a feed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from dayleaf import dates, urls, venues, views
from dayleaf.drafts import Layout, Reads, Sketch
from dayleaf.exports import Collection, Export
from dayleaf.exports.atom import BRIEF_ATOM
from dayleaf.pages import calendar, descriptions, papers
from dayleaf.pages.kind import ALL, Address, Context, Kind, Share, Span
from dayleaf.rules import VENUE
from dayleaf.venues import CHALLENGE, WORKSHOP

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dayleaf.catalog import Listed
    from dayleaf.drafts import Draft, Page
    from dayleaf.rules import Membership
    from dayleaf.venues import Venue

_COST = 0.05
"""Milliseconds that a paper takes."""
_TOGETHER = 40
"""Papers up to which a venue has one page; more give each year a page of its own."""
_FEED = 10
"""Papers of a feed; venues with fewer than twice as many have none."""
_PEOPLE, _FIELDS = 10, 6
_CHART_YEARS = 3
_HONOURS = ("best paper", "oral", "spotlight", "highlight")
_PARTS = (("", ""), (WORKSHOP, "Workshops"), (CHALLENGE, "Challenges"))


class VenuePage(NamedTuple):
    """`venue` in venue.html: a venue's own page, or one year of it."""

    name: str
    """`CVPR`, `CVPR 2024`."""
    title: str
    """The name in full; empty where that is the name."""
    kind: str
    """`conference`, `workshop` or `journal`."""
    field: str
    """What its papers are about, `vision`."""
    homepage: str
    """Full address; empty where none is known."""
    total: int
    crumbs: tuple[views.Link, ...]
    years: tuple[views.Count, ...]
    """Its years, newest first; none on the page of one."""
    bars: tuple[views.Bar, ...]
    """Papers a year, where there are at least three years."""
    width: int
    """Width of the chart's `viewBox` in user units; 0 without a chart."""
    people: tuple[views.Count, ...]
    """Who has most papers here, at most ten, nobody with a single one."""
    fields: tuple[views.Count, ...]
    """Primary categories, the most frequent first, at most six."""
    groups: tuple[views.Group, ...]
    """The papers listed on this page: of a year by parts, else by year."""
    newer: views.Link | None
    older: views.Link | None
    search: str
    """What finds these papers on the search page, `venue=cvpr/2024`."""
    feed: str | None
    """Path of the feed, on a venue's own page."""
    followed: views.Link | None
    """The feed and whose it is, on the pages of years as well."""


@dataclass(frozen=True)
class VenueKind(Kind):
    """The pages of each venue; its key is the slug, `cvpr`."""

    exports: tuple[Export, ...] = (BRIEF_ATOM,)

    name: ClassVar[str] = "venue"
    pattern: ClassVar[re.Pattern[str]] = re.compile(rf"{urls.VENUES}([a-z0-9-]+)/(?:[0-9]{{4}}/)?")
    layouts: ClassVar[tuple[Layout, ...]] = (
        Layout("venue.html", "venue", VenuePage, "`/venues/cvpr/` and `/venues/cvpr/2024/`"),
    )
    section: ClassVar[str] = "venues"
    chunk: ClassVar[int] = 20

    def listed(self, context: Context) -> Iterator[Address]:
        """Return the pages of venues and of their years."""
        for found in _venues(context).values():
            yield from (Address(urls.venue(code), newest) for code, _, newest in found)

    def shares(self, context: Context) -> Iterator[Share]:
        """Share out venue by venue, the small ones together."""
        first, cost = "", 0.0
        for slug, found in _venues(context).items():
            cost += found[0][1] * _COST + 1
            if cost > 100:  # noqa: PLR2004 - milliseconds
                yield Share(Span.through(first, slug), cost)
                first, cost = f"{slug}\x00", 0.0
        yield Share(Span(first, ALL.end), cost)

    def touched(self, context: Context, *, since: int) -> list[str]:
        """Return the touched venues."""
        keys = context.catalog.touched("category", since=since)
        codes = (key.removeprefix(f"{VENUE} ") for key in keys if key.startswith(f"{VENUE} "))
        return sorted({code.partition("/")[0] for code in codes})

    def inputs(self, context: Context) -> object:
        """Return what the site says of venues; what we say of them is part of the program."""
        return context.catalog.given().venues

    def pages(self, context: Context, spans: tuple[Span, ...]) -> Iterator[Page]:
        """Yield the pages of the venues within some spans, and their feeds."""
        known = venues.known(context.catalog.given().venues)
        for slug, found in _venues(context).items():
            if any(span.holds(slug) for span in spans):
                yield from _Venue(self, context, known[slug], found).pages()


def _venues(context: Context) -> dict[str, list[tuple[str, int, str]]]:
    """Return each venue with the rows of itself and of its years, in their order."""
    rows = context.catalog.venues()
    return {slug: list(found) for slug, found in groupby(rows, lambda r: r[0].partition("/")[0])}


@dataclass(frozen=True, slots=True)
class _Venue:
    """One venue."""

    kind: VenueKind
    context: Context
    venue: Venue
    rows: list[tuple[str, int, str]]

    def pages(self) -> Iterator[Page]:
        """Yield the own page, those of the years, and the feed."""
        (_, total, newest), *years = self.rows
        apart = total > _TOGETHER
        yield self._sketch(self.venue.slug, total, newest, partial(self._own, years, apart=apart))
        # However few papers a year has: the papers lead to it.
        for place, (code, count, last) in enumerate(years):
            older = years[place - 1][0] if place else None
            newer = years[place + 1][0] if place + 1 < len(years) else None
            make = partial(self._year, newer=newer, older=older)
            yield self._sketch(code, count, last, make, newer, older)
        if total >= 2 * _FEED:
            found = self.context.catalog.code_full(VENUE, self.venue.slug, most=_FEED)
            config = self.context.config
            title = f"{config.title}: {self.venue.name}"
            collection = Collection(title, self._path(""), tuple(found), config.base_url)
            yield from self.kind.beside(collection, self.context)

    def _sketch(
        self, code: str, count: int, newest: str, make: partial[Draft], *ways: object
    ) -> Sketch:
        reads = Reads("category", f"{VENUE} {code}", f"{VENUE} {code}")
        frame = (self.venue, count, newest, ways, len(self.rows))
        return Sketch(urls.venue(code), frame, reads, partial(make, code))

    def _own(self, years: list[tuple[str, int, str]], code: str, *, apart: bool) -> Draft:
        found = self.context.catalog.code_list(VENUE, code)
        by_year: dict[str, list[Listed]] = {}
        for paper in found:
            for year in {_year(one) for one in _at(paper, code)}:
                by_year.setdefault(year, []).append(paper)
        unsaid = by_year.pop("", [])
        groups = [] if apart else [self._group(y, by_year[y]) for y in sorted(by_year)[::-1]]
        if apart:
            newest = [paper for paper in found if _year(_at(paper, code)[0])][:_TOGETHER]
            lines = self._lines(newest, code)
            groups.append(views.Group("Newest", "", "newest", len(lines), lines))
        if unsaid:
            lines = self._lines(unsaid, code)
            groups.append(views.Group("Without a year", "", "without", len(lines), lines))
        width, bars = _chart({_year_of(one): count for one, count, _ in years})
        view = self._view(code, found)
        view = view._replace(
            years=self._years(years),
            bars=bars,
            width=width,
            groups=tuple(groups),
            feed=view.followed.path if view.followed else None,
        )
        return self._page(code, view)

    def _years(self, years: list[tuple[str, int, str]]) -> tuple[views.Count, ...]:
        """Return links to the years, newest first."""
        return tuple(
            views.Count(year, self._path(year), count, "")
            for code, count, _ in reversed(years)
            for year in [_year_of(code)]
        )

    def _year(self, code: str, *, newer: str | None, older: str | None) -> Draft:
        found = self.context.catalog.code_list(VENUE, code)
        view = self._view(code, found)._replace(
            crumbs=(views.Link("Venues", urls.VENUES), views.Link(self.venue.name, self._path(""))),
            groups=self._parts(found, code),
            newer=self._link(newer),
            older=self._link(older),
        )
        return self._page(code, view)

    def _page(self, code: str, view: VenuePage) -> Draft:
        said = f"{calendar.counted(view.total)} at {view.name}"
        titles = descriptions.first_titles(view.groups)
        description = descriptions.of_papers(said, titles, view.total)
        return self.kind.draft(urls.venue(code), view, title=view.name, description=description)

    def _view(self, code: str, found: list[Listed]) -> VenuePage:
        venue = self.venue
        name = f"{venue.name} {_year_of(code)}".rstrip()
        return VenuePage(
            name=name,
            title=venue.title,
            kind=venue.kind,
            field=venue.field,
            homepage=venue.homepage,
            total=len(found),
            crumbs=(views.Link("Venues", urls.VENUES),),
            years=(),
            bars=(),
            width=0,
            people=self._people(found),
            fields=papers.field_counts(paper.code for paper in found)[:_FIELDS],
            groups=(),
            newer=None,
            older=None,
            search=f"venue={code}",
            feed=None,
            followed=views.Link(venue.name, f"{self._path('')}feed.xml")
            if self.rows[0][1] >= 2 * _FEED
            else None,
        )

    def _people(self, found: Iterable[Listed]) -> tuple[views.Count, ...]:
        everybody = papers.frequent(tuple(paper.authors for paper in found), most=_PEOPLE)
        return papers.people(everybody, self.context.catalog, minimum=self.context.minimum)

    def _parts(self, found: list[Listed], code: str) -> tuple[views.Group, ...]:
        """Group the papers of a year by its parts, those with honours first."""
        groups: list[views.Group] = []
        for part, label in _PARTS:
            inside = [paper for paper in found if _at(paper, code)[0].part == part]
            inside.sort(key=lambda paper: _rank(_at(paper, code)[0].notes))
            if inside:
                lines = self._lines(inside, code)
                groups.append(views.Group(label, "", part or "papers", len(lines), lines))
        return tuple(groups)

    def _group(self, year: str, found: list[Listed]) -> views.Group:
        lines = self._lines(found, f"{self.venue.slug}/{year}", parts=True)
        return views.Group(year, "", year, len(lines), lines)

    def _lines(
        self, found: Iterable[Listed], code: str, *, parts: bool = False
    ) -> tuple[views.Line, ...]:
        """Return lines that say of the venue only what the page does not."""
        own = code == self.venue.slug
        lines: list[views.Line] = []
        for paper in found:
            at = _at(paper, code)[0]
            said = (_year(at) if own else "", at.part if own or parts else "", at.notes)
            date = dates.brief(paper.day)
            line = papers.line(paper)
            lines.append(line._replace(date=date, venue=" ".join(filter(None, said))))
        return tuple(lines)

    def _path(self, year: str) -> str:
        return urls.venue(f"{self.venue.slug}/{year}".rstrip("/"))

    def _link(self, code: str | None) -> views.Link | None:
        return views.Link(_year_of(code), urls.venue(code)) if code else None


def _at(paper: Listed, code: str) -> list[Membership]:
    """Return where a paper has appeared, of a venue or a year of it."""
    return [one for one in paper.venues if code in {one.code, one.code.partition("/")[0]}]


def _year_of(code: str) -> str:
    return code.partition("/")[2]


def _year(one: Membership) -> str:
    return _year_of(one.code)


def _rank(notes: str) -> int:
    return next((place for place, note in enumerate(_HONOURS) if note in notes), len(_HONOURS))


def _chart(years: dict[str, int]) -> tuple[int, tuple[views.Bar, ...]]:
    """Return width and bars of a chart of papers a year; nothing where there is little to see."""
    if len(years) < _CHART_YEARS:
        return 0, ()
    span = range(int(min(years)), int(max(years)) + 1)
    bars = calendar.bars([(str(year), years.get(str(year), 0)) for year in span])
    return 10 * len(span), tuple(bar._replace(label=bar.label[2:]) for bar in bars)


VENUE_KIND = VenueKind()
