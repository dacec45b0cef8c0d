"""Where the layouts' assets lie, and what is published at which address.

Our own scripts lie in folders by what they are for. An address does not name the folder, so scripts
and layouts name a file as browsers do, and a script that moves to another folder keeps its address.
"""

from __future__ import annotations

import contextlib
import re
from typing import TYPE_CHECKING

from dayleaf import render
from dayleaf.archive import urls
from dayleaf.assets import facts, scripts
from dayleaf.base.errors import Finding, LayoutError

if TYPE_CHECKING:
    from pathlib import Path

    from dayleaf.base.config import Config

FOLDER = urls.ASSETS
GROUPS = ("shared", "citing", "reader", "search")
"""The folders that no address names. Scripts import from their own and from those before it."""

_GROUP = re.compile(rf"{FOLDER}(?:{'|'.join(GROUPS)})/")
_SCRIPT = re.compile(rf"{FOLDER}[^/]+\.js\Z")


def files(config: Config) -> dict[str, Path]:
    """Return the assets by address; the site's own stand in for those of the same address.

    Raises LayoutError if two files of one layouts folder have the same address.
    """
    assets: dict[str, Path] = {}
    for folder in reversed(render.folders(config)):
        assets |= _addressed(folder)
    return dict(sorted(assets.items()))


def published(config: Config) -> dict[str, bytes]:
    """Return the assets by address, as browsers get them. Raises LayoutError like `files`."""
    held: dict[str, bytes] = {facts.PATH: facts.module()}
    for address, file in files(config).items():
        with contextlib.suppress(FileNotFoundError):  # gone since it was listed
            held[address] = file.read_bytes()
    own = {path.removeprefix(FOLDER): data for path, data in held.items() if _SCRIPT.match(path)}
    shipped = {f"{FOLDER}{name}": data for name, data in scripts.ship(own).items()}
    return dict(sorted((held | shipped).items()))


def _addressed(folder: Path) -> dict[str, Path]:
    """Return the assets of a layouts folder by address."""
    assets: dict[str, Path] = {}
    for file in sorted(path for path in (folder / FOLDER).rglob("*") if path.is_file()):
        address = _GROUP.sub(FOLDER, file.relative_to(folder).as_posix())
        other = assets.setdefault(address, file)
        if other != file:
            raise LayoutError(
                Finding(
                    other.relative_to(folder.parent).as_posix(),
                    expected=f"no other file for /{address}",
                    advice="rename or delete one of the two",
                    file=file.relative_to(folder.parent).as_posix(),
                )
            )
    return assets
