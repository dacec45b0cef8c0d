"""What was edited: the only user of watchdog.

It knows which files a site is made from and says which of them changed, once for a burst of
changes. It never reads them, and knows nothing of what follows from a change.
"""

from __future__ import annotations

import os
import re
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileAttribEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.polling import PollingObserver

from dayleaf import readers, render
from dayleaf.archive import people, venues
from dayleaf.base import config as settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from watchdog.observers.api import ObservedWatch

    from dayleaf.base.config import Config

Role = Literal["content", "layout", "style", "asset", "settings"]

_QUIET = 0.015
"""Seconds without a change after which a file that was closed, moved or removed counts as saved."""
_OPEN = 0.1
"""The same for a file that somebody may still be writing to."""
_DIGESTS = 0.15
"""The same for digests, which come in numbers, and the first of many with pauses."""
_MANY = 0.25
"""The same for a burst of files, such as a checkout."""
_BURST = 4
"""Files that make a burst."""
_LONGEST = 5.0
"""Seconds after which a burst counts as ended even where changes keep coming."""
_POLL = 1.0
# What editors, downloads and file managers put beside a file for a moment. 4913 is Vim's.
_TEMPORARY = re.compile(
    r"[.#].*|~\$.*|4913|.*(?:~|\.(?:sw[a-z]|kate-swp|tmp|temp|part|crdownload)|___jb_(?:tmp|old)___)"
)
# Reading is no edit: our own builds read every file.
_EVENTS: list[type[FileSystemEvent]] = [
    FileCreatedEvent,
    FileModifiedEvent,
    FileAttribEvent,
    FileClosedEvent,
    FileDeletedEvent,
    FileMovedEvent,
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
]


class Change(NamedTuple):
    """A file or folder that was made, edited, moved or removed."""

    role: Role
    path: Path


@dataclass(frozen=True, slots=True)
class Sources:
    """What a site is made from."""

    content: Path
    layouts: tuple[Path, ...]
    files: frozenset[Path]
    """Single files at the site's top."""
    ignored: tuple[Path, ...]
    """Folders that we write to ourselves."""

    @classmethod
    def of(cls, config: Config) -> Sources:
        """Return the sources of a site, whether they exist or not."""
        return cls(
            content=config.content,
            layouts=tuple(dict.fromkeys((config.layouts, render.builtin_layouts()))),
            files=frozenset(
                config.site / name
                for name in (settings.FILE, settings.ABOUT, people.FILE, venues.FILE)
            ),
            ignored=(config.output, config.cache),
        )

    def role(self, path: Path, *, folder: bool) -> Role | None:
        """Say what a path holds; None where the site does not depend on it."""
        if path in self.files:
            return "settings"
        if any(path.is_relative_to(ours) for ours in self.ignored):
            return None
        for layouts in self.layouts:
            if path.is_relative_to(layouts):
                return _layout(path.relative_to(layouts))
        if path.is_relative_to(self.content):
            parts = path.relative_to(self.content).parts
            if (folder or path.suffix.lower() in readers.suffixes()) and not any(
                map(_TEMPORARY.fullmatch, parts)
            ):
                return "content"
        return None

    def folders(self) -> dict[Path, bool]:
        """Map the folders to be watched to whether those below them are too.

        The ones above are among them, so that a folder is noticed that comes, goes or is replaced.
        """
        trees = (self.content, *self.layouts)
        above = (*(tree.parent for tree in trees), *(file.parent for file in self.files))
        return dict.fromkeys(above, False) | dict.fromkeys(trees, True)


def _layout(path: Path) -> Role | None:
    """Say what a path below a layouts folder holds."""
    if any(map(_TEMPORARY.fullmatch, path.parts)):
        return None
    if path.parts[:1] != ("assets",):
        return "layout"
    return "style" if path.suffix == ".css" else "asset"


class Watcher:
    """Watches the sources of one site, in threads of its own."""

    def __init__(
        self, *, quiet: float | None = None, longest: float = _LONGEST, poll: bool = False
    ) -> None:
        """`quiet` is how many seconds without a change end a burst, where not as is fit.

        With `poll` it looks once a second, for file systems that send no events: network drives,
        and folders of Windows within WSL or a container.
        """
        self._chosen_quiet = quiet
        self._longest = longest
        self._sources: Sources | None = None
        self._watches: dict[Path, _Watch] = {}
        self._changed = threading.Condition()
        self._changes: set[Change] = set()
        self._open: set[Path] = set()
        """Files that were written to and not closed since."""
        self._last = 0.0
        self._closed = False
        self._handler = _Handler(self._notice)
        self._observer = PollingObserver(timeout=_POLL) if poll else Observer()
        try:
            self._observer.start()
        except OSError:  # all of the user's instances of inotify are taken
            self._observer = PollingObserver(timeout=_POLL)
            self._observer.start()

    def follow(self, sources: Sources) -> None:
        """Watch these sources from now on, as far as they exist. To be repeated after a change."""
        self._sources = sources
        wanted = sources.folders()
        try:
            self._schedule(wanted)
        except OSError:
            # The system's limit of watched folders is reached: look once a second instead.
            self._observer.stop()
            self._watches.clear()
            self._observer = PollingObserver(timeout=_POLL)
            self._observer.start()
            self._schedule(wanted)

    def take(self, timeout: float | None = None) -> frozenset[Change] | None:
        """Wait for a burst of changes to end and return them all; None once closed.

        The burst is empty where none has begun before the timeout, in seconds.
        """
        with self._changed:
            self._changed.wait_for(lambda: self._changes or self._closed, timeout)
            latest = time.monotonic() + self._longest
            while self._changes and not self._closed:
                rest = min(self._last + self._quiet(), latest) - time.monotonic()
                if rest <= 0:
                    break
                self._changed.wait(rest)
            burst = frozenset(self._changes)
            self._changes.clear()
            self._open.clear()
            return None if self._closed else burst

    def _quiet(self) -> float:
        """Return how many seconds without a change end the burst that there is."""
        if self._chosen_quiet is not None:
            return self._chosen_quiet
        if len(self._changes) >= _BURST:
            return _MANY
        digests = any(change.role == "content" for change in self._changes)
        return _DIGESTS if digests else _OPEN if self._open else _QUIET

    def close(self) -> None:
        """End watching and waiting."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        self._observer.stop()
        self._observer.join()

    def _schedule(self, wanted: dict[Path, bool]) -> None:
        """Begin and end watches until they are those wanted, of the folders that are there now."""
        now = {folder: (_identity(folder), deep) for folder, deep in wanted.items()}
        for folder, watch in list(self._watches.items()):
            if now.get(folder) != (watch.identity, watch.deep):
                del self._watches[folder]
                self._observer.unschedule(watch.observed)
        for folder, (identity, deep) in now.items():
            if identity is None or folder in self._watches:
                continue
            try:
                observed = self._observer.schedule(
                    self._handler,
                    folder,
                    recursive=deep,
                    event_filter=_EVENTS,
                    follow_symlink=True,
                )
            except FileNotFoundError:
                continue  # gone since a moment ago; the folder above is watched
            self._watches[folder] = _Watch(identity, deep, observed)

    def _notice(self, event: FileSystemEvent) -> None:
        """Keep the changes of an event; called in the observer's thread."""
        if self._sources is None:
            return
        for name in (event.src_path, event.dest_path):
            if not name:
                continue
            path = Path(os.fsdecode(name))
            role = self._sources.role(path, folder=event.is_directory)
            if role:
                with self._changed:
                    self._changes.add(Change(role, path))
                    if isinstance(event, (FileCreatedEvent, FileModifiedEvent)):
                        self._open.add(path)
                    elif not isinstance(event, FileAttribEvent):
                        self._open.discard(path)
                    self._last = time.monotonic()
                    self._changed.notify_all()


class _Watch(NamedTuple):
    identity: tuple[int, int]
    deep: bool
    observed: ObservedWatch


class _Handler(FileSystemEventHandler):
    """Hands every event on."""

    def __init__(self, notice: Callable[[FileSystemEvent], None]) -> None:
        self._notice = notice

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Hand an event on."""
        self._notice(event)


def _identity(folder: Path) -> tuple[int, int] | None:
    """Tell a folder from another that took its place; None where there is none."""
    try:
        stat = folder.stat()
    except OSError:
        return None
    return stat.st_dev, stat.st_ino
