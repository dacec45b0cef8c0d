"""The build: its phases, in order.

Everything that can fail for want of good input fails before the output folder is touched, and the
new site takes the old one's place only when every file of it is written.

    producers.py     all that makes files
    fingerprints.py  what they make files from, besides digests
    site_update.py   what holds from the last build, what is made anew
    work.py          what a process does with its part
    manifest/        what we have written, and from what
    output.py        the door to the output folder
    fit.py           how large a site becomes, and whether its host takes it
    report.py        what a build did
    progress/        how it tells of itself meanwhile
"""

from __future__ import annotations

import math
import time
from contextlib import closing, contextmanager
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, Protocol

from dayleaf import catalog as catalogs
from dayleaf import search
from dayleaf.archive import rules, urls
from dayleaf.assets import sources
from dayleaf.base import base_urls, disk, lock, parallel, program
from dayleaf.base import config as settings
from dayleaf.base.errors import ConfigError, Finding
from dayleaf.build import fingerprints, fit, output, producers, report, work
from dayleaf.build.manifest import Manifest, OutputState
from dayleaf.build.report import Files, Report
from dayleaf.build.site_update import SiteUpdate, in_order
from dayleaf.catalog import Catalog, FilePart
from dayleaf.search import producer as shards
from dayleaf.site.pages import Context

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import TypeVar

    from dayleaf.base.config import Config
    from dayleaf.base.parallel import Pool
    from dayleaf.catalog import Changes, Difference, SourceRows
    from dayleaf.site.pages.planner import Task

    Result = TypeVar("Result")

_PROBLEMS = "problems.txt"
_DATABASES = "*.sqlite*"
"""The catalog and the manifests, with SQLite's files beside them."""
_CHUNK = 1_000_000
"""Bytes of digests that a process reads in one go: some twenty of the real archive's."""


class BuildProgress(Protocol):
    """Receives the progress of a build."""

    def phase(self, name: str, total: int) -> None:
        """Say that a phase begins, and how many steps it has."""

    def advance(self, steps: int = 1) -> None:
        """Say that steps of the phase are done."""

    def made(self, things: int) -> None:
        """Say how many pages have been made, whose steps are shares of the work."""


class BuildOptions(NamedTuple):
    """Options of a build that do not affect its files."""

    jobs: int
    search: bool = True
    wait: lock.Wait = None
    """Gets a sentence that names the build in the way; with None, `LockError` is raised."""


def build(config: Config, options: BuildOptions, progress: BuildProgress) -> Report:
    """Build the site. Raises a DayleafError, having changed nothing, where it cannot be built.

    Databases of the cache that turn out to be damaged are thrown away, and the build begins anew.
    """
    return _healed(config, progress, lambda: _build(config, options, progress))


def _build(config: Config, options: BuildOptions, progress: BuildProgress) -> Report:
    clock = _Clock(progress)
    with (
        disk.explained(config.output, config.cache),
        lock.site(config.cache, config.output, wait=options.wait),
        _released(config),
        closing(Manifest(config.cache, config.output)) as manifest,
        parallel.pool(options.jobs) as pool,
    ):
        manifest.heal()
        before = manifest.state()
        about = settings.about(config)
        fingerprint = _look_over(config, before, about=about, search=options.search)
        changes = _read(config, pool, clock)
        with (
            closing(Catalog(config.cache / work.CATALOG)) as catalog,
            lock.folder(config.output, wait=options.wait),
        ):
            _check_volumes(config, catalog)
            config = fit.resolved(config, catalog, search=options.search)
            before = before if manifest.untouched() else None
            ours = _ours(config, manifest)
            folder = output.prepare(config.output, ours=ours, trusted=before is not None)
            with _discarding(folder):
                context = Context(catalog, config, options.search, about, shards.learned)
                each = _fingerprints(context, before, fingerprint)
                update = SiteUpdate(
                    manifest,
                    state=OutputState(*catalog.version(), fingerprint, context.minimum, each),
                    before=before,
                    setup=work.Setup(config, folder.fresh, options.search, about),
                )
                jobs = shards.jobs(context)
                tasks = update.plan(context)
                indexed = len(shards.missing(tasks, config))
                _make(update, tasks, pool, clock)
                clock.start("publish", 1)
                deleted = update.publish(folder)
                search.tidy(jobs)
                clock.stop()
            built = _Built(update, deleted, len(jobs), indexed)
            return _report(built, catalog, changes, clock=clock)


def read(config: Config, options: BuildOptions, progress: BuildProgress) -> Changes:
    """Bring the catalog up to date with the digests, and do no more. Raises a DayleafError."""

    def work() -> Changes:
        with (
            disk.explained(config.cache),
            lock.site(config.cache, config.output, wait=options.wait),
            parallel.pool(options.jobs) as pool,
        ):
            return _read(config, pool, _Clock(progress))

    return _healed(config, progress, work)


def _healed(config: Config, progress: BuildProgress, work: Callable[[], Result]) -> Result:
    """Do something, once more with an empty cache if databases there are damaged."""
    disk.require_folder(config.cache, _DATABASES)
    try:
        return work()
    except Exception as error:
        if not disk.is_damage(error):
            raise
        progress.phase("A fresh start, for the cache was damaged", 0)
        disk.remove(config.cache, _DATABASES)
    return work()


class _Clock:
    """Measures the phases."""

    def __init__(self, progress: BuildProgress) -> None:
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


def _look_over(
    config: Config, before: OutputState | None, *, about: str | None, search: bool
) -> str:
    """Return the fingerprint of layouts, settings and program.

    What `auto` comes to is not part of it, for that follows from the catalog.

    Layouts that have made the site before are known to be good and need not even be compiled.
    Raises LayoutError for others that cannot work, and for two assets of one address.
    """
    producers.check_static(config)
    fingerprint = fingerprints.whole(config, about=about, search=search)
    if not before or before.fingerprint != fingerprint:
        work.layouts(config).check()
        sources.files(config)
    return fingerprint


def _fingerprints(context: Context, before: OutputState | None, fingerprint: str) -> dict[str, str]:
    """Return the fingerprint of each producer; of files that are the same, as it was."""
    if before and (before.fingerprint, before.minimum) == (fingerprint, context.minimum):
        return before.fingerprints
    return fingerprints.each(work.layouts(context.config), context)


def _read(config: Config, pool: Pool, clock: _Clock) -> Changes:
    """Bring the catalog up to date with the digests."""
    clock.start("scan", 1)
    file = config.cache / work.CATALOG
    difference = catalogs.compare(
        file, config.content, program=program.fingerprint(), rule_sources=rules.sources(config)
    )
    clock.start("read", len(difference.read))
    return catalogs.load(difference, _rows(difference, pool, clock))


def _rows(difference: Difference, pool: Pool, clock: _Clock) -> Iterator[SourceRows]:
    """Read the files that differ in the pool's processes."""
    content = difference.content
    parts = (piece for file in difference.read for piece in catalogs.pieces(content, file))
    for batch in pool.map(partial(work.read, difference.rule_sources), _chunks(parts)):
        yield from batch
        clock.progress.advance(sum(rows.start == 0 for rows in batch))


def _chunks(parts: Iterable[FilePart]) -> Iterator[list[FilePart]]:
    """Share files and pieces of files out by their size."""
    chunk, size = list[FilePart](), 0
    for piece in parts:
        chunk.append(piece)
        size += piece.size
        if size >= _CHUNK:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _make(update: SiteUpdate, tasks: list[Task], pool: Pool, clock: _Clock) -> None:
    """Write changed files into the staging folder: pages, assets, search index."""
    for phase, first, last in in_order(tasks, whole=update.since is None):
        # By what tasks cost, for the dearest come first: counted alike, the many cheap ones behind
        # them would seem to take as long as they did.
        clock.start(phase, sum(map(_cost, first)))
        for part in (first, last):
            done = pool.map(partial(work.do, update.setup), part)
            for task, made in zip(part, done, strict=True):
                update.add(task.producer, made)
                if producers.named(task.producer).phase == "pages":
                    clock.progress.made(len(made.files))
                if part is first:
                    clock.progress.advance(_cost(task))


def _cost(task: Task) -> int:
    """Return the steps of progress that a task stands for."""
    return math.ceil(task.cost)


def _check_volumes(config: Config, catalog: Catalog) -> None:
    """Raise ConfigError for a volume that holds the newest day, or stands where the site does."""
    days = catalog.days()
    for volume in config.volumes:
        finding = None
        way = base_urls.between(config.base_url, volume.base_url)
        if days and volume.holds(days[-1][0]):
            wanted = f"a year before {days[-1][0][:4]}, which still gets new days"
            finding = Finding(volume.until, wanted, about="volumes.until")
        elif producers.owner(f"{way}{urls.file('')}", config):
            wanted = "an address that no page of the site has"
            finding = Finding(repr(volume.base_url), wanted, about="volumes.base_url")
        if finding:
            raise ConfigError(finding._replace(file=settings.FILE, line=volume.line))


def _ours(config: Config, manifest: Manifest) -> Callable[[str], bool]:
    """Return what tells our files from others' in the output folder.

    If the manifest is lost, files of a folder with our mark are ours if a producer could make them.
    """
    if not manifest.empty():
        return manifest.knows
    if not output.is_marked(config.output):
        return lambda _: False
    return lambda name: producers.owner(name, config) is not None


class _Built(NamedTuple):
    """What a build has come to."""

    update: SiteUpdate
    deleted: int
    shards: int
    indexed: int


def _report(built: _Built, catalog: Catalog, changes: Changes, *, clock: _Clock) -> Report:
    update, config = built.update, built.update.setup.config
    problems = report.problems(catalog, config.topics)
    text = "".join(f"{problem}\n" for problem in problems)
    (config.cache / _PROBLEMS).write_text(text, encoding="utf-8")
    written = update.written
    return Report(
        changes=changes,
        totals=catalog.totals(),
        kinds={
            name: Files(written[name], count - written[name], size)
            for name, (count, size) in update.sizes.items()
        },
        deleted=built.deleted,
        shards=built.shards,
        indexed=built.indexed,
        fit=_fit(update, catalog),
        problems=problems,
        passed_over=tuple(catalog.passed_over()),
        seconds=clock.seconds,
    )


def _fit(update: SiteUpdate, catalog: Catalog) -> fit.Preflight:
    """Say whether the site that was built fits its host."""
    setup = update.setup
    files = sum(count for count, _ in update.sizes.values())
    bytes_ = sum(size for _, size in update.sizes.values())
    pages = update.sizes.get("author", (0, 0))[0]
    actual = fit.counted(bytes_, files, authors=pages)
    return fit.preflight(setup.config, catalog, search=setup.search, actual=actual)


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
