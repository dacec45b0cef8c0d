"""The description by which browsers offer the site's search (OpenSearch 1.1)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from dayleaf.drafts import Layout
from dayleaf.pages.kind import Context, Kind, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dayleaf.drafts import Page

_FILE = "opensearch.xml"


@dataclass(frozen=True)
class OpenSearch(Kind):
    """One file, made only where the base URL is set, for its addresses must be absolute."""

    name: ClassVar[str] = "opensearch"
    pattern: ClassVar[re.Pattern[str]] = re.compile(re.escape(_FILE))
    layouts: ClassVar[tuple[Layout, ...]] = (
        Layout(_FILE, "opensearch", None, "`/opensearch.xml`, where the base URL is set"),
    )

    def touched(self, context: Context, *, since: int) -> list[str]:
        """Return nothing: no update changes it."""
        return []

    def pages(self, context: Context, spans: tuple[Span, ...]) -> Iterator[Page]:
        """Yield the file."""
        if context.config.base_url:
            yield self.draft(_FILE, None, title=context.config.title)


OPENSEARCH = OpenSearch()
