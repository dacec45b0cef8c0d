"""The search index: shards of Pagefind, each cached by what went into it.

`shards` divides the archive, `results` defines what a result holds, `records` writes what is
indexed, `pagefind` drives the program, `fragments` packs the results by means of a `dictionary`,
`order` puts the rest in order, `store` keeps all in the cache. `terms` learns what the papers of a
shard call things, `lexicon` puts that together with the well-known names of `known`. This module
hands all of it to the output folder.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from dayleaf.archive import urls
from dayleaf.base import base_urls, volumes
from dayleaf.catalog.reads import DAY, FactRange
from dayleaf.search import (
    fragments,
    known,
    lexicon,
    namings,
    order,
    pagefind,
    store,
    terms,
)
from dayleaf.search.dictionary import Dictionary, learn
from dayleaf.search.records import lines, records
from dayleaf.search.shards import Shard, plan

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from dayleaf.base.config import Config, Granularity
    from dayleaf.base.volumes import Volume
    from dayleaf.catalog import Catalog
    from dayleaf.search.namings import Naming

__all__ = ["DICTIONARIES", "SHARDS", "Job", "files", "index", "jobs", "shared", "tidy"]

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
_BUCKET = re.compile(rf"{NAMES}\w+_\.json")
_LEXICON = ".lexicon"
_WORDS, _TERMS = "dictionary", "terms"
_BY_CONTENT = re.compile(
    rf"{urls.SEARCH}(?:dictionary/|[^/]+/(?:(?:filter|index|fragment)/|[^/]+\.pf_meta\Z))"
)


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
    """Whether search covers summaries of papers."""
    language: str
    names: known.Names
    """Names that papers are known by, whatever they say themselves."""

    root: str
    """The way from the site's root to that of the volume that has the shard; empty for the site."""

    @property
    def path(self) -> str:
        """Where the shard lies, as seen from the site's root."""
        return self.root + self.shard.path

    @property
    def file(self) -> Path:
        """The cached index, one file."""
        return self.cache / f"{self.fingerprint}.shard"

    @property
    def words(self) -> Path:
        """The cached dictionary."""
        return self.cache / f"{self.dictionary}.words"

    @property
    def terms(self) -> Path:
        """The cached terms of the shard's papers."""
        return self.cache / f"{self.fingerprint}.terms"

    @property
    def key(self) -> str:
        """All that the shard's files follow from besides the settings, in a line."""
        first, last = self.shard.learned
        return (
            f"{self.shard.name} {self.shard.first} {self.shard.last} {self.shard.papers} {first} "
            f"{last} {self.dictionary} {self.fingerprint}"
        )

    @classmethod
    def of(cls, key: str, config: Config) -> Job:
        """Return the job of a key."""
        name, first, last, papers, begin, end, dictionary, fingerprint = key.split(" ")
        shard = Shard(name, first, last, int(papers), (begin, end))
        return cls.at(shard, fingerprint, dictionary, config)

    @classmethod
    def at(cls, shard: Shard, fingerprint: str, dictionary: str, config: Config) -> Job:
        """Return the job of a shard, by a site's settings."""
        volume = volumes.of(shard.first, config.volumes)
        return cls(
            shard,
            fingerprint,
            dictionary,
            config.cache / "shards",
            config.granularity,
            config.summaries,
            config.language.partition("-")[0],
            known.names(config.site),
            base_urls.between(config.base_url, volume.base_url) if volume else "",
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
    words = dict(_words(shards, catalog))
    yield from words.items()
    yield SHARDS, _listing(shards, catalog, words, version=version)
    yield NEWEST, _newest(shards[0])


def dictionaries(shards: Iterable[Job], catalog: Catalog) -> Iterator[tuple[str, bytes]]:
    """Yield the dictionaries of some shards."""
    for job in {job.dictionary: job for job in shards}.values():
        yield f"{DICTIONARIES}{job.dictionary}", _dictionary(job, catalog)


def _program(name: str) -> str:
    """Return where a file of Pagefind's program stands in the site."""
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


def _words(shards: list[Job], catalog: Catalog) -> Iterator[tuple[str, bytes]]:
    """Yield the files of the archive's names and words.

    Those of all shards but the newest come from the cache while none of these shards changes.
    """
    names = known.places(shards[0].names, catalog)
    newest, settled = (shards[0], shards[1:]) if len(shards) > 1 else (None, shards)
    fingerprint = _fingerprint(repr(sorted(names.items())), *(job.key for job in settled))
    file = shards[0].cache / f"{fingerprint}{_LEXICON}"
    if not store.is_sound(file):
        oldest_first = settled[::-1]
        learned = [terms.read(_terms(job, catalog)) for job in oldest_first]
        whole = lexicon.put_together(learned, known.by_key(names))
        made = {f"{NAMES}{letters}_.json": data for letters, data in lexicon.buckets(whole)}
        made[WORDS] = lexicon.vocabulary(whole)
        made[COMMON] = json.dumps(whole.common, separators=(",", ":")).encode()
        made[NAMINGS] = _namings(oldest_first, namings.count(learned, names))
        for old in file.parent.glob(f"*{_LEXICON}"):
            old.unlink()
        store.write(file, made)
    fresh = terms.read(_terms(newest, catalog)) if newest else None
    for path, data in store.read(file):
        if fresh and newest and path == COMMON:
            common = lexicon.with_newest(json.loads(data), fresh, newest.shard.last[:4])
            yield path, json.dumps(common, separators=(",", ":")).encode()
        else:
            yield path, data
    yield NEWEST_NAMES, lexicon.newest(fresh) if fresh else b"{}"


def _namings(shards: Sequence[Job], named: Iterable[Naming]) -> bytes:
    """Return the list of papers that later ones name; `shards` stand oldest first."""
    listed: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for naming in named:
        numbers = listed[shards[naming.shard].path]
        numbers[str(naming.number)] = f"{naming.papers} {naming.name}"
    return json.dumps(listed, ensure_ascii=False, separators=(",", ":")).encode()


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
            if file not in used and file.suffix != _LEXICON:
                file.unlink(missing_ok=True)


def _dictionary(job: Job, catalog: Catalog) -> bytes:
    """Return the file of a shard's dictionary, from the cache where it is there."""
    if not store.is_sound(job.words):
        store.write(job.words, {_WORDS: learn(lines(catalog, *job.shard.learned))})
    ((_, data),) = store.read(job.words)
    return data


def _terms(job: Job, catalog: Catalog) -> bytes:
    """Return the terms of a shard, from the cache where they are there."""
    if not store.is_sound(job.terms):
        shown = lines(catalog, job.shard.first, job.shard.last)
        store.write(job.terms, {_TERMS: terms.learn(shown)})
    ((_, data),) = store.read(job.terms)
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
        store.write(job.terms, {_TERMS: terms.learn(record.line for record in documents)})
    store.write(job.file, dict(sorted(whole.items())))
