"""The search index: shards of Pagefind, each cached by what went into it.

`shards` divides the archive, `records` says what is indexed, `pagefind` drives the program, `order`
puts its files in order. This
module keeps the cache and hands the files to the output folder.
"""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
from typing import TYPE_CHECKING, NamedTuple

from dayleaf.search import order, pagefind
from dayleaf.search.records import records
from dayleaf.search.shards import Shard, plan

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from dayleaf.catalog import Catalog
    from dayleaf.config import Config, Granularity

__all__ = ["Job", "files", "index", "jobs", "shared", "tidy"]

# Once for all shards; the rest of Pagefind's interface is not ours and is left out.
# search.js runs Pagefind in a worker of its own, so pagefind-worker.js is left out as well.
_SHARED = frozenset({"pagefind.js"})
_KEPT = re.compile(
    r"(?:pagefind-entry\.json|[\w.-]+\.pf_meta|wasm\.[\w-]+\.pagefind"
    r"|(?:filter|index|fragment)/.+)\Z"
)


class Job(NamedTuple):
    """A shard to be indexed or taken from the cache."""

    shard: Shard
    fingerprint: str
    """Of everything that goes into the index: papers, language, granularity, program."""
    cache: Path
    """The folder of the cached shards."""
    granularity: Granularity
    language: str
    kind: str = "search"
    """Of what its files are a part, for the manifest."""

    @property
    def file(self) -> Path:
        """The cached index, one file."""
        return self.cache / f"{self.fingerprint}.zip"

    @property
    def owner(self) -> str:
        """What the shard's files are made from, for the manifest."""
        return f"search {self.shard.path} {self.fingerprint}"


def jobs(catalog: Catalog, config: Config, *, identity: str) -> list[Job]:
    """List the shards of the archive, newest first. `identity` stands for the code that indexes."""
    common = f"{pagefind.version()} {identity} {config.granularity} {config.language}"
    found: list[Job] = []
    for shard in plan(catalog.days()):
        mark = hashlib.blake2b(f"{common} {shard}".encode(), digest_size=12)
        for part in catalog.marks(shard.first, shard.last):
            mark.update(part)
        found.append(
            Job(
                shard,
                mark.hexdigest(),
                config.cache / "shards",
                config.granularity,
                config.language.partition("-")[0],
            )
        )
    return found


def index(job: Job, catalog: Catalog) -> bool:
    """Index the papers of a shard where the cache has no index of them; tell whether it had not."""
    if job.file.is_file():
        return False
    _build(job, catalog)
    return True


def files(job: Job) -> Iterator[tuple[str, bytes]]:
    """Yield the files of an indexed shard, by path in the site."""
    with zipfile.ZipFile(job.file) as archive:
        for name in archive.namelist():
            if name not in _SHARED:
                yield job.shard.path + name, archive.read(name)


def shared(found: list[Job], *, version: str) -> Iterator[tuple[str, bytes]]:
    """Yield the files that all shards share: Pagefind's program, and the list of shards."""
    with zipfile.ZipFile(found[0].file) as archive:
        for name in sorted(_SHARED):
            yield f"search/{name}", archive.read(name)
    yield "search/shards.json", _listing(found, version=version)


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
    """Remove the cached shards that this archive does not use."""
    if found:
        used = {job.file for job in found}
        for file in found[0].cache.glob("*.zip"):
            if file not in used:
                file.unlink(missing_ok=True)


def _build(job: Job, catalog: Catalog) -> None:
    """Index a shard into the cache; the file appears only when it is whole."""
    job.cache.mkdir(parents=True, exist_ok=True)
    aside = job.file.with_suffix(".new")
    found = records(catalog, job.shard, granularity=job.granularity, language=job.language)
    with pagefind.Service() as service, zipfile.ZipFile(aside, "w") as archive:
        made = dict(service.index(found, language=job.language))
        kept = {p: data for p, data in made.items() if p in _SHARED or _KEPT.match(p)}
        if len([path for path in kept if path.startswith("wasm.")]) > 1:
            del kept["wasm.unknown.pagefind"]  # for languages without a stemmer
        for path, data in order.arrange(kept).items():
            archive.writestr(zipfile.ZipInfo(path), data)
    aside.replace(job.file)
