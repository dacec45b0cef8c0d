"""The built site against the catalog: whether every paper, day and author is where it should be."""

from __future__ import annotations

import html
import json
import re
from itertools import groupby
from typing import TYPE_CHECKING

from dayleaf.archive import urls
from dayleaf.base import volumes
from dayleaf.base.hosts import HOSTS
from dayleaf.search import SHARDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dayleaf.base.config import Config
    from dayleaf.catalog import Catalog

_ANCHOR = re.compile(rb"<section id=\"?([^\s\">]+)")
_ARTICLE = re.compile(rb"<article id=(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))")


def differences(config: Config, catalog: Catalog) -> tuple[str, ...] | None:
    """Return what the site lacks, or has too much; None where there is no site."""
    if not (config.output / urls.file(urls.HOME)).is_file():
        return None
    return tuple(_days(config, catalog)) + tuple(_lists(config, catalog))


def _days(config: Config, catalog: Catalog) -> Iterator[str]:
    """Compare the papers of every day page with those of the catalog, in both directions."""
    for day, _ in catalog.days():
        expected = {paper.anchor for paper in catalog.listed(day, day)}
        path = urls.file(urls.day(day))
        volume = volumes.of(day, config.volumes)
        folder = config.folder_of(volume) if volume else config.output
        if volume and not folder.is_dir():
            continue  # it is built when its years are over, and may be kept elsewhere
        try:
            data = (folder / path).read_bytes()
        except OSError:
            yield f"{path}: expected a page with {len(expected)} papers, found none"
            continue
        anchors = [
            html.unescape((m[1] or m[2] or m[3]).decode(errors="replace"))
            for m in _ARTICLE.finditer(data)
        ]
        if set(anchors) != expected or len(anchors) != len(expected):
            lost, strange = sorted(expected - set(anchors)), sorted(set(anchors) - expected)
            amiss = f"lacks {', '.join(lost[:3]) or 'none'}, has {', '.join(strange[:3]) or 'none'}"
            yield f"{path}: expected {len(expected)} papers, found {len(anchors)}: {amiss} besides"


def _lists(config: Config, catalog: Catalog) -> Iterator[str]:
    """Look for the page of every author and category, and count the papers that search knows."""
    yield from _authors(config, catalog)
    for system, code, count in catalog.codes():
        path = urls.file(urls.category(code, system=system))  # type: ignore[arg-type]
        if not (config.output / path).is_file():
            yield f"{path}: expected the page of a category with {count} papers, found none"
    try:
        listing = json.loads((config.output / SHARDS).read_bytes())
    except (OSError, ValueError):
        return
    papers = sum(count for _, count in catalog.days())
    indexed = sum(shard["papers"] for shard in listing["shards"])
    if indexed != papers:
        yield f"{SHARDS}: expected {papers:,} papers, found {indexed:,}"


def _authors(config: Config, catalog: Catalog) -> Iterator[str]:
    """Look for every author, on a page of their own or on a shared one."""
    pages = HOSTS[config.host].shared_pages
    people = sorted(catalog.people("", "~"), key=lambda author: urls.shared_place(author.slug))
    for page, sharing in groupby(
        people, lambda author: urls.shared_page(urls.shared_place(author.slug), pages)
    ):
        path = urls.shared(page)
        shared = config.output / path
        anchors = set(_ANCHOR.findall(shared.read_bytes())) if shared.is_file() else set()
        for person in sharing:
            own = urls.author(person.slug)
            if (config.output / own).is_file():
                continue
            if person.slug.encode() not in anchors:
                yield (
                    f"{own}: expected the page of an author with {person.papers} papers, or a place"
                    f" at {path}, found neither"
                )
