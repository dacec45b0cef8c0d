"""The page that hosts show for an address that does not exist."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from dayleaf.site.pages.kind import Context, Kind, PublishStage
from dayleaf.site.products import Layout

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dayleaf.site.products import Product

_MISSING = "404.html"
_SAYS = (
    "what hosts show for an address that does not exist; its script leads `abs/2112.10046` to the "
    "paper"
)


@dataclass(frozen=True)
class MissingKind(Kind):
    """One page, which shows nothing of the archive."""

    name: ClassVar[str] = "missing"
    pattern: ClassVar[re.Pattern[str]] = re.compile(re.escape(_MISSING))
    stage: ClassVar[PublishStage] = PublishStage.LEAVES
    in_volumes: ClassVar[bool] = True
    layouts: ClassVar[tuple[Layout, ...]] = (
        Layout(_MISSING, "missing", None, _SAYS, anywhere=True),
    )

    def files(self, context: Context, key: str) -> Iterator[Product]:
        """Yield the page."""
        yield self.page(_MISSING, None, title="Not found")


MISSING = MissingKind()
