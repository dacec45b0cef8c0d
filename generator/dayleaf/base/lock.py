"""One build at a time: of a site, because builds share its cache, and into an output folder.

The system holds these locks for a process and lets go of them however the process ends, so that
nothing is ever left to clear away. Workers that were forked hold them too: should a build be
killed, the next one begins when its last worker has noticed (`parallel`).
"""

from __future__ import annotations

import os
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from dayleaf.base.errors import Finding, LockError

if sys.platform == "win32":
    import msvcrt
    import tempfile
    from hashlib import blake2b
else:
    import fcntl

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from typing import TypeAlias

    Wait: TypeAlias = Callable[[str], None] | None
    """Gets a sentence that names the build in the way; None if this build must not wait."""

FILE = "lock"
"""In the cache."""
_EVERY = 0.2
"""Seconds between two looks whether a lock is free."""
_ORPHANS = 1.0
"""Seconds for the workers of a killed build to end, where they do not hold its lock themselves."""
_LONGEST = 10_000
_FAR = 1 << 30
"""Where Windows locks a byte; nobody could read the file there."""


@contextmanager
def site(cache: Path, output: Path, *, wait: Wait) -> Iterator[None]:
    """Keep other builds away from a cache. Raises LockError where one is at work, and no waiting.

    The file says who holds it; one that ends in order takes its name out again.
    """
    cache.mkdir(parents=True, exist_ok=True)
    file = cache / FILE
    with _open(file) as handle:
        _take(handle, lambda: _holder(file), wait)
        if os.fstat(handle).st_size:
            time.sleep(_ORPHANS)
        now = time.strftime("%Y-%m-%d %H:%M:%S")
        _write(handle, f"process {os.getpid()}, since {now}, of {cache.parent} into {output}")
        try:
            yield
        finally:
            _write(handle, "")
            _release(handle)


@contextmanager
def folder(root: Path, *, wait: Wait) -> Iterator[None]:
    """Keep builds of other sites away from an output folder, which exists from now on.

    Raises LockError where one is at work, and no waiting. No file is written there: a folder's time
    stamp tells whether anybody has been at it.
    """
    try:
        root.mkdir(parents=True, exist_ok=True)
        place = _beside(root)
    except OSError:  # preparing the folder reports the error
        yield
        return
    with _open(place) as handle:
        _take(handle, lambda: f"one of another site, or a publication, of {root}", wait)
        try:
            yield
        finally:
            _release(handle)


@contextmanager
def _open(file: Path) -> Iterator[int]:
    """Open a file, made where there is none, or a folder."""
    handle = os.open(file, os.O_RDONLY if file.is_dir() else os.O_RDWR | os.O_CREAT, 0o644)
    try:
        yield handle
    finally:
        os.close(handle)


def _take(handle: int, holder: Callable[[], str], wait: Wait) -> None:
    """Take a lock; if another process holds it, report that and wait, or raise LockError."""
    told = False
    while not _try(handle):
        if wait is None:
            holding = f"another build is at work: {holder()}"
            raise LockError(Finding(holding, advice="wait until it has ended"))
        if not told:
            wait(f"waiting for another build to end: {holder()}")
            told = True
        time.sleep(_EVERY)


def _holder(file: Path) -> str:
    """Return the note that the holder of a lock left."""
    try:
        claim = file.read_text(encoding="utf-8", errors="replace")
    except OSError:
        claim = ""
    return claim or "one that has just begun"


def _write(handle: int, text: str) -> None:
    """Replace what a lock's file says."""
    os.lseek(handle, 0, os.SEEK_SET)
    os.ftruncate(handle, 0)
    os.write(handle, text.encode(errors="surrogateescape")[:_LONGEST])


if sys.platform == "win32":

    def _beside(root: Path) -> Path:
        """Return what stands for a folder, which Windows cannot lock."""
        fingerprint = blake2b(str(root).lower().encode(), digest_size=12).hexdigest()
        return type(root)(tempfile.gettempdir(), f"dayleaf-{fingerprint}.lock")

    def _try(handle: int) -> bool:
        os.lseek(handle, _FAR, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _release(handle: int) -> None:
        os.lseek(handle, _FAR, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)

else:

    def _beside(root: Path) -> Path:
        """Return what stands for a folder: itself."""
        return root

    def _try(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError as error:
            wanted = "a file system that knows locks"
            raise LockError(Finding(f"an error: {error.strerror}", wanted)) from error
        return True

    def _release(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_UN)
