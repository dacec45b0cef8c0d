"""Atom feeds (RFC 4287), made by the layout `feed.xml`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar
from uuid import NAMESPACE_URL, uuid5

from dayleaf.archive import urls
from dayleaf.site import views
from dayleaf.site.exports import Export
from dayleaf.site.products import Layout, Page
from dayleaf.text import safe_html

_PEOPLE = 3
"""Authors of an entry that a brief feed names."""

if TYPE_CHECKING:
    from dayleaf.base.config import Config
    from dayleaf.site.exports import Collection


@dataclass(frozen=True, slots=True)
class Atom(Export):
    """An Atom feed of the newest papers."""

    brief: bool = False
    """Whether entries go without abstracts and categories, with a few authors: of many feeds."""

    name: ClassVar[str] = urls.FEED
    layouts: ClassVar[tuple[Layout, ...]] = (
        Layout(
            "feed.xml",
            "feed",
            views.Feed,
            "`/feed.xml`, `/days/feed.xml` and the categories' feeds",
        ),
    )

    def make(self, collection: Collection, config: Config) -> Page:
        """Return the feed."""
        path = self.path(collection.path)
        entries = tuple(map(_brief, collection.entries)) if self.brief else collection.entries
        url = urls.elsewhere(config.base_url, path)
        view = views.Feed(
            title=collection.title,
            id=url or uuid5(NAMESPACE_URL, f"{config.title} {path}").urn,
            url=url,
            home=urls.elsewhere(config.base_url, collection.path),
            updated=max((entry.updated for entry in entries), default="1970-01-01T00:00:00Z"),
            entries=entries,
            brief=self.brief,
            subtitle="" if self.brief else collection.about,
            assets="" if self.brief else urls.elsewhere(config.base_url, urls.ASSETS),
        )
        info = views.PageInfo(collection.title, path, "none", "")
        return Page(info, self.layouts[0], view)


def _brief(entry: views.FeedEntry) -> views.FeedEntry:
    people = entry.authors[:_PEOPLE]
    more = (*people, "et al.") if len(entry.authors) > _PEOPLE else people
    return views.FeedEntry(
        id=entry.id,
        url=entry.url,
        title=entry.title,
        authors=more,
        categories=(),
        published=entry.published,
        updated=entry.updated,
        summary="",
        short="",
        content=safe_html(""),
    )


ATOM = Atom()
BRIEF_ATOM = Atom(brief=True)
