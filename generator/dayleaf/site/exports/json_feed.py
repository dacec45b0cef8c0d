"""JSON Feed, version 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from dayleaf.archive import urls
from dayleaf.site.exports import Export
from dayleaf.site.products import DataFile

if TYPE_CHECKING:
    from dayleaf.base.config import Config
    from dayleaf.site.exports import Collection
    from dayleaf.site.views import FeedEntry


@dataclass(frozen=True, slots=True)
class JSONFeed(Export):
    """A JSON Feed of the newest papers."""

    name: ClassVar[str] = urls.JSON_FEED

    def make(self, collection: Collection, config: Config) -> DataFile:
        """Return the feed."""
        path = self.path(collection.path)
        addresses = {
            "home_page_url": urls.elsewhere(config.base_url, collection.path),
            "feed_url": urls.elsewhere(config.base_url, path),
            "icon": urls.elsewhere(config.base_url, f"{urls.ASSETS}icon-512.png"),
            "favicon": urls.elsewhere(config.base_url, f"{urls.ASSETS}icon-192.png"),
        }
        feed = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": collection.title,
            **(addresses if config.base_url else {}),
            "authors": [{"name": config.title}],
            "language": config.language,
            "items": [],
        }
        if collection.about:
            feed["description"] = collection.about
        # One by one: of a busy archive's days the items are megabytes. A quote in a text is
        # escaped, so no text can hold the place where they belong.
        before, items, after = _dumped(feed).partition(b'"items":[')
        listed = b",".join(_dumped(_item(entry)) for entry in collection.entries)
        return DataFile(path, before + items + listed + after)


JSON_FEED = JSONFeed()


def _item(entry: FeedEntry) -> dict[str, object]:
    """Return an entry, without the fields that are empty."""
    elsewhere = entry.id if entry.id.startswith("http") and entry.id != entry.url else ""
    pdf = {"url": entry.pdf, "mime_type": "application/pdf"}
    item: dict[str, object] = {
        "id": entry.id,
        "url": entry.url,
        "external_url": elsewhere,
        "title": entry.title,
        "content_html": str(entry.content),
        "summary": entry.short,
        "date_published": entry.published,
        "date_modified": entry.updated,
        "authors": [{"name": name} for name in entry.authors],
        "tags": list(entry.categories),
        "attachments": [pdf] if entry.pdf else [],
        "_arxiv": _arxiv(entry),
    }
    return {key: value for key, value in item.items() if value or key == "content_html"}


def _arxiv(entry: FeedEntry) -> dict[str, str]:
    """Return the fields that JSON Feed lacks, by the names of arXiv's Atom."""
    fields = {
        "announce_type": entry.announced,
        "primary_category": entry.primary,
        "doi": " ".join(doi.label for doi in entry.dois),
        "journal_ref": entry.journal,
        "comment": entry.comment,
    }
    return {key: value for key, value in fields.items() if value}


def _dumped(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
