"""The build: its phases, in order.

Everything that can fail for want of good input fails before the output folder is touched, and the
new site takes the old one's place only when every file of it is written.
"""

from __future__ import annotations

import hashlib
import time
from collections import Counter
from contextlib import closing, contextmanager
from functools import lru_cache, partial
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from dayleaf import disk, lock, output, pages, parallel, render, search, work
from dayleaf.catalog import Catalog, File, SourceRows, update
from dayleaf.manifest import Manifest, State, Written
from dayleaf.model import Kind, Problem
from dayleaf.pages import home
from dayleaf.report import Files, Report
from dayleaf.search import pagefind
from dayleaf.work import Done, Share

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dayleaf.catalog import Changes
    from dayleaf.config import Config
    from dayleaf.pages import Task
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

    def made(self, things: int) -> None:
        """Say how many pages have been made, whose steps are shares of the work."""


class Options(NamedTuple):
    """How to build, where it makes no difference to what is built."""

    jobs: int
    search: bool = True
    wait: lock.Wait = None
    """Is told whom the build waits for; with None it does not wait but raises LockError."""


def build(config: Config, options: Options, progress: Progress) -> Report:
    """Build the site. Raises a DayleafError, having changed nothing, where it cannot be built."""
    clock = _Clock(progress)
    with (
        disk.explained(config.output, config.cache),
        lock.site(config.cache, config.output, wait=options.wait),
        _released(config),
        closing(Manifest(config.cache, config.output)) as manifest,
        parallel.pool(options.jobs) as pool,
    ):
        work.layouts(config).check()
        changes = _read(config, pool, clock)
        with (
            closing(Catalog(config.cache / work.CATALOG)) as catalog,
            lock.folder(config.output, wait=options.wait),
        ):
            before = manifest.state() if manifest.untouched() else None
            known = manifest.known()
            folder = output.prepare(config.output, known=known, trusted=before is not None)
            with _discarding(folder):
                site = _Site(config, options, catalog, before, fresh=not folder.existing)
                jobs = _shards(site, catalog, manifest)
                _render(site, catalog, pool, clock)
                _index(site, jobs, pool, clock)
                deleted = _publish(site, manifest, folder, clock)
                search.tidy(jobs)
                clock.stop()
            return _report(site, catalog, manifest, changes, deleted=deleted, clock=clock)


class _Site:
    """What is known of the site while it is being written."""

    def __init__(
        self,
        config: Config,
        options: Options,
        catalog: Catalog,
        before: State | None,
        *,
        fresh: bool,
    ) -> None:
        keys = _keys(config, search=options.search)
        epoch, generation = catalog.version()
        self.config = config
        self.state = State(epoch, generation, keys)
        self.before = before
        self.since: int | None = None
        """The catalog's count of updates that the folder shows; None where all is made anew."""
        if before and before.epoch == epoch:
            self.since = before.generation
        old = before.keys if before and self.since is not None else {}
        self.current = frozenset(kind for kind in keys if old.get(kind) == keys[kind])
        if config.minimum_papers > 1 and self.since not in {None, generation}:
            # Which authors are linked on a day then depends on papers of other days.
            self.current -= {"days", "authors"}
        self.share = Share(config, fresh, options.search, self.current)
        self.files: list[Written] = []
        self.owners: list[str] = []
        """Whose files are made anew, where not all are."""
        self.written: Counter[str] = Counter()
        """Files that were not there, or not the same, by kind."""
        self.missing: list[search.Job] = []
        """Shards whose files do not stand in the folder."""
        self.shards = 0
        self.indexed = 0

    def add(self, kind: str, done: Done) -> None:
        """Take in what a share has written."""
        self.files += done.files
        self.written[kind] += done.written
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
    """Render, into the staging folder, what has changed, and the assets with it."""
    stale = [kind for kind in pages.KINDS if kind not in site.current]
    tasks = pages.plan(catalog, stale)
    if site.since is not None:
        found = pages.changed(catalog, site.current, since=site.since)
        tasks = [*found.tasks, *tasks]
        site.owners += found.owners
    shares: list[Task | search.Job] = [*tasks]
    if site.since is not None:
        # The one shard of a new day takes as long as all its pages: it begins first, beside them.
        shares = [*site.missing, *tasks]
        site.missing = []
    clock.start("pages", len(shares))
    for share, done in zip(shares, pool.map(partial(work.do, site.share), shares), strict=True):
        site.add(share.kind, done)
        if share.kind != "search":
            clock.progress.made(len(done.files))
        clock.progress.advance()
    site.add("assets", work.write_files(site.share, "assets", _assets(site), owner="assets"))
    site.owners.append("assets")


def _assets(site: _Site) -> Iterator[tuple[str, bytes]]:
    """Yield the layouts' assets; the site's own stand in for those of the same name."""
    found: dict[str, Path] = {}
    for folder in reversed(render.folders(site.config)):
        assets = folder / "assets"
        for file in sorted(path for path in assets.rglob("*") if path.is_file()):
            found[f"assets/{file.relative_to(assets).as_posix()}"] = file
    for path, file in sorted(found.items()):
        yield path, file.read_bytes()


def _shards(site: _Site, catalog: Catalog, manifest: Manifest) -> list[search.Job]:
    """Divide the search index into shards, and see which of them have to be written."""
    if not site.share.search:
        return []
    jobs = search.jobs(catalog, site.config, identity=code_fingerprint())
    standing = manifest.owners("search") if site.since is not None else frozenset()
    site.missing = [job for job in jobs if job.owner not in standing]
    site.owners += standing - {job.owner for job in jobs}
    site.shards = len(jobs)
    return jobs


def _index(site: _Site, jobs: list[search.Job], pool: Pool, clock: _Clock) -> None:
    """Write the search index, indexing the shards that changed."""
    if not jobs:
        return
    # The largest first, so that no process is left alone with one at the end.
    ordered = sorted(site.missing, key=lambda job: -job.shard.papers)
    clock.start("search", sum(job.shard.papers for job in ordered))
    for job, done in zip(ordered, pool.map(partial(work.do, site.share), ordered), strict=True):
        site.add("search", done)
        clock.progress.advance(job.shard.papers)
    shared = search.shared(jobs, version=pagefind.version())
    site.add("search", work.write_files(site.share, "search", shared, owner="search"))
    site.owners.append("search")


def _publish(site: _Site, manifest: Manifest, folder: output.Folder, clock: _Clock) -> int:
    """Put the new site in the old one's place; return how many files are gone."""
    clock.start("publish", 1)
    _require_unique(site.files)
    whole = site.since is None
    if not site.share.search:
        site.owners += manifest.owners("search")
    # Kinds whose layouts changed were made as a whole, so their files need no owner by owner.
    for kind in pages.KINDS:
        if not whole and kind not in site.current:
            site.owners += manifest.owners(kind)
    if whole:
        gone = sorted(folder.existing - {file.path for file in site.files})
    else:
        gone = manifest.gone(site.owners, site.files)
    if not whole and not gone and not site.written.total() and site.state == site.before:
        output.discard(folder)
        return 0
    # First everything that may stand there, then what does: killed in between, we still know ours.
    manifest.begin(site.files)
    deleted = output.commit(folder, gone)
    manifest.finish(site.state, site.files, gone=gone, whole=whole)
    return deleted


def _report(
    site: _Site,
    catalog: Catalog,
    manifest: Manifest,
    changes: Changes,
    *,
    deleted: int,
    clock: _Clock,
) -> Report:
    problems = (*catalog.problems(), *_merges(catalog))
    text = "".join(f"{problem}\n" for problem in problems)
    (site.config.cache / _PROBLEMS).write_text(text, encoding="utf-8")
    kinds = {
        kind: Files(site.written[kind], count - site.written[kind], size)
        for kind, (count, size) in manifest.sizes().items()
    }
    return Report(
        changes=changes,
        totals=catalog.totals(),
        kinds=kinds,
        deleted=deleted,
        shards=site.shards,
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


def _require_unique(files: list[Written]) -> None:
    """Two pages must never claim one address; that would be a mistake of ours."""
    seen: set[str] = set()
    for file in files:
        if file.path in seen:
            message = f"two pages claim the address {file.path}"
            raise AssertionError(message)
        seen.add(file.path)


def _keys(config: Config, *, search: bool) -> dict[str, str]:
    """Return, for each kind of page, what stands for the layouts and settings that make it."""
    about = config.site / home.ABOUT_FILE
    prose = about.read_text(encoding="utf-8") if about.is_file() else None
    common = (
        code_fingerprint(), config.title, config.description, config.language, config.base_url,
        config.minimum_papers, prose is not None,
    )  # fmt: skip
    renderer = work.layouts(config)
    keys: dict[str, str] = {}
    for kind, layouts in pages.KINDS.items():
        own = (prose, search) if kind == "overview" else ()
        mark = repr((common, own, [renderer.fingerprint(layout) for layout in layouts]))
        keys[kind] = hashlib.blake2b(mark.encode(), digest_size=12).hexdigest()
    return keys


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
