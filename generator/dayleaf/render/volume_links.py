"""Links between a site and its volumes: every page links to a day where it stands.

Layouts print `root + path` for everything, and know nothing of volumes. Here `root` is the way to
the site's root, from a page of a volume too, and a link to a day of a volume is led straight there
once its page is rendered.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from dayleaf.archive import urls
from dayleaf.base import base_urls, volumes

if TYPE_CHECKING:
    from dayleaf.base.config import Config


@dataclass(frozen=True, slots=True)
class VolumeLinks:
    """Links from the pages of what is built, the site or one of its volumes."""

    config: Config

    def root(self, path: str, *, anywhere: bool) -> str:
        """Return the way from a page to the site's root; from any address, where hosts show it."""
        return self._way(self.config.base_url, path, anywhere=anywhere)

    def lead(self, page: bytes, path: str, *, anywhere: bool) -> bytes:
        """Return a page whose links to days lead to the volumes that have them."""
        site = self.config.base_url
        if not self.config.volumes:
            return page

        def led(match: re.Match[bytes]) -> bytes:
            volume = volumes.of(match["year"].decode(), self.config.volumes)
            if volume is None:
                return match[0]
            whole = match["root"] == site.encode()
            way = volume.base_url
            if not whole:
                way = self._way(volume.base_url, path, anywhere=anywhere)
            return way.encode() + match["day"]

        return _days(self.root(path, anywhere=anywhere), site).sub(led, page)

    def _way(self, base_url: str, path: str, *, anywhere: bool) -> str:
        if anywhere:
            return base_urls.path(base_url)
        here = urls.root(path)
        way = base_urls.between(self.config.address, base_url)
        return f"{here.removeprefix('./')}{way}" if way else here


@lru_cache(maxsize=256)
def _days(root: str, site: str) -> re.Pattern[bytes]:
    """Match the address of a day, as seen from a page or from elsewhere."""
    roots = "|".join(map(re.escape, (root, site)))
    pattern = rf"(?<![\w./])(?P<root>{roots})(?P<day>(?P<year>\d{{4}})/\d\d/\d\d/)"
    return re.compile(pattern.encode())
