"""The fingerprints of all that a site is made from besides its digests: layouts, settings, program.

The manifest of an output folder keeps them; where one of them has changed, what depends on it is
made anew.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from dayleaf import render, statics
from dayleaf.pages import registry

if TYPE_CHECKING:
    from dayleaf.config import Config
    from dayleaf.pages import Context

_ASSETS = "assets"


def whole(config: Config, *, about: str | None, search: bool) -> str:
    """Return the fingerprint of all of it: where that is the same, so is every kind's own.

    It takes the layouts as they lie there, and so costs a tenth of reading what they include.
    """
    given = sorted(statics.found(config.site))  # a file there may stand in for one of ours
    shown = (_common(config, about), about, search, given, config.host)
    found = hashlib.blake2b(repr(shown).encode())
    for folder in render.folders(config):
        for file in sorted(folder.rglob("*")):
            place = file.relative_to(folder)
            if place.parts[0] != _ASSETS and file.is_file():
                data = file.read_bytes()
                found.update(f"{folder}\0{place.as_posix()}\0{len(data)}\0".encode())
                found.update(data)
    return found.hexdigest()[:24]


def kinds(renderer: render.Renderer, context: Context) -> dict[str, str]:
    """Return, for each kind of page, the fingerprint of the layouts and settings that make it."""
    found: dict[str, str] = {}
    common = _common(context.config, context.about)
    for kind in registry.KINDS:
        layouts = [renderer.fingerprint(layout.file) for layout in registry.layouts_of(kind)]
        exports = [export.name for export in kind.exports]
        made = (common, kind.inputs(context), exports, layouts)
        found[kind.name] = hashlib.blake2b(repr(made).encode(), digest_size=12).hexdigest()
    return found


@lru_cache(maxsize=1)
def program() -> str:
    """Return the fingerprint of the code that turns digests into rows, documents and pages.

    It guards the caches: another version of Dayleaf, even one under development, starts afresh.
    """
    found = hashlib.blake2b(version("latex2mathml").encode(), digest_size=12)
    package = Path(__file__).parent
    for file in sorted(package.rglob("*.py")):
        found.update(file.relative_to(package).as_posix().encode())
        found.update(file.read_bytes())
    return found.hexdigest()


def _common(config: Config, about: str | None) -> tuple[object, ...]:
    """Return the settings that every page may show, and the program."""
    return (
        program(), config.title, config.description, config.language, config.base_url,
        config.minimum_papers, about is not None, registry.entries(), config.offline,
    )  # fmt: skip
