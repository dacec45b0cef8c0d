"""What scripts cite a page's papers from: the data of references, without abstracts, packed.

A list of papers in JSON, each a list of `FIELDS` whose empty end is left out, compressed as DEFLATE
(RFC 1951), which browsers unpack: some 100 bytes a paper.
"""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from dayleaf import urls
from dayleaf.drafts import Raw
from dayleaf.exports import Export
from dayleaf.text import to_plain

if TYPE_CHECKING:
    from dayleaf.catalog import Paper
    from dayleaf.config import Config
    from dayleaf.exports import Collection

FIELDS = (
    "id",  # the anchor, `2112.10046`
    "title",  # as plain text
    "authors",  # names in the paper's order
    "category",  # the primary one
    "published",  # `2021-12-19`; empty where it is the page's day
    "doi",
    "journal",  # as plain text
    "venue",  # slug, year and part, a tab between them: `cvpr`, `2022`, `workshop`
    "formulas",  # the title as HTML, where it holds formulas
    "address",  # where it is published, unless that follows from an arXiv id
    "others",  # 1 where there are more authors than are named
    "comment",  # as plain text
)
_LEVEL = 9
_RAW = -zlib.MAX_WBITS
"""DEFLATE without a wrapper, as `deflate-raw` of the Compression Streams Standard."""


@dataclass(frozen=True, slots=True)
class References(Export):
    """The references of a page's papers, for scripts."""

    name: ClassVar[str] = "papers.bin"

    def make(self, collection: Collection, config: Config) -> Raw:
        """Return the file."""
        papers = [_trimmed(_fields(paper)) for paper in collection.papers]
        return Raw(self.path(collection.path), pack(papers))


REFERENCES = References()


def pack(value: object) -> bytes:
    """Return JSON, compressed."""
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, _RAW)
    data = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    return packer.compress(data) + packer.flush()


def unpack(data: bytes) -> list[list[object]]:
    """Return the papers of a file."""
    found: list[list[object]] = json.loads(zlib.decompress(data, _RAW))
    return found


def _fields(paper: Paper) -> tuple[object, ...]:
    """Return what `FIELDS` name."""
    published = paper.published[:10] if paper.published else paper.day
    venue = next(iter(paper.venues), None)
    at = venue.code.partition("/") if venue else ("", "", "")
    return (
        paper.anchor,
        paper.title_plain,
        paper.names,
        paper.code,
        "" if published == paper.day else published,
        next(iter(paper.dois), ""),
        to_plain(paper.journal or ""),
        f"{at[0]}\t{at[2]}\t{venue.part}" if venue else "",
        paper.title_html if "<" in paper.title_html else "",
        _address(paper),
        int(paper.told.others),
        to_plain(paper.comment or ""),
    )


def _address(paper: Paper) -> str:
    if paper.identifier is None and not paper.url:
        return ""
    return paper.url or paper.named.address or urls.paper(paper.day, paper.anchor)


def _trimmed(fields: tuple[object, ...]) -> list[object]:
    """Leave out the end that says nothing."""
    last = max(place for place, value in enumerate(fields) if value)
    return list(fields[: last + 1])
