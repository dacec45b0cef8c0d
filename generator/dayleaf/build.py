"""The build: its phases, in order.

Everything that can fail for want of good input fails before the output folder is touched, and the
new site takes the old one's place only when every file of it is written.
"""

from __future__ import annotations

import hashlib
import sqlite3
import time
from contextlib import closing, contextmanager
from functools import lru_cache, partial
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from dayleaf import output, pages, parallel, render, search, work
from dayleaf.catalog import Catalog, File, SourceRows, update
from dayleaf.errors import LockError
from dayleaf.model import Kind, Problem
from dayleaf.report import Files, Report
from dayleaf.search import pagefind
from dayleaf.work import Done, Share

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dayleaf.catalog import Changes
    from dayleaf.config import Config
    from dayleaf.parallel import Pool

_PROBLEMS = "problems.txt"
_CHUNK = 24
"""Digests that a process reads in one go."""


class Progress(Protocol):
    """Is told how a build goes on."""

    def phase(self, name: str, total: int) -> None:
        """Say that a phase begins, and how many steps it has."""

    def advance(self, steps: int = 1) -> None:
        """Say that steps of the phase are done."""


class Options(NamedTuple):
    """How to build, where it makes no difference to what is built."""

    jobs: int
    search: bool = True


def build(config: Config, options: Options, progress: Progress) -> Report:
    """Build the site. Raises a DayleafError, having changed nothing, where it cannot be built."""
    clock = _Clock(progress)
    with _lock(config), _released(config), parallel.pool(options.jobs) as pool:
        work.layouts(config).check()
        changes = _read(config, pool, clock)
        folder = output.prepare(config.output, known=_known(config))
        with closing(Catalog(config.cache / work.CATALOG)) as catalog, _discarding(folder):
            site = _Site(Share(config, not folder.existing, options.search))
            _render(site, catalog, pool, clock)
            jobs = _index(site, catalog, pool, clock) if options.search else []
            deleted = _publish(site, folder, clock)
            search.tidy(jobs)
            clock.stop()
            return _report(site, catalog, changes, deleted=deleted, shards=len(jobs), clock=clock)


class _Site:
    """What is known of the site while it is being written."""

    def __init__(self, share: Share) -> None:
        self.share = share
        self.config = share.config
        self.kinds: dict[str, Files] = {}
        self.paths: list[str] = []
        self.indexed = 0

    def add(self, done: Done) -> None:
        """Take in what a task has written."""
        self.kinds.setdefault(done.kind, Files()).add(done.written, done.unchanged, done.size)
        self.paths += done.paths
        self.indexed += done.indexed


class _Clock:
    """Measures the phases."""

    def __init__(self, progress: Progress) -> None:
        self.progress = progress
        self.seconds: dict[str, float] = {}
        self._name: str | None = None
        self._since = 0.0

    def start(self, name: str, total: int) -> None:
        self.stop()
        self._name, self._since = name, time.perf_counter()
        self.progress.phase(name, total)

    def stop(self) -> None:
        if self._name:
            self.seconds[self._name] = time.perf_counter() - self._since
        self._name = None


def _read(config: Config, pool: Pool, clock: _Clock) -> Changes:
    """Bring the catalog up to date with the digests."""

    def prepared(files: list[File]) -> Iterator[SourceRows]:
        clock.start("read", len(files))
        chunks = [files[at : at + _CHUNK] for at in range(0, len(files), _CHUNK)]
        for found in pool.map(partial(work.read_files, config.content), chunks):
            yield from found
            clock.progress.advance(len(found))

    clock.start("scan", 1)
    file = config.cache / work.CATALOG
    return update(file, config.content, identity=code_fingerprint(), prepare=prepared)


def _render(site: _Site, catalog: Catalog, pool: Pool, clock: _Clock) -> None:
    """Render every page into the staging folder, and the assets with them."""
    tasks = pages.plan(catalog)
    clock.start("pages", len(tasks))
    for done in pool.map(partial(work.render_task, site.share), tasks):
        site.add(done)
        clock.progress.advance()
    site.add(_copy_assets(site))


def _copy_assets(site: _Site) -> Done:
    """Copy the layouts' assets; the site's own stand in for those of the same name."""
    writer = site.share.writer()
    found: dict[str, Path] = {}
    for folder in reversed(render.folders(site.config)):
        assets = folder / "assets"
        for file in sorted(path for path in assets.rglob("*") if path.is_file()):
            found[f"assets/{file.relative_to(assets).as_posix()}"] = file
    for path, file in sorted(found.items()):
        writer.write(path, file.read_bytes())
    return Done.by("assets", writer)


def _index(site: _Site, catalog: Catalog, pool: Pool, clock: _Clock) -> list[search.Job]:
    """Write the search index, indexing the shards that changed."""
    jobs = search.jobs(catalog, site.config, identity=code_fingerprint())
    clock.start("search", len(jobs))
    for done in pool.map(partial(work.index_shard, site.share), jobs):
        site.add(done)
        clock.progress.advance()
    writer = site.share.writer()
    writer.write("search/shards.json", search.listing(jobs, version=pagefind.version()))
    site.add(Done.by("search", writer))
    return jobs


def _publish(site: _Site, folder: output.Folder, clock: _Clock) -> int:
    """Put the new site in the old one's place."""
    clock.start("publish", 1)
    _require_unique(site.paths)
    manifest = _manifest(site.config)
    # First everything that may stand there, then what does: killed in between, we still know ours.
    _write_manifest(manifest, site.config.output, {*site.paths, *folder.existing})
    deleted = output.commit(folder, site.paths)
    _write_manifest(manifest, site.config.output, set(site.paths))
    return deleted


def _report(
    site: _Site, catalog: Catalog, changes: Changes, *, deleted: int, shards: int, clock: _Clock
) -> Report:
    problems = (*catalog.problems(), *_merges(catalog))
    text = "".join(f"{problem}\n" for problem in problems)
    (site.config.cache / _PROBLEMS).write_text(text, encoding="utf-8")
    return Report(
        changes=changes,
        totals=catalog.totals(),
        kinds=site.kinds,
        deleted=deleted,
        shards=shards,
        indexed=site.indexed,
        problems=problems,
        passed_over=tuple(catalog.passed_over()),
        seconds=clock.seconds,
    )


def _merges(catalog: Catalog) -> Iterator[Problem]:
    """Report identifiers that stand several times, unless two archives simply share a paper."""
    for arxiv_id, places in catalog.merged():
        archives = [path.partition("/")[0] for path, *_ in places]
        if len(set(archives)) == len(places):
            continue
        shown = next(p for p in places if p[3])
        where = " and ".join(f"{path}:{line}" for path, line, _, _ in places)
        message = (
            f"{arxiv_id} is listed {len(places)} times ({where}); merged, "
            f"version {shown[2]} of {shown[0]}:{shown[1]} is shown"
        )
        yield Problem(places[0][0], places[0][1], Kind.NOTE, message)


def _require_unique(paths: list[str]) -> None:
    """Two pages must never claim one address; that would be a mistake of ours."""
    if len(set(paths)) != len(paths):
        seen: set[str] = set()
        twice = next(path for path in paths if path in seen or seen.add(path))  # type: ignore[func-returns-value]
        message = f"two pages claim the address {twice}"
        raise AssertionError(message)


def _manifest(config: Config) -> Path:
    """Return the list of the files that we wrote into this output folder; each has its own."""
    mark = hashlib.blake2b(str(config.output).encode(), digest_size=6).hexdigest()
    return config.cache / f"output-{mark}.txt"


def _known(config: Config) -> frozenset[str] | None:
    """Return the files of the last build into this output folder; None where that is not known."""
    try:
        lines = _manifest(config).read_text(encoding="utf-8").split("\n")
    except OSError:
        return None
    return frozenset(lines[1:]) if lines[0] == str(config.output) else None


def _write_manifest(file: Path, root: Path, paths: Iterable[str]) -> None:
    aside = file.with_suffix(".new")
    aside.write_text("\n".join([str(root), *sorted(paths)]), encoding="utf-8")
    aside.replace(file)


@lru_cache(maxsize=1)
def code_fingerprint() -> str:
    """Return what stands for the code that turns digests into rows and records.

    It guards the caches: another version of Dayleaf, even one under development, starts afresh.
    """
    mark = hashlib.blake2b(version("latex2mathml").encode(), digest_size=12)
    package = Path(__file__).parent
    for file in sorted(package.rglob("*.py")):
        mark.update(file.relative_to(package).as_posix().encode())
        mark.update(file.read_bytes())
    return mark.hexdigest()


@contextmanager
def _released(config: Config) -> Iterator[None]:
    """Let go, after a build, of what it has opened in this process."""
    try:
        yield
    finally:
        work.release(config)


@contextmanager
def _discarding(folder: output.Folder) -> Iterator[None]:
    """Throw away what was staged where the build does not come to its end."""
    try:
        yield
    except BaseException:
        output.discard(folder)
        raise


@contextmanager
def _lock(config: Config) -> Iterator[None]:
    """Keep a second build of the same site out. The lock goes with the process, however it ends."""
    config.cache.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(config.cache / "lock", timeout=0, isolation_level=None)
    try:
        connection.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        connection.close()
        message = f"{config.cache}: another build of this site is at work; wait until it has ended"
        raise LockError(message) from error
    try:
        yield
    finally:
        connection.close()
