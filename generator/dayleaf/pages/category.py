"""Categories and topics: the papers of each by period, newest first, and a feed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, ClassVar, NamedTuple, cast
from urllib.parse import unquote

from dayleaf import dates, taxonomy, urls, views
from dayleaf.drafts import Layout, Reads, Sketch
from dayleaf.exports import Collection, Export
from dayleaf.exports.atom import ATOM
from dayleaf.pages import calendar, descriptions, papers, periods
from dayleaf.pages.glance import Glance, glance
from dayleaf.pages.kind import ALL, Address, Context, Kind, Share, Span
from dayleaf.rules import APART

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dayleaf.catalog import Listed
    from dayleaf.drafts import Draft, Page
    from dayleaf.pages.periods import Period

_COST = 0.02
"""Milliseconds that a paper takes."""
_FEED_PAPERS = 20
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
    glance: Glance | None
    """The category at a glance, on its own page."""


class Ways(NamedTuple):
    """The neighbours of a period's page."""

    newer: views.Link | None = None
    older: views.Link | None = None


@dataclass(frozen=True)
class Category(Kind):
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
    )
    section: ClassVar[str] = "categories"
    chunk: ClassVar[int] = 1

    def key_of(self, found: re.Match[str]) -> str | None:
        """Return system and code; None for an address that we would not write so."""
        folder, quoted = found.groups()
        code = unquote(quoted)
        systems: dict[str, taxonomy.System] = {urls.CATEGORIES: "arxiv", urls.TOPICS: "topic"}
        system = systems.get(folder) or taxonomy.system(code)
        known = urls.category(code, system=system) == f"{folder}{quoted}/"
        return f"{system} {code}" if known else None

    def listed(self, context: Context) -> Iterator[Address]:
        """Return the own pages of arXiv's categories and of topics."""
        for system, code, newest in context.catalog.newest():
            if system in _FOLLOWED:
                path = urls.category(code, system=cast("taxonomy.System", system))
                yield Address(path, newest)

    def shares(self, context: Context) -> Iterator[Share]:
        """Share out category by category."""
        for system, code, count in context.catalog.codes():
            yield Share(Span.of(f"{system} {code}"), count * _COST)

    def touched(self, context: Context, *, since: int) -> list[str]:
        """Return the touched categories, those with most papers first."""
        sizes = {f"{system} {code}": count for system, code, count in context.catalog.codes()}
        found = [
            key
            for key in context.catalog.touched("category", since=since)
            if key.partition(" ")[0] not in APART
        ]
        return sorted(found, key=lambda key: (-sizes.get(key, 0), key))

    def pages(self, context: Context, spans: tuple[Span, ...]) -> Iterator[Page]:
        """Yield the pages of the categories within some spans, and their feeds."""
        for span in spans:
            if span == ALL:
                yield from self.pages(context, tuple(s.span for s in self.shares(context)))
                continue
            system, code = span.first.split(" ", 1)
            found = _Category(self, context, cast("taxonomy.System", system), code)
            yield from found.pages()


@dataclass(frozen=True, slots=True)
class _Category:
    """One category."""

    kind: Category
    context: Context
    system: taxonomy.System
    code: str

    def pages(self) -> Iterator[Page]:
        """Yield the own page, those of the periods, and the exports."""
        days = self.context.catalog.code_days(self.system, self.code)
        if not days:
            return
        whole = periods.divide(days)
        leaves = list(whole.leaves())
        here = periods.inline(leaves)
        apart = leaves[len(here) :]
        shown_here = {period.iso for period in here} if whole.parts else {""}
        link = partial(self._link, here=shown_here, heading=periods.heading(here))
        sketch = partial(self._sketch, link=link)
        yield sketch(whole, here, Ways(None, link(apart[0]) if apart else None))
        for place, leaf in enumerate(apart):
            newer = link(apart[place - 1]) if place else views.Link("Newest", self._base)
            older = link(apart[place + 1]) if place + 1 < len(apart) else None
            yield sketch(leaf, [leaf], Ways(newer, older))
        for period in whole.inner():
            yield sketch(period, [], Ways())
        if self.system in _FOLLOWED:
            yield from self._exports(days)

    @property
    def _name(self) -> str:
        """The full name; the code where no name is known."""
        if self.system == "topic":
            return self.context.catalog.topic_labels().get(self.code, self.code)
        return taxonomy.name(self.code) or self.code

    @property
    def _base(self) -> str:
        return urls.category(self.code, system=self.system)

    def _sketch(
        self, period: Period, listed: list[Period], ways: Ways, link: partial[views.Link]
    ) -> Sketch:
        """Return the page of a period, or of the whole, that lists the papers of some periods."""
        parts = tuple(
            views.Count(part_link.label, part_link.path, part.count, "")
            for part in period.parts
            for part_link in [link(part)]
        )
        reads = Reads("day", listed[-1].iso, f"{listed[0].iso}~") if listed else None
        return Sketch(
            self._address(period),
            (self._name, period.count, parts, ways),
            reads,
            partial(self._draft, period, parts, listed, ways),
        )

    def _draft(
        self, period: Period, parts: tuple[views.Count, ...], listed: list[Period], ways: Ways
    ) -> Draft:
        own = not period.iso
        name = self._name
        plain = self.system == "topic" or name == self.code
        title = name if plain else f"{name} ({self.code})"
        heading = name if own else dates.period(period.iso)
        feed = f"{self._base}feed.xml" if own and self.system in _FOLLOWED else None
        view = CategoryPage(
            code=self.code,
            name=name,
            system=self.system,
            heading=heading,
            total=period.count,
            crumbs=self._crumbs(period.iso),
            parts=parts,
            groups=self._groups(listed),
            newer=ways.newer,
            older=ways.older,
            feed=feed,
            followed=views.Link(name, f"{self._base}feed.xml")
            if self.system in _FOLLOWED
            else None,
            about=taxonomy.about(self.code) if own and self.system == "arxiv" else "",
            glance=glance(self.context, self.system, self.code) if own else None,
        )
        said = f"{calendar.counted(period.count)} in {title}"
        said = said if own else f"{said} of {heading}"
        title = title if own else f"{title}, {heading}"
        config = self.context.config
        return self.kind.draft(
            self._address(period),
            view,
            title=title,
            description=descriptions.of_papers(
                said, descriptions.first_titles(view.groups), period.count
            ),
            structured=descriptions.breadcrumbs(config, view.crumbs, title) if own else None,
        )

    def _groups(self, listed: list[Period]) -> tuple[views.Group, ...]:
        """Group the papers of some periods by day, or by month with the day in every line."""
        if not listed:
            return ()
        days = self.context.catalog.code_papers(
            self.system, self.code, listed[-1].iso, listed[0].iso
        )
        if periods.heading(listed) == periods.DAY:
            return tuple(
                views.Group(dates.weekday(iso), urls.day(iso), iso, len(found), _lines(found, ""))
                for iso, found in days
            )
        groups: list[views.Group] = []
        for month, inside in groupby(days, lambda pair: pair[0][: periods.MONTH]):
            lines = tuple(line for iso, found in inside for line in _lines(found, dates.short(iso)))
            path = urls.month(month)
            groups.append(views.Group(dates.month(month), path, month, len(lines), lines))
        return tuple(groups)

    def _exports(self, days: list[tuple[str, int]]) -> Iterator[Page]:
        since = papers.feed_since(days, _FEED_PAPERS)
        found = tuple(self.context.catalog.code_full(self.system, self.code, since=since))
        config = self.context.config
        title = f"{config.title}: {self._name}"
        about = taxonomy.about(self.code) if self.system == "arxiv" else ""
        collection = Collection(title, self._base, found, config.base_url, about=about)
        yield from self.kind.beside(collection, self.context)

    def _address(self, period: Period) -> str:
        """Return where a period's page lives, the whole's or one of its own."""
        return urls.period(self._base, period.iso) if period.iso else self._base

    def _link(self, period: Period, *, here: set[str], heading: int) -> views.Link:
        """Return a link to a period, of which some stand on the category's own page."""
        path = urls.period(self._base, period.iso)
        if period.iso in here:
            path = f"{self._base}#{period.newest[:heading]}"
        return views.Link(dates.period(period.iso), path)

    def _crumbs(self, iso: str) -> tuple[views.Link, ...]:
        lists_all = _LISTS.get(self.system, views.Link("Subject classes", urls.SUBJECTS))
        if not iso:
            return (lists_all,)
        above = [iso[:end] for end in (4, 7) if end < len(iso)]
        return (
            lists_all,
            views.Link(self._name if self.system == "topic" else self.code, self._base),
            *(views.Link(dates.period(a), urls.period(self._base, a)) for a in above),
        )


def _lines(listed: Iterable[Listed], date: str) -> tuple[views.Line, ...]:
    return tuple(papers.line(paper)._replace(date=date) for paper in listed)


CATEGORY = Category()
