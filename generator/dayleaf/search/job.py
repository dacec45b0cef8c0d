"""A shard to be indexed or taken from the cache, with all that its files follow from."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dayleaf.base import base_urls, volumes
from dayleaf.search import known
from dayleaf.search.shards import Shard

if TYPE_CHECKING:
    from pathlib import Path

    from dayleaf.base.config import Config, Granularity


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
