"""The fingerprint of the program itself, which guards what earlier versions have cached."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path


@lru_cache(maxsize=1)
def fingerprint() -> str:
    """Return the fingerprint of the code that turns digests into rows, documents and pages.

    Another version of Dayleaf, even one under development, starts with an empty cache.
    """
    hasher = hashlib.blake2b(digest_size=12)
    for used in ("latex2mathml", "pagefind-bin"):
        hasher.update(version(used).encode())
    package = Path(__file__).parents[1]
    for file in sorted(package.rglob("*.py")):
        hasher.update(file.relative_to(package).as_posix().encode())
        hasher.update(file.read_bytes())
    return hasher.hexdigest()
