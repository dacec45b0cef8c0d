"""Volumes: years that are over, published at a base URL of their own.

`[[volumes]]` of site.toml divides an archive that outgrows its host. A volume has the pages of the
days of its years, and their part of the search index. Everything else stays with the site: authors,
categories, venues, feeds, lookups, the scripts and styles of all pages. The address that a day had
before leads on to the volume.

Site and volumes have the same origin, so that a page of the one may fetch from the other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dayleaf.base import base_urls
from dayleaf.base.errors import ConfigError, Finding
from dayleaf.base.validator import Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dayleaf.base.validator import Document

VOLUMES = "volumes"
FOLDER = "volumes"
"""The folder beside the output folder in which volumes are built, each by its name."""
_RULES = {"until": Rule(int), "base_url": Rule()}
_FIRST, _LAST = 1000, 9998


class Volume(NamedTuple):
    """Some years of an archive."""

    first: str
    """Its first year, `2016`; `0000` for the oldest volume."""
    until: str
    """Its last year, `2019`."""
    base_url: str
    line: int
    """Where it stands in `site.toml`."""

    @property
    def name(self) -> str:
        """The last part of its address: `papers-to-2019`."""
        return base_urls.path(self.base_url).rstrip("/").rpartition("/")[2]

    def holds(self, day: str) -> bool:
        """Tell whether a day, or a year, is one of the volume's."""
        return self.first <= day[:4] <= self.until


def of(day: str, volumes: Iterable[Volume]) -> Volume | None:
    """Return the volume that holds a day; None where the site itself does."""
    return next((volume for volume in volumes if volume.holds(day)), None)


def named(name: str, volumes: tuple[Volume, ...]) -> Volume:
    """Return the volume of a name. Raises ConfigError where there is none."""
    for volume in volumes:
        if volume.name == name:
            return volume
    known = ", ".join(volume.name for volume in volumes) or "none, for site.toml has no [[volumes]]"
    raise ConfigError(Finding(repr(name), f"one of {known}", about="--volume"))


def read(tables: object, document: Document) -> tuple[Volume, ...]:
    """Check the tables. Raises ConfigError with the line of a mistake."""
    volumes: list[Volume] = []
    for table, line in document.array(VOLUMES, tables):
        volumes.append(_volume(table, line, document, volumes[-1:]))
    return tuple(volumes)


def _volume(
    table: Mapping[str, object], line: int, document: Document, before: list[Volume]
) -> Volume:
    document.check(table, _RULES, about=VOLUMES, below=line)
    for key, example in (("until", "until = 2019"), ("base_url", 'base_url = "https://…/"')):
        if key not in table:
            raise document.fault(f"no {key}", expected=example, about=VOLUMES, line=line)
    until = int(str(table["until"]))
    after = int(before[0].until) if before else _FIRST
    if not after < until <= _LAST:
        raise document.fault(
            str(until),
            expected=f"a year after {after}, the last of the volume before" if before else "a year",
            advice="list the volumes from the oldest on",
            about="volumes.until",
            line=document.line("until", below=line),
        )
    at = document.line("base_url", below=line)
    address = base_urls.checked(
        str(table["base_url"]), about="volumes.base_url", file=document.file, line=at
    )
    if base_urls.path(address) == "/":
        wanted = "an address with a path, whose last part names the volume"
        raise document.fault(repr(address), expected=wanted, about="volumes.base_url", line=at)
    return Volume(f"{after + 1:04}" if before else "0000", str(until), address, line)


def check(volumes: tuple[Volume, ...], base_url: str, *, file: str) -> None:
    """Hold volumes against the site's own address.

    Raises ConfigError where the two have not the same origin, or would stand in one place.
    """
    if volumes and not base_url:
        wanted, advice = "the site's own base_url", "volumes are found from there"
        raise ConfigError(Finding("none", wanted, advice, VOLUMES, file, volumes[0].line))
    taken = {base_url: "the site"}
    for volume in volumes:
        here = Finding(repr(volume.base_url), about=VOLUMES, file=file, line=volume.line)
        if base_urls.origin(volume.base_url) != base_urls.origin(base_url):
            expected = f"an address that begins with {base_urls.origin(base_url)}/"
            raise ConfigError(here._replace(expected=expected))
        other = taken.get(volume.base_url, "")
        if other or volume.name in {each.name for each in volumes if each is not volume}:
            expected = "an address, and a last part of it, that nothing else has"
            raise ConfigError(here._replace(expected=expected))
        taken[volume.base_url] = volume.name
