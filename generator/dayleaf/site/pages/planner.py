"""What a build makes: the tasks of a clean build, those of an update, and each task's files.

The planner knows no producer by name. It alone compares what a page was made from with what it
would be made from now.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from dayleaf.archive import urls
from dayleaf.catalog.reads import Reads
from dayleaf.site.pages import registry
from dayleaf.site.pages.producer import Context, Producer, Span, chunks
from dayleaf.site.products import DataFile, LazyPage, Page

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from dayleaf.catalog.reads import Fact
    from dayleaf.site.products import Product

    Keys = dict[str, frozenset[str]]
    """Key -> the files that rely on facts that have changed; `""` stands for what its producer
    makes without being lazy."""


class Task(NamedTuple):
    """A part of the site that one process makes in one go."""

    producer: str
    """Its name."""
    spans: tuple[Span, ...]
    """Of the producer's keys."""
    cost: float
    """The milliseconds that it takes, as a guess."""
    stale: frozenset[str] | None = None
    """The files that rely on facts that have changed; None where everything is made anew."""


@dataclass(slots=True)
class Update:
    """What a build of a site that is there makes anew."""

    tasks: list[Task] = field(default_factory=list)
    keys: list[tuple[str, str]] = field(default_factory=list)
    """Producers and keys that are made anew, those that are gone included."""


class OutputFile(NamedTuple):
    """A file of the site."""

    file: str
    """Relative to the output folder."""
    key: str
    """The key of its producer that it belongs to."""
    content: Page | DataFile | None
    """None where it shows what it showed before, so that what stands there stays."""
    fingerprint: bytes | None
    """The fingerprint of what a lazy page was given."""


class Relied(NamedTuple):
    """What a file, or all of a key that is not lazy, was made from."""

    file: str
    """Empty for what is not lazy."""
    key: str
    reads: Reads


class Noted(NamedTuple):
    """What the last build noted of a lazy page."""

    fingerprint: bytes
    size: int
    """Bytes."""


def plan(context: Context, producers: Iterable[Producer]) -> list[Task]:
    """Divide all files of some producers, the dearest tasks first."""
    tasks = [
        Task(producer.name, (batch.span,), batch.cost)
        for producer in producers
        for batch in producer.batches(context)
    ]
    return sorted(tasks, key=lambda task: -task.cost)


def update(
    context: Context,
    producers: Iterable[Producer],
    facts: list[Fact],
    *,
    stale: dict[str, Keys],
    standing: Callable[[str], Collection[str]],
) -> Update:
    """Plan, for some producers, only what relies on changed facts, and keys that come and go.

    `stale` says what relies on them, by producer; `standing` returns a producer's keys of the last
    build.
    """
    planned = Update()
    for producer in producers:
        relying = stale.get(producer.name, {})
        touched = producer.touched(context, facts)
        gone: Collection[str] = ()
        if touched is None:
            keys, known = set(producer.keys(context)), set(standing(producer.name))
            touched, gone = (keys - known) | (keys & relying.keys()), known - keys
        else:
            touched = {*touched, *relying}
        planned.keys.extend((producer.name, key) for key in (*sorted(gone), *sorted(touched)))
        for part in chunks(sorted(touched), producer.chunk):
            files = frozenset[str]().union(*(relying.get(key, ()) for key in part))
            cost = sum(map(producer.cost, part))
            planned.tasks.append(Task(producer.name, tuple(map(Span.of, part)), cost, files))
    # The dearest first, so that no process is left alone with one at the end.
    planned.tasks.sort(key=lambda task: -task.cost)
    return planned


@dataclass(frozen=True, slots=True)
class Before:
    """What is known of a task's files as they were."""

    stale: frozenset[str] | None
    """Those that rely on facts that have changed; None where everything is made anew."""
    noted: dict[str, Noted]
    """Of its lazy pages, by path."""

    def holds(self, file: str, fingerprint: bytes) -> bool:
        """Tell whether a lazy page would show what it showed."""
        noted = self.noted.get(file)
        return (
            self.stale is not None
            and noted is not None
            and noted.fingerprint == fingerprint
            and file not in self.stale
        )


def make(
    producer: Producer, spans: tuple[Span, ...], context: Context, before: Before
) -> Iterator[OutputFile | Relied]:
    """Yield the files of a task, and what each relies on.

    Of those that show what they showed before, only what they are.
    """
    take = context.catalog.take_reads
    take()
    for key, products in producer.make(context, spans):
        reads, files = Reads(), 0
        for files, product in enumerate(products, 1):  # noqa: B007 - counted for what follows
            reads = reads.joined(take())
            file = urls.file(product.path)
            if not producer.owns(product.path, context.config):
                message = f"{producer.name}: expected an address of its own, found {product.path!r}"
                raise AssertionError(message)
            if isinstance(product, LazyPage):
                yield from _lazily(product, file, key, context, before)
            else:
                yield OutputFile(file, key, product, None)
            del product  # or one page would be held while the next is made
        reads = reads.joined(take()).without(producer.topic, key)
        if producer.complete_keys:
            reads = Reads()
        if reads or not files:  # a key without a file is known all the same
            yield Relied("", key, reads)


def find(path: str, context: Context) -> Page | DataFile | None:
    """Return the page at an address or of a file, `2021/12/19/`; None where there is none.

    It goes through the functions of a build, so a page asked for and a page built cannot differ.
    """
    address = urls.address(path)
    for kind in registry.KINDS:
        key = kind.key(address)
        if key is None:
            continue
        for _, products in kind.make(context, (Span.of(key),)):
            for product in products:
                if product.path == address:
                    page = _whole(product, context)
                    context.catalog.take_reads()  # nobody asks
                    return page
    return None


def _lazily(
    page: LazyPage, file: str, key: str, context: Context, before: Before
) -> Iterator[OutputFile | Relied]:
    fingerprint = _fingerprint(page.make)
    if before.holds(file, fingerprint):
        yield OutputFile(file, key, None, fingerprint)
        return
    whole = page.make(context=context)
    yield Relied(file, key, context.catalog.take_reads())
    yield OutputFile(file, key, whole, fingerprint)


def _whole(product: Product, context: Context) -> Page | DataFile:
    return product.make(context=context) if isinstance(product, LazyPage) else product


def _fingerprint(call: partial[Page] | partial[Page | DataFile]) -> bytes:
    """Return the fingerprint of a function and its arguments."""
    return hashlib.blake2b(_call_text(call).encode(), digest_size=8).digest()


def _call_text(value: object) -> str:
    if isinstance(value, partial):
        arguments = (*value.args, *sorted(value.keywords.items()))
        return f"{value.func.__qualname__}({', '.join(map(_call_text, arguments))})"
    return repr(value)
