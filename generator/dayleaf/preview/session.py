"""A site under edit: the effects of a change, and the messages about it.

It never dies of an edit: what goes wrong becomes a Failure, and what was good stays.
"""

from __future__ import annotations

import contextlib
import re
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from dayleaf import render
from dayleaf.archive import rules, urls
from dayleaf.assets import offline
from dayleaf.base import base_urls
from dayleaf.base import config as settings
from dayleaf.base.errors import DayleafError, Severity
from dayleaf.build import progress
from dayleaf.preview import editor, failures, searching
from dayleaf.preview.archive import PreviewCatalog
from dayleaf.preview.assets import Assets
from dayleaf.preview.render_process import RenderProcess
from dayleaf.preview.searching import Searching
from dayleaf.preview.stamps import SourceStamps
from dayleaf.preview.watcher import Sources, Watcher
from dayleaf.site import statics

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dayleaf.base.config import Config
    from dayleaf.build import BuildOptions, BuildProgress
    from dayleaf.preview.archive import CatalogUpdate
    from dayleaf.preview.failures import Failure
    from dayleaf.preview.origin import Origin
    from dayleaf.preview.renderer import RenderedPage
    from dayleaf.preview.state import Hub
    from dayleaf.preview.watcher import Change

_CHECK = 0.4
"""Seconds without an edit after which all layouts are looked over, also those not shown."""
_NAMED = 3
_DIGEST = "digest "
_DAY = re.compile(r"(\d{4})/(\d\d)/(\d\d)/")
_NEWEST = frozenset({urls.HOME, urls.DAYS})
"""Pages that a new digest appears on."""
_SHOWN = 3
"""Problems of a digest that are shown."""


class Session:
    """One site under edit. A thread takes in changes; archive and render process have theirs."""

    def __init__(
        self, config: Config, options: BuildOptions, hub: Hub, *, poll: bool = False
    ) -> None:
        self._overrides = _overrides(config)
        self._search = options.search
        self._hub = hub
        self._config = settings.undivided(config)
        self._rules = rules.sources(config)
        self._failures: dict[str, tuple[Failure, ...]] = {}
        self._lock = threading.Lock()
        self._assets = Assets()
        self._searching = Searching(self._tell_search)
        self._catalog: Path | None = None
        self._announced = ""
        self._process = RenderProcess(self._page_failed)
        self._archive = PreviewCatalog(options, self)
        self._watcher = Watcher(poll=poll)
        self._watched = threading.Event()
        self._stamps = SourceStamps()
        self._looking = threading.Lock()
        self._acting = threading.Lock()
        self._thread = threading.Thread(target=self._watch, name="preview-watch", daemon=True)

    def start(self) -> None:
        """Take the layouts in, open the archive, and begin to watch."""
        self._process.use(self._config, search=self._search)
        self._archive.start(self._config, watched=self._watched)
        self._thread.start()

    def stop(self) -> None:
        """End all that is under way."""
        self._watcher.close()
        self._watched.set()
        self._process.close()  # first: the others may wait for a page of it
        self._archive.stop()
        if self._thread.is_alive():
            self._thread.join()

    # What is served

    def page(self, path: str) -> RenderedPage | None:
        """Return the page at a path (`2021/12/19/`); None where there is none."""
        self._look(self._local(path))
        made = self._process.page(self._local(path))
        if made is None and not self._whole() and self._archive.fetch(self._local(path)):
            made = self._process.page(self._local(path))
        return made

    def _look(self, path: str) -> None:
        """Take in what has changed unseen of what a page is made from."""
        if not self._looking.acquire(blocking=False):
            return
        try:
            burst = self._stamps.changed(Sources.of(self._config))
            if burst:
                with self._acting:
                    self._act(burst)
            match = _DAY.match(path)
            if self._catalog and self._whole() and (match or path in _NEWEST):
                day = "-".join(match.groups()) if match else None
                digests = self._stamps.digests(self._catalog, self._config.content, day)
                if digests:
                    self._archive.take(self._config, digests)
        except Exception as error:  # noqa: BLE001 - the preview outlives mistakes of ours too
            self._fail("ours", failures.explain(error, self._config))
        finally:
            self._looking.release()

    def file(self, path: str) -> bytes | None:
        """Return what no layout makes, assets and the search index; None for anything else."""
        path = self._local(path)
        if path == offline.MANIFEST:  # but no worker: it would stand between edits and the eye
            return offline.manifest(self._config, self._assets.files(self._config))
        if path.startswith(urls.ASSETS):
            return self._assets.files(self._config).get(path)
        if (static := statics.read(self._config.site, path)) is not None:
            return static
        page = urls.file(path) == urls.file(urls.SEARCH)
        if self._search and self._catalog and path.startswith(searching.FOLDER) and not page:
            try:
                return self._searching.read(path, self._config, self._catalog)
            except DayleafError as error:
                self._fail("search", failures.explain(error, self._config))
        return None

    def origin(self, path: str) -> Origin | None:
        """Tell what makes the page at a path; None where no layout does."""
        return self._process.origin(self._local(path))

    def edit(self, name: str) -> str:
        """Open a layout in the designer's editor, and say what was done."""
        for folder in render.folders(self._config):
            if name in {file.relative_to(folder).as_posix() for file in folder.rglob("*.*ml")}:
                return editor.open_file(folder / name, 1)
        return f"There is no layout {name!r}"

    def _local(self, path: str) -> str:
        """Return a path without the site's base path, which links of 404.html begin with."""
        return path.removeprefix(base_urls.path(self._config.base_url)[1:])

    # What changes

    def _watch(self) -> None:
        self._watcher.follow(Sources.of(self._config))
        self._watched.set()
        self._process.use(self._config, search=self._search)  # edited while nobody watched
        self._assets_changed()
        self._stamps.look(Sources.of(self._config))
        self._searching.describe(self._config)
        unchecked = True
        while (burst := self._watcher.take(_CHECK if unchecked else None)) is not None:
            try:
                if burst:
                    with self._acting:
                        self._act(burst)
                elif unchecked:
                    self._check()
                unchecked = bool(burst)
                self._fail("ours")
            except Exception as error:  # noqa: BLE001 - the preview outlives mistakes of ours too
                self._fail("ours", failures.explain(error, self._config))
                unchecked = True  # a file may have gone in between

    def _act(self, burst: frozenset[Change]) -> None:
        """Do what follows from some changes."""
        since = time.perf_counter()
        roles = {change.role for change in burst}
        if "settings" in roles:
            self._settle()
        self._watcher.follow(Sources.of(self._config))
        if "content" in roles:
            self._archive.take(self._config, _below(burst, self._config))
        if roles & {"layout", "settings"}:
            self._process.use(self._config, search=self._search)
        self._stamps.look(Sources.of(self._config))
        changed = self._assets_changed() if roles & {"style", "asset", "settings"} else ()
        pages = bool(roles & {"layout", "settings"})
        if pages or changed:
            self._hub.change(lambda state: state.changed(pages=pages, assets=changed))
            taken = 1000 * (time.perf_counter() - since)
            _say(f"{_named(burst, self._config)}: loaded within {taken:.0f} ms")

    def _settle(self) -> None:
        """Take in the settings; where they have a mistake, the last ones stay."""
        before = self._config
        try:
            self._config = settings.undivided(settings.load(before.site, overrides=self._overrides))
            sources = rules.sources(self._config)
        except DayleafError as error:
            self._fail("settings", failures.explain(error, before))
            self._config = before
            return
        self._fail("settings")
        if self._config.content != before.content or sources != self._rules:
            self._rules = sources
            self._archive.take(self._config, frozenset({""}))

    def _assets_changed(self) -> tuple[str, ...]:
        """Take the assets in and list those that have changed; none while they cannot be read."""
        try:
            changed = self._assets.changed(self._config)
        except (DayleafError, OSError) as error:
            self._fail("assets", failures.explain(error, self._config))
            return ()
        self._fail("assets")
        return changed

    def _check(self) -> None:
        """Look over all layouts, also those that no page shown needs."""
        failure = self._process.check()
        self._fail("layouts", *([failure] if failure else []))

    # Messages

    def opened(self, file: Path, *, whole: bool) -> None:
        """Serve from a catalog, which is new or has changed."""
        self._catalog = file
        self._process.open(file)
        doing = "" if whole else self._hub.state.doing
        self._hub.change(lambda s: replace(s, ready=True, doing=doing).changed(pages=True))

    def taken(self, paths: frozenset[str], done: CatalogUpdate) -> None:
        """Report that digests have been loaded, with their problems."""
        by_source: dict[str, list[Failure]] = {
            key: [] for key in self._failures if _within(key.removeprefix(_DIGEST), paths)
        }
        for problem in done.problems:
            if problem.severity != Severity.NOTE:
                told = failures.of_digest(problem, self._config)
                by_source.setdefault(f"{_DIGEST}{problem.file}", []).append(told)
        for key, shown in by_source.items():
            self._fail(key, *shown[:_SHOWN])
        changes = done.changes
        if changes.read or changes.removed:
            _say(
                f"digests: {changes.read:,} read, {changes.removed:,} gone, in {done.seconds:.2f} s"
            )
        self._searching.describe(self._config)

    def failed(self, error: Exception | None) -> None:
        """Say that the digests cannot be read, or can again."""
        self._fail("content", *([failures.explain(error, self._config)] if error else []))

    def doing(self, text: str) -> None:
        """Say what goes on while there is nothing, or not all, to show."""
        if not self._whole():
            self._hub.doing(text)
        elif text != self._announced:
            _say(text)
        self._announced = text

    @contextlib.contextmanager
    def progress(self) -> Iterator[BuildProgress]:
        """Tell of a first load, in the terminal and in the pages."""
        with progress.choose() as shown:
            yield _LoadProgress(shown, self)

    def _whole(self) -> bool:
        return self._hub.state.ready and not self._hub.state.doing

    def _page_failed(self, failure: Failure | None) -> None:
        """Say that a page cannot be made, or can again; called in a thread of the process's."""
        self._fail("page", *([failure] if failure else []))

    def _fail(self, key: str, *current: Failure) -> None:
        """Report the failures of something, in place of earlier ones; without any it is mended."""
        with self._lock:
            if self._failures.get(key, ()) == current:
                return
            self._failures.pop(key, None)
            if current:
                self._failures[key] = current
            # A mistake that a page shows is also found where all layouts are looked over.
            every = {f"{f.place} {f.what}": f for shown in self._failures.values() for f in shown}
        for failure in current:
            _say(failure.as_text())
        if not current:
            _say("mended" if not every else "one mistake less")
        self._hub.change(lambda state: replace(state, failures=tuple(every.values())))

    def _tell_search(self, text: str) -> None:
        text = text if self._search else ""
        self._hub.change(lambda state: replace(state, search=text))


class _LoadProgress:
    """Tells of a first load in the terminal and in browsers."""

    def __init__(self, shown: BuildProgress, session: Session) -> None:
        self._shown = shown
        self._session = session
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
        text = f"{self._phase.label}: {self._phase.standing()}"
        self._session.doing(text.removesuffix(": "))

    def made(self, things: int) -> None:
        """Nothing is made in a first load."""


def _overrides(config: Config) -> dict[str, str | Path | None]:
    """Return what the command line has set, which no edit of the settings may undo."""
    written = settings.load(config.site)
    return {
        "content": None if config.content == written.content else config.content,
        "output": None if config.output == written.output else config.output,
        "base_url": None if config.base_url == written.base_url else config.base_url,
    }


def _below(burst: frozenset[Change], config: Config) -> frozenset[str]:
    """Return the paths of the changed digests below the content folder; the folder itself is ''."""
    changed = [change.path.relative_to(config.content) for change in burst if _is_digest(change)]
    return frozenset("" if path == Path() else path.as_posix() for path in changed)


def _is_digest(change: Change) -> bool:
    return change.role == "content"


def _within(source: str, paths: frozenset[str]) -> bool:
    """Tell whether a file is one of some paths, or in a folder among them."""
    return any(f"{source}/".startswith(f"{path}/") for path in paths)


def _named(burst: frozenset[Change], config: Config) -> str:
    """Name the files of a burst, `layouts/day.html and 3 more`."""
    paths = sorted(change.path for change in burst)
    shown = [
        str(path.relative_to(config.site) if path.is_relative_to(config.site) else path)
        for path in paths[:_NAMED]
    ]
    more = f" and {len(paths) - _NAMED:,} more" if len(paths) > _NAMED else ""
    return f"{', '.join(shown)}{more}"


def _say(text: str) -> None:
    """Print something with the time of day."""
    sys.stderr.write(f"{time.strftime('%H:%M:%S')}  {text}\n")
    sys.stderr.flush()
