"""What a producer is: everything in the output folder has one that made it.

Pages of a kind, assets, static files, the search index and the offline worker each have a producer.
It says which files are its own, how a build divides the work, how the files are made and when they
are published; nothing else in Dayleaf knows any of that.

A producer divides its files by keys: a day `2021-12-19`, an author's slug, a shard of the search
index with its fingerprint. A build that makes a key anew deletes the files that the key no longer
gives, so a producer need not remember what it made. A producer with a single page, or one that
makes all its files at once, has the one key `""`.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, ClassVar, NamedTuple, Protocol

from dayleaf.base import volumes
from dayleaf.base.hosts import HOSTS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from dayleaf.base.config import Config
    from dayleaf.catalog import Catalog
    from dayleaf.catalog.reads import Fact
    from dayleaf.site.products import Product

# Sorts directly behind a key, and before all that begin with it.
_NEXT = "\x00"
# Sorts behind every key: keys are ASCII.
_END = "\x7f"
_COST = 3.0
"""The milliseconds that a key takes, as a guess, where its producer says nothing else."""


class PublishStage(IntEnum):
    """When a file goes to the place where the site is published: after all that it links to.

    New files of the stages up to LISTS go up before changed ones: nobody knows them until pages
    that were there before link to them.
    """

    PARTS = 0
    """What pages need to look and work as they should: assets, the search index's parts."""
    DAYS = 1
    """What nearly every page links to."""
    LEAVES = 2
    """Pages of one thing."""
    LISTS = 3
    """Pages that lead to others."""
    ENTRANCES = 4
    """Where readers, feed readers and search engines begin."""
    INDEXES = 5
    """From where a shard of the search index is read."""
    SHARDS = 6
    """From where every search begins."""


class NamedPaper(NamedTuple):
    """A paper that later ones name."""

    day: str
    anchor: str
    papers: int
    """How many later papers name it."""
    name: str
    """By what name they do: `U-Net`."""


class NamedPapers(Protocol):
    """What the search index has learned of who is named."""

    @property
    def key(self) -> str:
        """All that it follows from."""

    @property
    def is_cached(self) -> bool:
        """Whether it can be had at once; else all of the index is gone through."""

    def named(self) -> list[NamedPaper]:
        """List the papers that later ones name, in the order of the archive."""


@dataclass(frozen=True, slots=True)
class Context:
    """What files are made from."""

    catalog: Catalog
    config: Config
    search: bool
    """Whether the site has a search index."""
    about: str | None
    """The Markdown of the site's own prose page; None where it has none."""
    learned: Callable[[Context], NamedPapers | None] | None = None
    """Returns what the search index has learned; None where there is no index."""

    @property
    def minimum(self) -> int:
        """The number of papers that gives an author a page."""
        return self.config.minimum_papers

    @property
    def shared_pages(self) -> int:
        """The number of pages that authors with fewer papers share."""
        return HOSTS[self.config.host].shared_pages

    def is_elsewhere(self, day: str) -> bool:
        """Tell whether a day has its page in another part than the one that is built.

        The parts are the site and its volumes.
        """
        return volumes.of(day, self.config.volumes) != self.config.volume

    @property
    def newest(self) -> str:
        """The newest day of the archive."""
        return self.catalog.days()[-1][0]


class Span(NamedTuple):
    """A stretch of keys, from the first up to, not including, the end."""

    first: str
    end: str

    @classmethod
    def of(cls, key: str) -> Span:
        """Return the span of a single key."""
        return cls(key, f"{key}{_NEXT}")

    @classmethod
    def through(cls, first: str, last: str) -> Span:
        """Return the span from one key to another, both included."""
        return cls(first, f"{last}{_NEXT}")

    def holds(self, key: str) -> bool:
        """Tell whether a key lies within."""
        return self.first <= key < self.end


ALL = Span("", _END)
"""Every key of a producer."""


class Batch(NamedTuple):
    """A part of a clean build that one process makes in one go."""

    span: Span
    cost: float
    """The milliseconds that it takes, as a guess: the dearest batches begin first."""


@dataclass(frozen=True)
class Producer:
    """The defaults are those of a producer with one key."""

    name: ClassVar[str]
    """Names the producer in the manifest and in the report, `day`."""
    phase: ClassVar[str] = "pages"
    """The part of a clean build in which it works."""
    last: ClassVar[bool] = False
    """Whether it needs what the other producers of its phase have made."""
    stage: ClassVar[PublishStage] = PublishStage.LISTS
    """When its files are published."""
    complete_keys: ClassVar[bool] = False
    """Whether a key says all that its files follow from, so that no reads are recorded."""
    topic: ClassVar[str | None] = None
    """The facts whose keys are its own, for producers with very many keys: `day`."""
    in_volumes: ClassVar[bool] = False
    """Whether it makes files of a volume, and not of the site alone."""
    chunk: ClassVar[int] = 200
    """Keys that one process makes in one go, when a site is updated."""

    # Which files are its own

    def owns(self, path: str, config: Config | None) -> bool:
        """Tell whether a file of the output folder, or an address, can be of this producer.

        Without settings the site's own files are unknown.
        """
        raise NotImplementedError

    def gives_way(self, path: str) -> bool:
        """Tell whether the site may bring a file of its own in the place of one."""
        return False

    def stage_of(self, path: str) -> PublishStage:
        """Return when a file of its own is published."""
        return self.stage

    def is_lasting(self, path: str) -> bool:
        """Tell whether the name of a file follows from what it holds, so that it never changes."""
        return False

    # What a build makes

    def inputs(self, context: Context) -> object:
        """Return what the files depend on besides the catalog, the layouts and common settings."""
        return None

    def batches(self, context: Context) -> Iterable[Batch]:
        """Divide a clean build."""
        return (Batch(ALL, 10),)

    def keys(self, context: Context) -> Collection[str]:
        """Return all keys in order."""
        return ("",)

    def touched(self, context: Context, facts: list[Fact]) -> Collection[str] | None:
        """Return the keys that changed facts may have brought, changed or taken away.

        None compares all keys with those of the last build. Keys whose recorded reads are among the
        facts need not be returned.
        """
        if self.topic is None:
            return None
        return [fact.key for fact in facts if fact.topic == self.topic]

    def make(
        self, context: Context, spans: tuple[Span, ...]
    ) -> Iterator[tuple[str, Iterator[Product]]]:
        """Yield the keys within some spans, each with its files.

        The catalog is asked for a key between the key before it and its last file, so that the
        planner knows what each depends on.
        """
        for key in self._within(context, spans):
            context.catalog.take_reads()  # that there is such a key follows from `touched`
            yield key, self.files(context, key)

    def files(self, context: Context, key: str) -> Iterator[Product]:
        """Yield the files of a key; none if there is no such key."""
        raise NotImplementedError

    def _within(self, context: Context, spans: tuple[Span, ...]) -> Iterable[str]:
        for span in spans:
            if span == Span.of(span.first):
                yield span.first
                continue
            keys = list(self.keys(context))
            yield from keys[bisect_left(keys, span.first) : bisect_left(keys, span.end)]

    def cost(self, key: str) -> float:
        """Return the milliseconds that a key takes, as a guess."""
        return _COST


def chunks(keys: Iterable[str], size: int) -> Iterator[tuple[str, ...]]:
    """Divide keys into stretches of a size."""
    held: list[str] = []
    for key in keys:
        held.append(key)
        if len(held) == size:
            yield tuple(held)
            held = []
    if held:
        yield tuple(held)


def within(key: str, spans: tuple[Span, ...]) -> bool:
    """Tell whether any of some spans holds a key."""
    return any(span.holds(key) for span in spans)
