"""The one door to the output folder.

A build writes into a staging folder inside it and moves the files into place when all of them are
there: a build that fails has touched nothing. Only files that differ are staged, so a deployment
that syncs sends little. Files that we did not write are never removed or overwritten; finding any
is an error.
"""

from __future__ import annotations

import os
import re
import shutil
import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from dayleaf.base.disk import MARK, MARK_TEXT
from dayleaf.base.errors import Finding, OutputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

STAGING = ".dayleaf-staging"
# What people keep in a folder that they publish from: a branch's checkout, a custom domain.
_TOLERATED = re.compile(r"\.git(?:/|\Z)|\.git(?:ignore|attributes)\Z|CNAME\Z")
_CHECKOUT = re.compile(r"\.git(?:ignore|attributes)?\Z")
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Folder:
    """An output folder that is ours to write to."""

    root: Path
    fresh: bool
    """Whether nothing stands there, so that nothing needs comparing."""

    @property
    def staging(self) -> Path:
        """Where files wait until all are written."""
        return self.root / STAGING


@dataclass(slots=True)
class Writer:
    """Stages files; each process has one of its own."""

    root: Path
    fresh: bool
    """Whether the folder was empty, so that nothing needs comparing."""
    written: int = 0
    """Files staged: those that were not there, or not the same."""
    _made: set[str] = field(default_factory=set)

    def write(self, name: str, data: bytes) -> None:
        """Stage a file, unless the existing one is the same."""
        if not self.fresh and _same(f"{self.root}{os.sep}{name}", data):
            return
        target = f"{self.root}{os.sep}{STAGING}{os.sep}{name}"
        folder = os.path.dirname(target)  # noqa: PTH120 - called for every page; Path is slower
        if folder not in self._made:
            os.makedirs(folder, exist_ok=True)  # noqa: PTH103
            self._made.add(folder)
        with open(target, "wb", buffering=0) as file:  # noqa: PTH123
            done = file.write(data)
            while done < len(data):  # a disk that is nearly full takes a part, then refuses
                done += file.write(data[done:])
        self.written += 1


def prepare(root: Path, *, ours: Callable[[str], bool], trusted: bool) -> Folder:
    """Make an output folder ready. `ours` tells the files of earlier builds from others.

    `trusted` says that nobody has been at the folder since, which spares looking through it.
    Raises OutputError where the folder cannot be written or holds files that are not ours.
    """
    try:
        root.mkdir(parents=True, exist_ok=True)
        if (root / STAGING).exists():
            shutil.rmtree(root / STAGING)
        if trusted:  # and no staging folder yet: making it would change the folder's time stamp
            return Folder(root, fresh=False)
        foreign = sorted(_foreign(root, ours))
        if foreign:
            raise OutputError(_refusal(root, foreign))
        fresh = next(files(root), None) is None
        (root / STAGING).mkdir()
    except OSError as error:
        raise OutputError(
            Finding(
                f"an error: {error.strerror}",
                expected="a folder that can be written",
                advice="choose another with --output DIR",
                file=str(root),
            )
        ) from error
    return Folder(root, fresh)


def files(root: Path) -> Iterator[str]:
    """Yield the files that stand in an output folder, relative, with `/`."""
    yield from _files(str(root), "")


def published(root: Path) -> Iterator[tuple[str, os.stat_result]]:
    """Yield the regular files of an output folder that are the site's, with what is known of them.

    What a checkout keeps there is not the site's.
    """
    for name in files(root):
        status = (root / name).lstat()
        if stat.S_ISREG(status.st_mode) and not _CHECKOUT.match(name):
            yield name, status


def commit(folder: Folder, gone: Iterable[str]) -> int:
    """Move the staged files into place and remove those of ours that no page claims any more.

    Returns how many were removed. Killed in the middle, it leaves whole files only, and the next
    build does the rest.
    """
    if folder.staging.is_dir():
        _move(folder.staging, folder.root)
    mark = folder.root / MARK
    if not _same(str(mark), MARK_TEXT):
        mark.write_bytes(MARK_TEXT)
    removed = [name for name in gone if name != MARK and not _TOLERATED.match(name)]
    for name in removed:
        (folder.root / name).unlink(missing_ok=True)
    for parent in sorted({str(Path(name).parent) for name in removed}, key=len, reverse=True):
        _remove_empty(folder.root, Path(parent))
    shutil.rmtree(folder.staging, ignore_errors=True)
    return len(removed)


def discard(folder: Folder) -> None:
    """Delete the staged files."""
    shutil.rmtree(folder.staging, ignore_errors=True)


def _files(folder: str, prefix: str) -> Iterator[str]:
    """Yield the files below a folder, relative to it."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                if entry.name not in {".git", STAGING}:
                    yield from _files(entry.path, f"{prefix}{entry.name}/")
            else:
                yield prefix + entry.name


def is_marked(root: Path) -> bool:
    """Tell whether a folder has our mark: an earlier build has written it."""
    return (root / MARK).is_file()


def _foreign(root: Path, ours: Callable[[str], bool]) -> Iterator[str]:
    """Yield the files that no build of ours has written."""
    for name in files(root):
        if name != MARK and not _TOLERATED.match(name) and not ours(name):
            yield name


def _refusal(root: Path, foreign: list[str]) -> Finding:
    shown = ", ".join(foreign[:_SHOWN])
    more = f" and {len(foreign) - _SHOWN} more" if len(foreign) > _SHOWN else ""
    return Finding(
        f"files that Dayleaf did not write: {shown}{more}",
        expected="an empty folder or an earlier build",
        advice="move them away, or choose another folder with --output DIR",
        file=str(root),
    )


def _same(file: str, data: bytes) -> bool:
    try:
        with open(file, "rb", buffering=0) as existing:  # noqa: PTH123 - Path is slower
            return os.fstat(existing.fileno()).st_size == len(data) and existing.read() == data
    except OSError:
        return False


def _move(source: Path, target: Path) -> None:
    """Move the files of a folder into another, whole folders at once where there are none yet."""
    with os.scandir(source) as entries:
        for entry in entries:
            place = target / entry.name
            if entry.is_dir(follow_symlinks=False) and place.is_dir():
                _move(Path(entry.path), place)
            else:
                os.replace(entry.path, place)  # noqa: PTH105 - the entry is a string


def _remove_empty(root: Path, relative: Path) -> None:
    """Remove a folder and those above it, as far up as they are empty."""
    while relative != Path():
        try:
            (root / relative).rmdir()
        except OSError:
            return
        relative = relative.parent
