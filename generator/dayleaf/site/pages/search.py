"""The search page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from dayleaf.archive import urls, venues
from dayleaf.archive.resources import LABELS
from dayleaf.site import views
from dayleaf.site.pages import descriptions, papers
from dayleaf.site.pages.kind import Context, Kind
from dayleaf.site.products import Layout

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dayleaf.catalog import Catalog
    from dayleaf.site.products import Product


_VENUES = 60
"""Venues that the form offers; a query takes any."""


class SearchPage(NamedTuple):
    """`search` in search.html."""

    papers: int
    newest: str
    """The newest day with papers, `2021-12-19`."""
    years: tuple[str, ...]
    """Newest first."""
    categories: tuple[views.Count, ...]
    """Primary categories, most frequent first."""
    crossed: tuple[views.Count, ...]
    """Categories that papers have beside their primary one, most frequent first."""
    topics: tuple[views.Count, ...]
    """Most frequent first; none where digests file their papers under none."""
    venues: tuple[views.Count, ...]
    """Those with most papers first, at most sixty; `code` is the slug."""
    brought: tuple[views.Link, ...]
    """Resources of papers, `Code`; the path is the value of the filter."""
    enabled: bool
    """False where the site was built without a search index."""


@dataclass(frozen=True)
class SearchKind(Kind):
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

    def files(self, context: Context, key: str) -> Iterator[Product]:
        """Yield the page."""
        catalog = context.catalog
        view = SearchPage(
            papers=catalog.totals().papers,
            newest=catalog.days()[-1][0],
            years=tuple(sorted({day[:4] for day, _ in catalog.days()}, reverse=True)),
            categories=tuple(papers.field(code, n) for code, n in catalog.primaries()),
            crossed=tuple(papers.field(code, n) for code, n in catalog.crossed()),
            topics=_topics(catalog),
            venues=_venues(catalog),
            brought=tuple(views.Link(label, sort) for sort, label in LABELS.items()),
            enabled=context.search,
        )
        summary = f"Search {context.config.title} by words, authors, years, categories and venues"
        description = descriptions.shortened(summary)
        yield self.page(urls.SEARCH, view, title="Search", description=description)


def _topics(catalog: Catalog) -> tuple[views.Count, ...]:
    labels = catalog.topic_labels()
    topics = [(code, count) for system, code, count in catalog.codes() if system == "topic"]
    return tuple(
        views.Count(labels[code], urls.category(code, system="topic"), count, code)
        for code, count in sorted(topics, key=lambda row: (-row[1], row[0]))
    )


def _venues(catalog: Catalog) -> tuple[views.Count, ...]:
    known = venues.known(catalog.rule_sources().venues)
    return tuple(
        views.Count(known[code].name, urls.venue(code), count, code)
        for code, count in catalog.venue_totals()[:_VENUES]
    )


SEARCH = SearchKind()
