"""Buckets in which the script of the authors' page looks for a name.

Each is a JSON list of the authors who have a word that begins with the same letters. Authors are
taken in the order of the buckets' entries, and of each only the few bytes that a bucket shows are
held: a share of the buckets at a time where there are very many.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections import defaultdict
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
_AT_ONCE = 250_000
"""Of this many authors the buckets are collected in one go."""


def buckets(catalog: Catalog, *, minimum: int, known: Known) -> Iterator[Raw | Kept]:
    """Yield the buckets; those that show what they showed before are only named.

    A bucket is an array of `[name, papers]`, the authors with most papers first; a third item is
    the slug, where it is not simply the folded name with `-` between its words. One more file says
    which buckets there are, so that scripts need not ask for one in vain.
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
    shares = catalog.author_count() // _AT_ONCE + 1
    for share in range(shares):
        found = _Buckets(stale, share, shares)
        found.fill(catalog.foremost(minimum=minimum))
        for start, entries in sorted(found.items()):
            if entries:
                yield _raw(urls.bucket(start or _OTHER), _text(entries), known)
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
    found = _Buckets(frozenset({start}), 0, 1)
    found.fill(catalog.foremost(minimum=minimum, word=start))
    entries = found.get(start)
    return _raw(path, _text(entries), _NOTHING) if entries else None


def _starts(catalog: Catalog, minimum: int) -> list[str]:
    """List the buckets that there are, in order."""
    words = {
        word for person in catalog.foremost(minimum=minimum) for word in person.sort.split("-")
    }
    found = {word[:letters] for word in words for letters in (_FEWER, _LETTERS)}
    return sorted(start or _OTHER for start in found)


def _text(entries: list[str]) -> str:
    return f"[{','.join(entries)}]"


def _raw(path: str, text: str, known: Known) -> Raw | Kept:
    data = text.encode()
    shown = hashlib.blake2b(data, digest_size=8).digest()
    return Kept(path, shown) if known.keeps(path, shown) else Raw(path, data, shown)


def _index(starts: list[str]) -> str:
    """Return which buckets there are: by the first two letters, what follows upon them."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for start in starts:
        found[start[:_FEWER]].append(start[_FEWER:])
    return json.dumps({two: " ".join(rest) for two, rest in found.items()}, separators=(",", ":"))


class _Buckets(dict[str, "list[str] | None"]):
    """Entries by the beginning of a word; None where that bucket is not wanted."""

    def __init__(self, stale: frozenset[str] | None, share: int, shares: int) -> None:
        super().__init__()
        self._stale = stale
        self._share = share
        self._shares = shares

    def __missing__(self, start: str) -> list[str] | None:
        wanted = self._stale is None or start in self._stale
        if wanted and self._shares > 1:
            wanted = zlib.crc32(start.encode()) % self._shares == self._share
        self[start] = [] if wanted else None
        return self[start]

    def fill(self, people: Iterable[Person]) -> None:
        """Enter authors, those with most papers first, each once into a bucket."""
        for person in people:
            entry = ""
            for word in person.sort.split("-"):
                whole = self[word[:_LETTERS]]
                few = self[word[:_FEWER]] if len(word) > _FEWER else None
                if few is not None and len(few) >= _FOREMOST:
                    few = None
                for bucket in (whole, few):
                    if bucket is not None and not (entry and bucket and bucket[-1] is entry):
                        entry = entry or _entry(person)
                        bucket.append(entry)


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
    more = "" if names.is_plain(person.slug, person.sort) else f",{_json(person.slug)}"
    return f"[{_json(person.name)},{person.papers}{more}]"
