"""A site's own files for its root: `static/_headers` becomes `/_headers`.

What hosts and search engines look for there: `CNAME`, `_redirects`, `.well-known/`, a favicon, a
file that proves whose site it is. They are copied as they are.
"""

from __future__ import annotations

import os
from pathlib import Path

FOLDER = "static"
LARGEST = 100_000_000
"""Bytes of a file that are copied; no host takes larger ones."""
_NOT = frozenset({".DS_Store", "Thumbs.db", ".git"})


def files(site: Path) -> dict[str, Path]:
    """Return the regular files of a site's `static/`, by the path that they will have."""
    root = site / FOLDER
    by_path: dict[str, Path] = {}
    for folder, below, names in os.walk(root):
        below[:] = sorted(set(below) - _NOT)
        for name in sorted(set(names) - _NOT):
            file = Path(folder, name)
            if file.is_file():  # not a pipe, nor a link that leads nowhere
                by_path[file.relative_to(root).as_posix()] = file
    return by_path


def read(site: Path, path: str) -> bytes | None:
    """Return what a file of `static/` holds; None where there is none."""
    file = site / FOLDER / path
    try:
        inside = file.resolve().is_relative_to(site.resolve()) and file.is_file()
        return file.read_bytes() if path and inside else None
    except (OSError, ValueError):
        return None
