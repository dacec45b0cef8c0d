"""How a build tells of itself: live on a terminal, in a few plain lines in a log."""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING

from dayleaf.build.progress.phase import Phase

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

    from dayleaf.build.progress.live import Live

__all__ = ["Phase", "Plain", "Silent", "choose"]

_EVERY = 30.0
"""Seconds between two lines of a phase that takes long."""


class Plain:
    """A line when a phase begins and one when it ends; the seconds since the start in front."""

    def __init__(self) -> None:
        self._since = time.monotonic()
        self._phase: Phase | None = None
        self._told = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if not kind:
            self._end()

    def phase(self, name: str, total: int) -> None:
        """Say that a phase begins, and that the one before has ended."""
        self._end()
        self._phase = Phase(name, total)
        self._told = time.monotonic()
        if self._phase.counted and total:
            self._say(self._phase.label)

    def advance(self, steps: int = 1) -> None:
        """Take down that steps are done; a long phase is heard of now and then."""
        if self._phase:
            self._phase.advance(steps)
            if time.monotonic() - self._told > _EVERY:
                self._told = time.monotonic()
                self._say(f"  {self._phase.standing()}")

    def made(self, things: int) -> None:
        """Take down how many pages there are by now."""
        if self._phase:
            self._phase.things += things

    def _end(self) -> None:
        if self._phase and self._phase.counted and self._phase.total:
            self._say(f"  {self._phase.outcome()}")
        self._phase = None

    def _say(self, text: str) -> None:
        elapsed = time.monotonic() - self._since
        sys.stderr.write(f"[{elapsed:6.1f} s] {text}\n")
        sys.stderr.flush()


class Silent(Plain):
    """Nothing at all."""

    def _say(self, text: str) -> None:
        """Say nothing."""


def choose() -> Live | Plain:
    """Return the way of telling that suits where the output goes."""
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        return Plain()
    from dayleaf.build.progress.live import Live  # noqa: PLC0415 - rich is not loaded for a log

    return Live()
