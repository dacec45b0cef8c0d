"""Work shared between processes, with no more of it under way than memory bears."""

from __future__ import annotations

import os
from collections import deque
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from itertools import islice
from multiprocessing import get_context
from typing import TYPE_CHECKING, Literal, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    Item = TypeVar("Item")
    Result = TypeVar("Result")
    Map = Callable[[Callable[[Item], Result], Iterable[Item]], Iterator[Result]]

Start = Literal["fork", "spawn", "forkserver"]
"""How a process comes into being; systems differ in what they know and prefer."""


def processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Pool:
    """Some processes, or with one job none: the work is then done right here."""

    def __init__(self, jobs: int, start: Start | None = None) -> None:
        """`start` is the system's own choice where None."""
        self.jobs = jobs
        context = get_context(start)
        self._executor = ProcessPoolExecutor(jobs, mp_context=context) if jobs > 1 else None

    def map(self, function: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
        """Yield the function's results in the order of the items.

        Only a few results are ever waiting, however slowly they are taken.
        """
        if self._executor is None:
            yield from map(function, items)
            return
        rest = iter(items)
        waiting: deque[Future[Result]] = deque(
            self._executor.submit(function, item) for item in islice(rest, 3 * self.jobs)
        )
        while waiting:
            result = waiting.popleft().result()
            for item in islice(rest, 1):
                waiting.append(self._executor.submit(function, item))
            yield result

    def close(self) -> None:
        """End the processes; work that has not begun is dropped."""
        if self._executor:
            self._executor.shutdown(cancel_futures=True)


@contextmanager
def pool(jobs: int, start: Start | None = None) -> Iterator[Pool]:
    """Run some processes for as long as a block lasts."""
    found = Pool(jobs, start)
    try:
        yield found
    finally:
        found.close()
