"""The search index: shards of Pagefind, each cached by what went into it.

`shards` divides the archive; a `job` is a shard with all that its files follow from. `results`
defines what a result holds, `records` writes what is indexed, `pagefind` drives the program,
`fragments` packs the results by means of a `dictionary`, `order` puts the rest in order, `store`
keeps all in the cache. `terms` learns what the papers of a shard call things, `lexicon` puts that
together with the well-known names of `known`, `namings` counts who is named by later papers, and
`learned` keeps what came of it. This module hands all of it to the output folder.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from dayleaf.archive import urls
from dayleaf.base import volumes
from dayleaf.catalog.reads import DAY, FactRange
from dayleaf.search import fragments, order, pagefind, store
from dayleaf.search.dictionary import Dictionary, learn
from dayleaf.search.job import Job
from dayleaf.search.learned import (
    COMMON,
    ENDING,
    NAMES,
    NAMINGS,
    NEWEST_NAMES,
    WORDS,
    Learned,
    keep_terms,
)
from dayleaf.search.records import lines, records
from dayleaf.search.shards import Shard, plan

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from dayleaf.base.config import Config
    from dayleaf.base.volumes import Volume
    from dayleaf.catalog import Catalog

__all__ = [
    "COMMON",
    "DICTIONARIES",
    "NAMES",
    "NAMINGS",
    "NEWEST_NAMES",
    "SHARDS",
    "WORDS",
    "Job",
    "Learned",
    "dictionaries",
    "files",
    "index",
    "jobs",
    "shared",
    "tidy",
]

# Once for all shards; the rest of Pagefind's interface is not ours and is left out.
# engine.js runs Pagefind in a worker of its own, so pagefind-worker.js is left out as well.
_SHARED = re.compile(r"(?:pagefind\.js|wasm\.[\w-]+\.pagefind)\Z")
WASM = "wasm.pagefind"
"""Its compiled part; by a name without the language, so that nobody waits to learn that."""
_IS_ENTRY = re.compile(r"pagefind-entry\.json\Z")
_KEPT = re.compile(r"(?:pagefind-entry\.json|[\w.-]+\.pf_meta|(?:filter|index|fragment)/.+)\Z")

SHARDS = f"{urls.SEARCH}shards.json"
"""The list of shards, from which scripts start."""
NEWEST = f"{urls.SEARCH}newest.json"
"""What a search of the newest shard fetches, for readers who keep it on their devices."""
DICTIONARIES = f"{urls.SEARCH}dictionary/"
_NAME = 12
"""Hexadecimal digits in the name of a dictionary."""
_BUCKET = re.compile(rf"{NAMES}\w+_\.json")
_WORDS = "dictionary"
_BY_CONTENT = re.compile(
    rf"{urls.SEARCH}(?:dictionary/|[^/]+/(?:(?:filter|index|fragment)/|[^/]+\.pf_meta\Z))"
)


def is_named_by_content(path: str) -> bool:
    """Tell whether the name of a file of the site follows from what it holds."""
    return bool(_BY_CONTENT.match(path))


def jobs(catalog: Catalog, config: Config, *, identity: str) -> list[Job]:
    """List the shards of the archive, newest first. `identity` stands for the code that indexes."""
    settings = f"{config.granularity} {config.summaries} {config.language}"
    common = f"{pagefind.version()} {identity} {settings}"
    jobs: list[Job] = []
    for shard in _plan(catalog, config):
        dictionary = _fingerprint(common, _papers(catalog, *shard.learned))[:_NAME]
        papers = _papers(catalog, shard.first, shard.last)
        fingerprint = _fingerprint(f"{common} {shard} {dictionary}", papers)
        jobs.append(Job.at(shard, fingerprint, dictionary, config))
    return jobs


def _plan(catalog: Catalog, config: Config) -> Iterator[Shard]:
    """Yield the shards of the site, and then those of its volumes."""
    parts: defaultdict[Volume | None, list[tuple[str, int]]] = defaultdict(list)
    for day, papers in catalog.days():
        parts[volumes.of(day, config.volumes)].append((day, papers))
    for volume in (None, *reversed(config.volumes)):
        if parts[volume]:
            yield from plan(parts[volume], most=config.shard, closed=volume is not None)


def _papers(catalog: Catalog, first: str, last: str) -> str:
    """Return the fingerprint of the papers from a day to another, remembered while it holds."""
    return catalog.remembered(
        f"fingerprint {first} {last}",
        FactRange(DAY, first, last),
        lambda: _fingerprint(*catalog.fingerprints(first, last)),
    )


def _fingerprint(*parts: str) -> str:
    return hashlib.blake2b("\n".join(parts).encode(), digest_size=12).hexdigest()


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


def shared(shards: list[Job], catalog: Catalog, *, version: str) -> Iterator[tuple[str, bytes]]:
    """Yield the files that shards share.

    Pagefind's program, dictionaries, the archive's names and words, and the list of shards.
    """
    yield from dictionaries([job for job in shards if not job.root], catalog)
    if not store.is_sound(shards[0].file):
        _build(shards[0], catalog)
    for name, data in store.read(shards[0].file, only=_SHARED.match):
        yield _program(name), data
    words = dict(Learned(tuple(shards), catalog).files())
    yield from words.items()
    yield SHARDS, _listing(shards, catalog, words, version=version)
    yield NEWEST, _newest(shards[0])


def dictionaries(shards: Iterable[Job], catalog: Catalog) -> Iterator[tuple[str, bytes]]:
    """Yield the dictionaries of some shards."""
    for job in {job.dictionary: job for job in shards}.values():
        yield f"{DICTIONARIES}{job.dictionary}", _dictionary(job, catalog)


def _program(name: str) -> str:
    """Return the site's path of a file of Pagefind's program."""
    return urls.SEARCH + (WASM if name.startswith("wasm.") else name)


def _newest(job: Job) -> bytes:
    """Return the list of files that a search of a shard needs, those named by content apart."""
    parts = [job.shard.path + name for name in store.names(job.file) if not _SHARED.match(name)]
    shared = [_program(name) for name in store.names(job.file) if _SHARED.match(name)]
    lasting = [path for path in parts if is_named_by_content(path)]
    changing = [path for path in parts if not is_named_by_content(path)]
    listed = {
        "lasting": [f"{DICTIONARIES}{job.dictionary}", *lasting],
        "changing": [SHARDS, WORDS, COMMON, NAMINGS, *shared, *changing],
    }
    return json.dumps(listed, separators=(",", ":")).encode()


def _listing(
    shards: list[Job], catalog: Catalog, words: Mapping[str, bytes], *, version: str
) -> bytes:
    """Return the list of shards, newest first, that the search page starts from.

    `months` are the numbers of records by month, oldest first, as the index has them in order;
    `names` the letters that there are buckets of names for, `common` the words of everyday use. The
    newest shard, where every search begins, has its index's entry within: a request less.
    """
    entries: list[dict[str, object]] = [
        {
            "path": job.path,
            "from": job.shard.first,
            "to": job.shard.last,
            "papers": job.shard.papers,
            "months": _months(job, catalog),
            "dictionary": job.dictionary,
        }
        for job in shards
    ]
    first = shards[0]
    ((_, entry),) = store.read(first.file, only=_IS_ENTRY.match)
    entries[0]["entry"] = json.loads(entry)
    document = {
        "granularity": first.granularity,
        "version": version,
        "language": first.language,
        "names": " ".join(
            path[len(NAMES) : -len("_.json")] for path in words if _BUCKET.match(path)
        ),
        "common": " ".join(json.loads(words[COMMON])),
        "shards": entries,
    }
    return json.dumps(document, separators=(",", ":")).encode()


def _months(job: Job, catalog: Catalog) -> dict[str, int]:
    months: Counter[str] = Counter()
    for day, papers in catalog.days():
        if job.shard.first <= day <= job.shard.last:
            months[day[:7]] += papers if job.granularity == "paper" else 1
    return months


def tidy(shards: Sequence[Job]) -> None:
    """Remove unused cached shards, and the remains of killed builds."""
    if shards and shards[0].cache.is_dir():
        used = {file for job in shards for file in (job.file, job.words, job.terms)}
        for file in shards[0].cache.iterdir():
            if file not in used and file.suffix != ENDING:
                file.unlink(missing_ok=True)


def _dictionary(job: Job, catalog: Catalog) -> bytes:
    """Return the file of a shard's dictionary, from the cache where it is there."""
    if not store.is_sound(job.words):
        store.write(job.words, {_WORDS: learn(lines(catalog, *job.shard.learned))})
    ((_, data),) = store.read(job.words)
    return data


def _build(job: Job, catalog: Catalog) -> None:
    """Index a shard into the cache."""
    documents = list(
        records(
            catalog,
            job.shard,
            granularity=job.granularity,
            summaries=job.summaries,
            language=job.language,
        )
    )
    with pagefind.Service() as service:
        made = service.index(documents, language=job.language)
        kept = {p: data for p, data in made if _SHARED.match(p) or _KEPT.match(p)}
    if len([path for path in kept if path.startswith("wasm.")]) > 1:
        del kept["wasm.unknown.pagefind"]  # for languages without a stemmer
    loose = {path: kept.pop(path) for path in [*kept] if path.startswith(fragments.FOLDER)}
    dictionary = Dictionary(_dictionary(job, catalog))
    packed = fragments.pack(documents, order.pages(kept), loose, dictionary, name=job.dictionary)
    whole = packed.files | order.arrange(kept, packed.names)
    if job.granularity == "paper":
        keep_terms(job, (record.line for record in documents))
    store.write(job.file, dict(sorted(whole.items())))
