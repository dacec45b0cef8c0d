"""The order in which files are sent, so that no reader follows a link to a missing page.

A page that is new to the place is known to nobody until pages that were there before link to it.
So new pages go up before changed ones; within each, what is linked to before what links.
"""

from __future__ import annotations

from dayleaf.base import disk
from dayleaf.build import producers
from dayleaf.site.pages.producer import PublishStage

_STAGES = len(PublishStage)
_PARTIAL = ".partial"
"""What rclone calls a file under way, on servers that know folders."""


def step(path: str, new: bool) -> int:  # noqa: FBT001 - called by SQL's rows
    """Return the place of a file in the order; files of one place go up in any order."""
    if path == disk.MARK:  # the place is ours from now on, even if we get no further
        return 0
    producer = producers.owner(path, None)
    stage = producer.stage_of(path) if producer else PublishStage.PARTS
    early = stage == PublishStage.PARTS or (new and stage <= PublishStage.LISTS)
    return 1 + stage if early else 1 + _STAGES + stage


def is_ours(path: str) -> bool:
    """Tell whether a file's name is one that a site of Dayleaf has."""
    return producers.owner(path.removesuffix(_PARTIAL), None) is not None
