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

from dayleaf import search
from dayleaf.archive import urls
from dayleaf.assets import scripts
from dayleaf.site.exports.references import REFERENCES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dayleaf.base.config import Config

SCRIPT = "assets/offline-worker.js"
"""The asset that becomes the worker, and is written nowhere else."""
WORKER = "sw.js"
MANIFEST = urls.MANIFEST
FILES = frozenset({WORKER, MANIFEST})

STYLE = "assets/style.css"
"""Whose colours the installed site has."""
_LOOKS = ("style.css", "favicon.svg")
_SCRIPTS = (
    *("site.js", "papers.js", "day.js", "interests.js", "take.js", "references.js", "said.js"),
    *("home-new.js", "new.js", "reading-list.js", "dialog.js", "kept.js", "update.js"),
    *("for-you.js", "likeness-worker.js"),
)
"""What pages fetch, at once or later, with what they import; those that are not there are not
missed."""
_SEARCH = ("search.js", "search-worker.js", "overlay.js", "hints.js")
"""The scripts of a search."""
_DATA = (urls.NEW_DAYS, urls.KNOWN_VENUES)
"""What pages fetch of the archive besides its days."""
_PAGES = (urls.OFFLINE, urls.NEW, urls.READING_LIST)
"""What is there although nobody has opened it."""
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
    """Return the worker's facts about the build."""
    build = hashlib.blake2b(worker, digest_size=8)
    for path, data in sorted(assets.items()):
        build.update(f"{path}\0{len(data)}\0".encode())
        build.update(data)
    named = {path.removeprefix(urls.ASSETS): data for path, data in assets.items()}
    looks = [name for name in _LOOKS if name in named]
    kept = {
        f"{urls.ASSETS}{name}": _integrity(named[name])
        for name in (*looks, *scripts.needs(_SCRIPTS, named))
    }
    needed = [f"{urls.ASSETS}{name}" for name in scripts.needs(_SEARCH, named)]
    return {
        "build": build.hexdigest(),
        "frame": kept | dict.fromkeys(_PAGES, ""),
        "search": [urls.SEARCH, *needed] if searched else [],
        "newest": search.NEWEST,
        "data": _DATA,
        "words": search.WORDS,
        "references": REFERENCES.name,
    }


def manifest(config: Config, assets: Mapping[str, bytes]) -> bytes:
    """Return the web manifest, by which browsers install the site as an application."""
    match = _PAPER.search(assets.get(STYLE, b""))
    paper = match[1].decode() if match else ""
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
