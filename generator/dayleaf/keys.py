"""What stands for all that a site is made from besides its digests: layouts, settings, program.

The memory of an output folder carries these fingerprints; where one of them has changed, what
depends on it is made anew.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from dayleaf import pages, render
from dayleaf.pages import home

if TYPE_CHECKING:
    from dayleaf.config import Config

_ASSETS = "assets"


def mark(config: Config, *, search: bool) -> str:
    """Return what stands for all of it at once: where it is the same, so is every kind's key.

    It takes the layouts as they lie there, and so costs a tenth of reading what they include.
    """
    found = hashlib.blake2b(repr((_common(config), _prose(config), search)).encode())
    for folder in render.folders(config):
        for file in sorted(folder.rglob("*")):
            place = file.relative_to(folder)
            if place.parts[0] != _ASSETS and file.is_file():
                data = file.read_bytes()
                found.update(f"{folder}\0{place.as_posix()}\0{len(data)}\0".encode())
                found.update(data)
    return found.hexdigest()[:24]


def kinds(config: Config, renderer: render.Renderer, *, search: bool) -> dict[str, str]:
    """Return, for each kind of page, what stands for the layouts and settings that make it."""
    keys: dict[str, str] = {}
    for kind, layouts in pages.KINDS.items():
        own = (_prose(config), search) if kind == "overview" else ()
        made = (_common(config), own, [renderer.fingerprint(layout) for layout in layouts])
        keys[kind] = hashlib.blake2b(repr(made).encode(), digest_size=12).hexdigest()
    return keys


@lru_cache(maxsize=1)
def code() -> str:
    """Return what stands for the code that turns digests into rows, records and pages.

    It guards the caches: another version of Dayleaf, even one under development, starts afresh.
    """
    found = hashlib.blake2b(version("latex2mathml").encode(), digest_size=12)
    package = Path(__file__).parent
    for file in sorted(package.rglob("*.py")):
        found.update(file.relative_to(package).as_posix().encode())
        found.update(file.read_bytes())
    return found.hexdigest()


def _common(config: Config) -> tuple[object, ...]:
    """Return the settings that every page may show, and the program."""
    return (
        code(), config.title, config.description, config.language, config.base_url,
        config.minimum_papers, _prose(config) is not None,
    )  # fmt: skip


def _prose(config: Config) -> str | None:
    """Return the text of the site's own prose page, where it has one."""
    file = config.site / home.ABOUT_FILE
    return file.read_text(encoding="utf-8") if file.is_file() else None
