"""Buckets in which the script of the authors' page looks for a name.

Each is a JSON list of the authors who have a word that begins with the same letters. Authors are
taken in the order of the buckets' entries, once. What a good many of them have added to the buckets
is laid down in a file, so that no more than that is ever held, however many there are.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from array import array
from collections import defaultdict
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING

from dayleaf import names, urls
from dayleaf.pages.draft import Kept, Known, Raw

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dayleaf.catalog import Catalog, Person

# Letters of a word that name the bucket in which to look for it. A bucket of fewer letters holds
# whole words of that length, and the authors with most papers among the longer ones.
_LETTERS = 3
_FEWER = 2
_FOREMOST = 100
_OTHER = "other"
_INDEX = urls.bucket("index")
_json = json.JSONEncoder(ensure_ascii=False).encode
_NOTHING = Known({}, None)
_AT_ONCE = 50_000
"""Of so many authors the entries are held before they are laid down."""


def buckets(catalog: Catalog, *, minimum: int, known: Known) -> Iterator[Raw | Kept]:
    """Yield the buckets; those that show what they showed before are only named.

    A bucket is an array of `[name, papers]`, the authors with most papers first; a third item is
    the slug, where it is not simply the folded name with `-` between its words. Who has one paper
    and such a slug, as most have, is but a name. One more file says which buckets there are, so
    that scripts need not ask for one in vain.
    """
    starts: list[str] = []
    for made in _made(catalog, minimum=minimum, known=known):
        if made.path != _INDEX:
            starts.append(urls.bucket_of(made.path))
            yield made
    yield _raw(_INDEX, _index(sorted(starts)), known)


def _made(catalog: Catalog, *, minimum: int, known: Known) -> Iterator[Raw | Kept]:
    """Yield the buckets, and perhaps that file as it was."""
    stale: frozenset[str] | None = None
    if known.since is not None and known.memos:
        stale = _stale(catalog.touched("author", since=known.since))
    with closing(_Buckets(stale)) as found:
        found.fill(catalog.foremost(minimum=minimum))
        for start in found.starts():
            yield _raw(urls.bucket(start or _OTHER), found.data(start), known)
    if stale is not None:
        made = {urls.bucket(start or _OTHER) for start in stale}
        for path, shown in known.memos.items():
            if path not in made:
                yield Kept(path, shown)


def bucket(catalog: Catalog, path: str, *, minimum: int) -> Raw | Kept | None:
    """Return the bucket at an address; None where there is none.

    Only those authors are looked at who may stand in it.
    """
    if path == _INDEX:
        return _raw(path, _index(_starts(catalog, minimum)), _NOTHING)
    name = path.removeprefix(urls.bucket("").removesuffix("_.json")).removesuffix("_.json")
    start = "" if name == _OTHER else name
    if urls.bucket(name) != path or len(start) > _LETTERS:
        return None
    with closing(_Buckets(frozenset({start}))) as found:
        found.fill(catalog.foremost(minimum=minimum, word=start))
        return _raw(path, found.data(start), _NOTHING) if start in found.starts() else None


def _starts(catalog: Catalog, minimum: int) -> list[str]:
    """List the buckets that there are, in order."""
    words = {
        word for person in catalog.foremost(minimum=minimum) for word in person.sort.split("-")
    }
    found = {word[:letters] for word in words for letters in (_FEWER, _LETTERS)}
    return sorted(start or _OTHER for start in found)


def _raw(path: str, data: bytes, known: Known) -> Raw | Kept:
    shown = hashlib.blake2b(data, digest_size=8).digest()
    return Kept(path, shown) if known.keeps(path, shown) else Raw(path, data, shown)


def _index(starts: list[str]) -> bytes:
    """Return which buckets there are: by the first two letters, what follows upon them."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for start in starts:
        found[start[:_FEWER]].append(start[_FEWER:])
    text = json.dumps({two: " ".join(rest) for two, rest in found.items()}, separators=(",", ":"))
    return text.encode()


class _Buckets(dict[str, "list[str] | None"]):
    """Entries by the beginning of a word, as far as held; None where that bucket is not wanted."""

    def __init__(self, stale: frozenset[str] | None) -> None:
        super().__init__()
        self._stale = stale
        self._full: set[str] = set()
        """Those of fewer letters that take in no more of the longer words."""
        self._places: defaultdict[str, array[int]] = defaultdict(partial(array, "Q"))
        """Where a bucket's entries are laid down, in order: place in the file, length, and on."""
        # A real one as soon as anything is written to it.
        self._file = tempfile.SpooledTemporaryFile(1)  # noqa: SIM115 - see close

    def __missing__(self, start: str) -> list[str] | None:
        self[start] = [] if self._stale is None or start in self._stale else None
        return self[start]

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def fill(self, people: Iterable[Person]) -> None:
        """Enter authors, those with most papers first, each once into a bucket."""
        full = self._full
        for count, person in enumerate(people):
            if count and not count % _AT_ONCE:
                self._lay_down()
            entry = ""
            for word in person.sort.split("-"):
                whole, few = self[word[:_LETTERS]], None
                if len(word) > _FEWER and (two := word[:_FEWER]) not in full:
                    few = self[two]
                    if few is not None and len(few) >= _FOREMOST:
                        full.add(two)
                        few = None
                for bucket in (whole, few):
                    if bucket is not None and not (entry and bucket and bucket[-1] is entry):
                        entry = entry or _entry(person)
                        bucket.append(entry)

    def starts(self) -> list[str]:
        """List the buckets that there are, in order."""
        return sorted({start for start, held in self.items() if held}.union(self._places))

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

    def _lay_down(self) -> None:
        """Move what is held into a file, but for the buckets whose entries are still counted."""
        place = self._file.seek(0, os.SEEK_END)
        for start, held in self.items():
            if held and (len(start) > _FEWER or len(held) >= _FOREMOST):
                data = ",".join(held).encode()
                self._file.write(data)
                self._places[start].extend((place, len(data)))
                place += len(data)
                held.clear()
                if len(start) <= _FEWER:
                    self._full.add(start)


def _stale(touched: list[str]) -> frozenset[str] | None:
    """Return the buckets that authors may have entered, left or changed in; None for all of them.

    Those whom no paper names any more are among the touched, so the slugs have to tell.
    """
    found = {""}  # where those stand whose names have no letter from a to z, unlike their slugs
    for slug in touched:
        words = names.words(slug)
        if words is None:
            return None
        for word in words:
            found.update((word[:_LETTERS], word[:_FEWER]))
    return frozenset(found)


def _entry(person: Person) -> str:
    """Return an author as a bucket lists one; the script folds names as we do."""
    name = _json(person.name)
    if not names.is_plain(person.slug, person.sort):
        return f"[{name},{person.papers},{_json(person.slug)}]"
    return name if person.papers == 1 else f"[{name},{person.papers}]"
