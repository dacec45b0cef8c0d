"""The build: its phases, in order.

Everything that can fail for want of good input fails before the output folder is touched, and the
new site takes the old one's place only when every file of it is written.
"""

from __future__ import annotations

import math
import re
import time
from contextlib import closing, contextmanager
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, Protocol

from dayleaf import catalog as catalogs
from dayleaf import config as settings
from dayleaf import (
    disk,
    facts,
    fingerprints,
    fit,
    lock,
    offline,
    output,
    parallel,
    render,
    report,
    rules,
    scripts,
    search,
    statics,
    work,
)
from dayleaf.catalog import Catalog, Piece
from dayleaf.edition import Edition
from dayleaf.errors import Finding, OutputError
from dayleaf.manifest import Manifest, State
from dayleaf.pages import Context, registry
from dayleaf.pages.headers import FILE as HEADERS
from dayleaf.pages.sitemap import ROBOTS
from dayleaf.report import Files, Report
from dayleaf.search import pagefind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path
    from typing import TypeVar

    from dayleaf.catalog import Changes, Difference, SourceRows
    from dayleaf.config import Config
    from dayleaf.pages.planner import Task
    from dayleaf.parallel import Pool

    Result = TypeVar("Result")

_PROBLEMS = "problems.txt"
_DATABASES = "*.sqlite*"
"""The catalog and the manifests, with what SQLite keeps beside them."""
_FOLDERS = ("assets/", "search/")
"""What else than pages we write, below the output folder."""
_SCRIPT = re.compile(r"assets/[^/]+\.js\Z")
_CHUNK = 1_000_000
"""Bytes of digests that a process reads in one go: some twenty of the real archive's."""


class Progress(Protocol):
    """Is told how a build goes on."""

    def phase(self, name: str, total: int) -> None:
        """Say that a phase begins, and how many steps it has."""

    def advance(self, steps: int = 1) -> None:
        """Say that steps of the phase are done."""

    def made(self, things: int) -> None:
        """Say how many pages have been made, whose steps are shares of the work."""


class Options(NamedTuple):
    """How to build, where it makes no difference to what is built."""

    jobs: int
    search: bool = True
    wait: lock.Wait = None
    """Is told whom the build waits for; with None it does not wait but raises LockError."""


def build(config: Config, options: Options, progress: Progress) -> Report:
    """Build the site. Raises a DayleafError, having changed nothing, where it cannot be built.

    Databases of the cache that turn out to be damaged are thrown away, and the build begins anew.
    """
    return _healed(config, progress, lambda: _build(config, options, progress))


def _build(config: Config, options: Options, progress: Progress) -> Report:
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
            config = fit.resolved(config, catalog, search=options.search)
            fingerprint = f"{fingerprint}-{config.minimum_papers}"
            before = before if manifest.untouched() else None
            ours = _ours(config, manifest)
            folder = output.prepare(config.output, ours=ours, trusted=before is not None)
            with _discarding(folder):
                context = Context(catalog, config, options.search, about)
                kinds = _kinds(config, context, before, fingerprint)
                edition = Edition(
                    config,
                    manifest,
                    state=State(*catalog.version(), fingerprint, kinds),
                    before=before,
                    fresh=folder.fresh,
                    search=options.search,
                    about=about,
                )
                program = fingerprints.program()
                jobs = search.jobs(catalog, config, identity=program) if options.search else []
                _make(edition, context, jobs, pool, clock)
                clock.start("publish", 1)
                deleted = edition.publish(folder)
                search.tidy(jobs)
                clock.stop()
            return _report(edition, catalog, changes, jobs, deleted=deleted, clock=clock)


def read(config: Config, options: Options, progress: Progress) -> Changes:
    """Bring the catalog up to date with the digests, and do no more. Raises a DayleafError."""

    def work() -> Changes:
        with (
            disk.explained(config.cache),
            lock.site(config.cache, config.output, wait=options.wait),
            parallel.pool(options.jobs) as pool,
        ):
            return _read(config, pool, _Clock(progress))

    return _healed(config, progress, work)


def _healed(config: Config, progress: Progress, work: Callable[[], Result]) -> Result:
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


def _look_over(config: Config, before: State | None, *, about: str | None, search: bool) -> str:
    """Return the fingerprint of layouts, settings and program.

    What `auto` comes to is not part of it, for that follows from the catalog.

    Layouts that have made the site before are known to be good and need not even be compiled.
    Raises LayoutError for others that cannot work.
    """
    found = fingerprints.whole(config, about=about, search=search)
    if not before or before.fingerprint.partition("-")[0] != found:
        work.layouts(config).check()
    return found


def _kinds(
    config: Config,
    context: Context,
    before: State | None,
    fingerprint: str,
) -> dict[str, str]:
    """Return the fingerprint of each kind of page; of layouts that are the same, as it was."""
    if before and before.fingerprint == fingerprint:
        return before.fingerprints
    return fingerprints.kinds(work.layouts(config), context)


def _read(config: Config, pool: Pool, clock: _Clock) -> Changes:
    """Bring the catalog up to date with the digests."""
    clock.start("scan", 1)
    file = config.cache / work.CATALOG
    program, given = fingerprints.program(), rules.given(config)
    difference = catalogs.compare(file, config.content, program=program, given=given)
    clock.start("read", len(difference.read))
    return catalogs.load(difference, _rows(difference, pool, clock))


def _rows(difference: Difference, pool: Pool, clock: _Clock) -> Iterator[SourceRows]:
    """Read the files that differ in the pool's processes."""
    content = difference.content
    parts = (piece for file in difference.read for piece in catalogs.pieces(content, file))
    for found in pool.map(partial(work.read, difference.given), _chunks(parts)):
        yield from found
        clock.progress.advance(sum(rows.start == 0 for rows in found))


def _chunks(parts: Iterable[Piece]) -> Iterator[list[Piece]]:
    """Share files and pieces of files out by their size."""
    chunk, size = list[Piece](), 0
    for piece in parts:
        chunk.append(piece)
        size += piece.size
        if size >= _CHUNK:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _make(
    edition: Edition, context: Context, jobs: list[search.Job], pool: Pool, clock: _Clock
) -> None:
    """Write into the staging folder what has changed: pages, assets, search index."""
    tasks = edition.plan(context)
    missing = edition.missing(jobs)
    shares: list[Task | search.Job] = [*tasks]
    if edition.since is not None:
        # The one shard of a new day takes as long as all its pages: it begins first, beside them.
        shares, missing = [*missing, *tasks], []
    # By what shares cost, for the dearest come first: counted alike, the many cheap ones behind
    # them would seem to take as long as they did.
    clock.start("pages", sum(map(_cost, shares)))
    for share, done in zip(shares, pool.map(partial(work.do, edition.share), shares), strict=True):
        edition.add(share.kind, done)
        if share.kind != "search":
            clock.progress.made(len(done.files))
        clock.progress.advance(_cost(share))
    assets = _assets(edition.share.config, searched=edition.share.search)
    edition.add("assets", work.write_files(edition.share, "assets", assets))
    given = _statics(edition.share.config)
    edition.add("static", work.write_files(edition.share, "static", given))
    if not jobs:
        return
    # The largest first, so that no process is left alone with one at the end.
    missing.sort(key=lambda job: -job.shard.papers)
    clock.start("search", sum(job.shard.papers for job in missing))
    for job, done in zip(missing, pool.map(partial(work.do, edition.share), missing), strict=True):
        edition.add("search", done)
        clock.progress.advance(job.shard.papers)
    shared = search.shared(jobs, context.catalog, version=pagefind.version())
    edition.add("search", work.write_files(edition.share, "search", shared))


def _cost(share: Task | search.Job) -> int:
    """Return the steps of progress that a share of the work stands for."""
    return math.ceil(share.cost)


def _ours(config: Config, manifest: Manifest) -> Callable[[str], bool]:
    """Return what tells our files from others' in the output folder.

    If the manifest is lost, files of a folder with our mark are ours by their names.
    """
    if not manifest.empty():
        return manifest.knows
    if not output.is_marked(config.output):
        return lambda _: False
    given = statics.found(config.site).keys() | offline.FILES
    return lambda name: name.startswith(_FOLDERS) or registry.owns(name) or name in given


def _assets(config: Config, *, searched: bool) -> Iterator[tuple[str, bytes]]:
    """Yield the layouts' assets; the site's own stand in for those of the same name.

    What is made from all of them follows.
    """
    found: dict[str, Path] = {}
    for folder in reversed(render.folders(config)):
        for file in sorted(path for path in (folder / "assets").rglob("*") if path.is_file()):
            found[file.relative_to(folder).as_posix()] = file
    own = {file.name: file.read_bytes() for path, file in found.items() if _SCRIPT.match(path)}
    shipped = scripts.ship({facts.NAME: facts.module()} | own)
    assets = {f"assets/{name}": data for name, data in shipped.items()}
    for path, file in found.items():
        if not _SCRIPT.match(path):
            assets[path] = file.read_bytes()
    worker = assets.pop(offline.SCRIPT)
    yield from sorted(assets.items())
    yield from offline.files(config, assets, worker, searched=searched)


def _statics(config: Config) -> Iterator[tuple[str, bytes]]:
    """Yield the files that the site brings along for its root.

    Raises OutputError for one that stands in the place of a page, or is too large.
    """
    for path, file in statics.found(config.site).items():
        name = f"{statics.FOLDER}/{path}"
        if path == disk.MARK or path.startswith(_FOLDERS) or _is_page(path):
            raise OutputError(
                Finding(
                    "that of one",
                    expected="a name that no page of the site has",
                    advice="rename the file, or remove it",
                    file=name,
                )
            )
        if file.stat().st_size > statics.LARGEST:
            raise OutputError(
                Finding(
                    f"{file.stat().st_size:,}",
                    expected=f"at most {statics.LARGEST:,} bytes",
                    advice="no host takes so large a file",
                    file=name,
                )
            )
        yield path, file.read_bytes()


def _is_page(path: str) -> bool:
    return path in offline.FILES or (path not in {ROBOTS, HEADERS} and registry.owns(path))


def _report(
    edition: Edition,
    catalog: Catalog,
    changes: Changes,
    jobs: list[search.Job],
    *,
    deleted: int,
    clock: _Clock,
) -> Report:
    problems = report.problems(catalog, edition.share.config.topics)
    text = "".join(f"{problem}\n" for problem in problems)
    (edition.share.config.cache / _PROBLEMS).write_text(text, encoding="utf-8")
    written = edition.written
    return Report(
        changes=changes,
        totals=catalog.totals(),
        kinds={
            kind: Files(written[kind], count - written[kind], size)
            for kind, (count, size) in edition.sizes.items()
        },
        deleted=deleted,
        shards=len(jobs),
        indexed=edition.indexed,
        fit=_fit(edition, catalog),
        problems=problems,
        passed_over=tuple(catalog.passed_over()),
        seconds=clock.seconds,
    )


def _fit(edition: Edition, catalog: Catalog) -> fit.Preflight:
    """Say whether the site that was built fits its host."""
    share = edition.share
    files = sum(count for count, _ in edition.sizes.values())
    bytes_ = sum(size for _, size in edition.sizes.values())
    pages = edition.sizes.get("author", (0, 0))[0]
    actual = fit.counted(bytes_, files, authors=pages)
    return fit.preflight(share.config, catalog, search=share.search, actual=actual)


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
