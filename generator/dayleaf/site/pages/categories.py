"""The lists of categories: arXiv's, the subject classes of MSC and ACM, and topics."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, NamedTuple, cast

from dayleaf.archive import taxonomy, urls
from dayleaf.base import dates
from dayleaf.site import views
from dayleaf.site.pages import calendar, descriptions
from dayleaf.site.pages.kind import Address, Context, Kind
from dayleaf.site.products import Layout

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dayleaf.site.products import Product

    Counted = tuple[str, str, int]
    """System, code and number of papers of a category."""


class CategoryGroup(NamedTuple):
    """Categories under the heading of their archive or area."""

    label: str
    categories: tuple[views.Count, ...]


class CategoryRow(NamedTuple):
    """A row of the table of arXiv's categories."""

    code: str
    label: str
    path: str
    about: str
    """A sentence; empty where we have none."""
    count: int  # type: ignore[assignment]  # nobody counts in a view
    share: str
    """Of all papers, `12.4 %`."""
    recent: int
    """Papers of the last twelve months."""
    growth: str
    """How much more that is than in the twelve months before, `+21 %`; empty where these had fewer
    than ten."""
    bars: tuple[views.Bar, ...]
    """Papers a year."""
    width: int
    """Of the bars' `viewBox`, in user units."""


class CategoriesPage(NamedTuple):
    """`categories` in categories.html: arXiv's categories, MSC and ACM classes, or topics."""

    title: str
    """`Categories`, `Subject classes` or `Topics`."""
    system: str
    """`arxiv`, `subjects` or `topics`."""
    rows: tuple[CategoryRow, ...]
    """arXiv's categories, those with most papers first; none on the other lists."""
    groups: tuple[CategoryGroup, ...]
    """None where there are rows."""
    others: tuple[views.Link, ...]
    """The other lists, as far as they are not empty."""


_FEW = 10
_SAID = 8
"""Categories that a description names, as far as they fit."""
"""Papers of twelve months below which growth says nothing."""
_CATEGORIES = views.Link("Categories", urls.CATEGORIES)
_SUBJECTS = views.Link("Subject classes", urls.SUBJECTS)
_TOPICS = views.Link("Topics", urls.TOPICS)


@dataclass(frozen=True)
class CategoriesKind(Kind):
    """Two pages, and a third for an archive with topics."""

    name: ClassVar[str] = "categories"
    pattern: ClassVar[re.Pattern[str]] = re.compile(
        f"{urls.CATEGORIES}|{urls.SUBJECTS}|{urls.TOPICS}"
    )
    layouts: ClassVar[tuple[Layout, ...]] = (
        Layout(
            "categories.html",
            "categories",
            CategoriesPage,
            "`/categories/`, `/subjects/` and `/topics/`",
        ),
    )
    entry: ClassVar[views.Link | None] = _CATEGORIES
    section: ClassVar[str] = "categories"

    def listed(self, context: Context) -> tuple[Address, ...]:
        """Return the list of arXiv's categories, and that of topics."""
        topics = any(system == "topic" for system, *_ in context.catalog.codes())
        paths = (urls.CATEGORIES, urls.TOPICS) if topics else (urls.CATEGORIES,)
        return tuple(Address(path, context.newest) for path in paths)

    def files(self, context: Context, key: str) -> Iterator[Product]:
        """Yield the lists."""
        codes = context.catalog.codes()
        arxiv = [row for row in codes if row[0] == "arxiv"]
        rest = [row for system in ("msc", "acm") for row in codes if row[0] == system]
        topics = [row for row in codes if row[0] == "topic"]
        labels = context.catalog.topic_labels() if topics else {}
        lists = (
            ("arxiv", _CATEGORIES, arxiv),
            ("subjects", _SUBJECTS, rest),
            ("topics", _TOPICS, topics),
        )
        for system, own, rows in lists:
            others = tuple(
                other
                for kind, other, listed in lists
                if other != own and (listed or kind == "arxiv")  # which is always there
            )
            if system == "arxiv" and topics and not rows:  # an archive of topics alone
                view = CategoriesPage(_TOPICS.label, "topics", (), _grouped(topics, labels), ())
            elif system == "arxiv":
                view = CategoriesPage(own.label, system, _rows(context, rows), (), others)
            else:
                view = CategoriesPage(own.label, system, (), _grouped(rows, labels), others)
            if rows or system != "topics":
                most = sorted(rows, key=lambda row: (-row[2], row[1]))[:_SAID]
                names = ", ".join(
                    labels.get(code) or taxonomy.name(code) or code for _, code, _ in most
                )
                yield self.page(
                    own.path,
                    view,
                    title=view.title,
                    description=descriptions.shortened(
                        f"Papers by {view.title[0].lower()}{view.title[1:]}: {names}"
                    ),
                )


def _rows(context: Context, counted: list[Counted]) -> tuple[CategoryRow, ...]:
    """Return arXiv's categories with their figures."""
    papers = sum(count for _, count in context.catalog.days())
    months: dict[str, Counter[str]] = {}
    for code, month, count in context.catalog.months("arxiv"):
        months.setdefault(code, Counter())[month] += count
    if not months:
        return ()
    first = min(min(by_month) for by_month in months.values())
    years = [str(year) for year in range(int(first[:4]), int(context.newest[:4]) + 1)]
    year_before = dates.year_before(context.newest)
    last, before = year_before[:7], dates.year_before(year_before)[:7]
    rows: list[CategoryRow] = []
    for _, code, count in sorted(counted, key=lambda row: (-row[2], row[1])):
        own = months[code]
        recent = sum(n for month, n in own.items() if month > last)
        earlier = sum(n for month, n in own.items() if before < month <= last)
        by_year = Counter[str]()
        for month, n in own.items():
            by_year[month[:4]] += n
        rows.append(
            CategoryRow(
                code,
                taxonomy.name(code) or code,
                urls.category(code),
                taxonomy.about(code),
                count,
                f"{100 * count / papers:.1f} %",
                recent,
                _percent((recent - earlier) / earlier) if earlier >= _FEW else "",
                calendar.bars([(year, by_year[year]) for year in years]),
                10 * len(years),
            )
        )
    return tuple(rows)


def _percent(change: float) -> str:
    """Return `+21 %`, or `−3 %` with a minus sign."""
    return f"{round(100 * change):+d} %".replace("-", "\u2212")


def _grouped(rows: list[Counted], labels: dict[str, str]) -> tuple[CategoryGroup, ...]:
    """Group categories under their headings, in the order of the codes."""
    groups: dict[str, list[views.Count]] = {}
    for system, code, count in rows:
        path = urls.category(code, system=cast("taxonomy.System", system))
        if system == "topic":
            entry = views.Count(labels.get(code, code), path, count, "")
            groups.setdefault("A to Z", []).append(entry)
            continue
        entry = views.Count(taxonomy.name(code) or code, path, count, code)
        groups.setdefault(taxonomy.group(code), []).append(entry)
    return tuple(CategoryGroup(label, tuple(entries)) for label, entries in groups.items())


CATEGORIES = CategoriesKind()
