"""`dayleaf publish`: the built site goes to object storage or a server, as far as it differs there.

Each publication lists the files of the place anew and remembers nothing, so it completes an
interrupted one, and mends changes that others made there. Files go up in an order in
which no reader meets a link to a page that is not there yet (`order`), deletions come last. rclone
does the talking (`rclone`); `ledger` compares, `headers` says what a file is and how long it keeps.
"""

from __future__ import annotations

import hashlib
import time
from contextlib import closing
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dayleaf.base import disk, lock
from dayleaf.base.errors import Finding, PublishError
from dayleaf.build import output
from dayleaf.build.manifest import Manifest
from dayleaf.commands.publish import headers, order
from dayleaf.commands.publish.ledger import Ledger, Local
from dayleaf.commands.publish.rclone import Destination
from dayleaf.site import statics

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Protocol

    from dayleaf.base.config import Config
    from dayleaf.base.lock import Wait

    class PublishProgress(Protocol):
        """Receives the progress of a publication."""

        def phase(self, name: str, total: int) -> None:
            """Begin a phase of so many steps."""

        def advance(self, steps: int = 1) -> None:
            """Take down that steps are done."""


__all__ = ["Destination", "PublishOptions", "PublishReport", "publish"]

_NAMED = 5
_BUILD = "run `dayleaf build` first"
"""Files that are named where there are more."""


@dataclass(frozen=True, slots=True)
class PublishOptions:
    """How a site is published."""

    dry_run: bool = False
    """Whether to report the changes without making them."""
    prune: bool = False
    """Whether to delete files, too, whose names no page of a site has."""
    wait: Wait = None


@dataclass(frozen=True, slots=True)
class PublishReport:
    """What a publication has sent and deleted, or would."""

    sent: int
    sent_bytes: int
    deleted: int
    deleted_bytes: int
    unchanged: int
    """Files that the place had as they are."""
    foreign: int
    """Files of the place that are no page's and were left alone."""
    some_foreign: tuple[str, ...]
    """The first of them."""
    seconds: float = 0.0


def publish(
    config: Config,
    place: Destination,
    progress: PublishProgress,
    *,
    options: PublishOptions | None = None,
) -> PublishReport:
    """Bring a place up to date with the output folder. Raises a DayleafError."""
    options = options or PublishOptions()
    since = time.monotonic()
    with (
        disk.explained(config.cache),
        lock.folder(config.output, wait=options.wait),
        closing(Ledger(config.cache, config.output)) as ledger,
    ):
        _require_whole(config)
        progress.phase("list", 1)
        ledger.list_here(_local(config.output))
        ledger.list_there(place.files())
        _require_ours(ledger, place)
        progress.phase("compare", 1)
        if place.sums:
            ledger.sum(lambda path: _sum(config.output / path))
        ledger.compare(order.step, headers.of, window=None if place.sums else place.window)
        gone = [file for file in ledger.gone() if options.prune or order.is_ours(file[0])]
        report = _report(ledger, gone)
        if not options.dry_run:
            progress.phase("send", report.sent)
            _send(ledger, place, config.output, progress)
            progress.phase("delete", len(gone))
            names = [path for path, _ in gone]
            place.delete(names, emptied=ledger.emptied(names))
        return replace(report, seconds=time.monotonic() - since)


def _require_whole(config: Config) -> None:
    """Raise PublishError where the output folder is not a built site."""
    if not output.is_marked(config.output):
        raise PublishError(
            Finding("none", expected="a built site", advice=_BUILD, file=str(config.output))
        )
    with closing(Manifest(config.cache, config.output)) as manifest:
        if manifest.interrupted():
            killed = "one whose build was killed while it moved files into place"
            raise PublishError(
                Finding(killed, expected="a whole site", advice=_BUILD, file=str(config.output))
            )


def _require_ours(ledger: Ledger, place: Destination) -> None:
    """Raise PublishError where a place holds files, and not our mark among them."""
    count = ledger.count_there()
    if count and not ledger.is_there(disk.MARK, len(disk.MARK_TEXT)):
        raise PublishError(
            Finding(
                f"{count:,} file{'s' * (count > 1)} without the mark of one",
                expected="an empty place or an earlier publication",
                advice="choose another path, or, if the site may take this one, copy "
                f"{disk.MARK} of the output folder there",
                file=place.name,
            )
        )


def _local(root: Path) -> Iterator[Local]:
    """Yield the files of the site, and when each was last changed."""
    for path, status in output.published(root):
        if "\n" in path or "\r" in path:
            raise PublishError(
                Finding(
                    repr(path),
                    expected="a name of one line",
                    advice="rename the file",
                    file=f"{statics.FOLDER}/",
                )
            )
        yield Local(path, status.st_size, status.st_mtime_ns)


def _sum(file: Path) -> str:
    return hashlib.md5(file.read_bytes(), usedforsecurity=False).hexdigest()


def _send(ledger: Ledger, place: Destination, root: Path, progress: PublishProgress) -> None:
    """Send the files that differ, step by step, each step with its headers."""
    for step in ledger.steps():
        known = 0
        for done in place.send(root, ledger.to_send(step), headers=step.headers):
            progress.advance(done - known)
            known = done
        progress.advance(step.files - known)


def _report(ledger: Ledger, gone: list[tuple[str, int]]) -> PublishReport:
    count, size = ledger.sums_to_send()
    deleted = {path for path, _ in gone}
    foreign = [path for path, _ in ledger.gone() if path not in deleted]
    return PublishReport(
        sent=count,
        sent_bytes=size,
        deleted=len(gone),
        deleted_bytes=sum(length for _, length in gone),
        unchanged=ledger.count_here() - count,
        foreign=len(foreign),
        some_foreign=tuple(foreign[:_NAMED]),
    )
