"""The lists of categories: arXiv's, the subject classes of MSC and ACM, and topics."""

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
    """`categories` in categories.html: arXiv's categories, MSC and ACM classes, or topics."""

    title: str
    """`Categories`, `Subject classes` or `Topics`."""
    system: str
    """`arxiv`, `subjects` or `topics`."""
    groups: tuple[CategoryGroup, ...]
    others: tuple[views.Link, ...]
    """The other lists, as far as they are not empty."""


_CATEGORIES = views.Link("Categories", urls.CATEGORIES)
_SUBJECTS = views.Link("Subject classes", urls.SUBJECTS)
_TOPICS = views.Link("Topics", urls.TOPICS)


@dataclass(frozen=True)
class Categories(Kind):
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

    def listed(self, context: Context) -> tuple[str, ...]:
        """Return the list of arXiv's categories, and that of topics."""
        topics = any(system == "topic" for system, *_ in context.catalog.codes())
        return (urls.CATEGORIES, urls.TOPICS) if topics else (urls.CATEGORIES,)

    def pages(self, context: Context, spans: tuple[Span, ...]) -> Iterator[Page]:
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
                for kind, other, found in lists
                if other != own and (found or kind == "arxiv")  # which is always there
            )
            if system == "arxiv" and topics and not rows:  # an archive of topics alone
                view = CategoriesPage(_TOPICS.label, "topics", _grouped(topics, labels), ())
            else:
                view = CategoriesPage(own.label, system, _grouped(rows, labels), others)
            if rows or system != "topics":
                yield self.draft(own.path, view, title=view.title)


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
    return tuple(CategoryGroup(label, tuple(found)) for label, found in groups.items())


CATEGORIES = Categories()
