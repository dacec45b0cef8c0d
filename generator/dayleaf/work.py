"""What a process does with its share of a build: read digests, render a task, index a shard.

These functions travel to worker processes by name, with arguments that are small. Each process
opens the catalog and compiles the layouts once, whatever it is then given to do.
"""

from __future__ import annotations

from contextlib import closing
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from dayleaf import config as settings
from dayleaf import output, render, search
from dayleaf.catalog import Catalog, Piece, SourceRows, prepare
from dayleaf.drafts import Draft
from dayleaf.manifest import Manifest, Written
from dayleaf.pages import Context, planner
from dayleaf.pages.planner import Before, Noted, Task

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dayleaf.config import Config
    from dayleaf.rules import Given

CATALOG = "catalog.sqlite"


class Share(NamedTuple):
    """What all shares of one build have in common."""

    config: Config
    fresh: bool
    """Whether the output folder was empty, so that nothing needs comparing."""
    search: bool
    """Whether the site gets a search index."""
    about: str | None
    """The Markdown of the site's own prose page."""
    current: frozenset[str]
    """Kinds of page whose layouts have not changed, so that what was noted of them holds."""
    since: int | None
    """The catalog's count of updates that the folder shows; None where all is made anew."""

    def writer(self) -> output.Writer:
        """Return a way to stage files from this process."""
        return output.Writer(self.config.output, self.fresh)

    def context(self, catalog: Catalog) -> Context:
        """Return what pages are made from."""
        return Context(catalog, self.config, self.search, self.about)


class Done(NamedTuple):
    """What one share has written."""

    files: list[Written]
    written: int
    """How many of the files were not there, or not the same."""
    indexed: int = 0
    """How many shards had to be indexed."""


def read(given: Given, found: list[Piece]) -> list[SourceRows]:
    """Read some files of the content folder, or pieces of large ones, by the rules of a site."""
    return [prepare(piece, given) for piece in found]


def do(share: Share, part: Task | search.Job) -> Done:
    """Do a part of a build, whichever kind it is."""
    return index_shard(share, part) if isinstance(part, search.Job) else render_task(share, part)


def render_task(share: Share, task: Task) -> Done:
    """Render the pages of a task into the staging folder."""
    writer, files = share.writer(), list[Written]()
    renderer = layouts(share.config)
    # What was noted of pages whose layouts have changed since says nothing.
    since = share.since if task.kind in share.current else None
    before = Before(since, lambda: _noted(share.config, task))
    context = share.context(_catalog(share.config))
    for made in planner.make(task, context, before):
        file, key, content, shows = made
        if content is None:
            size = before.noted[file].size
        else:
            data = renderer.render(content) if isinstance(content, Draft) else content.data
            size = len(data)
            writer.write(file, data)
            del data
        files.append(Written(file, task.kind, key, size, shows))
        del made, content  # or one page would be held while the next is made
    return Done(files, writer.written)


def index_shard(share: Share, job: search.Job) -> Done:
    """Index a shard where that is needed, and write its files."""
    indexed = search.index(job, _catalog(share.config))
    return write_files(share, "search", search.files(job), key=job.key, indexed=int(indexed))


def write_files(
    share: Share, kind: str, found: Iterable[tuple[str, bytes]], *, key: str = "", indexed: int = 0
) -> Done:
    """Write files that are given whole."""
    writer, files = share.writer(), list[Written]()
    for path, data in found:
        writer.write(path, data)
        files.append(Written(path, kind, key, len(data)))
    return Done(files, writer.written, indexed)


def _noted(config: Config, task: Task) -> dict[str, Noted]:
    """Return what the last build noted of a task's files, by path."""
    with closing(Manifest(config.cache, config.output)) as manifest:
        return {
            path: Noted(shows, size)
            for span in task.spans
            for path, shows, size in manifest.noted(task.kind, *span)
        }


@lru_cache(maxsize=1)
def layouts(config: Config) -> render.Renderer:
    """Return the layouts of a site, compiled."""
    return render.Renderer(config, about=settings.about(config) is not None)


@lru_cache(maxsize=1)
def _catalog(config: Config) -> Catalog:
    return Catalog(config.cache / CATALOG)


def release(config: Config) -> None:
    """Let go of what this process has opened: before the next build, files may change."""
    if _catalog.cache_info().currsize:
        _catalog(config).close()
    _catalog.cache_clear()
    layouts.cache_clear()
