"""The peak memory of a build's processes, by what they are. Needs Linux's /proc; elsewhere none."""

from __future__ import annotations

import contextlib
import os
import re
import threading
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

_PROC = Path("/proc")
CHILDREN = _PROC / f"self/task/{os.getpid()}/children"
"""Where the system lists the processes below this one, if it does."""
_INTERVAL = 0.05
_PEAK = re.compile(r"^VmHWM:\s+(\d+) kB", re.MULTILINE)
_OWN = re.compile(r"^RssAnon:\s+(\d+) kB", re.MULTILINE)
_NAME = re.compile(r"^Name:\s+(.*)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Peak:
    """The most memory that any process of one kind has taken, in bytes."""

    resident: int = 0
    """With files that are mapped and shared, which the system takes back when it needs them."""
    own: int = 0
    """Without them: what nobody else could use."""

    def most(self, other: Peak) -> Peak:
        """Return the greater of each figure."""
        return Peak(max(self.resident, other.resident), max(self.own, other.own))


@dataclass(frozen=True, slots=True)
class Peaks:
    """Peaks by kind of process."""

    parent: Peak = Peak()
    worker: Peak = Peak()
    pagefind: Peak = Peak()


class Watch:
    """Looks at a process and all below it until told to stop."""

    def __init__(self, root: int) -> None:
        self._root = root
        self._found: dict[int, tuple[str, Peak]] = {}
        self._seen: Counter[int] = Counter()
        self._over = threading.Event()
        self._looks = threading.Semaphore(0)
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def wait_for_looks(self, count: int) -> None:
        """Wait until it has looked so many times from now on; for tests."""
        while self._looks.acquire(blocking=False):
            pass
        for _ in range(count):
            self._looks.acquire()

    def stop(self) -> Peaks:
        """Return what was seen."""
        self._over.set()
        self._thread.join()
        kinds = {"parent": Peak(), "worker": Peak(), "pagefind": Peak()}
        for pid, (kind, peak) in self._found.items():
            # Seen once only, it may be a process about to become another program: until then it
            # has the memory of the one that it was split from.
            if pid == self._root or self._seen[pid] > 1:
                kinds[kind] = kinds[kind].most(peak)
        return Peaks(**kinds)

    def _look(self) -> None:
        while not self._over.wait(_INTERVAL):
            for pid in _tree(self._root):
                self._measure(pid)
            self._looks.release()

    def _measure(self, pid: int) -> None:
        try:
            status = (_PROC / str(pid) / "status").read_text("utf-8")
        except OSError:
            return
        resident, own, name = _PEAK.search(status), _OWN.search(status), _NAME.search(status)
        if resident and own and name:
            kind = "parent" if pid == self._root else "worker"
            if name[1].startswith("pagefind"):
                kind = "pagefind"
            before = self._found.get(pid, (kind, Peak()))[1]
            peak = Peak(int(resident[1]) * 1024, int(own[1]) * 1024)
            self._found[pid] = kind, peak.most(before)
            self._seen[pid] += 1


def _tree(root: int) -> list[int]:
    """Return a process and all below it, as far as they still run."""
    found = [root]
    for pid in found:
        # A process may end while it is looked at: before its threads are listed, or after.
        with contextlib.suppress(OSError):
            for thread in (_PROC / str(pid) / "task").iterdir():
                found += _children(thread)
    return found


def _children(thread: Path) -> list[int]:
    """List the processes that a thread has begun; none if it has ended meanwhile."""
    try:
        return list(map(int, (thread / "children").read_text("ascii").split()))
    except OSError:
        return []
