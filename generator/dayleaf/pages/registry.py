"""The kinds of page, and what follows from all of them together."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from dayleaf.pages.about import ABOUT
from dayleaf.pages.author import AUTHOR
from dayleaf.pages.author_lookup import AUTHOR_LOOKUP
from dayleaf.pages.authors import AUTHORS
from dayleaf.pages.categories import CATEGORIES
from dayleaf.pages.category import CATEGORY
from dayleaf.pages.day import DAY
from dayleaf.pages.days import DAYS
from dayleaf.pages.headers import HEADERS
from dayleaf.pages.home import HOME
from dayleaf.pages.llms import LLMS
from dayleaf.pages.missing import MISSING
from dayleaf.pages.month import MONTH
from dayleaf.pages.offline import OFFLINE
from dayleaf.pages.opensearch import OPENSEARCH
from dayleaf.pages.paper_lookup import PAPER_LOOKUP
from dayleaf.pages.reader import READER
from dayleaf.pages.search import SEARCH
from dayleaf.pages.sitemap import SITEMAP
from dayleaf.pages.statistics import STATISTICS
from dayleaf.pages.venue import VENUE_KIND
from dayleaf.pages.venues import VENUES
from dayleaf.pages.year import YEAR

if TYPE_CHECKING:
    from dayleaf.drafts import Layout
    from dayleaf.pages.kind import Kind
    from dayleaf.views import Link

KINDS: tuple[Kind, ...] = (
    HOME,
    DAYS,
    CATEGORIES,
    AUTHORS,
    VENUES,
    CATEGORY,
    VENUE_KIND,
    YEAR,
    MONTH,
    DAY,
    AUTHOR,
    AUTHOR_LOOKUP,
    PAPER_LOOKUP,
    SEARCH,
    READER,
    STATISTICS,
    ABOUT,
    MISSING,
    OFFLINE,
    OPENSEARCH,
    SITEMAP,
    LLMS,
    HEADERS,
)
"""Every kind, in the order in which the sitemap and the masthead list their pages."""


def layouts_of(one: Kind) -> tuple[Layout, ...]:
    """Return the layouts of a kind and of the exports beside its pages."""
    return (*one.layouts, *chain.from_iterable(export.layouts for export in one.exports))


def layouts() -> dict[str, Layout]:
    """Return every layout that makes pages, by its file name."""
    return {layout.file: layout for one in KINDS for layout in layouts_of(one)}


def entries() -> tuple[tuple[str, Link], ...]:
    """Return the entries of the masthead, each with the section that it stands for."""
    return tuple((one.name, one.entry) for one in KINDS if one.entry)
