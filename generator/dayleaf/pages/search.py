"""The search page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from dayleaf import urls, views
from dayleaf.drafts import Layout
from dayleaf.pages import papers
from dayleaf.pages.kind import Context, Kind, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dayleaf.catalog import Catalog
    from dayleaf.drafts import Page


class SearchPage(NamedTuple):
    """`search` in search.html."""

    papers: int
    years: tuple[str, ...]
    """Newest first."""
    categories: tuple[views.Count, ...]
    """Primary categories, most frequent first."""
    crossed: tuple[views.Count, ...]
    """Categories that papers have beside their primary one, most frequent first."""
    topics: tuple[views.Count, ...]
    """Most frequent first; none where digests file their papers under none."""
    enabled: bool
    """False where the site was built without a search index."""


@dataclass(frozen=True)
class Search(Kind):
    """One page: a form, which scripts fill with results."""

    name: ClassVar[str] = "search page"
    pattern: ClassVar[re.Pattern[str]] = re.compile(re.escape(urls.SEARCH))
    layouts: ClassVar[tuple[Layout, ...]] = (
        Layout("search.html", "search", SearchPage, "`/search/`"),
    )
    section: ClassVar[str] = "search"

    def inputs(self, context: Context) -> object:
        """Return whether there is an index."""
        return context.search

    def pages(self, context: Context, spans: tuple[Span, ...]) -> Iterator[Page]:
        """Yield the page."""
        catalog = context.catalog
        view = SearchPage(
            papers=catalog.totals().papers,
            years=tuple(sorted({day[:4] for day, _ in catalog.days()}, reverse=True)),
            categories=tuple(papers.field(code, n) for code, n in catalog.primaries()),
            crossed=tuple(papers.field(code, n) for code, n in catalog.crossed()),
            topics=_topics(catalog),
            enabled=context.search,
        )
        yield self.draft(urls.SEARCH, view, title="Search")


def _topics(catalog: Catalog) -> tuple[views.Count, ...]:
    labels = catalog.topic_labels()
    found = [(code, count) for system, code, count in catalog.codes() if system == "topic"]
    return tuple(
        views.Count(labels[code], urls.category(code, system="topic"), count, code)
        for code, count in sorted(found, key=lambda one: (-one[1], one[0]))
    )


SEARCH = Search()
