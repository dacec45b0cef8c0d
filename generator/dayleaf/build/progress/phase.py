"""One phase of a build in words: how far it has come, how fast, how long it still takes."""

from __future__ import annotations

import time

_LABELS = {
    "scan": "Looking for digests",
    "read": "Reading digests",
    "pages": "Rendering pages",
    "search": "Indexing for search",
    "landmarks": "Listing landmarks",
    "publish": "Publishing",
    "list": "Asking what is there",
    "compare": "Comparing",
    "send": "Sending",
    "delete": "Deleting",
}
_THINGS = {"read": "file", "pages": "page", "search": "paper", "send": "file"}
_MINUTE = 60


class Phase:
    """A phase under way.

    Its steps are what people count, files and papers, but for pages: how many there will be shows
    only when all are made, so that there a step is a millisecond of work, as it was guessed.
    """

    def __init__(self, name: str, total: int) -> None:
        self.name = name
        self.total = total
        """Steps."""
        self.done = 0
        self.things = 0
        """Pages made."""
        self.since = self.moved = time.monotonic()
        """When it began, and when a step was last done."""

    @property
    def label(self) -> str:
        """What goes on."""
        return _LABELS.get(self.name, self.name)

    @property
    def counted(self) -> bool:
        """Whether it has anything to count."""
        return self.name in _THINGS

    def advance(self, steps: int) -> None:
        """Take down that steps are done."""
        self.done += steps
        self.moved = time.monotonic()

    def standing(self) -> str:
        """`31,204 pages, 4,310/s, 12 s left`; `2,987 of 137,501 papers, 1,400/s, 1:35 left`."""
        if not self.counted:
            return ""
        parts = [self._count()]
        count = self.things if self.name == "pages" else self.done
        elapsed = self.moved - self.since
        if self.done and elapsed > 0:
            parts.append(f"{count / elapsed:,.0f}/s")
            left = elapsed * (self.total - self.done) / self.done - (time.monotonic() - self.moved)
            parts.append(f"{_clock(max(left, 0))} left")
        return ", ".join(parts)

    def outcome(self) -> str:
        """`213,177 pages in 46.7 s, 4,565/s`."""
        elapsed = time.monotonic() - self.since
        count = self.things if self.name == "pages" else self.done
        rate = f", {count / elapsed:,.0f}/s" if elapsed >= 1 else ""
        return f"{self._things(count)} in {elapsed:.1f} s{rate}"

    def _count(self) -> str:
        if self.name == "pages":
            return self._things(self.things)
        return f"{self.done:,} of {self._things(self.total)}"

    def _things(self, count: int) -> str:
        return f"{count:,} {_THINGS[self.name]}{'' if count == 1 else 's'}"


def _clock(seconds: float) -> str:
    """`12 s`, `1:35`."""
    whole = round(seconds)
    return f"{whole // _MINUTE}:{whole % _MINUTE:02}" if whole >= _MINUTE else f"{whole} s"
