"""A build in a process of its own.

Because the server has threads, and forking a program with threads may hang the child; because a
build that is killed, or needs more memory than there is, must not take the preview with it; and
because memory, compiled layouts and database connections of a build go with its process.
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
from dayleaf.errors import DayleafError, PreviewError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import ForkServerContext, SpawnContext
    from multiprocessing.process import BaseProcess
    from typing import TypeAlias

    from dayleaf.build import Options, Progress
    from dayleaf.config import Config
    from dayleaf.report import Report

    _Context: TypeAlias = ForkServerContext | SpawnContext
    _Message: TypeAlias = "_Phase | _Steps | _Bug | DayleafError | Report"

_WARM = "dayleaf.preview.warm"
_EVERY = 0.1
"""Seconds between two messages of how far a phase has come."""


class _Phase(NamedTuple):
    name: str
    total: int


class _Steps(NamedTuple):
    done: int
    made: int


class _Bug(NamedTuple):
    trace: str


class Builder:
    """Builds, one build at a time."""

    def __init__(self) -> None:
        # A fork server imports the program once and stays without threads; Windows has none.
        if "forkserver" in multiprocessing.get_all_start_methods():
            self._context: _Context = multiprocessing.get_context("forkserver")
            self._context.set_forkserver_preload([_WARM])
        else:
            self._context = multiprocessing.get_context("spawn")
        self._lock = threading.Lock()
        self._process: BaseProcess | None = None
        self._killed = False

    def build(self, config: Config, options: Options, progress: Progress) -> Report:
        """Build the site as `dayleaf.build.build` does, and raise what it raises.

        Raises PreviewError where the build fell over a mistake of ours, or was killed.
        """
        ours, theirs = self._context.Pipe(duplex=False)
        with ours:
            with theirs, self._lock:
                if self._killed:
                    raise PreviewError("the preview is ending")
                process = self._context.Process(
                    target=_work, args=(theirs, config, options), name="build"
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
        """End the build under way, and begin no other. The next one heals what it left behind."""
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


def _follow(pipe: Connection[None, _Message], process: BaseProcess, progress: Progress) -> Report:
    """Pass on what a build tells, until it ends."""
    while True:
        # Not the pipe alone: a build's workers hold it open when the build itself was killed.
        wait([pipe, process.sentinel])
        try:
            message = pipe.recv() if pipe.poll() else None
        except EOFError:
            message = None
        match message:
            case None:
                raise PreviewError(
                    "the build was ended from outside, perhaps for want of memory; "
                    "the next change starts another"
                )
            case _Phase(name, total):
                progress.phase(name, total)
            case _Steps(done, made):
                progress.made(made)
                progress.advance(done)
            case _Bug(trace):
                raise PreviewError(f"the build fell over a mistake in Dayleaf:\n{trace}")
            case DayleafError():
                raise message
            case _:
                return message


def _work(pipe: Connection[_Message, None], config: Config, options: Options) -> None:
    """Build, and tell of it; the whole life of a build's process."""
    if hasattr(os, "setsid"):
        # Out of the terminal's reach: Ctrl-C is for the preview, which ends this whole group.
        os.setsid()
    try:
        relay = _Relay(pipe)
        report = build.build(config, options, relay)
        relay.flush()
        pipe.send(report)
    except DayleafError as error:
        pipe.send(error)
    except BrokenPipeError:
        pass  # the preview was killed
    except Exception:  # noqa: BLE001 - a mistake in a build must not end the preview
        pipe.send(_Bug(traceback.format_exc()))


class _Relay:
    """Tells the preview's process how a build goes on."""

    def __init__(self, pipe: Connection[_Message, None]) -> None:
        self._pipe = pipe
        self._count = self._made = 0
        self._sent = 0.0

    def phase(self, name: str, total: int) -> None:
        """Say that a phase begins."""
        self.flush()
        self._pipe.send(_Phase(name, total))

    def made(self, things: int) -> None:
        """Count pages, told with the next steps."""
        self._made += things

    def advance(self, steps: int = 1) -> None:
        """Say that steps are done, unless that was said a moment ago."""
        self._count += steps
        if time.monotonic() - self._sent > _EVERY:
            self.flush()

    def flush(self) -> None:
        """Say what has not been said yet."""
        if self._count:
            self._pipe.send(_Steps(self._count, self._made))
        self._count, self._made, self._sent = 0, 0, time.monotonic()
