"""A bar for the phase under way, on a terminal; the only user of rich."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, TextColumn, TimeElapsedColumn
from rich.text import Text

from dayleaf.build.progress.phase import Phase

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

    from rich.progress import Task


class _Standing(ProgressColumn):
    """Count, rate and time left, computed at every redrawing."""

    def __init__(self, live: Live) -> None:
        super().__init__()
        self._live = live

    def render(self, task: Task) -> Text:  # noqa: ARG002 - as rich calls it
        return Text(self._live.current.standing())


class Live:
    """Tells of a build on a terminal."""

    def __init__(self) -> None:
        self.current = Phase("scan", 0)
        """The phase under way."""
        self._bars = Progress(
            TextColumn("{task.description:<19}"),
            BarColumn(bar_width=24),
            TimeElapsedColumn(),
            _Standing(self),
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
        self.current = Phase(name, total)
        # Without a total rich draws a bar that moves: for phases that have but one step.
        shown = total if self.current.counted else None
        self._bars.reset(self._task, total=shown, visible=True, description=self.current.label)

    def advance(self, steps: int = 1) -> None:
        """Move the bar on."""
        self.current.advance(steps)
        self._bars.advance(self._task, steps)

    def made(self, things: int) -> None:
        """Count pages."""
        self.current.things += things
