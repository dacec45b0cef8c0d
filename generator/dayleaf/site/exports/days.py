"""Days as entries of a feed: how many papers there were, and what they are called.

For readers who look over the titles once a day. It owns what such an entry says; the formats are
those of any feed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

from markupsafe import escape

from dayleaf.archive import urls
from dayleaf.base import dates
from dayleaf.site.views import FeedEntry
from dayleaf.text import links, safe_html, to_html

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dayleaf.base.config import Config
    from dayleaf.catalog import PaperRow

_TITLES = 200
"""Titles that an entry lists: a busy day has as many."""


def day_entry(iso: str, papers: Sequence[PaperRow], config: Config) -> FeedEntry:
    """Return a day, with links to its papers."""
    path = urls.day(iso)
    url = config.published(path)
    count = len(papers)
    start = f"{iso}T00:00:00Z"
    listed = "".join(f"<li>{_line(paper, config)}</li>" for paper in papers[:_TITLES])
    more = f"<p>And {count - _TITLES:,} more.</p>" if count > _TITLES else ""
    return FeedEntry(
        id=url or uuid5(NAMESPACE_URL, f"{config.title} {path}").urn,
        url=url,
        title=f"{dates.weekday(iso)}: {count:,} paper{'' if count == 1 else 's'}",
        authors=(),
        categories=(),
        published=start,
        updated=max(start, *(time for paper in papers for time in _times(paper))),
        summary="",
        short="",
        content=safe_html(f"<ul>{listed}</ul>{more}"),
    )


def _line(paper: PaperRow, config: Config) -> str:
    """Return a paper's title, which leads to its place here, or to where it lives."""
    there = config.published(urls.paper(paper.day, paper.anchor))
    address = there or links.linked(paper.url) or paper.named.address
    title = to_html(paper.title, links=False, mathml=False)
    shown = f"{'Withdrawn: ' if paper.withdrawn else ''}{title}"
    return f'<a href="{escape(address)}">{shown}</a>' if address else shown


def _times(paper: PaperRow) -> tuple[str, ...]:
    return tuple(filter(None, (paper.published, paper.updated)))
