"""Venues: the papers of a conference or journal, year by year, and a feed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from dayleaf.archive import urls, venues
from dayleaf.archive.rules import VENUE
from dayleaf.archive.venues import CHALLENGE, WORKSHOP
from dayleaf.base import dates
from dayleaf.catalog import reads
from dayleaf.site import views
from dayleaf.site.exports import Collection, Export
from dayleaf.site.exports.atom import BRIEF_ATOM
from dayleaf.site.pages import calendar, descriptions, papers
from dayleaf.site.pages.kind import ALL, Address, Batch, Context, Kind, Span
from dayleaf.site.products import Layout, LazyPage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dayleaf.archive.rules import Membership
    from dayleaf.archive.venues import KnownVenue
    from dayleaf.catalog import ListedRow
    from dayleaf.catalog.reads import Fact
    from dayleaf.site.products import Page, Product

_COST = 0.05
"""Milliseconds that a paper takes."""
_TOGETHER = 40
"""Papers up to which a venue has one page; more give each year a page of its own."""
_FEED = 10
"""Papers of a feed; venues with fewer than twice as many have none."""
_PEOPLE, _FIELDS = 10, 6
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
        return (Address(urls.venue(code), newest) for code, _, newest in context.catalog.venues())

    def batches(self, context: Context) -> Iterator[Batch]:
        """Divide by venue, the small ones together."""
        first, cost = "", 0.0
        for code, count, _ in context.catalog.venues():
            if "/" in code:
                continue
            cost += count * _COST + 1
            if cost > 100:  # noqa: PLR2004 - milliseconds
                yield Batch(Span.through(first, code), cost)
                first, cost = f"{code}\x00", 0.0
        yield Batch(Span(first, ALL.end), cost)

    def keys(self, context: Context) -> list[str]:
        """Return the slugs of the venues."""
        return [code for code, _, _ in context.catalog.venues() if "/" not in code]

    def touched(self, context: Context, facts: list[Fact]) -> set[str]:
        """Return the venues that papers have entered, left or changed in."""
        start = f"{VENUE} "
        codes = (
            fact.key.removeprefix(start).rpartition(" ")[0]
            for fact in facts
            if fact.topic == reads.MEMBERSHIP and fact.key.startswith(start)
        )
        return {code.partition("/")[0] for code in codes}

    def inputs(self, context: Context) -> object:
        """Return the site's own venues; Dayleaf's are part of the program."""
        return context.catalog.rule_sources().venues

    def files(self, context: Context, key: str) -> Iterator[Product]:
        """Yield the own page of a venue, those of its years, and the feed."""
        rows = context.catalog.venue(key)
        if not rows:
            return
        venue = venues.known(context.catalog.rule_sources().venues)[key]
        (_, total, _), *years = rows
        at = VenuePlace(venue, total)
        counted = tuple((_year_of(code), count) for code, count, _ in years)
        yield LazyPage(urls.venue(key), partial(self._own, at, counted))
        # However few papers a year has: the papers lead to it.
        for place, (code, _, _) in enumerate(years):
            older = years[place - 1][0] if place else None
            newer = years[place + 1][0] if place + 1 < len(years) else None
            yield LazyPage(urls.venue(code), partial(self._year, at, code, newer, older))
        if at.followed:
            yield from self.lazily_beside(at.path(""), partial(_collect, at))

    def _own(self, at: VenuePlace, years: tuple[tuple[str, int], ...], *, context: Context) -> Page:
        code = at.venue.slug
        rows = context.catalog.code_list(VENUE, code)
        by_year: dict[str, list[ListedRow]] = {}
        for paper in rows:
            for year in {_year(membership) for membership in _at(paper, code)}:
                by_year.setdefault(year, []).append(paper)
        without = by_year.pop("", [])
        apart = at.total > _TOGETHER
        groups = [] if apart else [_group(at, y, by_year[y]) for y in sorted(by_year)[::-1]]
        if apart:
            newest = [paper for paper in rows if _year(_at(paper, code)[0])][:_TOGETHER]
            lines = _lines(at, newest, code)
            groups.append(views.Group("Newest", "", "newest", len(lines), lines))
        if without:
            lines = _lines(at, without, code)
            groups.append(views.Group("Without a year", "", "without", len(lines), lines))
        width, bars = calendar.year_chart(dict(years))
        view = _view(context, at, code, rows)
        view = view._replace(
            years=tuple(views.Count(year, at.path(year), n, "") for year, n in reversed(years)),
            bars=bars,
            width=width,
            groups=tuple(groups),
            feed=view.followed.path if view.followed else None,
        )
        return self._page(code, view)

    def _year(
        self, at: VenuePlace, code: str, newer: str | None, older: str | None, *, context: Context
    ) -> Page:
        rows = context.catalog.code_list(VENUE, code)
        view = _view(context, at, code, rows)._replace(
            crumbs=(views.Link("Venues", urls.VENUES), views.Link(at.venue.name, at.path(""))),
            groups=_parts(at, rows, code),
            newer=_link(newer),
            older=_link(older),
        )
        return self._page(code, view)

    def _page(self, code: str, view: VenuePage) -> Page:
        summary = f"{calendar.counted(view.total)} at {view.name}"
        titles = descriptions.first_titles(view.groups)
        description = descriptions.of_papers(summary, titles, view.total)
        return self.page(urls.venue(code), view, title=view.name, description=description)


class VenuePlace(NamedTuple):
    """A venue and its addresses."""

    venue: KnownVenue
    total: int
    """Papers."""

    @property
    def followed(self) -> bool:
        """Whether it has papers enough for a feed."""
        return self.total >= 2 * _FEED

    def path(self, year: str) -> str:
        """Return the address of a year, or of its own page."""
        return urls.venue(f"{self.venue.slug}/{year}".rstrip("/"))


def _view(context: Context, at: VenuePlace, code: str, rows: list[ListedRow]) -> VenuePage:
    venue = at.venue
    return VenuePage(
        name=f"{venue.name} {_year_of(code)}".rstrip(),
        title=venue.title,
        kind=venue.kind,
        field=venue.field,
        homepage=venue.homepage,
        total=len(rows),
        crumbs=(views.Link("Venues", urls.VENUES),),
        years=(),
        bars=(),
        width=0,
        people=_people(context, rows),
        fields=papers.field_counts(paper.code for paper in rows)[:_FIELDS],
        groups=(),
        newer=None,
        older=None,
        search=f"venue={code}",
        feed=None,
        followed=views.Link(venue.name, BRIEF_ATOM.path(at.path(""))) if at.followed else None,
    )


def _people(context: Context, rows: Iterable[ListedRow]) -> tuple[views.Count, ...]:
    everybody = papers.frequent(tuple(paper.authors for paper in rows), most=_PEOPLE)
    return papers.people(everybody, context)


def _parts(at: VenuePlace, rows: list[ListedRow], code: str) -> tuple[views.Group, ...]:
    """Group the papers of a year by its parts, those with honours first."""
    groups: list[views.Group] = []
    for part, label in _PARTS:
        inside = [paper for paper in rows if _at(paper, code)[0].part == part]
        inside.sort(key=lambda paper: _rank(_at(paper, code)[0].notes))
        if inside:
            lines = _lines(at, inside, code)
            groups.append(views.Group(label, "", part or "papers", len(lines), lines))
    return tuple(groups)


def _group(at: VenuePlace, year: str, rows: list[ListedRow]) -> views.Group:
    lines = _lines(at, rows, f"{at.venue.slug}/{year}", parts=True)
    return views.Group(year, "", year, len(lines), lines)


def _lines(
    place: VenuePlace, rows: Iterable[ListedRow], code: str, *, parts: bool = False
) -> tuple[views.Line, ...]:
    """Return lines that say of the venue only what the page does not."""
    own = code == place.venue.slug
    lines: list[views.Line] = []
    for paper in rows:
        at = _at(paper, code)[0]
        facts = (_year(at) if own else "", at.part if own or parts else "", at.notes)
        date = dates.brief(paper.day)
        line = papers.line(paper)
        lines.append(line._replace(date=date, venue=" ".join(filter(None, facts))))
    return tuple(lines)


def _link(code: str | None) -> views.Link | None:
    return views.Link(_year_of(code), urls.venue(code)) if code else None


def _collect(at: VenuePlace, *, context: Context) -> Collection:
    """Return the newest papers of a venue."""
    newest = tuple(context.catalog.code_full(VENUE, at.venue.slug, most=_FEED))
    title = f"{context.config.title}: {at.venue.name}"
    return Collection(title, at.path(""), newest, context.config)


def _at(paper: ListedRow, code: str) -> list[Membership]:
    """Return a paper's memberships in a venue or in a year of it."""
    return [each for each in paper.venues if code in {each.code, each.code.partition("/")[0]}]


def _year_of(code: str) -> str:
    return code.partition("/")[2]


def _year(membership: Membership) -> str:
    return _year_of(membership.code)


def _rank(notes: str) -> int:
    return next((place for place, note in enumerate(_HONOURS) if note in notes), len(_HONOURS))


VENUE_KIND = VenueKind()
