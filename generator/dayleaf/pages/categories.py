"""The lists of categories: arXiv's, and the subject classes of MSC and ACM."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, NamedTuple, cast

from dayleaf import taxonomy, urls, views
from dayleaf.drafts import Layout
from dayleaf.pages.kind import Context, Kind, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dayleaf.drafts import Page

    Counted = tuple[str, str, int]
    """System, code and number of papers of a category."""


class CategoryGroup(NamedTuple):
    """Categories under the heading of their archive or area."""

    label: str
    categories: tuple[views.Count, ...]


class CategoriesPage(NamedTuple):
    """`categories` in categories.html, for arXiv's categories and for MSC and ACM classes."""

    title: str
    """`Categories` or `Subject classes`."""
    system: str
    """`arxiv` or `subjects`."""
    groups: tuple[CategoryGroup, ...]
    other: views.Link | None
    """The other of the two lists, where it is not empty."""


_CATEGORIES = views.Link("Categories", urls.CATEGORIES)
_SUBJECTS = views.Link("Subject classes", urls.SUBJECTS)


@dataclass(frozen=True)
class Categories(Kind):
    """Two pages."""

    name: ClassVar[str] = "categories"
    pattern: ClassVar[re.Pattern[str]] = re.compile(f"{urls.CATEGORIES}|{urls.SUBJECTS}")
    layouts: ClassVar[tuple[Layout, ...]] = (
        Layout("categories.html", "categories", CategoriesPage, "`/categories/` and `/subjects/`"),
    )
    entry: ClassVar[views.Link | None] = _CATEGORIES
    section: ClassVar[str] = "categories"

    def listed(self, context: Context) -> tuple[str, ...]:
        """Return the list of arXiv's categories."""
        return (urls.CATEGORIES,)

    def pages(self, context: Context, spans: tuple[Span, ...]) -> Iterator[Page]:
        """Yield both lists."""
        codes = context.catalog.codes()
        arxiv = [row for row in codes if row[0] == "arxiv"]
        rest = [row for system in ("msc", "acm") for row in codes if row[0] == system]
        yield self._list("arxiv", arxiv, _CATEGORIES, _SUBJECTS if rest else None)
        yield self._list("subjects", rest, _SUBJECTS, _CATEGORIES)

    def _list(
        self, system: str, rows: list[Counted], own: views.Link, other: views.Link | None
    ) -> Page:
        view = CategoriesPage(own.label, system, _grouped(rows), other)
        return self.draft(own.path, view, title=own.label)


def _grouped(rows: list[Counted]) -> tuple[CategoryGroup, ...]:
    """Group categories under their headings, in the order of the codes."""
    groups: dict[str, list[views.Count]] = {}
    for system, code, count in rows:
        path = urls.category(code, system=cast("taxonomy.System", system))
        entry = views.Count(taxonomy.name(code) or code, path, count, code)
        groups.setdefault(taxonomy.group(code), []).append(entry)
    return tuple(CategoryGroup(label, tuple(found)) for label, found in groups.items())


CATEGORIES = Categories()
