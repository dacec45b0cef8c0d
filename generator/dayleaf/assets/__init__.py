"""Files that no layout makes: assets, the offline worker, and what the site brings for its root.

sources.py  where assets lie, and their addresses
scripts.py  scripts as browsers get them
facts.py    what they need to know of what Python decides
offline.py  the service worker and the web manifest
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from dayleaf.assets import offline, sources
from dayleaf.base.errors import Finding, OutputError
from dayleaf.site import statics
from dayleaf.site.pages.producer import Context, Producer, PublishStage
from dayleaf.site.products import DataFile

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from dayleaf.base.config import Config
    from dayleaf.site.products import Product


@dataclass(frozen=True)
class AssetFiles(Producer):
    """Style sheets, scripts and pictures, and the offline worker and web manifest made of them."""

    name: ClassVar[str] = "assets"
    stage: ClassVar[PublishStage] = PublishStage.PARTS

    def owns(self, path: str, config: Config | None) -> bool:
        """Tell whether a file is an asset, or made from them."""
        return path.startswith(sources.FOLDER) or path in offline.FILES

    def stage_of(self, path: str) -> PublishStage:
        """Return when a file is published: the worker after the assets that it is made for."""
        return PublishStage.ENTRANCES if path == offline.WORKER else self.stage

    def inputs(self, context: Context) -> object:
        """Return a fingerprint of the files; the facts for scripts are part of the program."""
        return _fingerprint(sources.files(context.config)), context.search

    def files(self, context: Context, key: str) -> Iterator[Product]:
        """Yield the files; the worker's script stands nowhere but at the root."""
        made = sources.published(context.config)
        worker = made.pop(offline.SCRIPT)
        others = offline.files(context.config, made, worker, searched=context.search)
        yield from (DataFile(path, data) for path, data in (*made.items(), *others))


@dataclass(frozen=True)
class StaticFiles(Producer):
    """The files of `static/`, as they are."""

    name: ClassVar[str] = "static"
    stage: ClassVar[PublishStage] = PublishStage.PARTS

    def owns(self, path: str, config: Config | None) -> bool:
        """Tell whether the site brings a file along."""
        return config is not None and path in statics.files(config.site)

    def inputs(self, context: Context) -> object:
        """Return a fingerprint of the files."""
        return _fingerprint(statics.files(context.config.site))

    def files(self, context: Context, key: str) -> Iterator[Product]:
        """Yield the files."""
        for path, file in statics.files(context.config.site).items():
            yield DataFile(path, file.read_bytes())


def check_sizes(config: Config) -> None:
    """Raise OutputError for a file of `static/` that no host takes."""
    for path, file in statics.files(config.site).items():
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


ASSETS, STATIC = AssetFiles(), StaticFiles()
