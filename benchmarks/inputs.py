"""What is built: an archive laid out anew, and days that come later."""

from __future__ import annotations

import os
import shutil
from datetime import date
from pathlib import Path
from random import Random

from benchmarks.invented import Papers, Plan, digest, write
from dayleaf.archive.model import Digest
from dayleaf.readers import arxiv_daily

PINNED = Plan(1_200, seed=1, first=date(2024, 11, 16), last=date(2024, 12, 31))
"""The small input for each commit: it stays as it is, so that figures can be compared."""
_NEW = 150
"""Papers of a new day."""
_START = 90_001
"""Their first number, higher than any month of arXiv has come to."""
_RECENT = 40
"""Digests from which a new day takes authors over."""


class Archive:
    """A content folder with room for one more day at its end."""

    def __init__(self, content: Path) -> None:
        files = sorted(content.rglob("[0-9]" * 8 + ".md"), key=lambda file: file.stem)
        if not files:
            raise SystemExit(f"{content}: expected digests, found none; name others by --content")
        self._folder = content
        self._last = date.fromisoformat(files[-1].stem)
        self._archive = files[-1].relative_to(content).parts[0]
        self._teams: list[tuple[str, ...]] = []
        for file in files[-_RECENT:]:
            found = arxiv_daily.parse(file.read_text("utf-8", "replace"), source=file.name)
            if isinstance(found, Digest):
                self._teams += [record.authors for record in found.records]
        for file in files:
            if file.stem == files[-1].stem:  # of every archive, that the day be new
                file.unlink()

    def add_day(self) -> None:
        """Write a digest of the day that was left out."""
        self._add(self._last)

    def add_year(self) -> None:
        """Write a digest of the first day of the year after, when shards of the old are packed."""
        self._add(date(self._last.year + 1, 1, 1))

    def _add(self, day: date) -> None:
        made = digest(
            Papers(Random(1), self._teams), day, _NEW, start=_START, archive=self._archive
        )
        file = self._folder / made.path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(made.text, encoding="utf-8", newline="\n")


def lay(content: Path, into: Path) -> Archive:
    """Lay an archive out below a folder, by links where that goes; its last day is left out."""
    shutil.copytree(content, into, copy_function=_link, dirs_exist_ok=True)
    return Archive(into)


def lay_pinned(into: Path) -> Archive:
    """Lay the small input out."""
    write(into, PINNED)
    return Archive(into)


def _link(source: str, target: str) -> None:
    """Link a file, and read it, so that no build has to wait for the disk."""
    try:
        os.link(source, target)
    except OSError:  # another file system, or one without links
        shutil.copyfile(source, target)
    Path(target).read_bytes()
