"""The producers of the search index: its shards, and the lists that they share."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, ClassVar

from dayleaf import search
from dayleaf.archive import urls
from dayleaf.base import program
from dayleaf.search import Job, Learned, known, pagefind, store
from dayleaf.site.pages.producer import Batch, Context, Producer, PublishStage, Span
from dayleaf.site.products import DataFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dayleaf.base.config import Config
    from dayleaf.site.pages.planner import Task
    from dayleaf.site.products import Product

_SHARED = re.compile(rf"{urls.SEARCH}(?:(?:dictionary|names)/.+|(?!index\.html)[^/]+)\Z")
_ENTRY = "/pagefind-entry.json"


@lru_cache(maxsize=1)
def jobs(context: Context) -> tuple[Job, ...]:
    """Return the shards of the archive, those of volumes too, newest first; none without search."""
    if not context.search:
        return ()
    shards = search.jobs(context.catalog, context.config, identity=program.fingerprint())
    context.catalog.take_reads()  # a job's fingerprint is all that its files follow from
    return tuple(shards)


@lru_cache(maxsize=1)
def learned(context: Context) -> Learned | None:
    """Return what the shards have learned of the papers; None where there is no index."""
    shards = jobs(context)
    return Learned(shards, context.catalog) if shards else None


def cached(context: Context) -> Learned | None:
    """Return the same as `learned`, only where it can be had at once."""
    lexicon = learned(context)
    return lexicon if lexicon and lexicon.is_cached else None


@dataclass(frozen=True)
class Shards(Producer):
    """The shards; a key is a job, which says all that the files follow from."""

    name: ClassVar[str] = "search"
    in_volumes: ClassVar[bool] = True
    phase: ClassVar[str] = "search"
    complete_keys: ClassVar[bool] = True
    stage: ClassVar[PublishStage] = PublishStage.PARTS
    chunk: ClassVar[int] = 1

    def owns(self, path: str, config: Config | None) -> bool:
        """Tell whether a file is a part of a shard."""
        folder, _, name = path.removeprefix(urls.SEARCH).partition("/")
        shared = _SHARED.match(path)
        return path.startswith(urls.SEARCH) and bool(folder and name) and not shared

    def stage_of(self, path: str) -> PublishStage:
        """Return when a file is published: what Pagefind reads a shard from after the rest."""
        return PublishStage.INDEXES if path.endswith(_ENTRY) else self.stage

    def is_lasting(self, path: str) -> bool:
        """Tell whether a file is named by its content."""
        return search.is_named_by_content(path)

    def keys(self, context: Context) -> list[str]:
        """Return a key for each shard."""
        return sorted(job.key for job in _own(context))

    def batches(self, context: Context) -> Iterator[Batch]:
        """Index each shard by itself."""
        return (Batch(Span.of(job.key), job.shard.papers) for job in _own(context))

    def cost(self, key: str) -> float:
        """Return the number of papers, which take about a millisecond each."""
        return int(key.split(" ")[3])

    def files(self, context: Context, key: str) -> Iterator[Product]:
        """Yield the files of a shard, from the cache if they are there."""
        job = Job.of(key, context.config)
        search.index(job, context.catalog)
        yield from (DataFile(path, data) for path, data in search.files(job))


@dataclass(frozen=True)
class Lists(Producer):
    """What the shards share; the key names all of them."""

    name: ClassVar[str] = "search lists"
    in_volumes: ClassVar[bool] = True
    phase: ClassVar[str] = "search"
    complete_keys: ClassVar[bool] = True
    last: ClassVar[bool] = True
    stage: ClassVar[PublishStage] = PublishStage.PARTS

    def owns(self, path: str, config: Config | None) -> bool:
        """Tell whether a file is one that shards share."""
        return bool(_SHARED.match(path))

    def stage_of(self, path: str) -> PublishStage:
        """Return when a file is published: that from which searches start at the very end."""
        return PublishStage.SHARDS if path == search.SHARDS else self.stage

    def is_lasting(self, path: str) -> bool:
        """Tell whether a file is named by its content."""
        return search.is_named_by_content(path)

    def inputs(self, context: Context) -> object:
        """Return the names that papers are known by."""
        return sorted(known.names(context.config.site).items()) if context.search else None

    def keys(self, context: Context) -> list[str]:
        """Return the one key."""
        shards = _own(context) if context.config.volume else jobs(context)
        return ["\n".join(job.key for job in shards)] if shards else []

    def batches(self, context: Context) -> Iterator[Batch]:
        """Make all in one go."""
        return (Batch(Span.of(key), 10) for key in self.keys(context))

    def files(self, context: Context, key: str) -> Iterator[Product]:
        """Yield the files."""
        shards = [Job.of(line, context.config) for line in key.split("\n")]
        if context.config.volume:
            made = search.dictionaries(shards, context.catalog)
        else:
            made = search.shared(shards, context.catalog, version=pagefind.version())
        yield from (DataFile(path, data) for path, data in made)


def _own(context: Context) -> tuple[Job, ...]:
    """Return the shards of what is built, the site or a volume."""
    return tuple(job for job in jobs(context) if not context.is_elsewhere(job.shard.first))


SHARDS, LISTS = Shards(), Lists()


def missing(tasks: Iterable[Task], config: Config) -> list[Job]:
    """Return the shards of some tasks of which the cache has no index."""
    keys = [span.first for task in tasks if task.producer == SHARDS.name for span in task.spans]
    return [job for key in keys if not store.is_sound((job := Job.of(key, config)).file)]
