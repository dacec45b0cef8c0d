"""What state the preview is in, and the one place that tells it to everybody who listens.

A state is the whole truth, not an event: a browser that missed some of them, or was asleep, or
reconnects to a preview that was started anew, needs only the newest.
"""

from __future__ import annotations

import asyncio
import json
import secrets
import threading
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from dayleaf.preview.failures import Failure

_HEARTBEAT = 15.0
"""Seconds of silence after which a listener is called, to notice those that have gone."""


@dataclass(frozen=True, slots=True)
class PreviewState:
    """What a browser has to know. Pages are not told of: each asks for its own fingerprint."""

    boot: str = field(default_factory=lambda: secrets.token_hex(4))
    """Names this run of the preview; the versions of another say nothing."""
    version: int = 0
    """Counts the changes."""
    pages: int = 0
    """The version in which something changed last that pages are made from."""
    assets: Mapping[str, int] = field(default_factory=dict)
    """The versions in which assets changed last, of those that have since the preview began."""
    ready: bool = False
    """Whether there is something to show."""
    doing: str = "starting"
    """What goes on while there is nothing, or not all, to show; else empty."""
    failures: tuple[Failure, ...] = ()
    """What is wrong at the moment."""
    search: str = ""
    """Which index the search page searches."""

    def as_json(self) -> str:
        """Return the event that `reload.js` reads."""
        return json.dumps(asdict(self), separators=(",", ":"))

    def changed(self, *, pages: bool, assets: tuple[str, ...] = ()) -> PreviewState:
        """Return the state after a change of what pages are made from, and of some assets."""
        now = self.version + 1
        return replace(
            self,
            version=now,
            pages=now if pages else self.pages,
            assets={**self.assets, **dict.fromkeys(assets, now)},
        )


class Hub:
    """Keeps the state and passes it on. `change` may be called from any thread."""

    def __init__(self) -> None:
        self.state = PreviewState()
        self._lock = threading.Lock()
        self._listeners: set[asyncio.Event] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._closed = False

    def change(self, change: Callable[[PreviewState], PreviewState]) -> None:
        """Go over to the state that a function makes of the present one."""
        with self._lock:
            before, self.state = self.state, change(self.state)
            loop = self._loop
        if loop and before != self.state:
            loop.call_soon_threadsafe(self._wake)

    def doing(self, text: str) -> None:
        """Say what goes on, for pages that wait or show a part of the archive."""
        self.change(lambda state: replace(state, doing=text))

    def open(self) -> None:
        """Begin to pass states on, in the event loop that calls this."""
        self._loop = asyncio.get_running_loop()

    def close(self) -> None:
        """End all listening, in the event loop; later changes reach nobody."""
        with self._lock:
            self._loop = None
        self._closed = True
        self._wake()

    async def states(self) -> AsyncIterator[PreviewState | None]:
        """Yield the state, then each newer one; None from time to time when nothing happens.

        Of states that follow each other too fast for a listener it gets the last.
        """
        news = asyncio.Event()
        news.set()
        self._listeners.add(news)
        try:
            while not self._closed:
                try:
                    async with asyncio.timeout(_HEARTBEAT):
                        await news.wait()
                except TimeoutError:
                    yield None
                    continue
                news.clear()
                if not self._closed:
                    yield self.state
        finally:
            self._listeners.discard(news)

    def _wake(self) -> None:
        for news in self._listeners:
            news.set()
