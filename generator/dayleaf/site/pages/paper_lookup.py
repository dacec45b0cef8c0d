"""Lookup of papers: the buckets in which scripts look an identifier up.

They answer `/abs/2112.10046` and an id typed into the search. The bucket of an arXiv id is the
month in which arXiv gave it out, so that a new day changes one bucket or two:
`{"2021-12-19": "10046 10047"}`, with all other anchors in full, `cs/9901001`. A DOI's bucket is
named by the last two of its digits: `{"10.1109/cvpr.2017.603": "1611.10012"}`, in small letters.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, ClassVar

from dayleaf.archive import identifiers, urls
from dayleaf.catalog import reads
from dayleaf.site.pages.kind import Context, Kind, PublishStage, Span
from dayleaf.site.pages.producer import within
from dayleaf.site.products import DataFile

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dayleaf.site.products import Product


@dataclass(frozen=True)
class PaperLookupKind(Kind):
    """A bucket's key is that of its ids, `2112`, or the ending of its DOIs, `doi-03`."""

    name: ClassVar[str] = "paper lookup"
    pattern: ClassVar[re.Pattern[str]] = re.compile(rf"{urls.IDS}([^/]+)\.json")
    stage: ClassVar[PublishStage] = PublishStage.LEAVES
    topic: ClassVar[str | None] = reads.BUCKET
    chunk: ClassVar[int] = 1 << 30
    """All in one go: the DOIs are gone through once."""

    def make(
        self, context: Context, spans: tuple[Span, ...]
    ) -> Iterator[tuple[str, Iterator[Product]]]:
        """Yield the buckets within some spans."""
        catalog = context.catalog
        buckets = [bucket for bucket in catalog.id_buckets() if within(bucket, spans)]
        of_dois = any(span.end > identifiers.DOI_BUCKET for span in spans)
        dois = _dois(context) if of_dois else {}
        catalog.take_reads()  # which buckets there are, and their DOIs, follows from the topic
        for bucket in buckets:
            yield bucket, iter((_bucket(urls.ids(bucket), _days(catalog.ids(bucket))),))
        for bucket, papers in sorted(dois.items()):
            if within(bucket, spans):
                yield bucket, iter((_bucket(urls.ids(bucket), _unpacked(papers)),))


def _days(papers: list[tuple[str, str]]) -> dict[str, str]:
    return {
        day: " ".join(each.partition(".")[2] if each[0].isdigit() else each for _, each in group)
        for day, group in groupby(papers, itemgetter(0))
    }


def _dois(context: Context) -> Mapping[str, bytearray]:
    """Sort DOIs into buckets: DOI TAB anchor, a line each, which take a fifth of two strings."""
    buckets: defaultdict[str, bytearray] = defaultdict(bytearray)
    for field, anchor in context.catalog.dois():
        for doi, bucket in identifiers.doi_buckets(field):
            buckets[bucket] += f"{doi}\t{anchor}\n".encode()
    return buckets


def _unpacked(lines: bytearray) -> dict[str, str]:
    """Return the anchors by DOI; the first of several papers with the same one counts."""
    anchors: dict[str, str] = {}
    for line in lines.decode().split("\n")[:-1]:
        doi, _, anchor = line.partition("\t")
        anchors.setdefault(doi, anchor)
    return anchors


def _bucket(path: str, entries: dict[str, str]) -> DataFile:
    data = json.dumps(entries, ensure_ascii=False, separators=(",", ":"))
    return DataFile(path, data.encode())


PAPER_LOOKUP = PaperLookupKind()
