"""The search index: shards of Pagefind, each cached by what went into it.

`shards` divides the archive, `results` defines what a result holds, `records` writes what is
indexed, `pagefind` drives the program, `fragments` packs the results by means of a `dictionary`,
`order` puts the rest in order, `store` keeps all in the cache. This module hands them to the output
folder.
"""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING, NamedTuple

from dayleaf import urls
from dayleaf.search import fragments, order, pagefind, store
from dayleaf.search.dictionary import Dictionary, learn
from dayleaf.search.records import lines, records
from dayleaf.search.shards import Shard, plan

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from dayleaf.catalog import Catalog
    from dayleaf.config import Config, Granularity

__all__ = ["DICTIONARIES", "SHARDS", "Job", "files", "index", "jobs", "shared", "tidy"]

# Once for all shards; the rest of Pagefind's interface is not ours and is left out.
# engine.js runs Pagefind in a worker of its own, so pagefind-worker.js is left out as well.
_SHARED = re.compile(r"(?:pagefind\.js|wasm\.[\w-]+\.pagefind)\Z")
_KEPT = re.compile(r"(?:pagefind-entry\.json|[\w.-]+\.pf_meta|(?:filter|index|fragment)/.+)\Z")

SHARDS = f"{urls.SEARCH}shards.json"
"""The list of shards, from which scripts start."""
DICTIONARIES = f"{urls.SEARCH}dictionary/"
_NAME = 12
"""Hexadecimal digits in the name of a dictionary."""
_WORDS = "dictionary"


class Job(NamedTuple):
    """A shard to be indexed or taken from the cache."""

    shard: Shard
    fingerprint: str
    """Of everything that goes into the index: papers, language, granularity, program."""
    dictionary: str
    """The dictionary's name, of everything that goes into it."""
    cache: Path
    """The folder of the cached shards."""
    granularity: Granularity
    summaries: bool
    """Whether summaries that somebody made of papers are searched."""
    language: str
    kind: str = "search"
    """Of what its files are a part, for the manifest."""

    @property
    def file(self) -> Path:
        """The cached index, one file."""
        return self.cache / f"{self.fingerprint}.shard"

    @property
    def words(self) -> Path:
        """The cached dictionary."""
        return self.cache / f"{self.dictionary}.words"

    @property
    def key(self) -> str:
        """What the shard's files are made from, for the manifest."""
        return f"{self.shard.path} {self.fingerprint}"


def jobs(catalog: Catalog, config: Config, *, identity: str) -> list[Job]:
    """List the shards of the archive, newest first. `identity` stands for the code that indexes."""
    settings = f"{config.granularity} {config.summaries} {config.language}"
    common = f"{pagefind.version()} {identity} {settings}"
    found: list[Job] = []
    for shard in plan(catalog.days(), most=config.shard):
        dictionary = _mark(common, catalog.marks(*shard.learned))[:_NAME]
        papers = catalog.marks(shard.first, shard.last)
        found.append(
            Job(
                shard,
                _mark(f"{common} {shard} {dictionary}", papers),
                dictionary,
                config.cache / "shards",
                config.granularity,
                config.summaries,
                config.language.partition("-")[0],
            )
        )
    return found


def _mark(common: str, parts: Iterable[str]) -> str:
    mark = hashlib.blake2b(common.encode(), digest_size=12)
    for part in parts:
        mark.update(part.encode())
    return mark.hexdigest()


def index(job: Job, catalog: Catalog) -> bool:
    """Index the papers of a shard where the cache has no index of them; tell whether it had not."""
    if store.is_sound(job.file):
        return False
    _build(job, catalog)
    return True


def files(job: Job) -> Iterator[tuple[str, bytes]]:
    """Yield the files of an indexed shard, by path in the site."""
    for name, data in store.read(job.file):
        if not _SHARED.match(name):
            yield job.shard.path + name, data


def shared(found: list[Job], catalog: Catalog, *, version: str) -> Iterator[tuple[str, bytes]]:
    """Yield the files that shards share: Pagefind's program, dictionaries, the list of shards."""
    for job in {job.dictionary: job for job in found}.values():
        yield f"{DICTIONARIES}{job.dictionary}", _dictionary(job, catalog)
    if not store.is_sound(found[0].file):
        _build(found[0], catalog)
    for name, data in store.read(found[0].file, only=_SHARED.match):
        yield f"{urls.SEARCH}{name}", data
    yield SHARDS, _listing(found, version=version)


def _listing(found: list[Job], *, version: str) -> bytes:
    """Return the list of shards, newest first, that the search page starts from."""
    shards = [
        {
            "path": job.shard.path,
            "from": job.shard.first,
            "to": job.shard.last,
            "papers": job.shard.papers,
        }
        for job in found
    ]
    first = found[0]
    document = {
        "granularity": first.granularity,
        "version": version,
        "language": first.language,
        "shards": shards,
    }
    return json.dumps(document, separators=(",", ":")).encode()


def tidy(found: list[Job]) -> None:
    """Remove the cached shards that this archive does not use, and what killed builds left."""
    if found:
        used = {file for job in found for file in (job.file, job.words)}
        for file in found[0].cache.iterdir():
            if file not in used:
                file.unlink(missing_ok=True)


def _dictionary(job: Job, catalog: Catalog) -> bytes:
    """Return the file of a shard's dictionary, from the cache where it is there."""
    if not store.is_sound(job.words):
        store.write(job.words, {_WORDS: learn(lines(catalog, *job.shard.learned))})
    ((_, data),) = store.read(job.words)
    return data


def _build(job: Job, catalog: Catalog) -> None:
    """Index a shard into the cache."""
    found = list(
        records(
            catalog,
            job.shard,
            granularity=job.granularity,
            summaries=job.summaries,
            language=job.language,
        )
    )
    with pagefind.Service() as service:
        made = service.index(found, language=job.language)
        kept = {p: data for p, data in made if _SHARED.match(p) or _KEPT.match(p)}
    if len([path for path in kept if path.startswith("wasm.")]) > 1:
        del kept["wasm.unknown.pagefind"]  # for languages without a stemmer
    loose = {path: kept.pop(path) for path in [*kept] if path.startswith(fragments.FOLDER)}
    dictionary = Dictionary(_dictionary(job, catalog))
    packed = fragments.pack(found, order.pages(kept), loose, dictionary, name=job.dictionary)
    whole = packed.files | order.arrange(kept, packed.names)
    store.write(job.file, dict(sorted(whole.items())))
