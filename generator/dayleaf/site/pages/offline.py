"""The page that stands in for one that is not kept on a reader's device, and lists what is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from dayleaf.archive import urls
from dayleaf.site.pages.kind import Context, Kind, PublishStage
from dayleaf.site.products import Layout

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dayleaf.site.products import Product

_PATH = urls.OFFLINE


class OfflinePage(NamedTuple):
    """What is kept on a reader's device."""

    search: bool
    """Whether there is a search index, of which the newest part may be kept."""


@dataclass(frozen=True)
class OfflineKind(Kind):
    """One page, made where the site may be kept (`offline` in `site.toml`)."""

    name: ClassVar[str] = "offline"
    pattern: ClassVar[re.Pattern[str]] = re.compile(re.escape(_PATH))
    stage: ClassVar[PublishStage] = PublishStage.LEAVES
    layouts: ClassVar[tuple[Layout, ...]] = (
        Layout(
            "offline.html",
            "offline",
            OfflinePage,
            "`/offline/`, shown in place of a page that is not kept on a reader's device",
        ),
    )

    def inputs(self, context: Context) -> object:
        """Return whether there is an index; the setting is shown by every page."""
        return context.search

    def files(self, context: Context, key: str) -> Iterator[Product]:
        """Yield the page."""
        if context.config.offline:
            yield self.page(_PATH, OfflinePage(context.search), title="Not kept")


OFFLINE = OfflineKind()
