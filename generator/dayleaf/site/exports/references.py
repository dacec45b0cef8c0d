"""What scripts cite a page's papers from: the data of references, without abstracts, packed.

A list of papers in JSON, each a list of `FIELDS` whose empty end is left out, compressed as DEFLATE
(RFC 1951), which browsers unpack: some 100 bytes a paper.
"""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from dayleaf.archive import urls
from dayleaf.site.exports import Export
from dayleaf.site.products import DataFile
from dayleaf.text import to_plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from dayleaf.base.config import Config
    from dayleaf.catalog import PaperRow
    from dayleaf.site.exports import Collection

_LEVEL = 9
_RAW = -zlib.MAX_WBITS
"""DEFLATE without a wrapper, as `deflate-raw` of the Compression Streams Standard."""


@dataclass(frozen=True, slots=True)
class References(Export):
    """The references of a page's papers, for scripts."""

    name: ClassVar[str] = "papers.bin"

    def make(self, collection: Collection, config: Config) -> DataFile:
        """Return the file."""
        papers = [_trimmed(paper) for paper in collection.papers]
        return DataFile(self.path(collection.path), pack(papers))


REFERENCES = References()


def pack(value: object) -> bytes:
    """Return JSON, compressed."""
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, _RAW)
    data = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    return packer.compress(data) + packer.flush()


def unpack(data: bytes) -> list[list[object]]:
    """Return the papers of a file."""
    rows: list[list[object]] = json.loads(zlib.decompress(data, _RAW))
    return rows


def _published(paper: PaperRow) -> str:
    day = (paper.published or paper.day)[:10]
    return "" if day == paper.day else day


def _venue(paper: PaperRow) -> str:
    if not paper.venues:
        return ""
    slug, _, year = paper.venues[0].code.partition("/")
    return f"{slug}\t{year}\t{paper.venues[0].part}"


def _address(paper: PaperRow) -> str:
    if paper.identifier is None and not paper.url:
        return ""
    return paper.url or paper.named.address or urls.paper(paper.day, paper.anchor)


def _trimmed(paper: PaperRow) -> list[object]:
    """Return the fields without the end that says nothing."""
    values = [take(paper) for take in FIELDS.values()]
    last = max(place for place, value in enumerate(values) if value)
    return values[: last + 1]


FIELDS: dict[str, Callable[[PaperRow], object]] = {
    "id": lambda paper: paper.anchor,
    "title": lambda paper: paper.title_plain,
    "authors": lambda paper: paper.names,
    "category": lambda paper: paper.code,
    "published": _published,  # `2021-12-19`; empty where it is the page's day
    "doi": lambda paper: next(iter(paper.dois), ""),
    "journal": lambda paper: to_plain(paper.journal or ""),
    "venue": _venue,  # slug, year and part, a tab between them: `cvpr`, `2022`, `workshop`
    "formulas": lambda paper: paper.title_html if "<" in paper.title_html else "",
    "address": _address,  # where it is published, unless that follows from an arXiv id
    "others": lambda paper: int(paper.told.others),  # 1 for more authors than are named
    "comment": lambda paper: to_plain(paper.comment or ""),
}
"""By their names, in the order in which a paper's list holds them."""
