"""What a volume has besides its days: a way to the site at its root, and what it was made from."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from dayleaf import __version__
from dayleaf.archive import urls
from dayleaf.site.pages.kind import Context, Kind, PublishStage
from dayleaf.site.pages.moved import MOVED, MovedPage
from dayleaf.site.products import DataFile, Layout

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from dayleaf.base.config import Config
    from dayleaf.base.volumes import Volume
    from dayleaf.catalog import Catalog
    from dayleaf.site.products import Product


@dataclass(frozen=True)
class VolumeKind(Kind):
    """Two files of a volume; the site has none of them."""

    name: ClassVar[str] = "volume"
    pattern: ClassVar[re.Pattern[str]] = re.compile(re.escape(urls.VOLUME))
    stage: ClassVar[PublishStage] = PublishStage.ENTRANCES
    layouts: ClassVar[tuple[Layout, ...]] = (MOVED,)
    in_volumes: ClassVar[bool] = True

    def owns(self, path: str, config: Config | None) -> bool:
        """Tell whether a file is one of the two."""
        in_volume = config is not None and config.volume is not None
        return path == urls.VOLUME or (in_volume and urls.address(path) == urls.HOME)

    def inputs(self, context: Context) -> object:
        """Return what the facts follow from besides the papers and common settings."""
        return context.search, context.config.shard

    def keys(self, context: Context) -> Collection[str]:
        """Return the one key of a volume."""
        return ("",) if context.config.volume else ()

    def files(self, context: Context, key: str) -> Iterator[Product]:
        """Yield the page at the root, which leads to the days of the site, and the facts."""
        volume = context.config.volume
        if volume is None:
            return
        yield self.page(urls.HOME, MovedPage("All days", urls.DAYS), title="All days")
        facts = facts_of(volume, context.catalog, context.config, search=context.search)
        yield DataFile(urls.VOLUME, json.dumps(facts, indent=1).encode())


VOLUME = VolumeKind()


def facts_of(
    volume: Volume, catalog: Catalog, config: Config, *, search: bool
) -> dict[str, object]:
    """Return what a volume says of itself, by which the site sees whether it is in step.

    `first` and `last` are its days at both ends, empty without any. `made_from` is the fingerprint
    of its papers, `settings` that of what its pages and its part of the search depend on besides,
    `index` the version of Pagefind that reads this part, empty for a site without search.
    """
    days = [(day, count) for day, count in catalog.days() if volume.holds(day)]
    first, last = (days[0][0], days[-1][0]) if days else ("", "")
    papers = catalog.fingerprints(first, last) if days else ()
    settings = (config.title, config.language, config.granularity, config.summaries, config.shard)
    return {
        "site": config.base_url,
        "dayleaf": __version__,
        "first": first,
        "last": last,
        "papers": sum(count for _, count in days),
        "made_from": _fingerprint("\n".join(papers)),
        "settings": _fingerprint(repr(settings)),
        "index": urls.PAGEFIND_VERSION if search else "",
    }


def _fingerprint(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=12).hexdigest()
