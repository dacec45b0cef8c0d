"""The kinds of page, and what follows from all of them together."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from dayleaf.site.pages.about import ABOUT
from dayleaf.site.pages.author import AUTHOR
from dayleaf.site.pages.author_lookup import AUTHOR_LOOKUP, NEWEST_LOOKUP
from dayleaf.site.pages.authors import AUTHORS, NEW_NAMES
from dayleaf.site.pages.categories import CATEGORIES
from dayleaf.site.pages.category import CATEGORY
from dayleaf.site.pages.day import DAY
from dayleaf.site.pages.days import DAYS
from dayleaf.site.pages.headers import HEADERS
from dayleaf.site.pages.home import HOME
from dayleaf.site.pages.landmarks import LANDMARKS
from dayleaf.site.pages.llms import LLMS
from dayleaf.site.pages.missing import MISSING
from dayleaf.site.pages.month import MONTH
from dayleaf.site.pages.offline import OFFLINE
from dayleaf.site.pages.opensearch import OPENSEARCH
from dayleaf.site.pages.paper_lookup import PAPER_LOOKUP
from dayleaf.site.pages.reader import READER
from dayleaf.site.pages.search import SEARCH
from dayleaf.site.pages.shared_authors import SHARED_AUTHORS
from dayleaf.site.pages.sitemap import SITEMAP
from dayleaf.site.pages.statistics import STATISTICS
from dayleaf.site.pages.venue import VENUE_KIND
from dayleaf.site.pages.venues import VENUES
from dayleaf.site.pages.volume import VOLUME
from dayleaf.site.pages.year import YEAR

if TYPE_CHECKING:
    from dayleaf.site.pages.kind import Kind
    from dayleaf.site.products import Layout
    from dayleaf.site.views import Link

KINDS: tuple[Kind, ...] = (
    HOME,
    DAYS,
    CATEGORIES,
    AUTHORS,
    NEW_NAMES,
    VENUES,
    CATEGORY,
    VENUE_KIND,
    YEAR,
    MONTH,
    DAY,
    AUTHOR,
    SHARED_AUTHORS,
    AUTHOR_LOOKUP,
    NEWEST_LOOKUP,
    PAPER_LOOKUP,
    SEARCH,
    READER,
    STATISTICS,
    LANDMARKS,
    ABOUT,
    MISSING,
    OFFLINE,
    OPENSEARCH,
    SITEMAP,
    LLMS,
    HEADERS,
    VOLUME,
)
"""Every kind, in the order in which the sitemap and the masthead list their pages."""


def layouts_of(kind: Kind) -> tuple[Layout, ...]:
    """Return the layouts of a kind and of the exports beside its pages."""
    return (*kind.layouts, *chain.from_iterable(export.layouts for export in kind.exports))


def layouts() -> dict[str, Layout]:
    """Return every layout that makes pages, by its file name."""
    return {layout.file: layout for kind in KINDS for layout in layouts_of(kind)}


def entries() -> tuple[tuple[str, Link], ...]:
    """Return the entries of the masthead, each with the section that it stands for."""
    return tuple((kind.name, kind.entry) for kind in KINDS if kind.entry)
