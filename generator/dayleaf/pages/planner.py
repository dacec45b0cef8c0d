"""What a build makes: the tasks of a clean build, those of an update, and each task's files.

The planner knows no kind by name. It alone compares what a page showed with what it shows.
"""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from dayleaf import urls
from dayleaf.drafts import Draft, Raw, Sketch
from dayleaf.pages import registry
from dayleaf.pages.kind import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from dayleaf.catalog import Catalog
    from dayleaf.drafts import Page
    from dayleaf.pages.kind import Context, Kind


_KEY = 3.0
"""The milliseconds that a touched key takes, as a guess."""


class Task(NamedTuple):
    """A part of the site that one process makes in one go."""

    kind: str
    """The name of a kind."""
    spans: tuple[Span, ...]
    """Of the kind's keys."""
    cost: float
    """The milliseconds that it takes, as a guess."""


class Update(NamedTuple):
    """What updates of the catalog have touched."""

    tasks: list[Task]
    kinds: list[str]
    """The kinds that are made anew as a whole."""
    keys: list[tuple[str, str]]
    """The kinds and keys that are made anew, those that are gone included."""


class Made(NamedTuple):
    """A file of the site."""

    file: str
    """Relative to the output folder."""
    key: str
    """The key of its kind that it belongs to."""
    content: Draft | Raw | None
    """None where it shows what it showed before, so that what stands there stays."""
    shows: bytes | None
    """The fingerprint of what it shows, of a sketch."""


class Noted(NamedTuple):
    """What the last build noted of a file."""

    shows: bytes
    size: int
    """Bytes."""


def plan(context: Context, kinds: Collection[str]) -> list[Task]:
    """Share out all pages of some kinds, the dearest tasks first."""
    found = [
        Task(kind.name, (share.span,), share.cost)
        for kind in registry.KINDS
        if kind.name in kinds
        for share in kind.shares(context)
    ]
    return sorted(found, key=lambda task: -task.cost)


def update(context: Context, kinds: Collection[str], *, since: int) -> Update:
    """Plan, for some kinds, only what updates after a count have touched."""
    found = Update([], [], [])
    if not any(context.catalog.touched(topic, since=since) for topic in ("day", "author")):
        return found
    for kind in registry.KINDS:
        if kind.name not in kinds:
            continue
        keys = kind.touched(context, since=since)
        if keys is None:
            found.kinds.append(kind.name)
            continue
        found.keys.extend((kind.name, key) for key in keys)
        for at in range(0, len(keys), kind.chunk):
            spans = tuple(map(Span.of, keys[at : at + kind.chunk]))
            found.tasks.append(Task(kind.name, spans, len(spans) * _KEY))
    # Those with most keys first, so that no process is left alone with one at the end.
    found.tasks.sort(key=lambda task: -task.cost)
    found.tasks[:0] = plan(context, found.kinds)
    return found


@dataclass(frozen=True)
class Before:
    """What is known of the site as it was. Without slots, for the cached property."""

    since: int | None
    """The catalog's count of updates at that time; None where all is made anew."""
    read: Callable[[], dict[str, Noted]] = dict
    """Reads what was noted of the task's files, by path; called when a sketch is met."""
    _touched: dict[str, list[str]] = field(default_factory=dict)

    @cached_property
    def noted(self) -> dict[str, Noted]:
        """What was noted of the task's files; nothing where all is made anew."""
        return {} if self.since is None else self.read()

    def touches(self, sketch: Sketch, catalog: Catalog) -> bool:
        """Tell whether an update has touched the rows that a sketch lists."""
        if self.since is None or sketch.reads is None:
            return self.since is None
        topic, first, last = sketch.reads
        if topic not in self._touched:
            self._touched[topic] = catalog.touched(topic, since=self.since)
        touched = self._touched[topic]
        place = bisect_left(touched, first)
        return place < len(touched) and touched[place] <= last


def make(task: Task, context: Context, before: Before) -> Iterator[Made]:
    """Yield the files of a task; of those that show what they showed before, only what they are."""
    kind = registry.kind(task.kind)
    for page in kind.pages(context, task.spans):
        yield _made(kind, page, context, before)
        del page  # or one page would be held while the next is made


def find(path: str, context: Context) -> Draft | Raw | None:
    """Return the page at an address or of a file, `2021/12/19/`; None where there is none.

    It goes through the functions of a build, so a page asked for and a page built cannot differ.
    """
    address = urls.address(path)
    for kind in registry.KINDS:
        key = kind.key(address)
        if key is None:
            continue
        for page in kind.pages(context, (Span.of(key),)):
            if page.path == address:
                return page.make() if isinstance(page, Sketch) else page
    return None


def _made(kind: Kind, page: Page, context: Context, before: Before) -> Made:
    file = urls.file(page.path)
    key = kind.key(page.path)
    if key is None:
        message = f"{kind.name}: expected an address of its pattern, found {page.path!r}"
        raise AssertionError(message)
    if not isinstance(page, Sketch):
        return Made(file, key, page, None)
    frame = _fingerprint(page.frame)
    noted = before.noted.get(file)
    if noted and noted.shows.startswith(frame) and not before.touches(page, context.catalog):
        return Made(file, key, None, noted.shows)
    draft = page.make()
    shows = frame + _fingerprint(draft.view)
    return Made(file, key, None if noted and noted.shows == shows else draft, shows)


def _fingerprint(shown: object) -> bytes:
    """Return the fingerprint of texts, numbers and tuples of them."""
    text = json.dumps(shown, ensure_ascii=False, separators=(",", ":"))
    return hashlib.blake2b(text.encode(), digest_size=8).digest()
