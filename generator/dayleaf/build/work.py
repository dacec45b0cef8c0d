"""What a process does with its part of a build: read digests, or make the files of a task.

These functions travel to worker processes by name, with arguments that are small. Each process
opens the catalog and compiles the layouts once, whatever it is then given to do.
"""

from __future__ import annotations

from contextlib import closing
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from dayleaf import render
from dayleaf.base import config as settings
from dayleaf.build import output, producers
from dayleaf.build.manifest import Manifest, Written
from dayleaf.build.manifest.relied import Unit
from dayleaf.catalog import Catalog, FilePart, SourceRows, prepare
from dayleaf.search import producer as shards
from dayleaf.site.pages import Context, planner
from dayleaf.site.pages.planner import Before, Noted, Relied, Task
from dayleaf.site.products import DataFile

if TYPE_CHECKING:
    from dayleaf.archive.rules import RuleSources
    from dayleaf.base.config import Config

CATALOG = "catalog.sqlite"


class Setup(NamedTuple):
    """What all tasks of one build have in common."""

    config: Config
    fresh: bool
    """Whether the output folder was empty, so that nothing needs comparing."""
    search: bool
    """Whether the site gets a search index."""
    about: str | None
    """The Markdown of the site's own prose page."""


class TaskResult(NamedTuple):
    """What one task has made."""

    files: list[Written]
    units: list[Unit]
    """What the files rely on."""
    written: int
    """How many of the files were not there, or not the same."""


def read(rule_sources: RuleSources, parts: list[FilePart]) -> list[SourceRows]:
    """Read some files of the content folder, or pieces of large ones, by the rules of a site."""
    return [prepare(piece, rule_sources) for piece in parts]


def do(setup: Setup, task: Task) -> TaskResult:
    """Write the files of a task into the staging folder."""
    config = setup.config
    writer = output.Writer(config.output, setup.fresh)
    producer, context = producers.named(task.producer), _context(setup)
    before = Before(task.stale, {} if task.stale is None else _noted(config, task))
    files, units = list[Written](), list[Unit]()
    for made in planner.make(producer, task.spans, context, before):
        if isinstance(made, Relied):
            units.append(Unit(producer.name, made.key, made.file, made.reads))
            continue
        file, key, content, fingerprint = made
        if content is None:
            size = before.noted[file].size
        else:
            data = (
                content.data if isinstance(content, DataFile) else layouts(config).render(content)
            )
            size = len(data)
            writer.write(file, data)
            del data
        files.append(Written(file, producer.name, key, size, fingerprint))
        del made, content  # or one page would be held while the next is made
    return TaskResult(files, units, writer.written)


def _noted(config: Config, task: Task) -> dict[str, Noted]:
    """Return what the last build noted of a task's lazy pages, by path."""
    with closing(Manifest(config.cache, config.output)) as manifest:
        return {
            path: Noted(fingerprint, size)
            for span in task.spans
            for path, fingerprint, size in manifest.noted(task.producer, *span)
        }


@lru_cache(maxsize=1)
def layouts(config: Config) -> render.Renderer:
    """Return the layouts of a site, compiled."""
    about = settings.about(config) is not None
    return render.Renderer(config, about=about, cache=config.cache / "layouts")


@lru_cache(maxsize=1)
def _catalog(config: Config) -> Catalog:
    return Catalog(config.cache / CATALOG)


def _context(setup: Setup) -> Context:
    return Context(_catalog(setup.config), setup.config, setup.search, setup.about, shards.learned)


def release(config: Config) -> None:
    """Close the files of this process: they may change before the next build."""
    if _catalog.cache_info().currsize:
        _catalog(config).close()
    _catalog.cache_clear()
    layouts.cache_clear()
