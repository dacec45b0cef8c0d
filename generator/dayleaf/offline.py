"""What lets readers keep a site on their devices: the service worker and the web manifest.

Both stand at the site's root, `sw.js` because a worker sees to no address above its own. They are
made from the assets that they name: pure functions, without a disk.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from typing import TYPE_CHECKING

from dayleaf import search, urls

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dayleaf.config import Config

SCRIPT = "assets/offline-worker.js"
"""The asset that becomes the worker, and is written nowhere else."""
WORKER = "sw.js"
MANIFEST = "manifest.webmanifest"
FILES = frozenset({WORKER, MANIFEST})

STYLE = "assets/style.css"
"""Whose colours the installed site has."""
_FRAME = (
    *("style.css", "favicon.svg", "site.js", "papers.js", "kept.js", "dialog.js", "elements.js"),
    *("facts.js", "citation.js", "tex.js", "lists.js", "reading-list.js", "update.js"),
)
"""The assets without which pages lack something; those that are not there are not missed."""
_SEARCH = ("search.js", "search-worker.js", "overlay.js", "hints.js")
"""Those of a search."""
_PAGE = "offline/"
_ICONS = (("icon-192.png", 192, "any"), ("icon-512.png", 512, "any"))
_MASKABLE = ("icon-maskable-512.png", 512, "maskable")
_PAPER = re.compile(rb"--paper:\s*(?:light-dark\(\s*)?(#[0-9a-fA-F]{3,8})")
_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def files(
    config: Config, assets: Mapping[str, bytes], worker: bytes, *, searched: bool
) -> Iterator[tuple[str, bytes]]:
    """Yield the files by path, from the assets by path and the worker's script.

    There are none where the site is not to be kept (any more): workers then remove themselves.
    """
    if config.offline:
        facts = _facts(assets, worker, searched=searched)
        yield WORKER, b"self.DAYLEAF=%b;\n%b" % (_json(facts).encode(), worker)
        yield MANIFEST, manifest(config, assets)


def _facts(assets: Mapping[str, bytes], worker: bytes, *, searched: bool) -> dict[str, object]:
    """Return what the worker must know of the build."""
    build = hashlib.blake2b(worker, digest_size=8)
    for path, data in sorted(assets.items()):
        build.update(f"{path}\0{len(data)}\0".encode())
        build.update(data)
    frame = (f"assets/{name}" for name in _FRAME)
    kept = {path: _integrity(assets[path]) for path in frame if path in assets}
    needed = [path for name in _SEARCH if (path := f"assets/{name}") in assets]
    return {
        "build": build.hexdigest(),
        "frame": kept | {_PAGE: ""},
        "search": [urls.SEARCH, *needed] if searched else [],
        "newest": search.NEWEST,
    }


def manifest(config: Config, assets: Mapping[str, bytes]) -> bytes:
    """Return the web manifest, by which browsers install the site as an application."""
    found = _PAPER.search(assets.get(STYLE, b""))
    paper = found[1].decode() if found else ""
    icons = [
        {"src": path, "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
        for name, size, purpose in (*_ICONS, _MASKABLE)
        if (path := f"assets/{name}") in assets
    ]
    made = {
        "name": config.title,
        "description": config.description or None,
        "lang": config.language,
        "id": "./",
        "start_url": "./",
        "scope": "./",
        "display": "standalone",
        "theme_color": paper or None,
        "background_color": paper or None,
        "icons": icons,
    }
    return _json({key: value for key, value in made.items() if value is not None}).encode()


def _integrity(data: bytes) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(data).digest()).decode()}"
