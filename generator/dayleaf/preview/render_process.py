"""The page renderer in a process of its own, which is replaced if it does not come to an end.

A layout may loop for ever or eat all memory, and nothing takes a thread back from it, nor Python
from an operation that holds its interpreter (`{{ 10 ** (10 ** 9) }}`). A process can be ended. The
preview then reports the page, and leaves its layout alone until something is edited.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import threading
import time
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from dayleaf.base import parallel
from dayleaf.preview.failures import Failure, explain
from dayleaf.preview.renderer import PageRenderer, RenderedPage

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess
    from pathlib import Path

    from dayleaf.base.config import Config
    from dayleaf.preview.origin import Origin

PATIENCE = 10.0
"""Seconds that a page may take. The slowest of the real archive takes one."""
_SHORT = 1.5
"""Seconds that a page may still take when what makes it has been edited."""
_START = 60.0
"""Seconds that a process may take to start; on a busy machine it is more than one."""
_POLL = 0.1
"""Seconds between two looks whether the preview ends."""
_MEMORY = 2 << 30
"""Bytes that pages may take beyond what the process takes when it starts."""
_TITLE = "A layout that does not end"


class _Use(NamedTuple):
    config: Config
    search: bool


class _Open(NamedTuple):
    file: Path


class _PageRequest(NamedTuple):
    path: str


class _Origin(NamedTuple):
    path: str


class _Check(NamedTuple):
    pass


class _Making(NamedTuple):
    """The page renderer begins to make a page by a layout."""

    path: str
    layout: str


class _PageState(NamedTuple):
    """What is wrong with a page, or None where that is mended."""

    failure: Failure | None


class _Reply(NamedTuple):
    value: RenderedPage | Origin | Failure | None


class _Ended(NamedTuple):
    """The process is gone."""


_Request: TypeAlias = "_Use | _Open | _PageRequest | _Origin | _Check"
_Message: TypeAlias = "_Making | _PageState | _Reply"
_CUT = RenderedPage(b"", "", whole=False)


class RenderProcess:
    """Makes the pages of one site. Every method may be called from any thread, and waits."""

    def __init__(self, tell: Callable[[Failure | None], None]) -> None:
        """`tell` is called, in a thread of ours, with what is wrong with a page, or None."""
        self._context = multiprocessing.get_context("spawn")
        self._tell = tell
        self._lock = threading.Lock()
        self._process: BaseProcess | None = None
        self._pipe: Connection[_Request, _Message] | None = None
        self._replies: SimpleQueue[_Reply | _Ended] = SimpleQueue()
        self._making: _Making | None = None
        self._used: _Use | None = None
        self._opened: _Open | None = None
        self._left: dict[str, Failure] = {}
        """Paths that were cut off, until something is edited."""
        self._answered = False
        """Whether this process has started for good."""
        self._closed = threading.Event()
        self._start()  # which takes a moment that other things need as well

    def use(self, config: Config, *, search: bool) -> None:
        """Take these settings, and the layouts as they are now; make pages by them from now on."""
        with self._lock:
            self._used = _Use(config, search)
            self._again(self._used)

    def open(self, file: Path) -> None:
        """Read from this catalog from now on, as it is now."""
        with self._lock:
            self._opened = _Open(file)
            self._again(self._opened)

    def page(self, path: str) -> RenderedPage | None:
        """Return the page at an address; None where there is none."""
        with self._lock:
            if path in self._left:
                self._tell(self._left[path])
                return _CUT
            reply = self._ask(_PageRequest(path), PATIENCE)
            if isinstance(reply, _Ended):
                self._left[path] = self._cut_off(path)
                return _CUT
            return reply if isinstance(reply, RenderedPage) else None

    def origin(self, path: str) -> Origin | None:
        """Describe the origin of the page at an address; None if no layout makes it."""
        with self._lock:
            reply = None if path in self._left else self._ask(_Origin(path), PATIENCE)
            return None if isinstance(reply, (RenderedPage, Failure, _Ended)) else reply

    def check(self) -> Failure | None:
        """Look over all layouts, also those that no page shown needs."""
        with self._lock:
            reply = self._ask(_Check(), PATIENCE)
            if isinstance(reply, _Ended):
                return Failure(_TITLE, "looking over all layouts did not come to an end")
            return reply if isinstance(reply, Failure) else None

    def close(self) -> None:
        """End the process, whatever it does. Waits for nobody."""
        self._closed.set()
        self._end()

    # The process

    def _again(self, request: _Use | _Open) -> None:
        """Ask what all later requests need; start a new process if this one is stuck."""
        mended = bool(self._left)
        self._left.clear()
        patience = _SHORT if self._answered else _START
        if isinstance(self._ask(request, patience), _Ended):
            self._start()
        if mended:
            self._tell(None)

    def _ask(
        self, request: _Request, patience: float
    ) -> RenderedPage | Origin | Failure | _Ended | None:
        """Return the reply; _Ended if the process had to be ended, or ended itself."""
        if self._closed.is_set():
            return _Ended()
        if self._process is None and not self._start(but=request):
            return _Ended()
        if not self._send(request):
            return self._lost()
        reply = self._reply(patience)
        if reply is None:
            return self._lost()
        self._answered = True
        return reply.value

    def _start(self, *, but: _Request | None = None) -> bool:
        """Start a process and send it all that it needs, except for the request that comes next."""
        if self._closed.is_set():
            return False
        ours, theirs = self._context.Pipe()
        self._process = self._context.Process(
            target=_work, args=(theirs,), name="preview-renderer", daemon=True
        )
        # In a thread, where no Ctrl-C gets in between: half started, the process would die aloud.
        starting = threading.Thread(target=self._process.start, name="preview-start")
        starting.start()
        starting.join()
        self._answered = False
        theirs.close()
        self._pipe, self._replies = ours, SimpleQueue()
        threading.Thread(
            target=self._listen, args=(ours, self._replies), name="preview-replies", daemon=True
        ).start()
        for request in (self._used, self._opened):
            if request and request is not but:
                if not self._send(request):
                    return False
                if self._reply(_START) is None:
                    return False
                self._answered = True
        if self._closed.is_set():
            self._end()
        return not self._closed.is_set()

    def _reply(self, patience: float) -> _Reply | None:
        """Wait for an answer; None where none comes, or the preview ends."""
        until = time.monotonic() + patience
        while not self._closed.is_set() and time.monotonic() < until:
            try:
                message = self._replies.get(timeout=_POLL)
            except Empty:
                continue
            return message if isinstance(message, _Reply) else None
        return None

    def _send(self, request: _Request) -> bool:
        self._making = None
        try:
            assert self._pipe is not None  # noqa: S101 - for the types: there is a process
            self._pipe.send(request)
        except (OSError, ValueError):
            return False
        return True

    def _listen(
        self, pipe: Connection[_Request, _Message], replies: SimpleQueue[_Reply | _Ended]
    ) -> None:
        """Take the messages of one process until it ends."""
        with contextlib.suppress(EOFError, OSError):
            while True:
                match pipe.recv():
                    case _Making() as making:
                        self._making = making
                    case _PageState(failure):
                        self._tell(failure)
                    case _Reply() as reply:
                        replies.put(reply)
        replies.put(_Ended())

    def _lost(self) -> _Ended:
        self._end()
        return _Ended()

    def _end(self) -> None:
        process, self._process = self._process, None
        if process:
            process.kill()
            process.join(_SHORT)

    def _cut_off(self, path: str) -> Failure:
        """Say that the making of a page had to be ended."""
        making = self._making
        failure = Failure(
            _TITLE,
            f"a page took more than {PATIENCE:.0f} s, or all memory, and was cut off",
            advice="look for an endless loop, or a loop over too much",
            place=making.layout if making else "",
            page=path,
        )
        self._tell(failure)
        return failure


# ---- In the process ----------------------------------------------------------------------------


def _work(pipe: Connection[_Message, _Request]) -> None:
    """Answer requests; the whole life of the process."""
    parallel.attend()
    _bound_memory()
    config: Config | None = None

    def tell(error: Exception | None, path: str) -> None:
        failure = explain(error, config, page=path) if error and config else None
        pipe.send(_PageState(failure))

    renderer = PageRenderer(tell, lambda path, layout: pipe.send(_Making(path, layout)))
    with contextlib.suppress(EOFError, OSError):  # the preview has ended
        while True:
            request = pipe.recv()
            if isinstance(request, _Use):
                config = request.config
            pipe.send(_Reply(_answer(renderer, request, config)))
            if isinstance(request, (_Use, _Open)):
                renderer.ahead()


def _answer(
    renderer: PageRenderer, request: _Request, config: Config | None
) -> RenderedPage | Origin | Failure | None:
    try:
        match request:
            case _Use(used, search):
                renderer.use(used, search=search)
            case _Open(file):
                renderer.open(file)
            case _PageRequest(path):
                return renderer.page(path)
            case _Origin(path):
                return renderer.origin(path)
            case _Check():
                renderer.check()
    except Exception as error:  # noqa: BLE001 - the preview outlives mistakes of ours too
        return explain(error, config) if config else None
    return None


def _bound_memory() -> None:
    """Let what eats memory end in an error, where the system has a way to say so."""
    try:
        import resource  # noqa: PLC0415 - Windows has none
    except ImportError:
        return
    with contextlib.suppress(OSError, ValueError):
        pages = int(open("/proc/self/statm", encoding="ascii").read().split()[0])  # noqa: PTH123, SIM115
        bound = pages * os.sysconf("SC_PAGE_SIZE") + _MEMORY
        _, most = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (bound, most))
