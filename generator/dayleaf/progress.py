"""How a build tells of itself: live on a terminal, in plain lines in a log."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

_LABELS = {
    "scan": "Looking for digests",
    "read": "Reading files",
    "pages": "Rendering pages, in shares",
    "search": "Indexing for search, in shards",
    "publish": "Publishing",
}


class Live:
    """A bar for the phase under way, on a terminal."""

    def __init__(self) -> None:
        self._bars = Progress(
            TextColumn("{task.description:<31}"),
            BarColumn(bar_width=30),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            transient=True,
        )
        self._task = self._bars.add_task("", total=1, visible=False)

    def __enter__(self) -> Self:
        self._bars.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._bars.stop()

    def phase(self, name: str, total: int) -> None:
        """Show another phase."""
        self._bars.reset(self._task, total=total, visible=True, description=_LABELS.get(name, name))

    def advance(self, steps: int = 1) -> None:
        """Move the bar on."""
        self._bars.advance(self._task, steps)


class Plain:
    """A line when a phase begins, for logs; the clock since the start in front."""

    def __init__(self) -> None:
        self._since = time.monotonic()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """There is nothing to put away."""

    def phase(self, name: str, total: int) -> None:
        """Say that a phase begins."""
        if name not in {"scan", "publish"}:
            elapsed = time.monotonic() - self._since
            print(f"[{elapsed:6.1f} s] {_LABELS.get(name, name)} ({total:,})", file=sys.stderr)

    def advance(self, steps: int = 1) -> None:
        """Steps are not worth a line."""


class Silent(Plain):
    """Nothing at all."""

    def phase(self, name: str, total: int) -> None:
        """Say nothing."""


def choose() -> Live | Plain:
    """Return the way of telling that suits where the output goes."""
    return Live() if sys.stderr.isatty() else Plain()
