"""What the shards have learned together, in the cache: names, words, and who is named by how many.

All of it follows from the terms of the shards that are full. While none of these changes, it is
taken from the cache; the newest shard brings its names and words beside it.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from dayleaf.archive import urls
from dayleaf.search import known, lexicon, namings, store, terms
from dayleaf.search.records import lines
from dayleaf.site.pages.producer import NamedPaper

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from dayleaf.catalog import Catalog
    from dayleaf.search.job import Job
    from dayleaf.search.namings import Naming
    from dayleaf.search.terms import Terms

ENDING = ".lexicon"
"""Of the file in the cache."""
NAMES = f"{urls.SEARCH}names/"
"""The buckets of names."""
NEWEST_NAMES = f"{NAMES}newest.json"
"""The names that papers of the newest shard give."""
WORDS = f"{urls.SEARCH}words.json"
"""The vocabulary of the archive, for spellings."""
NAMINGS = f"{urls.SEARCH}namings.json"
"""By the folder of a shard its papers that later ones name: by the place in the shard's order how
many, and by what name, `{"search/2019-12/": {"412": "1262 NeRF"}}`."""
COMMON = f"{urls.SEARCH}common.json"
"""Words of everyday use, with the papers of each year that have them."""
_NAMED = "named"
"""In the cache alone: the papers of NAMINGS, each with its day and anchor."""
_TERMS = "terms"


@dataclass(frozen=True)
class Learned:
    """What the shards of an archive have learned. Without slots, for the cached properties."""

    jobs: tuple[Job, ...]
    """Newest first."""
    catalog: Catalog

    @cached_property
    def key(self) -> str:
        """All that it follows from, the newest shard apart."""
        shown = repr(sorted(self._names.items()))
        sources = "\n".join([shown, *(job.key for job in self._settled)])
        return hashlib.blake2b(sources.encode(), digest_size=12).hexdigest()

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Yield the files of the archive's names and words."""
        newest = self.jobs[0] if len(self.jobs) > 1 else None
        fresh = terms.read(terms_of(newest, self.catalog)) if newest else None
        for path, data in store.read(self._file(), only=lambda name: name != _NAMED):
            if fresh and newest and path == COMMON:
                common = lexicon.with_newest(json.loads(data), fresh, newest.shard.last[:4])
                yield path, json.dumps(common, separators=(",", ":")).encode()
            else:
                yield path, data
        yield NEWEST_NAMES, lexicon.newest(fresh) if fresh else b"{}"

    def named(self) -> list[NamedPaper]:
        """List the papers that later ones name, in the order of the archive."""
        ((_, data),) = store.read(self._file(), only=_NAMED.__eq__)
        return [NamedPaper(*values) for values in json.loads(data)]

    @property
    def is_cached(self) -> bool:
        """Whether it is there and need not be put together, which goes through all shards."""
        return store.is_sound(self._place)

    @cached_property
    def _names(self) -> Mapping[str, list[str]]:
        return known.places(self.jobs[0].names, self.catalog)

    @property
    def _settled(self) -> tuple[Job, ...]:
        return self.jobs[1:] if len(self.jobs) > 1 else self.jobs

    @property
    def _place(self) -> Path:
        return self.jobs[0].cache / f"{self.key}{ENDING}"

    def _file(self) -> Path:
        """Return the file in the cache, and put it there if it is not."""
        file = self._place
        if not store.is_sound(file):
            made = self._put_together()
            for old in file.parent.glob(f"*{ENDING}"):
                old.unlink()
            store.write(file, made)
        return file

    def _put_together(self) -> dict[str, bytes]:
        oldest_first = self._settled[::-1]
        learned = [terms.read(terms_of(job, self.catalog)) for job in oldest_first]
        names = self._names
        whole = lexicon.put_together(learned, known.by_key(names))
        named = namings.count(learned, names)
        made = {f"{NAMES}{letters}_.json": data for letters, data in lexicon.buckets(whole)}
        made[WORDS] = lexicon.vocabulary(whole)
        made[COMMON] = json.dumps(whole.common, separators=(",", ":")).encode()
        made[NAMINGS] = _by_shard(oldest_first, named)
        made[_NAMED] = json.dumps(list(_by_paper(learned, named)), ensure_ascii=False).encode()
        return made


def terms_of(job: Job, catalog: Catalog) -> bytes:
    """Return the terms of a shard, from the cache where they are there."""
    if not store.is_sound(job.terms):
        keep_terms(job, lines(catalog, job.shard.first, job.shard.last))
    ((_, data),) = store.read(job.terms)
    return data


def keep_terms(job: Job, shown: Iterable[bytes]) -> None:
    """Learn the terms of a shard from the lines of its papers, and put them into the cache."""
    store.write(job.terms, {_TERMS: terms.learn(shown)})


def _by_shard(shards: Sequence[Job], named: Iterable[Naming]) -> bytes:
    """Return the list of papers that later ones name; `shards` stand oldest first."""
    listed: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for naming in named:
        numbers = listed[shards[naming.shard].path]
        numbers[str(naming.number)] = f"{naming.papers} {naming.name}"
    return json.dumps(listed, ensure_ascii=False, separators=(",", ":")).encode()


def _by_paper(learned: Sequence[Terms], named: Iterable[Naming]) -> Iterator[NamedPaper]:
    for naming in named:
        day, _, anchor = learned[naming.shard].order[naming.number].partition(" ")
        yield NamedPaper(day, anchor, naming.papers, naming.name)
