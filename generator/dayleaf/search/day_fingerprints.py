"""The fingerprints of stretches of days, each taken once for as long as nothing there changes.

What a shard follows from are thousands of digests, and a new day changes one of them.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from dayleaf.catalog import Catalog

SUFFIX = ".days"


class DayFingerprints:
    """What a catalog's stretches of days follow from, from a file of the cache where it holds."""

    def __init__(self, folder: Path, catalog: Catalog) -> None:
        self._catalog = catalog
        self._epoch, self._generation = catalog.version()
        self._file = folder / f"{self._epoch}{SUFFIX}"
        self._since, self._known = _read(self._file)
        self._used: dict[str, str] = {}

    def of(self, first: str, last: str) -> str:
        """Return the fingerprint of the papers from a day to another."""
        key = f"{first} {last}"
        found = self._known.get(key)
        if found is None or self._catalog.changed_within(first, last, since=self._since):
            whole = hashlib.blake2b(digest_size=12)
            for part in self._catalog.fingerprints(first, last):
                whole.update(part.encode())
            found = whole.hexdigest()
        self._used[key] = found
        return found

    def keep(self) -> None:
        """Write down what was asked for, in the place of what was known."""
        if (self._since, self._known) == (self._generation, self._used):
            return
        self._file.parent.mkdir(parents=True, exist_ok=True)
        for old in self._file.parent.glob(f"*{SUFFIX}"):
            old.unlink()
        aside = self._file.with_suffix(".new")
        aside.write_text(json.dumps([self._generation, self._used]), encoding="utf-8")
        aside.replace(self._file)


def _read(file: Path) -> tuple[int, dict[str, str]]:
    """Return the count of updates that is known, and the fingerprints; nothing of a broken file."""
    try:
        generation, known = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return 0, {}
    return generation, known
