"""Where the layouts' assets lie, and what is published at which address."""

from __future__ import annotations

import contextlib
import re
from typing import TYPE_CHECKING

from dayleaf import render
from dayleaf.archive import urls
from dayleaf.assets import facts, scripts

if TYPE_CHECKING:
    from pathlib import Path

    from dayleaf.base.config import Config

FOLDER = urls.ASSETS

_SCRIPT = re.compile(rf"{FOLDER}[^/]+\.js\Z")


def files(config: Config) -> dict[str, Path]:
    """Return the assets by address; the site's own stand in for those of the same address."""
    found: dict[str, Path] = {}
    for folder in reversed(render.folders(config)):
        for file in (folder / FOLDER).rglob("*"):
            if file.is_file():
                found[file.relative_to(folder).as_posix()] = file
    return dict(sorted(found.items()))


def published(config: Config) -> dict[str, bytes]:
    """Return the assets by address, as browsers get them."""
    held: dict[str, bytes] = {facts.PATH: facts.module()}
    for address, file in files(config).items():
        with contextlib.suppress(FileNotFoundError):  # gone since it was listed
            held[address] = file.read_bytes()
    own = {path.removeprefix(FOLDER): data for path, data in held.items() if _SCRIPT.match(path)}
    shipped = {f"{FOLDER}{name}": data for name, data in scripts.ship(own).items()}
    return dict(sorted((held | shipped).items()))
