"""The site's own prose: a page made of `about.md`, where the site has one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from markupsafe import Markup

from dayleaf.archive import urls
from dayleaf.site.pages.descriptions import shortened
from dayleaf.site.pages.kind import Context, Kind, PublishStage
from dayleaf.site.products import Layout
from dayleaf.text.prose import prose

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dayleaf.site.products import Product


@dataclass(frozen=True)
class AboutKind(Kind):
    """One page at most."""

    name: ClassVar[str] = "about"
    pattern: ClassVar[re.Pattern[str]] = re.compile(re.escape(urls.ABOUT))
    stage: ClassVar[PublishStage] = PublishStage.LEAVES
    layouts: ClassVar[tuple[Layout, ...]] = (
        Layout("about.html", "about", Markup, "`/about/`, where the site has an `about.md`"),
    )
    section: ClassVar[str] = "about"

    def inputs(self, context: Context) -> object:
        """Return the prose."""
        return context.about

    def files(self, context: Context, key: str) -> Iterator[Product]:
        """Yield the page."""
        if context.about is not None:
            yield self.page(
                urls.ABOUT,
                prose(context.about),
                title="About",
                description=shortened(f"About {context.config.title}"),
            )


ABOUT = AboutKind()
