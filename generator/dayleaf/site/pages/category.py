"""Categories and topics: the papers of each by period, newest first, and a feed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, ClassVar, NamedTuple, cast
from urllib.parse import unquote

from dayleaf.archive import taxonomy, topics, urls
from dayleaf.archive.rules import APART
from dayleaf.base import dates
from dayleaf.catalog import month, reads
from dayleaf.site import views
from dayleaf.site.exports import Collection, Export
from dayleaf.site.exports.atom import ATOM
from dayleaf.site.pages import calendar, descriptions, papers, periods
from dayleaf.site.pages.kind import Address, Batch, Context, Kind, Span
from dayleaf.site.pages.moved import MOVED, MovedPage
from dayleaf.site.pages.overview import Overview, overview
from dayleaf.site.products import Layout, LazyPage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dayleaf.catalog import Catalog, ListedRow
    from dayleaf.catalog.reads import Fact
    from dayleaf.site.pages.periods import Period
    from dayleaf.site.products import Page, Product

_COST = 0.02
"""Milliseconds that a paper takes."""
_FEED_PAPERS = 20
_NEARLY_ALL = 0.75
"""Share of the papers of a large archive from which on titles are left to its days."""
_FOLLOWED = ("arxiv", "topic")
"""The systems whose categories have feeds and stand in the sitemap."""


_LISTS = {
    "arxiv": views.Link("Categories", urls.CATEGORIES),
    "topic": views.Link("Topics", urls.TOPICS),
}
"""The way up to all categories of a system."""


class CategoryPage(NamedTuple):
    """`category` in category.html: a category's own page, or one period of it."""

    code: str
    name: str
    """The full name; the code where no name is known."""
    system: str
    """`arxiv`, `msc`, `acm` or `topic`."""
    heading: str
    """The name on the category's own page; `December 2021` on a period's."""
    total: int
    """Papers of the category on its own page; of the period on a period's."""
    crumbs: tuple[views.Link, ...]
    """The way up: the list of categories, the category, the year."""
    parts: tuple[views.Count, ...]
    """Periods with pages of their own, newest first; empty where all papers stand here."""
    groups: tuple[views.Group, ...]
    """The papers listed on this page, by day, newest first."""
    newer: views.Link | None
    older: views.Link | None
    feed: str | None
    """Path of the feed, on the category's own page."""
    followed: views.Link | None
    """The feed and whose it is, on the pages of periods as well."""
    about: str
    """What the field is, a sentence, on the category's own page; empty where we have none."""
    overview: Overview | None
    """Its overview, on its own page."""


@dataclass(frozen=True)
class CategoryKind(Kind):
    """The pages of each category; its key is system and code, `arxiv cs.LG`."""

    exports: tuple[Export, ...] = (ATOM,)

    name: ClassVar[str] = "category"
    pattern: ClassVar[re.Pattern[str]] = re.compile(
        f"({urls.CATEGORIES}|{urls.SUBJECTS}|{urls.TOPICS})([^/]+)/"
        r"(?:[0-9]{4}/(?:[0-9]{2}/(?:[0-9]{2}/)?)?)?"
    )
    layouts: ClassVar[tuple[Layout, ...]] = (
        Layout(
            "category.html",
            "category",
            CategoryPage,
            "`/categories/cs.LG/`, `/subjects/68T45/`, `/topics/slam/` and their periods",
        ),
        MOVED,
    )
    section: ClassVar[str] = "categories"
    chunk: ClassVar[int] = 4

    def key_of(self, match: re.Match[str]) -> str | None:
        """Return system and code; None for an address that we would not write so."""
        folder, quoted = match.groups()
        code = unquote(quoted)
        systems: dict[str, taxonomy.System] = {urls.CATEGORIES: "arxiv", urls.TOPICS: "topic"}
        system = systems.get(folder) or taxonomy.system(code)
        known = urls.category(code, system=system) == f"{folder}{quoted}/"
        return f"{system} {taxonomy.canonical(code)}" if known else None

    def listed(self, context: Context) -> Iterator[Address]:
        """Return the own pages of arXiv's categories and of topics."""
        for system, code, newest in context.catalog.newest():
            if system in _FOLLOWED:
                path = urls.category(code, system=cast("taxonomy.System", system))
                yield Address(path, newest)

    def batches(self, context: Context) -> Iterator[Batch]:
        """Divide by category."""
        for system, code, count in context.catalog.codes():
            yield Batch(Span.of(f"{system} {code}"), count * _COST)
        for key in _former_keys(self._keys(context)):
            yield Batch(Span.of(key), _COST)

    def keys(self, context: Context) -> list[str]:
        """Return system and code of every category, and of topics that had other codes."""
        keys = self._keys(context)
        return [*keys, *_former_keys(keys)]

    def _keys(self, context: Context) -> list[str]:
        return [f"{system} {code}" for system, code, _ in context.catalog.codes()]

    def touched(self, context: Context, facts: list[Fact]) -> set[str]:
        """Return the categories that papers have entered, left or changed in."""
        entered = {fact.key.rpartition(" ")[0] for fact in facts if fact.topic == reads.MEMBERSHIP}
        keys = [key for key in entered if key.partition(" ")[0] not in APART]
        return {*keys, *_former_keys(keys)}

    def files(self, context: Context, key: str) -> Iterator[Product]:
        """Yield the own page of a category, those of its periods, and the exports."""
        system, code = key.split(" ", 1)
        days = context.catalog.code_days(system, code)
        if not days:
            if system == "topic":
                yield from self._former(context, code)
            return
        at = CategoryPlace(
            cast("taxonomy.System", system),
            code,
            context.catalog.topic_label(code) if system == "topic" else taxonomy.name(code) or code,
        )
        titles = _has_titles(context, days)
        for period, listed, ways in _pages(at, days, titles=titles):
            parts = tuple(views.Count(*link, n, "") for link, n in ways.parts)
            listing = None
            if listed:
                heading = periods.heading(listed)
                listing = Listing(listed[-1].iso, listed[0].iso, heading, titles)
            shown = Shown(period.iso, period.count, listing, parts, ways.newer, ways.older)
            yield LazyPage(at.address(period.iso), partial(self._page, at, shown))
        if system in _FOLLOWED:
            since = papers.feed_since(days, _FEED_PAPERS)
            yield from self.lazily_beside(at.base, partial(_collect, at, since))
            for former in _second_names(at):
                yield self._moved(urls.category(former), at.title, at.base)
                yield from self.lazily_beside(urls.category(former), partial(_collect, at, since))

    def _former(self, context: Context, code: str) -> Iterator[Page]:
        """Yield the redirect from a code without a hash to the topic that once stood there."""
        codes = (row for row in context.catalog.codes() if row[0] == "topic")
        signed = [(-n, own) for _, own, n in codes if topics.plain_code(own) == code]
        if signed:
            own = min(signed)[1]
            path = urls.category(own, system="topic")
            yield self._moved(
                urls.category(code, system="topic"), context.catalog.topic_label(own), path
            )

    def _moved(self, path: str, name: str, to: str) -> Page:
        return self.page(path, MovedPage(name, to), title=name, layout=1)

    def _page(self, at: CategoryPlace, shown: Shown, *, context: Context) -> Page:
        """Return the page of a period, or of the whole."""
        iso, count = shown.iso, shown.count
        own = not iso
        title = at.title if own else f"{at.title}, {dates.period(iso)}"
        heading = at.name if own else dates.period(iso)
        feed = ATOM.path(at.base) if at.system in _FOLLOWED else None
        view = CategoryPage(
            code=at.code,
            name=at.name,
            system=at.system,
            heading=heading,
            total=count,
            crumbs=at.crumbs(iso),
            parts=shown.parts,
            groups=_groups(context.catalog, at, shown.listing) if shown.listing else (),
            newer=shown.newer,
            older=shown.older,
            feed=feed if own else None,
            followed=views.Link(at.name, feed) if feed else None,
            about=at.about if own else "",
            overview=overview(context, at.system, at.code) if own else None,
        )
        summary = f"{calendar.counted(count)} in {at.title}"
        summary = summary if own else f"{summary} of {heading}"
        titles = descriptions.first_titles(view.groups)
        return self.page(
            at.address(iso),
            view,
            title=title,
            description=descriptions.of_papers(summary, titles, count),
            structured=descriptions.breadcrumbs(context.config, view.crumbs, title)
            if own
            else None,
        )


def _former_keys(keys: Iterable[str]) -> list[str]:
    """Return the keys at whose addresses topics with signs once stood, and no others stand."""
    every = set(keys)
    former = (topics.plain_code(key) for key in every if key.startswith("topic "))
    return sorted({key for key in former if key and key not in every})


def _second_names(at: CategoryPlace) -> list[str]:
    """Return the other names that arXiv has for a category."""
    if at.system != "arxiv":
        return []
    return [former for former, code in taxonomy.ALIASES.items() if code == at.code]


class CategoryPlace(NamedTuple):
    """A category and its addresses."""

    system: taxonomy.System
    code: str
    name: str
    """The full name; the code where no name is known."""

    @property
    def base(self) -> str:
        """The address of its own page."""
        return urls.category(self.code, system=self.system)

    @property
    def title(self) -> str:
        """Name and code, as far as both say something."""
        plain = self.system == "topic" or self.name == self.code
        return self.name if plain else f"{self.name} ({self.code})"

    @property
    def about(self) -> str:
        """What the field is, a sentence; empty where we have none."""
        return taxonomy.about(self.code) if self.system == "arxiv" else ""

    def address(self, iso: str) -> str:
        """Return the address of a period's page, or of the category's own."""
        return urls.period(self.base, iso) if iso else self.base

    def crumbs(self, iso: str) -> tuple[views.Link, ...]:
        """Return the way up from a period, or from the own page."""
        lists_all = _LISTS.get(self.system, views.Link("Subject classes", urls.SUBJECTS))
        if not iso:
            return (lists_all,)
        above = [iso[:end] for end in (4, 7) if end < len(iso)]
        return (
            lists_all,
            views.Link(self.name if self.system == "topic" else self.code, self.base),
            *(views.Link(dates.period(a), urls.period(self.base, a)) for a in above),
        )


class Listing(NamedTuple):
    """The papers that a page lists."""

    oldest: str
    """The first of the periods."""
    newest: str
    heading: int
    """The length of the ISO form that papers stand under."""
    titles: bool
    """Whether their titles are listed, or only the days that have them."""


class Shown(NamedTuple):
    """What the page of a period shows besides papers."""

    iso: str
    """Empty for the whole."""
    count: int  # type: ignore[assignment]  # nobody counts in it
    listing: Listing | None
    """None where the period gives way to its parts."""
    parts: tuple[views.Count, ...]
    newer: views.Link | None
    older: views.Link | None


class Ways(NamedTuple):
    """Where a period's page leads."""

    parts: tuple[tuple[views.Link, int], ...]
    """Periods with pages of their own, newest first, each with its number of papers."""
    newer: views.Link | None = None
    older: views.Link | None = None


def _has_titles(context: Context, days: list[tuple[str, int]]) -> bool:
    """Tell whether the pages of periods list titles.

    In a large archive a category that nearly every paper has would list all of it a second time:
    its periods lead to the days, where the titles stand.
    """
    count = sum(papers for _, papers in days)
    if count < month.LARGE:
        return True
    return has_titles(count, sum(papers for _, papers in context.catalog.days()))


def has_titles(count: int, papers: int) -> bool:
    """Tell whether a category with so many papers, of those of an archive, lists their titles."""
    return count < month.LARGE or count < _NEARLY_ALL * papers


def _pages(
    at: CategoryPlace, days: list[tuple[str, int]], *, titles: bool
) -> Iterator[tuple[Period, list[Period], Ways]]:
    """Yield each period that has a page, the whole first, with the periods that it lists."""
    whole = periods.divide(days, finest=periods.DAY if titles else periods.MONTH)
    leaves = list(whole.leaves())
    here = periods.inline(leaves)
    apart = leaves[len(here) :]
    shown_here = {period.iso for period in here} if whole.parts else {""}
    heading = periods.heading(here) if titles else periods.DAY
    link = partial(_link, at, here=shown_here, heading=heading)

    def parts(period: Period) -> tuple[tuple[views.Link, int], ...]:
        return tuple((link(part), part.count) for part in period.parts)

    yield whole, here, Ways(parts(whole), None, link(apart[0]) if apart else None)
    for place, leaf in enumerate(apart):
        newer = link(apart[place - 1]) if place else views.Link("Newest", at.base)
        older = link(apart[place + 1]) if place + 1 < len(apart) else None
        yield leaf, [leaf], Ways((), newer, older)
    for period in whole.inner():
        yield period, [], Ways(parts(period))


def _link(at: CategoryPlace, period: Period, *, here: set[str], heading: int) -> views.Link:
    """Return a link to a period, of which some stand on the category's own page."""
    path = urls.period(at.base, period.iso)
    if period.iso in here:
        path = f"{at.base}#{period.newest[:heading]}"
    return views.Link(dates.period(period.iso), path)


def _groups(catalog: Catalog, at: CategoryPlace, listing: Listing) -> tuple[views.Group, ...]:
    """Group the papers of some periods by day, or by month with the day in every line.

    Without titles there are the days, each with its number of papers.
    """
    first, last, heading, titles = listing
    if not titles:
        return tuple(
            views.Group(dates.weekday(iso), urls.day(iso), iso, count, ())
            for iso, count in reversed(catalog.code_days(at.system, at.code, first, last))
        )
    days = catalog.code_papers(at.system, at.code, first, last)
    if heading == periods.DAY:
        return tuple(
            views.Group(dates.weekday(iso), urls.day(iso), iso, len(rows), _lines(rows, ""))
            for iso, rows in days
        )
    groups: list[views.Group] = []
    for iso, inside in groupby(days, lambda pair: pair[0][: periods.MONTH]):
        lines = tuple(line for day, rows in inside for line in _lines(rows, dates.short(day)))
        groups.append(views.Group(dates.month(iso), urls.month(iso), iso, len(lines), lines))
    return tuple(groups)


def _collect(at: CategoryPlace, since: str, *, context: Context) -> Collection:
    """Return the newest papers of a category, from a day on."""
    newest = tuple(context.catalog.code_full(at.system, at.code, since=since))
    title = f"{context.config.title}: {at.name}"
    return Collection(title, at.base, newest, context.config, about=at.about)


def _lines(listed: Iterable[ListedRow], date: str) -> tuple[views.Line, ...]:
    return tuple(papers.line(paper, date=date) for paper in listed)


CATEGORY = CategoryKind()
