"""What a file is to be served with: its media type, and how long a browser may keep it.

Media types are not left to the machine that publishes, whose own table may know no Atom, nor to the
store, which would serve everything for download.
"""

from __future__ import annotations

from mimetypes import MimeTypes
from typing import NamedTuple

from dayleaf.archive import urls
from dayleaf.build import producers

FOREVER = "public, max-age=31536000, immutable"
"""For files whose names follow from what they hold: such a name never stands for anything else."""
ASK = "no-cache"
"""For all others: a browser keeps them, and asks each time whether they are still the same."""

_TYPES = {
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "json": "application/json",
    "xml": "application/xml",
    "svg": "image/svg+xml",
}
_NAMED = {
    urls.FEED: "application/atom+xml",
    urls.JSON_FEED: "application/feed+json",
    urls.OPENSEARCH: "application/opensearchdescription+xml",
}
_OTHER = "application/octet-stream"


class FileHeaders(NamedTuple):
    """Headers of one file."""

    content_type: str
    cache_control: str

    def lines(self) -> list[str]:
        """Return them as they are sent."""
        return [f"Content-Type: {self.content_type}", f"Cache-Control: {self.cache_control}"]


def of(path: str) -> FileHeaders:
    """Return the headers of a file of the site."""
    name = path.rpartition("/")[2]
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    known = _NAMED.get(name) or _TYPES.get(ending)
    # A table of Python's own, without those of the machine.
    kind = known or (ending and MimeTypes().guess_type(f"a.{ending}")[0]) or _OTHER
    producer = producers.owner(path, None)
    return FileHeaders(kind, FOREVER if producer and producer.is_lasting(path) else ASK)
