"""Work shared between processes, with no more of it under way than memory bears."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
import time
from collections import deque
from contextlib import contextmanager
from itertools import chain, islice
from typing import TYPE_CHECKING, Literal, NoReturn, TypeVar

from dayleaf.base.errors import Finding, WorkerError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import ProcessPoolExecutor

    Item = TypeVar("Item")
    Result = TypeVar("Result")
    Map = Callable[[Callable[[Item], Result], Iterable[Item]], Iterator[Result]]

Start = Literal["fork", "spawn", "forkserver"]
"""How a process comes into being; systems differ in what they know and prefer."""

_WATCH = 0.3
"""Seconds between two looks of a worker whether the process that it works for is there."""

_OBJECTS = 100_000
"""New objects between two looks for cycles. Rows, views and texts have none, and to look for them
as often as Python does by itself takes 3 % of the time that pages take."""


def processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Pool:
    """Some processes, or with one job none: the work is then done right here.

    They start when there is work for more than one of them.
    """

    def __init__(self, jobs: int, start: Start | None = None) -> None:
        """`start` is the system's own choice where None."""
        self.jobs = jobs
        self._start = start
        self._executor: ProcessPoolExecutor | None = None

    def map(self, function: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
        """Yield the function's results in the order of the items.

        Only a few results are ever waiting, however slowly they are taken. Raises what the function
        raises, and WorkerError where a process was ended from outside.
        """
        rest = iter(items)
        first = list(islice(rest, 3 * self.jobs))
        if self.jobs == 1 or len(first) <= 1:
            yield from map(function, chain(first, rest))
            return
        executor = self._executor = self._executor or self._open()
        with _plainly():
            waiting = deque(executor.submit(function, item) for item in first)
        while waiting:
            with _plainly():
                result = waiting.popleft().result()
                waiting.extend(executor.submit(function, item) for item in islice(rest, 1))
            yield result

    def _open(self) -> ProcessPoolExecutor:
        from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415 - 15 ms, if needed at all

        context = multiprocessing.get_context(self._start)
        return ProcessPoolExecutor(self.jobs, mp_context=context, initializer=_begin)

    def close(self) -> None:
        """End the processes; work that has not begun is dropped."""
        if self._executor:
            self._executor.shutdown(cancel_futures=True)


@contextmanager
def pool(jobs: int, start: Start | None = None) -> Iterator[Pool]:
    """Run some processes for as long as a block lasts."""
    workers = Pool(jobs, start)
    try:
        yield workers
    finally:
        workers.close()


@contextmanager
def _plainly() -> Iterator[None]:
    """Explain the loss of a process, on whichever side it is noticed first."""
    from concurrent.futures.process import BrokenProcessPool  # noqa: PLC0415 - see Pool._open

    try:
        yield
    except BrokenProcessPool as error:
        raise WorkerError(
            Finding(
                "a worker process was ended from outside, perhaps for want of memory",
                advice="build with fewer of them (--jobs 1), or lower search.shard in site.toml",
            )
        ) from error


def _begin() -> None:
    """Begin the life of a worker."""
    attend()
    gc.set_threshold(_OBJECTS)


def attend() -> None:
    """Let this process end with the one that it works for.

    It ends without a word at Ctrl-C, which the terminal sends to all, and with the process that it
    works for: left alone it would wait for work for ever, and until then go on writing.
    """
    signal.signal(signal.SIGINT, lambda *_: os._exit(1))
    threading.Thread(target=_watch, daemon=True, name="watch").start()


def _watch() -> NoReturn:
    above, started_by = multiprocessing.parent_process(), os.getppid()
    # The second look is for those whom a fork server started, the first for Windows.
    while above and above.is_alive() and os.getppid() == started_by:
        time.sleep(_WATCH)
    os._exit(1)
