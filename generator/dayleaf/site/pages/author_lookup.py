"""Lookup of authors: the buckets in which scripts look for a name.

A bucket is a JSON array of the authors who have a word that begins with the same letters, each as
`[name, papers]`, those with most papers first. A third item is the slug, where that is not simply
the folded name with `-` between its words. An author with one paper and a plain slug, as most are,
is a name alone. One more file says which buckets there are, so that scripts ask for none in vain,
and from how many papers on an author has a page, and how many pages the others share.

In a large archive they stop before the newest month, see `catalog.month`, of whose authors there
are smaller buckets: so a new day makes few of them anew.

Authors are taken in the order of the buckets' entries, once. The entries of every 50,000 authors
are spilled to a temporary file, so memory does not grow with the archive.
"""

from __future__ import annotations

import json
import os
import re
import tempfile
from array import array
from collections import defaultdict
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from dayleaf.archive import names, urls
from dayleaf.base.lookup import FEWER, LETTERS, OTHER
from dayleaf.catalog import month, reads
from dayleaf.site.pages.kind import ALL, Batch, Context, Kind, PublishStage, Span
from dayleaf.site.products import DataFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dayleaf.catalog import ListedAuthor
    from dayleaf.catalog.reads import Fact
    from dayleaf.site.products import Product

_FOREMOST = 100
"""Authors of longer words that a bucket of fewer letters holds."""
_INDEX = "index"
_json = json.JSONEncoder(ensure_ascii=False).encode
_AT_ONCE = 50_000
"""Of so many authors the entries are held before they are spilled."""


@dataclass(frozen=True)
class AuthorLookupKind(Kind):
    """A bucket's key is the beginning of words that it is for, `other` or `index`."""

    name: ClassVar[str] = "author lookup"
    pattern: ClassVar[re.Pattern[str]] = re.compile(rf"{urls.AUTHORS}find/([^/_]+)_\.json")
    stage: ClassVar[PublishStage] = PublishStage.LEAVES
    chunk: ClassVar[int] = 1 << 30
    """All in one go: every task goes through all authors."""

    def batches(self, context: Context) -> tuple[Batch, ...]:
        """Make all in one go, which takes a few seconds in a large archive."""
        return (Batch(ALL, context.catalog.author_count() / 60),)

    def touched(self, context: Context, facts: list[Fact]) -> set[str]:
        """Return the buckets of the words that changed names hold or held.

        In another month those that there are now: those that there were rely on the month.
        """
        earlier = (fact.key for fact in facts if fact.topic == reads.EARLIER)
        words = {word for key in earlier for word in key.split("-")}
        starts = {word[:length] or OTHER for word in words for length in (LETTERS, FEWER)}
        if any(fact.topic == reads.MONTH for fact in facts):
            starts.update(_starts(context))
        return starts | {_INDEX} if starts else starts

    def make(
        self, context: Context, spans: tuple[Span, ...]
    ) -> Iterator[tuple[str, Iterator[Product]]]:
        """Yield the buckets within some spans."""
        if spans == (ALL,):
            yield from _buckets(context, None)
            return
        keys = [span.first for span in spans]
        if keys == [_INDEX]:
            yield _INDEX, iter((DataFile(urls.bucket(_INDEX), _index(context, _starts(context))),))
        elif len(keys) > 1 or len(keys[0]) <= LETTERS or keys[0] == OTHER:
            yield from _buckets(context, frozenset(keys))


def _buckets(
    context: Context, wanted: frozenset[str] | None
) -> Iterator[tuple[str, Iterator[Product]]]:
    """Yield some buckets, or all, with their keys."""
    starts = None if wanted is None else frozenset("" if k == OTHER else k for k in wanted)
    word = next(iter(starts)) if starts and len(starts) == 1 else ""
    with closing(_Buckets(starts)) as buckets:
        buckets.fill(context.catalog.foremost_earlier(word=word))
        for start in buckets.starts():
            key = start or OTHER
            context.catalog.newest_month()
            yield key, iter((DataFile(urls.bucket(key), buckets.data(start)),))
        if wanted is None or _INDEX in wanted:
            data = _index(context, (start or OTHER for start in buckets.known()))
            yield _INDEX, iter((DataFile(urls.bucket(_INDEX), data),))


def _starts(context: Context) -> Iterator[str]:
    """Yield the keys of the buckets that there are."""
    people = context.catalog.foremost_earlier()
    words = {word for person in people for word in person.sort.split("-")}
    starts = {word[:letters] for word in words for letters in (FEWER, LETTERS)}
    return (start or OTHER for start in starts)


def _index(context: Context, starts: Iterable[str]) -> bytes:
    """Return which buckets there are: by the first two letters, what follows upon them.

    With no letters, what addresses of authors follow from, and whether there are buckets of the
    newest month.
    """
    by_start: defaultdict[str, list[str]] = defaultdict(list)
    for start in sorted(starts):
        by_start[start[:FEWER]].append(start[FEWER:])
    newest = context.catalog.newest_month() != month.NONE
    known: dict[str, object] = {"": [max(context.minimum, 1), context.shared_pages, newest]}
    known |= {two: " ".join(rest) for two, rest in by_start.items()}
    return json.dumps(known, separators=(",", ":")).encode()


class _Buckets(dict[str, "list[str] | None"]):
    """Entries by the beginning of a word, as far as held; None where that bucket is not wanted."""

    def __init__(self, stale: frozenset[str] | None) -> None:
        super().__init__()
        self._stale = stale
        self._full: set[str] = set()
        """Those of fewer letters that take in no more of the longer words."""
        self._places: defaultdict[str, array[int]] = defaultdict(partial(array, "Q"))
        """Where a bucket's entries are spilled, in order: place in the file, length, and on."""
        # A real one as soon as anything is written to it.
        self._file = tempfile.SpooledTemporaryFile(1)  # noqa: SIM115 - see close

    def __missing__(self, start: str) -> list[str] | None:
        self[start] = [] if self._stale is None or start in self._stale else None
        return self[start]

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def fill(self, people: Iterable[ListedAuthor]) -> None:
        """Enter authors, those with most papers first, each once into a bucket."""
        full = self._full
        for count, person in enumerate(people):
            if count and not count % _AT_ONCE:
                self._spill()
            entry = ""
            for word in person.sort.split("-"):
                whole, few = self[word[:LETTERS]], None
                if len(word) > FEWER and (two := word[:FEWER]) not in full:
                    few = self[two]
                    if few is not None and len(few) >= _FOREMOST:
                        full.add(two)
                        few = None
                for bucket in (whole, few):
                    if bucket is not None and not (entry and bucket and bucket[-1] is entry):
                        entry = entry or _entry(person)
                        bucket.append(entry)

    def starts(self) -> list[str]:
        """List the wanted buckets that there are, in order."""
        return sorted({start for start, held in self.items() if held}.union(self._places))

    def known(self) -> list[str]:
        """List all buckets that there are, wanted or not."""
        return list(self)

    def data(self, start: str) -> bytes:
        """Return a bucket as it is written."""
        parts: list[bytes] = []
        places = self._places.get(start, ())
        for place, length in zip(places[::2], places[1::2], strict=True):
            self._file.seek(place)
            parts.append(self._file.read(length))
        if held := self.get(start):
            parts.append(",".join(held).encode())
        return b"[%b]" % b",".join(parts)

    def _spill(self) -> None:
        """Move what is held into a file, but for the buckets whose entries are still counted."""
        place = self._file.seek(0, os.SEEK_END)
        for start, held in self.items():
            if held and (len(start) > FEWER or len(held) >= _FOREMOST):
                data = ",".join(held).encode()
                self._file.write(data)
                self._places[start].extend((place, len(data)))
                place += len(data)
                held.clear()
                if len(start) <= FEWER:
                    self._full.add(start)


def _entry(person: ListedAuthor) -> str:
    """Return an author as a bucket lists one; the script folds names as we do."""
    name = _json(person.name)
    if not names.is_plain(person.slug, person.sort):
        return f"[{name},{person.papers},{_json(person.slug)}]"
    return name if person.papers == 1 else f"[{name},{person.papers}]"


@dataclass(frozen=True)
class NewestLookupKind(Kind):
    """The authors of a large archive's newest month, in buckets by two letters of a word.

    What they say of an author counts, with all papers, instead of what the others say.
    """

    name: ClassVar[str] = "newest author lookup"
    pattern: ClassVar[re.Pattern[str]] = re.compile(rf"{urls.AUTHORS}find/new/[^/]+_\.json")
    stage: ClassVar[PublishStage] = PublishStage.LEAVES

    def files(self, context: Context, key: str) -> Iterator[Product]:
        """Yield the buckets, and which there are."""
        if context.catalog.newest_month() == month.NONE:
            return
        by_start: defaultdict[str, list[str]] = defaultdict(list)
        for person, _ in context.catalog.people_of_month():
            entry = _entry(person)
            for start in sorted({word[:FEWER] or OTHER for word in person.sort.split("-")}):
                by_start[start].append(entry)
        starts = " ".join(sorted(by_start))
        yield DataFile(urls.newest_bucket(_INDEX), json.dumps(starts).encode())
        for start, entries in sorted(by_start.items()):
            yield DataFile(urls.newest_bucket(start), f"[{','.join(entries)}]".encode())


AUTHOR_LOOKUP = AuthorLookupKind()
NEWEST_LOOKUP = NewestLookupKind()
