"""Keeps a site up to date while it is edited, and reads its files.

It owns the preview's own output folder, which no build of the site itself knows. It never dies of
an edit: what cannot be built becomes a Failure, and the last good site stays.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
import threading
import time
import traceback
from dataclasses import replace
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING

from dayleaf import config as settings
from dayleaf import progress, render, urls
from dayleaf.errors import DayleafError, LockError
from dayleaf.preview.builder import Builder
from dayleaf.preview.state import Failure
from dayleaf.preview.watcher import Sources, Watcher

if TYPE_CHECKING:
    from dayleaf.build import Options, Progress
    from dayleaf.config import Config
    from dayleaf.preview.state import Hub
    from dayleaf.preview.watcher import Change
    from dayleaf.report import Report

FOLDER = "preview"
"""Below the cache."""
_ASSETS = "assets/"
_RETRY = 1.0
"""Seconds until another look whether a build from the command line has ended."""
_NAMED = 3


class Session:
    """One site under edit. Two threads: one takes in changes, one builds."""

    def __init__(self, config: Config, options: Options, hub: Hub) -> None:
        self._given = _overrides(config)
        self._options = options
        self._hub = hub
        self._config = config
        self._builder = Builder()
        self._watcher = Watcher()
        self._watcher.follow(Sources.of(self._config))
        self._wanted: SimpleQueue[frozenset[Change]] = SimpleQueue()
        self._ending = threading.Event()
        self._threads = [
            threading.Thread(target=self._watch, name="preview-watch"),
            threading.Thread(target=self._build_always, name="preview-build"),
        ]

    def start(self) -> None:
        """Begin the first build, and to watch."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """End the build under way and all watching."""
        self._ending.set()
        self._watcher.close()
        self._builder.kill()
        self._wanted.put(frozenset())
        for thread in self._threads:
            if thread.is_alive():
                thread.join()

    def read(self, path: str) -> bytes | None:
        """Return what the site serves at a path (`2021/12/19/`, as in `urls`); None where nothing.

        Assets come from the layouts themselves, so that an edit of one shows before any build.
        """
        name = urls.file(path)
        config = self._config
        assets = name.startswith(_ASSETS)
        for folder in render.folders(config) if assets else [_apart(config).output]:
            try:
                return (folder / name).read_bytes()
            except OSError:
                continue  # not there, or a folder
        return None

    def _watch(self) -> None:
        while (burst := self._watcher.take()) is not None:
            self._watcher.follow(Sources.of(self._config))
            self._tell_assets()
            self._wanted.put(burst)

    def _build_always(self) -> None:
        burst: frozenset[Change] = frozenset()
        while not self._ending.is_set():
            if not self._build(burst):
                self._ending.wait(_RETRY)
                continue
            burst = self._wanted.get()
            while True:  # all that came in while the last build ran
                try:
                    burst |= self._wanted.get_nowait()
                except Empty:
                    break

    def _build(self, burst: frozenset[Change]) -> bool:
        """Build once and tell of it. Returns False where it has to be tried again."""
        since = time.perf_counter()
        first = not self._hub.state.ready
        try:
            self._settle()
            with progress.choose() if first else progress.Silent() as shown:
                told = _Told(shown, self._hub)
                report = self._builder.build(_apart(self._config), self._options, told)
        except LockError as error:
            self._hub.doing(str(error))
            return False
        except DayleafError as error:
            self._fail(Failure(type(error).__name__, str(error)), burst)
            return True
        except Exception:  # noqa: BLE001 - the preview outlives mistakes of ours too
            self._fail(Failure("A mistake in Dayleaf", traceback.format_exc()), burst)
            return True
        self._tell_assets()
        self._hub.change(lambda state: replace(state, ready=True, doing="", failure=None))
        _say(f"{_named(burst, self._config)}{_summary(report, time.perf_counter() - since)}")
        return True

    def _settle(self) -> None:
        """Take in the settings, which may have changed. Raises ConfigError."""
        self._config = settings.load(self._config.site, overrides=self._given)
        self._watcher.follow(Sources.of(self._config))

    def _fail(self, failure: Failure, burst: frozenset[Change]) -> None:
        if self._ending.is_set():
            return  # we ended that build ourselves
        self._hub.change(lambda state: replace(state, failure=failure))
        kept = "; the last good site is still served" if self._hub.state.ready else ""
        _say(f"{_named(burst, self._config)}{failure.kind}: {failure.message}{kept}")

    def _tell_assets(self) -> None:
        styles, others = _fingerprints(self._config)
        if (self._hub.state.styles, self._hub.state.assets) != (styles, others):
            self._hub.change(lambda state: replace(state, styles=styles, assets=others))


class _Told:
    """Tells of a build in the terminal and in waiting browsers."""

    def __init__(self, shown: Progress, hub: Hub) -> None:
        self._shown = shown
        self._hub = hub
        self._phase = progress.Phase("scan", 0)

    def phase(self, name: str, total: int) -> None:
        """Say that a phase begins."""
        self._shown.phase(name, total)
        self._phase = progress.Phase(name, total)
        self.advance(0)

    def advance(self, steps: int = 1) -> None:
        """Say that steps are done."""
        self._shown.advance(steps)
        self._phase.advance(steps)
        self._hub.doing(f"{self._phase.label}: {self._phase.standing()}".removesuffix(": "))

    def made(self, things: int) -> None:
        """Say how many pages there are by now."""
        self._shown.made(things)
        self._phase.things += things


def _apart(config: Config) -> Config:
    """Return the settings with the preview's own output folder, served at the top of a host."""
    return replace(config, output=config.cache / FOLDER, base_url="")


def _overrides(config: Config) -> dict[str, str | Path | None]:
    """Return the folders that the command line has set, which no edit of the settings may undo."""
    written = settings.load(config.site)
    return {
        "content": None if config.content == written.content else config.content,
        "output": None if config.output == written.output else config.output,
    }


def _fingerprints(config: Config) -> tuple[str, str]:
    """Return the fingerprints of all stylesheets, and of all other assets."""
    styles, others = hashlib.blake2b(digest_size=8), hashlib.blake2b(digest_size=8)
    for folder in render.folders(config):
        for path, _, names in sorted(os.walk(folder / _ASSETS)):
            for name in sorted(names):
                mark = styles if name.endswith(".css") else others
                with contextlib.suppress(OSError):  # gone since a moment ago
                    data = Path(path, name).read_bytes()
                    mark.update(f"{path}/{name}\0{len(data)}\0".encode())
                    mark.update(data)
    return styles.hexdigest(), others.hexdigest()


def _named(burst: frozenset[Change], config: Config) -> str:
    """Name the files of a burst, `layouts/day.html and 3 more: `; nothing for the first build."""
    if not burst:
        return ""
    paths = sorted(change.path for change in burst)
    shown = [
        str(path.relative_to(config.site) if path.is_relative_to(config.site) else path)
        for path in paths[:_NAMED]
    ]
    more = f" and {len(paths) - _NAMED:,} more" if len(paths) > _NAMED else ""
    return f"{', '.join(shown)}{more}: "


def _summary(report: Report, seconds: float) -> str:
    """Say what a build did."""
    problems = f"; {len(report.problems):,} problems in the digests" if report.problems else ""
    changed = report.pages().written
    return (
        f"built in {seconds:.2f} s, {changed:,} files differ, {report.deleted:,} are gone{problems}"
    )


def _say(text: str) -> None:
    """Print a line with the time of day."""
    sys.stderr.write(f"{time.strftime('%H:%M:%S')}  {text}\n")
    sys.stderr.flush()
