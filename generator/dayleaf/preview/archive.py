"""Keeps the catalog up to date with the digests, in a thread of its own.

A catalog that is there is served at once, and looked over behind its back. Where there is none the
archive is read by other processes, and meanwhile a small one, of the newest digests and of those
that somebody asks for, stands in for it.
"""

from __future__ import annotations

import contextlib
import re
import threading
import time
from contextlib import closing
from functools import partial
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, NamedTuple, Protocol

from dayleaf import catalog
from dayleaf.archive import rules
from dayleaf.base import disk, lock, program
from dayleaf.base.errors import ContentError, Finding, LockError
from dayleaf.build import work
from dayleaf.catalog import Catalog, Changes, File
from dayleaf.preview.reading import CatalogReading

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from dayleaf.base.config import Config
    from dayleaf.build import BuildOptions, BuildProgress
    from dayleaf.catalog import Difference

_RETRY = 1.0
"""Seconds until another look whether a build from the command line has ended."""
_FIRST = "preview.sqlite"
"""In the cache: the catalog that stands in."""
_NEWEST = 12
"""Digests that it begins with."""
_DAY = re.compile(r"(\d{4})/(\d\d)/(\d\d)/?")
_NO_DIGITS = re.compile(r"\D+")


class Listener(Protocol):
    """Receives the state of the archive, in the archive's thread."""

    def opened(self, file: Path, *, whole: bool) -> None:
        """There is a catalog, or it has changed; it holds the whole archive or a part."""

    def taken(self, paths: frozenset[str], done: CatalogUpdate) -> None:
        """Changes to some files have been loaded."""

    def failed(self, error: Exception | None) -> None:
        """The digests cannot be read, or can again."""

    def doing(self, text: str) -> None:
        """Say what goes on while the archive is not whole."""

    def progress(self) -> contextlib.AbstractContextManager[BuildProgress]:
        """Return the progress of a first load."""


class CatalogUpdate(NamedTuple):
    """What taking changes in has come to."""

    changes: Changes
    problems: tuple[Finding, ...]
    seconds: float


class _Request(NamedTuple):
    config: Config
    paths: frozenset[str]
    """Below the content folder; the empty path stands for everything."""


class PreviewCatalog:
    """The catalog of one site."""

    def __init__(self, options: BuildOptions, listener: Listener) -> None:
        self._options = options
        self._listener = listener
        self._reading = CatalogReading()
        self._wanted: SimpleQueue[_Request | None] = SimpleQueue()
        """None wakes it at the end."""
        self._ending = threading.Event()
        self._watched = threading.Event()
        self._thread = threading.Thread(target=self._run, name="preview-archive", daemon=True)
        self._first: _First | None = None
        self._first_lock = threading.Lock()
        self._open = False

    def start(self, config: Config, *, watched: threading.Event) -> None:
        """Begin with what there is; look the folder over when it is `watched`, to miss no edit."""
        self._watched = watched
        program.fingerprint()  # of the program that runs; its files may be edited later
        self.take(config, frozenset({""}))
        self._thread.start()

    def take(self, config: Config, paths: frozenset[str]) -> None:
        """Take in what has changed at some paths below the content folder."""
        self._wanted.put(_Request(config, paths))

    def stop(self) -> None:
        """End all that is under way."""
        self._ending.set()
        self._reading.kill()
        self._wanted.put(None)
        if self._thread.is_alive():
            self._thread.join()

    def fetch(self, path: str) -> bool:
        """Read the digests of a day whose page is asked for before all are read.

        Tells whether that is worth looking again. May be called from any thread.
        """
        match = _DAY.match(path)
        with self._first_lock:
            if self._first is None or not match:
                return False
            names = self._first.of(match[1] + match[2] + match[3])
            if not names:
                return False
            config = self._first.config
            _take(_compared(self._first.file, config, names))
            self._listener.opened(self._first.file, whole=False)
        return True

    def _run(self) -> None:
        wanted = self._wanted.get()
        while wanted and not self._ending.is_set():
            wanted = self._joined(wanted)
            if self._act(wanted):
                wanted = self._wanted.get()
            else:
                self._ending.wait(_RETRY)

    def _joined(self, wanted: _Request) -> _Request:
        """Join what is wanted with all that has come in since."""
        while True:
            try:
                later = self._wanted.get_nowait()
            except Empty:
                return wanted
            if later is None:
                return wanted
            wanted = _Request(later.config, wanted.paths | later.paths)

    def _act(self, wanted: _Request) -> bool:
        """Take changes in. Returns False where that has to be tried again."""
        config = wanted.config
        try:
            with disk.explained(config.cache):
                made_by = program.fingerprint()
                rule_sources = rules.sources(config)
                if catalog.belongs(
                    _file(config), config.content, program=made_by, rule_sources=rule_sources
                ):
                    self._amend(config, wanted.paths)
                else:
                    self._read(config)
        except LockError as error:
            self._listener.doing(str(error))
            return False
        except Exception as error:  # noqa: BLE001 - the preview outlives mistakes of ours too
            if not self._ending.is_set():
                self._listener.failed(error)
            return True
        self._listener.failed(None)
        return True

    def _amend(self, config: Config, paths: frozenset[str]) -> None:
        """Bring a catalog that there is up to date, which may be served meanwhile."""
        file, since = _file(config), time.perf_counter()
        if not self._open:
            self._show(file)
        self._watched.wait()
        with lock.site(config.cache, config.output, wait=None):
            changes = _take(_compared(file, config, paths))
        if changes.read or changes.removed or changes.rules_changed or "" not in paths:
            self._listener.opened(file, whole=True)
        seconds = time.perf_counter() - since
        self._listener.taken(paths, CatalogUpdate(changes, _problems(file, paths), seconds))

    def _read(self, config: Config) -> None:
        """Read all digests into a new catalog, and show the newest while that goes on."""
        since = time.perf_counter()
        if not self._open:
            self._begin(config)
        self._watched.wait()
        with self._listener.progress() as progress:
            changes = self._reading.read(config, self._options, progress)
        self._show(_file(config))
        self._listener.taken(
            frozenset({""}), CatalogUpdate(changes, (), time.perf_counter() - since)
        )

    def _show(self, file: Path) -> None:
        """Serve a whole catalog from now on."""
        with self._first_lock:
            gone, self._first = self._first, None
            self._open = True
            self._listener.opened(file, whole=True)
        if gone:
            for part in gone.file.parent.glob(f"{gone.file.stem}.*"):
                part.unlink(missing_ok=True)

    def _begin(self, config: Config) -> None:
        """Read the newest digests into a catalog that stands in."""
        files = catalog.scan(config.content)
        newest = sorted(files, key=lambda file: _digits(file.path))[-_NEWEST:]
        first = _First(config, config.cache / _FIRST, files)
        # Where these hold no paper, there is nothing to show yet.
        with contextlib.suppress(ContentError), self._first_lock:
            difference = catalog.anew(
                first.file, config.content, newest, program="", rule_sources=rules.sources(config)
            )
            _take(difference)
            self._first = first
            self._listener.opened(first.file, whole=False)


class _First(NamedTuple):
    """The catalog that stands in."""

    config: Config
    file: Path
    files: list[File]

    def of(self, day: str) -> list[str]:
        """List the digests of a day, `20211219`, by their names."""
        return [file.path for file in self.files if day in _digits(file.path)]


def _file(config: Config) -> Path:
    return config.cache / work.CATALOG


def _digits(path: str) -> str:
    return _NO_DIGITS.sub("", path.rpartition("/")[2])


def _compared(file: Path, config: Config, paths: Iterable[str]) -> Difference:
    """Compare a catalog with what stands at some paths now, and with the rules as they are."""
    return catalog.compare_paths(file, config.content, paths, rule_sources=rules.sources(config))


def _take(difference: Difference) -> Changes:
    """Read what differs, in this process, and take it into the catalog."""
    content = difference.content
    parts = (piece for file in difference.read for piece in catalog.pieces(content, file))
    prepare = partial(catalog.prepare, rule_sources=difference.rule_sources)
    return catalog.load(difference, map(prepare, parts))


def _problems(file: Path, paths: frozenset[str]) -> tuple[Finding, ...]:
    """Return the problems of the digests at some paths; none when all are read at once."""
    if "" in paths:
        return ()
    with closing(Catalog(file, beside_writers=True)) as stored:
        return tuple(
            problem
            for problem in stored.problems()
            if any(f"{problem.file}/".startswith(f"{path}/") for path in paths)
        )
