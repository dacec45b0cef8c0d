"""What a process does with its share of a build: read digests, render a task, index a shard.

These functions travel to worker processes by name, with arguments that are small. Each process
opens the catalog and compiles the layouts once, whatever it is then given to do.
"""

from __future__ import annotations

from contextlib import closing
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from dayleaf import output, pages, render, search, urls
from dayleaf.catalog import Catalog, File, SourceRows, prepare
from dayleaf.manifest import Manifest, Written
from dayleaf.pages import Draft, Kept, Known, Raw, home

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from dayleaf.config import Config
    from dayleaf.pages import Task

CATALOG = "catalog.sqlite"


class Share(NamedTuple):
    """What all shares of one build have in common."""

    config: Config
    fresh: bool
    """Whether the output folder was empty, so that nothing needs comparing."""
    search: bool
    """Whether the site gets a search index."""
    current: frozenset[str]
    """Kinds of page whose layouts have not changed, so that their memos hold."""
    since: int | None
    """The catalog's count of updates that the folder shows; None where all is made anew."""

    def writer(self) -> output.Writer:
        """Return a way to stage files from this process."""
        return output.Writer(self.config.output, self.fresh)


class Done(NamedTuple):
    """What one share has written."""

    files: list[Written]
    written: int
    """How many of the files were not there, or not the same."""
    indexed: int = 0
    """How many shards had to be indexed."""


def read_files(content: Path, files: list[File]) -> list[SourceRows]:
    """Read some files of the content folder."""
    return [prepare(content, file) for file in files]


def do(share: Share, part: Task | search.Job) -> Done:
    """Do a part of a build, whichever kind it is."""
    return index_shard(share, part) if isinstance(part, search.Job) else render_task(share, part)


def render_task(share: Share, task: Task) -> Done:
    """Render the pages of a task into the staging folder."""
    writer, files = share.writer(), list[Written]()
    renderer, catalog = layouts(share.config), _catalog(share.config)
    memos, sizes = _memos(share, task)
    known = Known(memos, share.since)
    found = pages.drafts(task, catalog, share.config, search=share.search, known=known)
    for draft in found:
        path, data = _made(renderer, draft)
        if data is None:
            size = sizes[path]
        else:
            size = len(data)
            writer.write(path, data)
        files.append(Written(path, task.owner, task.kind, size, draft.memo))
        del draft, data  # or one page would be held while the next is made
    return Done(files, writer.written)


def _made(renderer: render.Renderer, draft: Draft | Raw | Kept) -> tuple[str, bytes | None]:
    """Return a page's file and what is to stand in it; None where it stands there."""
    match draft:
        case Kept(address):
            return urls.file(address), None
        case Raw(path, data):
            return path, data
        case _:
            return urls.file(draft.page.path), renderer.render(draft)


def index_shard(share: Share, job: search.Job) -> Done:
    """Index a shard where that is needed, and write its files."""
    indexed = search.index(job, _catalog(share.config))
    return write_files(share, "search", search.files(job), owner=job.owner, indexed=int(indexed))


def write_files(
    share: Share, kind: str, found: Iterable[tuple[str, bytes]], *, owner: str, indexed: int = 0
) -> Done:
    """Write files that are given whole."""
    writer, files = share.writer(), list[Written]()
    for path, data in found:
        writer.write(path, data)
        files.append(Written(path, owner, kind, len(data)))
    return Done(files, writer.written, indexed)


def _memos(share: Share, task: Task) -> tuple[dict[str, bytes], dict[str, int]]:
    """Return memos and sizes of a task's files as the last build left them, by path.

    There are none where the layouts have changed since.
    """
    if task.owner is None or share.since is None or task.kind not in share.current:
        return {}, {}
    with closing(Manifest(share.config.cache, share.config.output)) as manifest:
        return manifest.memos(task.owner)


@lru_cache(maxsize=1)
def layouts(config: Config) -> render.Renderer:
    """Return the layouts of a site, compiled."""
    return render.Renderer(config, about=(config.site / home.ABOUT_FILE).is_file())


@lru_cache(maxsize=1)
def _catalog(config: Config) -> Catalog:
    return Catalog(config.cache / CATALOG)


def release(config: Config) -> None:
    """Let go of what this process has opened: before the next build, files may change."""
    if _catalog.cache_info().currsize:
        _catalog(config).close()
    _catalog.cache_clear()
    layouts.cache_clear()
