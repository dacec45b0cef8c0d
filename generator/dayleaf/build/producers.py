"""All producers, and functions over all of them.

Every file of the output folder has one: the kinds of page, and what makes all else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dayleaf import assets
from dayleaf.base import disk
from dayleaf.base.errors import Finding, OutputError
from dayleaf.search.producer import LISTS, SHARDS
from dayleaf.site import statics
from dayleaf.site.pages import registry

if TYPE_CHECKING:
    from dayleaf.base.config import Config
    from dayleaf.site.pages.producer import Producer

_OTHERS: tuple[Producer, ...] = (assets.ASSETS, SHARDS, LISTS, assets.STATIC)


def every() -> tuple[Producer, ...]:
    """Return all producers."""
    return (*registry.KINDS, *_OTHERS)


def of(config: Config) -> tuple[Producer, ...]:
    """Return the producers of what is built, the site or a volume."""
    return tuple(producer for producer in every() if producer.in_volumes or not config.volume)


def named(name: str) -> Producer:
    """Return the producer of a name. Raises KeyError for a name that none has."""
    for producer in every():
        if producer.name == name:
            return producer
    raise KeyError(name)


def owner(path: str, config: Config | None) -> Producer | None:
    """Return the producer that a file can be of; None if none, as for a file of somebody else.

    Without settings the site's own files are unknown.
    """
    return next((producer for producer in every() if producer.owns(path, config)), None)


def check_static(config: Config) -> None:
    """Raise OutputError for a file of `static/` that cannot stand where it would."""
    assets.check_sizes(config)
    for path in statics.files(config.site):
        other = owner(path, None)
        if path == disk.MARK or (other and not other.gives_way(path)):
            raise OutputError(
                Finding(
                    "that of one",
                    expected="a name that no page of the site has",
                    advice="rename the file, or remove it",
                    file=f"{statics.FOLDER}/{path}",
                )
            )
