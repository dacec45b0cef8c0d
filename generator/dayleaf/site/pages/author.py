"""Authors: a page for each name."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from dayleaf.archive import people, urls
from dayleaf.base import dates
from dayleaf.catalog import reads
from dayleaf.site import views
from dayleaf.site.exports import Collection, Export
from dayleaf.site.exports.atom import BRIEF_ATOM as _FEED
from dayleaf.site.pages import calendar, circles, papers
from dayleaf.site.pages.kind import ALL, Batch, Context, Kind, PublishStage, Span
from dayleaf.site.pages.moved import MOVED, MovedPage
from dayleaf.site.products import Layout, Page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dayleaf.catalog import ListedRow
    from dayleaf.site.products import Product

_AUTHORS = 3_000
"""Authors that one process makes in one go."""
_COST = 0.12
"""Milliseconds that an author takes."""
_FEED_PAPERS = 3
_VENUES = 4
_VENUES_PAPERS = 10
"""Papers from which on venues are worth saying."""
_CIRCLE_PEOPLE = 3
_COAUTHORS = 6
_FIELDS = 6
_MANY = 4
"""Papers from which on years, co-authors and fields are worth saying; fewer show them."""
# Fewer papers in fewer years are seen at a glance as they are.
_CHART_PAPERS = 10


class Circle(NamedTuple):
    """Papers of a name that share co-authors, and none with its other papers.

    Several people may stand in one, and one person in several.
    """

    id: str
    """`c1`: also the class of its lines."""
    count: int  # type: ignore[assignment]  # nobody counts in a view
    span: str
    """`2015 to 2024`."""
    field: str
    """The most frequent primary category, by its name."""
    people: tuple[str, ...]
    """The most frequent co-authors, at most three."""


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
    links: tuple[views.Link, ...]
    """Homepage and ORCID, full addresses, of whom the keeper knows."""
    venues: tuple[views.Count, ...]
    """Where several of these papers have appeared, the most frequent first, at most four; none
    where there are fewer than ten papers in all."""
    circles: tuple[Circle, ...]
    """The largest circles of co-authors; none where there are fewer than two of three papers."""
    apart: int
    """How many circles there are in all, those of a single paper included."""
    feed: str | None
    """Path of the feed; None for authors with few papers."""


@dataclass(frozen=True)
class AuthorKind(Kind):
    """A page for each author with enough papers; its key is the slug, `luc-van-gool`.

    A feed stands beside those with many papers.
    """

    exports: tuple[Export, ...] = (_FEED,)

    name: ClassVar[str] = "author"
    pattern: ClassVar[re.Pattern[str]] = re.compile(rf"{urls.AUTHORS}([^/]+)\.html")
    stage: ClassVar[PublishStage] = PublishStage.LEAVES
    topic: ClassVar[str | None] = reads.AUTHOR
    layouts: ClassVar[tuple[Layout, ...]] = (
        Layout("author.html", "author", AuthorPage, "`/authors/luc-van-gool.html`"),
        MOVED,
    )

    def batches(self, context: Context) -> Iterator[Batch]:
        """Divide the authors, a few thousand at a time."""
        # From the very first key: a redirect may stand before every author.
        slugs = context.catalog.slugs(every=_AUTHORS, minimum=context.minimum)
        bounds = [ALL.first, *slugs[1:], ALL.end]
        for first, end in pairwise(bounds):
            yield Batch(Span(first, end), _AUTHORS * _COST)

    def make(
        self, context: Context, spans: tuple[Span, ...]
    ) -> Iterator[tuple[str, Iterator[Product]]]:
        """Yield the authors within some spans, whose papers are read in one go."""
        known = people.parse(context.catalog.rule_sources().authors)
        redirects = known.redirects()
        for span in spans:
            gone = {slug for slug in redirects if span.holds(slug)}
            for slug, signed in context.catalog.authors(
                span.first, span.end, minimum=context.minimum
            ):
                gone.discard(slug)
                yield slug, self._of(context, slug, signed, known.person(slug))
            for slug in sorted(gone):
                yield slug, self._moved(context, slug, known, redirects[slug])

    def _of(
        self,
        context: Context,
        slug: str,
        signed: list[tuple[str, ListedRow]],
        person: people.Person | None,
    ) -> Iterator[Product]:
        """Yield an author's page, and what stands beside it."""
        config = context.config
        view = of(context, slug, signed, person)
        page = self.page(urls.author(slug), view, title=view.name)
        if len(signed) > config.author_feed:
            path = _FEED.path(page.path)
            yield page._replace(view=view._replace(feed=path))
            newest = tuple(context.catalog.full_of(p.anchor for _, p in signed[:_FEED_PAPERS]))
            title = f"{config.title}: {view.name}"
            yield _FEED.make(Collection(title, page.path, newest, config), config)
        else:
            yield page
        if len(self.exports) > 1:
            full = tuple(context.catalog.full_of(paper.anchor for _, paper in signed))
            collection = Collection(view.name, page.path, full, config)
            yield from (
                export.make(collection, config) for export in self.exports if export != _FEED
            )

    def _moved(self, context: Context, slug: str, known: people.People, to: str) -> Iterator[Page]:
        """Yield the page of a redirect, if it leads to an author."""
        papers = context.catalog.papers_of(to)
        if not papers:
            return
        person = known.person(to)
        name = person.name if person else to
        own = papers >= context.minimum
        view = MovedPage(name, urls.author(to) if own else urls.person(to, context.shared_pages))
        yield self.page(urls.author(slug), view, title=name, layout=1)


_PLAIN = AuthorPage(
    "",
    1,
    "",
    (),
    (),
    (),
    0,
    (),
    (),
    mixed=False,
    links=(),
    venues=(),
    circles=(),
    apart=0,
    feed=None,
)


def of(
    context: Context, slug: str, signed: list[tuple[str, ListedRow]], person: people.Person | None
) -> AuthorPage:
    """Return an author with some papers, each with its spelling; `person` is what the keeper knows.

    The feed is none of it.
    """
    view = _author(context, slug, signed)
    return _known(view, person) if person else view


def _known(view: AuthorPage, person: people.Person) -> AuthorPage:
    """Return a page with what the keeper knows of a person."""
    links = []
    if person.homepage:
        links.append(views.Link("Homepage", person.homepage))
    if person.orcid:
        links.append(views.Link("ORCID", f"https://orcid.org/{person.orcid}"))
    others = tuple(name for name in (view.name, *view.spellings) if name != person.name)
    return view._replace(name=person.name, spellings=others, links=tuple(links))


def _author(context: Context, slug: str, signed: list[tuple[str, ListedRow]]) -> AuthorPage:
    """Return an author, who goes by the spelling on most papers."""
    written = [paper for _, paper in signed]
    if len(signed) == 1:  # as of most
        only = _undivided(signed)
        return _PLAIN._replace(name=signed[0][0], years=only)
    spelled = Counter(name for name, _ in signed)
    spellings = sorted(spelled, key=lambda name: (-spelled[name], name))
    fields = papers.field_counts(paper.code for paper in written)
    view = _PLAIN._replace(
        name=spellings[0],
        count=len(signed),
        spellings=tuple(spellings[1:]),
        mixed=len(fields) > 1,
    )
    if len(signed) < _MANY:
        return view._replace(years=_undivided(signed))
    apart, of = circles.divide(slug, written)
    years = _years(signed, of)
    by_year = {group.label: group.count for group in years}
    width, bars = calendar.year_chart(by_year if len(signed) >= _CHART_PAPERS else {})
    return view._replace(
        venues=_venues(written),
        circles=tuple(_circle(slug, n, circle) for n, circle in enumerate(apart.largest, 1)),
        apart=apart.total,
        span=_span(written),
        years=years,
        bars=bars,
        width=width,
        coauthors=_coauthors(context, slug, written),
        fields=fields[:_FIELDS] if view.mixed else (),
    )


def _coauthors(context: Context, slug: str, rows: list[ListedRow]) -> tuple[views.Count, ...]:
    """Return the co-authors of several of these papers, the most frequent first, then by slug.

    Each goes by the spelling on their newest paper together.
    """
    # One more than are shown, for the author whose page it is.
    everybody = papers.frequent(tuple(paper.authors for paper in rows), most=_COAUTHORS + 1)
    most = [each for each in everybody if each[0] != slug][:_COAUTHORS]
    return papers.people(most, context)


def _undivided(signed: list[tuple[str, ListedRow]]) -> tuple[views.Group, ...]:
    """Return papers in one list, each with its year."""
    lines = tuple(
        papers.line(paper, of=name, date=dates.brief(paper.day)) for name, paper in signed
    )
    return (views.Group("", "", "", len(lines), lines),)


def _years(signed: list[tuple[str, ListedRow]], of: dict[str, str]) -> tuple[views.Group, ...]:
    """Group papers by year; `of` says in which circle some of them are."""
    groups: list[views.Group] = []
    for year, inside in groupby(signed, lambda pair: pair[1].day[:4]):
        lines = tuple(
            papers.line(paper, of=name)._replace(circle=of.get(paper.anchor, ""))
            for name, paper in inside
        )
        groups.append(views.Group(year, urls.year(year), year, len(lines), lines))
    return tuple(groups)


def _venues(rows: list[ListedRow]) -> tuple[views.Count, ...]:
    """Return the venues of several of some papers, the most frequent first."""
    if len(rows) < _VENUES_PAPERS:
        return ()
    return papers.venues((paper.rule_memberships for paper in rows), most=_VENUES, least=2)


def _circle(slug: str, number: int, rows: list[ListedRow]) -> Circle:
    newest, oldest = rows[0].day[:4], rows[-1].day[:4]
    everybody = papers.frequent(tuple(paper.authors for paper in rows), most=_CIRCLE_PEOPLE + 1)
    fields = papers.field_counts(paper.code for paper in rows)
    return Circle(
        f"c{number}",
        len(rows),
        newest if newest == oldest else f"{oldest} to {newest}",
        fields[0].label if fields else "",
        tuple(name for other, name, _ in everybody if other != slug)[:_CIRCLE_PEOPLE],
    )


def _span(rows: list[ListedRow]) -> str:
    newest, oldest = dates.month(rows[0].day), dates.month(rows[-1].day)
    return newest if newest == oldest else f"{oldest} to {newest}"


AUTHOR = AuthorKind()
