"""Buckets in which scripts look an arXiv id or a DOI up: `/abs/2112.10046`, or one typed in search.

An id's bucket is the month in which arXiv gave it out, so that a new day changes one bucket or
two: `{"2021-12-19": "10046 10047"}`, with ids of the old kind in full, `cs/9901001`. A DOI's bucket
are the last two of its figures: `{"10.1109/cvpr.2017.603": "1611.10012"}`, in small letters.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from dayleaf import urls
from dayleaf.pages.draft import Kept, Known, Raw, memo

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dayleaf.catalog import Catalog

_FIGURES = 2
# Those that arXiv itself gives out hold the id, and need no bucket.
_DOI = re.compile(r"10\.\d{4,9}/(?!arxiv\.)\S+")


def buckets(catalog: Catalog, *, known: Known) -> Iterator[Raw | Kept]:
    """Yield the buckets; those that show what they showed before are only named."""
    stale = None if known.since is None else set(catalog.touched("ids", since=known.since))
    for month in catalog.id_months():
        path = urls.ids(month)
        if stale is not None and month not in stale and path in known.memos:
            yield Kept(path, known.memos[path])
        else:
            yield _bucket(path, _days(catalog.ids(month)), known)
    for ending, papers in sorted(_dois(catalog).items()):
        yield _bucket(urls.dois(ending), _unpacked(papers), known)


def bucket(catalog: Catalog, path: str) -> Raw | Kept | None:
    """Return one bucket alone, by its address; None where nothing is in it."""
    name = path.removeprefix(urls.IDS).removesuffix(".json")
    if name.startswith("doi-"):
        entries = _unpacked(_dois(catalog).get(name.removeprefix("doi-"), bytearray()))
    else:
        entries = _days(catalog.ids(name))
    return _bucket(path, entries, Known({}, None)) if entries else None


def _days(papers: list[tuple[str, str]]) -> dict[str, str]:
    return {
        day: " ".join(one if "/" in one else one.partition(".")[2] for _, one in found)
        for day, found in groupby(papers, itemgetter(0))
    }


def _dois(catalog: Catalog) -> Mapping[str, bytearray]:
    """Sort the DOIs into buckets: DOI TAB id, a line each, which take a fifth of two strings."""
    found: defaultdict[str, bytearray] = defaultdict(bytearray)
    for field, arxiv_id in catalog.dois():
        for doi in _DOI.findall(field.lower()):
            ending = "".join(filter(str.isdecimal, doi))[-_FIGURES:]
            if ending.isascii():
                found[ending] += f"{doi}\t{arxiv_id}\n".encode()
    return found


def _unpacked(lines: bytearray) -> dict[str, str]:
    """Return the ids by DOI; the first of several papers with the same one counts."""
    found: dict[str, str] = {}
    for line in lines.decode().split("\n")[:-1]:
        doi, _, arxiv_id = line.partition("\t")
        found.setdefault(doi, arxiv_id)
    return found


def _bucket(path: str, entries: dict[str, str], known: Known) -> Raw | Kept:
    data = json.dumps(entries, ensure_ascii=False, separators=(",", ":"))
    shown = memo(data)
    return Kept(path, shown) if known.keeps(path, shown) else Raw(path, data.encode(), shown)
