"""Categories and classes: the lists of them, and each one's papers by period.

A category's papers are listed by period, never by count, so that an address keeps its papers when
others are added anywhere in time. A period with more papers than a page bears gives way to its
parts: years to months, months to days. The newest periods stand on the category's own page, which
would else be an empty hall; every paper is listed exactly once.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Literal, cast

from dayleaf import dates, taxonomy, urls, views
from dayleaf.pages import papers
from dayleaf.pages.draft import Draft, Kept, Known, draft, memo

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dayleaf.catalog import Catalog, Listed

    Days = list[tuple[str, list[Listed]]]
    """Days with their papers, newest first."""

System = Literal["arxiv", "msc", "acm"]

MOST = 500
"""Papers that a page bears before its period gives way to parts."""
_NEWEST = 50
"""Papers that a category's own page shows at least, where it has parts."""
_MONTH, _DAY = 7, 10
"""Lengths of their ISO forms."""
_LEVELS = {0: 4, 4: 7, 7: 10}
"""Length of a period's ISO form -> that of its parts."""


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time in a category; the whole has the empty ISO form."""

    iso: str
    count: int
    newest: str
    """The newest day with papers."""
    parts: tuple[Period, ...]
    """Newest first; empty where the papers stand on one page."""

    def leaves(self) -> Iterator[Period]:
        """Yield the periods that list papers, newest first."""
        if not self.parts:
            yield self
        for part in self.parts:
            yield from part.leaves()

    def inner(self) -> Iterator[Period]:
        """Yield the periods below this one that give way to parts."""
        for part in self.parts:
            if part.parts:
                yield part
                yield from part.inner()


def divide(days: list[tuple[str, int]], iso: str = "") -> Period:
    """Divide days (oldest first, with their numbers of papers) into periods."""
    count = sum(number for _, number in days)
    level = _LEVELS.get(len(iso))
    parts: tuple[Period, ...] = ()
    if count > MOST and level:
        groups = groupby(days, lambda pair: pair[0][:level])
        parts = tuple(divide(list(group), key) for key, group in groups)[::-1]
    return Period(iso, count, days[-1][0], parts)


def category(
    catalog: Catalog, system: System, code: str, *, known: Known, only: str | None = None
) -> Iterator[Draft | Kept]:
    """Yield a category's own page and those of its periods, or `only` the one of an address.

    Pages that show what they showed before are only named. What papers a page lists need not even
    be read where no update has touched any of its days.
    """
    whole = divide(catalog.code_days(system, code))
    leaves = list(whole.leaves())
    inline = _inline(leaves)
    here = {p.iso for p in inline} if whole.parts else {""}
    frame = _Frame(system, code, here, known, _heading(inline))
    apart = leaves[len(inline) :]
    touched = None if known.since is None else catalog.touched("day", since=known.since)

    def page(
        period: Period, listed: list[Period], newer: views.Link | None, older: views.Link | None
    ) -> Iterator[Draft | Kept]:
        if only not in {None, frame.address(period)}:
            return
        stale = touched is None or _within(touched, listed)
        kept = None if stale else frame.kept(period, newer=newer, older=older)
        if kept:
            yield kept
            return
        span = (listed[-1].iso, listed[0].iso) if listed else None
        days = list(catalog.code_papers(system, code, *span)) if span else []
        groups = _groups(days, _heading(listed))
        yield frame.page(period, groups, newer=newer, older=older)

    yield from page(whole, inline, None, frame.link(apart[0]) if apart else None)
    for place, leaf in enumerate(apart):
        newer = frame.link(apart[place - 1]) if place else views.Link("Newest", frame.base)
        older = frame.link(apart[place + 1]) if place + 1 < len(apart) else None
        yield from page(leaf, [leaf], newer, older)
    for period in whole.inner():
        yield from page(period, [], None, None)


def lists(catalog: Catalog) -> Iterator[Draft]:
    """Yield the list of arXiv's categories and that of the MSC and ACM classes."""
    codes = catalog.codes()
    arxiv = [row for row in codes if row[0] == "arxiv"]
    rest = [row for row in codes if row[0] == "msc"] + [row for row in codes if row[0] == "acm"]
    for system, title, path, rows in (
        ("arxiv", "Categories", urls.CATEGORIES, arxiv),
        ("subjects", "Subject classes", urls.SUBJECTS, rest),
    ):
        other = (
            (views.Link("Subject classes", urls.SUBJECTS) if rest else None)
            if system == "arxiv"
            else views.Link("Categories", urls.CATEGORIES)
        )
        view = views.CategoriesPage(title, system, _grouped(rows), other)
        yield draft(
            path,
            layout="categories.html",
            name="categories",
            view=view,
            title=title,
            section="categories",
        )


@dataclass(frozen=True, slots=True)
class _Frame:
    """What all pages of a category share."""

    system: System
    code: str
    here: set[str]
    """Periods that stand on the category's own page."""
    known: Known
    heading: int
    """Length of the ISO form of what the category's own page is grouped by."""

    @property
    def base(self) -> str:
        return urls.category(self.code, system=self.system)

    @property
    def title(self) -> str:
        name = taxonomy.name(self.code)
        return f"{name} ({self.code})" if name else self.code

    def path(self, period: Period) -> str:
        if period.iso in self.here:
            return f"{self.base}#{period.newest[: self.heading]}"
        return urls.period(self.base, period.iso)

    def link(self, period: Period) -> views.Link:
        return views.Link(dates.period(period.iso), self.path(period))

    def count(self, period: Period) -> views.Count:
        return views.Count(dates.period(period.iso), self.path(period), period.count, "")

    def crumbs(self, iso: str) -> tuple[views.Link, ...]:
        lists_all = (
            views.Link("Categories", urls.CATEGORIES)
            if self.system == "arxiv"
            else views.Link("Subject classes", urls.SUBJECTS)
        )
        if not iso:
            return (lists_all,)
        above = [iso[:end] for end in (4, 7) if end < len(iso)]
        return (
            lists_all,
            views.Link(self.code, self.base),
            *(views.Link(dates.period(a), urls.period(self.base, a)) for a in above),
        )

    def address(self, period: Period) -> str:
        """Return where a period's page lives, the whole's or one of its own."""
        return urls.period(self.base, period.iso) if period.iso else self.base

    def memo(self, period: Period, *, newer: views.Link | None, older: views.Link | None) -> bytes:
        """Return what stands for all that a page shows besides the papers."""
        return memo(period.count, tuple(map(self.count, period.parts)), newer, older)

    def kept(
        self, period: Period, *, newer: views.Link | None, older: views.Link | None
    ) -> Kept | None:
        """Return the page of a period whose papers are the same; None where else it changed."""
        path = self.address(period)
        found = self.known.frames(path, self.memo(period, newer=newer, older=older))
        return Kept(path, found) if found else None

    def page(
        self,
        period: Period,
        groups: tuple[views.Group, ...],
        *,
        newer: views.Link | None,
        older: views.Link | None,
    ) -> Draft | Kept:
        """Make the page of a period, or of the whole, that lists some papers."""
        own = not period.iso
        path = self.address(period)
        shown = self.memo(period, newer=newer, older=older) + memo(groups)
        if self.known.keeps(path, shown):
            return Kept(path, shown)
        name = taxonomy.name(self.code) or self.code
        heading = name if own else dates.period(period.iso)
        view = views.CategoryPage(
            code=self.code,
            name=name,
            system=self.system,
            heading=heading,
            total=period.count,
            crumbs=self.crumbs(period.iso),
            parts=tuple(map(self.count, period.parts)),
            groups=groups,
            newer=newer,
            older=older,
            feed=f"{self.base}feed.xml" if own and self.system == "arxiv" else None,
        )
        return draft(
            path,
            layout="category.html",
            name="category",
            view=view,
            title=self.title if own else f"{self.title}, {heading}",
            section="categories",
        )._replace(memo=shown)


def _inline(leaves: list[Period]) -> list[Period]:
    """Return the newest periods, enough of them for the category's own page."""
    shown: list[Period] = []
    for leaf in leaves:
        if sum(period.count for period in shown) >= _NEWEST:
            break
        shown.append(leaf)
    return shown


def _within(days: list[str], periods: list[Period]) -> bool:
    """Tell whether any of some days, sorted, is in one of neighbouring periods, newest first."""
    if not periods:
        return False
    place = bisect_left(days, periods[-1].iso)
    return place < len(days) and days[place][: len(periods[0].iso)] <= periods[0].iso


def _heading(listed: list[Period]) -> int:
    """Return the length of the ISO form that papers stand under: of days where a day has a page."""
    return _DAY if all(len(period.iso) == _DAY for period in listed) else _MONTH


def _groups(days: Days, heading: int) -> tuple[views.Group, ...]:
    """Group papers by day, or by month with the day in every line."""
    if heading == _DAY:
        return tuple(
            views.Group(dates.weekday(iso), urls.day(iso), iso, len(listed), _lines(listed, ""))
            for iso, listed in days
        )
    groups: list[views.Group] = []
    for month, found in groupby(days, lambda pair: pair[0][:_MONTH]):
        lines = tuple(line for iso, listed in found for line in _lines(listed, dates.short(iso)))
        groups.append(views.Group(dates.month(month), urls.month(month), month, len(lines), lines))
    return tuple(groups)


def _lines(listed: list[Listed], date: str) -> tuple[views.Line, ...]:
    return tuple(papers.line(paper)._replace(date=date) for paper in listed)


def _grouped(rows: list[tuple[str, str, int]]) -> tuple[views.CategoryGroup, ...]:
    """Group categories under their headings, in the order of the codes."""
    groups: dict[str, list[views.Count]] = {}
    for system, code, count in rows:
        path = urls.category(code, system=cast("System", system))
        entry = views.Count(taxonomy.name(code) or code, path, count, code)
        groups.setdefault(taxonomy.group(code), []).append(entry)
    return tuple(views.CategoryGroup(label, tuple(found)) for label, found in groups.items())
