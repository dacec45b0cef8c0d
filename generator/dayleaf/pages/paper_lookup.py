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

from dayleaf import urls
from dayleaf.drafts import Raw
from dayleaf.lookup import DOI, FIGURES
from dayleaf.pages.kind import Context, Kind, Span, Turn, within

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dayleaf.drafts import Page

_DOI_KEY = "doi-"
# Those that arXiv itself gives out hold the id, and need no bucket.
_DOI = re.compile(rf"(?!10\.\d+/arxiv\.){DOI}")


@dataclass(frozen=True)
class PaperLookup(Kind):
    """A bucket's key is that of its ids, `2112`, or the ending of its DOIs, `doi-03`."""

    name: ClassVar[str] = "paper lookup"
    pattern: ClassVar[re.Pattern[str]] = re.compile(rf"{urls.IDS}([^/]+)\.json")
    turn: ClassVar[Turn] = Turn.LEAVES
    chunk: ClassVar[int] = 1 << 30

    def touched(self, context: Context, *, since: int) -> list[str]:
        """Return the touched buckets, and every ending of a DOI, which are soon made."""
        endings = (f"{_DOI_KEY}{number:0{FIGURES}}" for number in range(10**FIGURES))
        return [*context.catalog.touched("id bucket", since=since), *endings]

    def pages(self, context: Context, spans: tuple[Span, ...]) -> Iterator[Page]:
        """Yield the buckets within some spans."""
        for bucket in context.catalog.id_buckets():
            if within(bucket, spans):
                yield _bucket(urls.ids(bucket), _days(context.catalog.ids(bucket)))
        if any(span.end > _DOI_KEY for span in spans):
            for ending, papers in sorted(_dois(context).items()):
                if within(f"{_DOI_KEY}{ending}", spans):
                    yield _bucket(urls.dois(ending), _unpacked(papers))


def _days(papers: list[tuple[str, str]]) -> dict[str, str]:
    return {
        day: " ".join(one.partition(".")[2] if one[0].isdigit() else one for _, one in found)
        for day, found in groupby(papers, itemgetter(0))
    }


def _dois(context: Context) -> Mapping[str, bytearray]:
    """Sort DOIs into buckets: DOI TAB anchor, a line each, which take a fifth of two strings."""
    found: defaultdict[str, bytearray] = defaultdict(bytearray)
    for field, anchor in context.catalog.dois():
        for doi in _DOI.findall(field.lower()):
            ending = "".join(filter(str.isdecimal, doi))[-FIGURES:]
            if ending.isascii():
                found[ending] += f"{doi}\t{anchor}\n".encode()
    return found


def _unpacked(lines: bytearray) -> dict[str, str]:
    """Return the anchors by DOI; the first of several papers with the same one counts."""
    found: dict[str, str] = {}
    for line in lines.decode().split("\n")[:-1]:
        doi, _, anchor = line.partition("\t")
        found.setdefault(doi, anchor)
    return found


def _bucket(path: str, entries: dict[str, str]) -> Raw:
    data = json.dumps(entries, ensure_ascii=False, separators=(",", ":"))
    return Raw(path, data.encode())


PAPER_LOOKUP = PaperLookup()
