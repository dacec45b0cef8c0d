"""The files that come with the layouts: stylesheets, scripts, pictures.

They are served from where they lie, so that an edit of one needs nothing but being told of.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

from dayleaf import render
from dayleaf.assets import facts, offline, scripts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dayleaf.base.config import Config
    from dayleaf.preview.watcher import Change

FOLDER = "assets/"


class Assets:
    """The assets of a site, the site's own before those of the same name that come with Dayleaf."""

    def __init__(self) -> None:
        self._fingerprints: dict[Path, bytes] = {}

    def look(self, config: Config) -> None:
        """Take all of them in, so that later a change is known from a mere touch."""
        for folder in render.folders(config):
            for file in _files(folder / FOLDER):
                self._fingerprints[file] = _fingerprint(file)

    def changed(self, burst: Iterable[Change], config: Config) -> tuple[str, ...]:
        """List those among the files or folders of a burst whose bytes have changed, by path."""
        found: set[str] = set()
        for change in burst:
            if change.role not in {"style", "asset"}:
                continue
            before = [file for file in self._fingerprints if file.is_relative_to(change.path)]
            for file in {*before, *_files(change.path)}:
                fingerprint = _fingerprint(file)
                if self._fingerprints.get(file) == fingerprint:
                    continue
                self._fingerprints[file] = fingerprint
                for folder in render.folders(config):
                    if file.is_relative_to(folder):
                        found.add(file.relative_to(folder).as_posix())
        own = _scripts(config)
        for path in [*found]:
            # A page has loaded the scripts that carry a module, never the module itself.
            carriers = scripts.carriers(path.removeprefix(FOLDER), own)
            found.update(f"{FOLDER}{name}" for name in carriers)
        return tuple(sorted(found))


def read(path: str, config: Config) -> bytes | None:
    """Return what an asset holds; None where there is none."""
    script = scripts.ship(_scripts(config)).get(path.removeprefix(FOLDER))
    if script is not None:
        return script
    for folder in render.folders(config):
        with contextlib.suppress(OSError):  # not there, or a folder
            return (folder / path).read_bytes()
    return None


def manifest(config: Config) -> bytes:
    """Return the web manifest, which names those of the assets that it knows."""
    names = {file.name for folder in render.folders(config) for file in _files(folder / FOLDER)}
    known = {f"{FOLDER}{name}": b"" for name in names} | {
        offline.STYLE: read(offline.STYLE, config) or b""
    }
    return offline.manifest(config, known)


def _scripts(config: Config) -> dict[str, bytes]:
    """Return all scripts by name, the site's own before those that come with Dayleaf."""
    found = {facts.NAME: facts.module()}
    for folder in reversed(render.folders(config)):
        for file in (folder / FOLDER).glob("*.js"):
            with contextlib.suppress(OSError):
                found[file.name] = file.read_bytes()
    return found


def _files(place: Path) -> list[Path]:
    """List a file, or those below a folder."""
    if place.is_file():
        return [place]
    return [Path(folder, name) for folder, _, names in os.walk(place) for name in names]


def _fingerprint(file: Path) -> bytes:
    try:
        return hashlib.blake2b(file.read_bytes(), digest_size=8).digest()
    except OSError:
        return b""
