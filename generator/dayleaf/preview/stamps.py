"""Whether what pages are made from has changed unseen, found out when a page is asked for.

Some file systems send no events (network drives, folders of Windows within WSL or a container), nor
does a file behind a link send any where the link stands. So a page that is asked for is preceded by
a look at time stamps: of the layouts and settings, and of the digests that the page is made from.
"""

from __future__ import annotations

import os
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from dayleaf import readers
from dayleaf.catalog import Catalog
from dayleaf.preview.watcher import Change

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dayleaf.preview.watcher import Sources

_EVERY = 0.5
"""Seconds between two looks at one thing; a page may be asked for a hundred times a second."""
_KEPT = 256
"""Days whose last look is remembered."""

Stamp = tuple[int, int, int]


class SourceStamps:
    """Remembers the time stamps of sources."""

    def __init__(self) -> None:
        self._stamps: dict[Path, Stamp] | None = None
        self._looked = 0.0
        self._days: dict[str, float] = {}
        self._content: Stamp | None = None

    def look(self, sources: Sources) -> None:
        """Take layouts and settings as they are now."""
        self._stamps = dict(_stamps(sources))
        self._content = _folder(sources.content)
        self._looked = time.monotonic()

    def changed(self, sources: Sources) -> frozenset[Change]:
        """Return which layouts and settings have changed since, or the content folder itself."""
        if self._stamps is None or time.monotonic() - self._looked < _EVERY:
            return frozenset()
        before, content = self._stamps, self._content
        self.look(sources)
        other = {path for path, stamp in self._stamps.items() if before.get(path) != stamp}
        other |= before.keys() - self._stamps.keys()
        burst = {Change(role, path) for path in other if (role := sources.role(path, folder=False))}
        if self._content != content:
            burst.add(Change("content", sources.content))
        return frozenset(burst)

    def digests(self, catalog: Path, content: Path, day: str | None) -> frozenset[str]:
        """Return the paths of a day's digests that are not as the catalog has them.

        Without a day, or if the catalog has none, the newest day stands for it. A digest that came
        is found beside those that are known.
        """
        now = time.monotonic()
        if now - self._days.get(day or "", 0) < _EVERY:
            return frozenset()
        if len(self._days) >= _KEPT:
            self._days.clear()
        self._days[day or ""] = now
        with closing(Catalog(catalog, beside_writers=True)) as stored:
            known = stored.digests(day) if day else []
            known = known or stored.digests(stored.days()[-1][0])
            folders = {path.rpartition("/")[0] for path, *_ in known}
            beside = {path for folder in folders for path in stored.beside(folder)}
        listed = {path for folder in folders for path in _listed(content, folder)}
        changed = {path for path, *stamp in known if not _is_as(content / path, *stamp)}
        return frozenset(changed | (listed - beside))


def _stamps(sources: Sources) -> Iterator[tuple[Path, Stamp]]:
    """Yield the stamps of layouts, assets and settings, links followed."""
    for file in sources.files:
        if stamp := _stamp(file):
            yield file, stamp
    for layouts in sources.layouts:
        for folder, _, names in os.walk(layouts, followlinks=False):
            for name in names:
                file = Path(folder, name)
                if stamp := _stamp(file):
                    yield file, stamp


def _stamp(file: Path) -> Stamp | None:
    """Return size, time stamp and number of what a path leads to."""
    try:
        status = file.stat()
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns, status.st_ino


def _folder(folder: Path) -> Stamp | None:
    """Tell a folder from another in its place, as where a link is swapped."""
    try:
        status = folder.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino, 0


def _is_as(file: Path, size: int, mtime: int) -> bool:
    """Tell whether a file is as the catalog has it, which trusts no fresh time stamp (0)."""
    stamp = _stamp(file)
    return stamp is not None and stamp[0] == size and mtime in {0, stamp[1]}


def _listed(content: Path, folder: str) -> list[str]:
    try:
        names = [entry.name for entry in (content / folder).iterdir()]
    except OSError:
        return []
    endings = tuple(readers.suffixes())
    return [
        f"{folder}/{name}" if folder else name
        for name in names
        if name.lower().endswith(endings) and not name.startswith(".")
    ]
