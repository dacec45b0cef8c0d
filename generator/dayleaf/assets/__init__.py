"""Files that no layout makes: assets, the offline worker, and what the site brings for its root.

scripts.py  scripts as browsers get them
facts.py    what they need to know of what Python decides
offline.py  the service worker and the web manifest
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from dayleaf import render
from dayleaf.assets import facts, offline, scripts
from dayleaf.base.errors import Finding, OutputError
from dayleaf.site import statics
from dayleaf.site.pages.producer import Context, Producer, PublishStage
from dayleaf.site.products import DataFile

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from dayleaf.base.config import Config
    from dayleaf.site.products import Product

FOLDER = "assets/"
_SCRIPT = re.compile(r"assets/[^/]+\.js\Z")


def sources(config: Config) -> dict[str, Path]:
    """Return the layouts' assets by path; the site's own stand in for those of the same name."""
    files: dict[str, Path] = {}
    for folder in reversed(render.folders(config)):
        for file in sorted(path for path in (folder / FOLDER).rglob("*") if path.is_file()):
            files[file.relative_to(folder).as_posix()] = file
    return dict(sorted(files.items()))


def found(config: Config) -> dict[str, bytes]:
    """Return the assets by path as browsers get them."""
    files = sources(config)
    own = {file.name: file.read_bytes() for path, file in files.items() if _SCRIPT.match(path)}
    shipped = scripts.ship({facts.NAME: facts.module()} | own)
    made = {f"{FOLDER}{name}": data for name, data in shipped.items()}
    for path, file in files.items():
        if not _SCRIPT.match(path):
            made[path] = file.read_bytes()
    return dict(sorted(made.items()))


@dataclass(frozen=True)
class AssetFiles(Producer):
    """Style sheets, scripts and pictures."""

    name: ClassVar[str] = "assets"
    stage: ClassVar[PublishStage] = PublishStage.PARTS

    def owns(self, path: str, config: Config | None) -> bool:
        """Tell whether a file is an asset."""
        return path.startswith(FOLDER)

    def inputs(self, context: Context) -> object:
        """Return what the files hold; what Python tells scripts is part of the program."""
        return _fingerprint(sources(context.config))

    def files(self, context: Context, key: str) -> Iterator[Product]:
        """Yield the assets; the worker's script stands nowhere but at the root."""
        for path, data in found(context.config).items():
            if path != offline.SCRIPT:
                yield DataFile(path, data)


@dataclass(frozen=True)
class OfflineWorker(Producer):
    """The service worker and the web manifest, which know the assets that they name."""

    name: ClassVar[str] = "offline worker"
    stage: ClassVar[PublishStage] = PublishStage.PARTS

    def owns(self, path: str, config: Config | None) -> bool:
        """Tell whether a file is one of the two."""
        return path in offline.FILES

    def stage_of(self, path: str) -> PublishStage:
        """Return when a file is published: the worker after the assets that it is made for."""
        return PublishStage.ENTRANCES if path == offline.WORKER else self.stage

    def inputs(self, context: Context) -> object:
        """Return what the assets hold, and whether there is an index."""
        return _fingerprint(sources(context.config)), context.search

    def files(self, context: Context, key: str) -> Iterator[Product]:
        """Yield both, of a site that readers may keep."""
        assets = found(context.config)
        worker = assets.pop(offline.SCRIPT)
        made = offline.files(context.config, assets, worker, searched=context.search)
        yield from (DataFile(path, data) for path, data in made)


@dataclass(frozen=True)
class StaticFiles(Producer):
    """The files of `static/`, as they are."""

    name: ClassVar[str] = "static"
    stage: ClassVar[PublishStage] = PublishStage.PARTS

    def owns(self, path: str, config: Config | None) -> bool:
        """Tell whether the site brings a file along."""
        return config is not None and path in statics.found(config.site)

    def inputs(self, context: Context) -> object:
        """Return what the files hold."""
        return _fingerprint(statics.found(context.config.site))

    def files(self, context: Context, key: str) -> Iterator[Product]:
        """Yield the files."""
        for path, file in statics.found(context.config.site).items():
            yield DataFile(path, file.read_bytes())


def check_sizes(config: Config) -> None:
    """Raise OutputError for a file of `static/` that no host takes."""
    for path, file in statics.found(config.site).items():
        if file.stat().st_size > statics.LARGEST:
            raise OutputError(
                Finding(
                    f"{file.stat().st_size:,}",
                    expected=f"at most {statics.LARGEST:,} bytes",
                    advice="no host accepts a larger file",
                    file=f"{statics.FOLDER}/{path}",
                )
            )


def _fingerprint(files: dict[str, Path]) -> str:
    made = hashlib.blake2b(digest_size=12)
    for path, file in files.items():
        data = file.read_bytes()
        made.update(f"{path}\0{len(data)}\0".encode())
        made.update(data)
    return made.hexdigest()


ASSETS, OFFLINE, STATIC = AssetFiles(), OfflineWorker(), StaticFiles()
