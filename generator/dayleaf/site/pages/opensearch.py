"""The description by which browsers offer the site's search (OpenSearch 1.1)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from dayleaf.archive import urls
from dayleaf.site.pages.kind import Context, Kind, PublishStage
from dayleaf.site.products import Layout

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dayleaf.site.products import Product

_FILE = urls.OPENSEARCH


@dataclass(frozen=True)
class OpenSearchKind(Kind):
    """One file, made only where there is an index, and a base URL: its addresses are absolute."""

    name: ClassVar[str] = "opensearch"
    pattern: ClassVar[re.Pattern[str]] = re.compile(re.escape(_FILE))
    stage: ClassVar[PublishStage] = PublishStage.LEAVES
    layouts: ClassVar[tuple[Layout, ...]] = (
        Layout(
            _FILE,
            "opensearch",
            None,
            "`/opensearch.xml`, where there is a search index and a base URL",
        ),
    )

    def inputs(self, context: Context) -> object:
        """Return whether there is an index."""
        return context.search

    def files(self, context: Context, key: str) -> Iterator[Product]:
        """Yield the file."""
        if context.search and context.config.base_url:
            yield self.page(_FILE, None, title=context.config.title)


OPENSEARCH = OpenSearchKind()
