"""Reading a whole archive, in a process of its own.

Because the server has threads, and forking a program with threads may hang the child; because a
process that is killed, or needs more memory than there is, must not take the preview with it; and
because memory and workers of a first load go with its process.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
import time
import traceback
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, NamedTuple

from dayleaf import build
from dayleaf.base.errors import DayleafError, Finding, PreviewError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess
    from typing import TypeAlias

    from dayleaf.base.config import Config
    from dayleaf.build import BuildOptions, BuildProgress
    from dayleaf.catalog import Changes

    _Message: TypeAlias = "_Phase | _Steps | _Bug | DayleafError | Changes"

_EVERY = 0.1
"""Seconds between two messages of how far a phase has come."""


class _Phase(NamedTuple):
    name: str
    total: int


class _Steps(NamedTuple):
    done: int


class _Bug(NamedTuple):
    trace: str


class CatalogReading:
    """Brings the catalog up to date, one time at a time."""

    def __init__(self) -> None:
        self._context = multiprocessing.get_context("spawn")
        self._lock = threading.Lock()
        self._process: BaseProcess | None = None
        self._killed = False

    def read(self, config: Config, options: BuildOptions, progress: BuildProgress) -> Changes:
        """Read the digests as `dayleaf.build.read` does, and raise what it raises.

        Raises PreviewError where it fell over a mistake of ours, or was killed.
        """
        ours, theirs = self._context.Pipe(duplex=False)
        with ours:
            with theirs, self._lock:
                if self._killed:
                    raise PreviewError(Finding("the preview is ending"))
                process = self._context.Process(
                    target=_work, args=(theirs, config, options._replace(wait=None)), name="read"
                )
                process.start()
                self._process = process
            try:
                return _follow(ours, process, progress)
            except PreviewError:
                self._end(process)
                raise
            finally:
                process.join()
                with self._lock:
                    self._process = None

    def kill(self) -> None:
        """End what is under way, and begin nothing else."""
        with self._lock:
            self._killed = True
            if self._process:
                self._end(self._process)

    @staticmethod
    def _end(process: BaseProcess) -> None:
        """End a process and the workers that it left; nothing where there are none."""
        if process.pid and hasattr(os, "killpg"):  # Windows has no groups
            with contextlib.suppress(OSError):
                os.killpg(process.pid, signal.SIGKILL)
        process.kill()


def _follow(
    pipe: Connection[None, _Message], process: BaseProcess, progress: BuildProgress
) -> Changes:
    """Pass messages on until the process ends."""
    while True:
        # Not the pipe alone: workers hold it open when the process itself was killed.
        wait([pipe, process.sentinel])
        try:
            message = pipe.recv() if pipe.poll() else None
        except EOFError:
            message = None
        match message:
            case None:
                reason = (
                    "the reading of the digests was ended from outside, perhaps for want of memory"
                )
                again = "the next change to a digest starts it again"
                raise PreviewError(Finding(reason, advice=again))
            case _Phase(name, total):
                progress.phase(name, total)
            case _Steps(done):
                progress.advance(done)
            case _Bug(trace):
                reason = f"reading the digests fell over a mistake in Dayleaf:\n{trace}"
                raise PreviewError(Finding(reason))
            case DayleafError():
                raise message
            case _:
                return message


def _work(pipe: Connection[_Message, None], config: Config, options: BuildOptions) -> None:
    """Read, and tell of it; the whole life of the process."""
    if hasattr(os, "setsid"):
        # Out of the terminal's reach: Ctrl-C is for the preview, which ends this whole group.
        os.setsid()
    try:
        relay = _Relay(pipe)
        changes = build.read(config, options, relay)
        relay.flush()
        pipe.send(changes)
    except DayleafError as error:
        pipe.send(error)
    except BrokenPipeError:
        pass  # the preview was killed
    except Exception:  # noqa: BLE001 - a mistake here must not end the preview
        pipe.send(_Bug(traceback.format_exc()))


class _Relay:
    """Sends progress through a pipe, a few times a second."""

    def __init__(self, pipe: Connection[_Message, None]) -> None:
        self._pipe = pipe
        self._done = 0
        self._sent = 0.0

    def phase(self, name: str, total: int) -> None:
        """Say that a phase begins."""
        self.flush()
        self._pipe.send(_Phase(name, total))

    def advance(self, steps: int = 1) -> None:
        """Say that steps are done."""
        self._done += steps
        if time.monotonic() - self._sent > _EVERY:
            self.flush()

    def made(self, things: int) -> None:
        """Nothing is made here."""

    def flush(self) -> None:
        """Send what has not been sent."""
        if self._done:
            self._pipe.send(_Steps(self._done))
        self._done, self._sent = 0, time.monotonic()
