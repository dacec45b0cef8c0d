"""In which order files go up, so that no reader meets a link to what is not there yet.

A page that is new to the place is known to nobody until pages that were there before link to it.
So new pages go up before changed ones; within each, what is linked to before what links. The home
page, feeds and lists for search engines follow, and the list from which search starts is last.
"""

from __future__ import annotations

from dayleaf import disk, offline, search, urls
from dayleaf.pages import registry
from dayleaf.pages.kind import Turn

_MARK, _PARTS, _NEW, _CHANGED = 0, 1, 2, 2 + len(Turn)
_ENTRANCES = _CHANGED + len(Turn)
_INDEXES, _SHARDS = _ENTRANCES + 1, _ENTRANCES + 2
_PARTIAL = ".partial"
"""What rclone calls a file under way, on servers that know folders."""
_ASSETS = "assets/"


def step(path: str, new: bool) -> int:  # noqa: FBT001 - called by SQL's rows
    """Return the place of a file in the order; files of one place go up in any order."""
    if path == disk.MARK:  # the place is ours from now on, even if we get no further
        return _MARK
    if path == search.SHARDS:
        return _SHARDS
    if path == offline.WORKER:  # it is made for assets that are there
        return _ENTRANCES
    if search.is_entry(path):
        return _INDEXES
    kind = registry.kind_of(path)
    if kind is None:
        return _PARTS
    if kind.turn == Turn.ENTRANCES:
        return _ENTRANCES
    return (_NEW if new else _CHANGED) + kind.turn


def is_ours(path: str) -> bool:
    """Tell whether a file's name is one that a site of Dayleaf has."""
    path = path.removesuffix(_PARTIAL)
    return path.startswith((_ASSETS, urls.SEARCH)) or _is_root(path)


def _is_root(path: str) -> bool:
    return path in offline.FILES or registry.owns(path)
