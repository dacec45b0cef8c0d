"""The fingerprints of all that a site is made from besides its digests: layouts, settings, program.

The manifest of an output folder keeps them; a producer whose fingerprint has changed makes all its
files anew.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from dayleaf import render
from dayleaf.base import program
from dayleaf.build import producers
from dayleaf.search import known as names
from dayleaf.site import statics
from dayleaf.site.pages import registry
from dayleaf.site.pages.kind import Kind

if TYPE_CHECKING:
    from dayleaf.base.config import Config
    from dayleaf.site.pages import Context


def whole(config: Config, *, about: str | None, search: bool) -> str:
    """Return the fingerprint of all of it: where that is the same, so is every producer's own.

    It takes the files as they lie there, and so costs a tenth of reading what layouts include.
    """
    shown = (_common(config, about), about, search, names.names(config.site))
    hasher = hashlib.blake2b(repr(shown).encode())
    folders = {folder: sorted(folder.rglob("*")) for folder in render.folders(config)}
    folders[config.site] = list(statics.files(config.site).values())
    for folder, files in folders.items():
        for file in files:
            if file.is_file():
                data = file.read_bytes()
                place = file.relative_to(folder).as_posix()
                hasher.update(f"{folder}\0{place}\0{len(data)}\0".encode())
                hasher.update(data)
    return hasher.hexdigest()[:24]


def each(renderer: render.Renderer, context: Context) -> dict[str, str]:
    """Return, for each producer, the fingerprint of the layouts and settings that it works with."""
    by_producer: dict[str, str] = {}
    common = _common(context.config, context.about)
    for producer in producers.of(context.config):
        layouts: list[str] = []
        exports: list[str] = []
        if isinstance(producer, Kind):
            layouts = [renderer.fingerprint(each.file) for each in registry.layouts_of(producer)]
            exports = [export.name for export in producer.exports]
        made = repr((common, producer.inputs(context), exports, layouts)).encode()
        by_producer[producer.name] = hashlib.blake2b(made, digest_size=12).hexdigest()
    return by_producer


def _common(config: Config, about: str | None) -> tuple[object, ...]:
    """Return the program, and all settings but those that no file follows from."""
    nowhere = Path()
    shown = replace(
        config, site=nowhere, content=nowhere, output=nowhere, publish_to="", shard=0, topics=()
    )
    return program.fingerprint(), shown, about is not None, registry.entries()
