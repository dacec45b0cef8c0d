"""Whether the volumes of a site stand where its links lead, and hold the papers that it knows."""

from __future__ import annotations

import json
from contextlib import closing
from http.client import HTTPException
from typing import TYPE_CHECKING, NamedTuple
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from dayleaf.archive import urls
from dayleaf.base.errors import ConfigError, Finding
from dayleaf.build import work
from dayleaf.catalog import Catalog
from dayleaf.search import SHARDS
from dayleaf.site.pages.volume import facts_of

if TYPE_CHECKING:
    from dayleaf.base.config import Config
    from dayleaf.base.volumes import Volume

_PATIENCE = 20.0
"""Seconds to wait for an answer."""
_LONGEST = 10_000
"""Bytes of an answer."""


class VolumeState(NamedTuple):
    """What stands at the address of a volume."""

    name: str
    base_url: str
    papers: int
    """Papers of its years, as the catalog knows them."""
    wrong: str
    """What is not as it should be, with advice; empty for a volume in step."""

    def __str__(self) -> str:
        """Return a line for people."""
        verdict = self.wrong or f"in step, {self.papers:,} papers"
        return f"{self.name}: {self.base_url}: {verdict}"


def ask(config: Config) -> list[VolumeState]:
    """Ask the address of each volume what is there, over the network.

    The catalog is up to date. Raises ConfigError for a site without volumes.
    """
    if not config.volumes:
        raise ConfigError(Finding("none", "[[volumes]] in site.toml", about="--volumes"))
    search = (config.output / SHARDS).is_file()
    with closing(Catalog(config.cache / work.CATALOG)) as catalog:
        return [_state(volume, catalog, config, search=search) for volume in config.volumes]


def _state(volume: Volume, catalog: Catalog, config: Config, *, search: bool) -> VolumeState:
    expected = facts_of(volume, catalog, config, search=search)
    papers = int(str(expected["papers"]))
    advice = f"run `dayleaf build --volume {volume.name}`, and publish what it makes"
    try:
        standing = _facts(volume.base_url + urls.VOLUME)
    except (OSError, HTTPException, ValueError) as error:
        wrong = f"expected {urls.VOLUME}, found {_reason(error)}; {advice}"
        return VolumeState(volume.name, volume.base_url, papers, wrong)
    differing = [
        f"{key} {expected[key]!r}, found {standing.get(key)!r}"
        for key in expected
        if standing.get(key) != expected[key]
    ]
    wrong = f"out of step: expected {'; '.join(differing)}; {advice}" if differing else ""
    return VolumeState(volume.name, volume.base_url, papers, wrong)


def _facts(address: str) -> dict[str, object]:
    """Fetch what a volume says of itself. Raises OSError or ValueError."""
    request = Request(address, headers={"User-Agent": "dayleaf"})  # noqa: S310 - http or https
    with urlopen(request, timeout=_PATIENCE) as answer:  # noqa: S310
        facts = json.loads(answer.read(_LONGEST))
    if not isinstance(facts, dict):
        message = "no object of JSON"
        raise ValueError(message)  # noqa: TRY004 - like what is no JSON at all
    return facts


def _reason(error: Exception) -> str:
    if isinstance(error, HTTPError):
        return f"{error.code} {error.reason}"
    if isinstance(error, URLError):
        return str(error.reason)
    return str(error) or type(error).__name__
