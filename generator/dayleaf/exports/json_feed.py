"""JSON Feed, version 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from dayleaf import urls
from dayleaf.drafts import Raw
from dayleaf.exports import Export

if TYPE_CHECKING:
    from dayleaf.config import Config
    from dayleaf.exports import Collection
    from dayleaf.views import FeedEntry


@dataclass(frozen=True, slots=True)
class JSONFeed(Export):
    """A JSON Feed of the newest papers."""

    name: ClassVar[str] = "feed.json"

    def make(self, collection: Collection, config: Config) -> Raw:
        """Return the feed."""
        path = self.path(collection.path)
        addresses = {
            "home_page_url": urls.elsewhere(config.base_url, collection.path),
            "feed_url": urls.elsewhere(config.base_url, path),
        }
        feed = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": collection.title,
            **(addresses if config.base_url else {}),
            "language": config.language,
            "items": [],
        }
        if config.description:
            feed["description"] = config.description
        # One by one: of a busy archive's days the items are megabytes. A quote in a text is
        # escaped, so no text can hold the place where they belong.
        before, items, after = _dumped(feed).partition(b'"items":[')
        listed = b",".join(_dumped(_item(entry)) for entry in collection.entries)
        return Raw(path, before + items + listed + after)


JSON_FEED = JSONFeed()


def _item(entry: FeedEntry) -> dict[str, object]:
    item: dict[str, object] = {
        "id": entry.id,
        **({"url": entry.url} if entry.url else {}),
        "external_url": entry.id,
        "title": entry.title,
        "content_html": str(entry.content),
        "date_published": entry.published,
        "date_modified": entry.updated,
        "authors": [{"name": name} for name in entry.authors],
        "tags": list(entry.categories),
    }
    return {**item, "summary": entry.short} if entry.short else item


def _dumped(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
