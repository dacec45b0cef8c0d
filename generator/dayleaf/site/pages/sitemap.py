"""The sitemap (https://www.sitemaps.org/protocol.html), and robots.txt, which names it.

`lastmod` is the newest day that a page shows: of the data, not of the clock.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING, ClassVar

from dayleaf.site import statics
from dayleaf.site.pages.kind import Context, Kind, PublishStage
from dayleaf.site.products import DataFile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dayleaf.site.products import Product

ROBOTS = "robots.txt"
_SITEMAP = "sitemap.xml"
_MOST = 50_000
"""Addresses that the protocol allows."""
_SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


@dataclass(frozen=True)
class SitemapKind(Kind):
    """Two files; the sitemap is made only where the base URL is set, for it must be absolute.

    A site may bring a robots.txt of its own.
    """

    name: ClassVar[str] = "sitemap"
    pattern: ClassVar[re.Pattern[str]] = re.compile(f"{_SITEMAP}|{ROBOTS}")
    in_volumes: ClassVar[bool] = True
    stage: ClassVar[PublishStage] = PublishStage.ENTRANCES

    def gives_way(self, path: str) -> bool:
        """Tell whether the site may bring the file itself."""
        return path == ROBOTS

    def files(self, context: Context, key: str) -> Iterator[Product]:
        """Yield both files."""
        base = context.config.address
        robots = "User-agent: *\nAllow: /\n"
        if base:
            robots += f"Sitemap: {base}{_SITEMAP}\n"
            if listed := _sitemap(context):
                yield DataFile(_SITEMAP, listed)
        if not _own_robots(context) and not context.config.volume:
            yield DataFile(ROBOTS, robots.encode())

    def inputs(self, context: Context) -> object:
        """Return whether the site has a robots.txt of its own, and an index, as landmarks need."""
        return _own_robots(context), context.search


def _own_robots(context: Context) -> bool:
    return ROBOTS in statics.files(context.config.site)


def _sitemap(context: Context) -> bytes:
    """List the pages by which a crawler reaches every other; nothing where there is none."""
    from dayleaf.site.pages import registry  # noqa: PLC0415 - it names every kind, this one included

    in_site = context.config.volume is None
    kinds = (kind for kind in registry.KINDS if in_site or kind.in_volumes)
    listed = chain.from_iterable(kind.listed(context) for kind in kinds)
    base = context.config.address
    entries = "".join(
        f"<url><loc>{html.escape(base + path)}</loc><lastmod>{newest}</lastmod></url>\n"
        for path, newest in islice(listed, _MOST)
    )
    if not entries:
        return b""  # as of a volume without a day: the protocol wants an address
    head = f'<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="{_SPACE}">\n'
    return f"{head}{entries}</urlset>\n".encode()


SITEMAP = SitemapKind()
