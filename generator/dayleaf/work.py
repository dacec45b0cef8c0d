"""What a process does with its share of a build: read digests, render a task, index a shard.

These functions travel to worker processes by name, with arguments that are small. Each process
opens the catalog and compiles the layouts once, whatever it is then given to do.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from dayleaf import output, pages, render, search
from dayleaf.catalog import Catalog, File, SourceRows, prepare
from dayleaf.pages import Raw, home

if TYPE_CHECKING:
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

    def writer(self) -> output.Writer:
        """Return a way to stage files from this process."""
        return output.Writer(self.config.output, self.fresh)


class Done(NamedTuple):
    """What one share has written."""

    kind: str
    written: int
    unchanged: int
    size: int
    paths: list[str]
    indexed: int = 0
    """How many shards had to be indexed."""

    @classmethod
    def by(cls, kind: str, writer: output.Writer, *, indexed: int = 0) -> Done:
        """Sum up what a writer has written."""
        return cls(kind, writer.written, writer.unchanged, writer.size, writer.paths, indexed)


def read_files(content: Path, files: list[File]) -> list[SourceRows]:
    """Read some files of the content folder."""
    return [prepare(content, file) for file in files]


def render_task(share: Share, task: Task) -> Done:
    """Render the pages of a task into the staging folder."""
    writer = share.writer()
    renderer = layouts(share.config)
    catalog = _catalog(share.config)
    for draft in pages.drafts(task, catalog, share.config, search=share.search):
        if isinstance(draft, Raw):
            writer.write(draft.path, draft.data)
        else:
            writer.write(draft.page.path, renderer.render(draft))
    return Done.by(task.kind, writer)


def index_shard(share: Share, job: search.Job) -> Done:
    """Write the files of a shard of the search index."""
    writer = share.writer()
    indexed = search.index(job, _catalog(share.config), writer)
    return Done.by("search", writer, indexed=int(indexed))


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
