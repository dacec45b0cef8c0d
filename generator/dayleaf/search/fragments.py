"""Pagefind's fragments, packed tighter: the text of each paper in results.

Pagefind writes a file of a kilobyte of JSON for each paper, and a kilobyte is too little to learn a
language from: most of it is spent on words that every other fragment spells out too. So some
papers of a day share a file, a bundle, which is packed with a dictionary that shards share: lines
of JSON, one for each paper, with the fields of its result (`results`). That takes more than half
off, and seven of eight files. Of Pagefind's own fragment only the address is read, to know whose it
is; `engine.js` gives Pagefind's program the line in its place.

A bundle's name follows from what is in it, and the index calls each paper by the names of its
dictionary and its bundle and its place there: a browser never reads an old file for a new index.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from dayleaf.base.errors import Finding, SearchError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from dayleaf.search.dictionary import Dictionary
    from dayleaf.search.records import PaperDocument

_PAGEFIND = "Pagefind"
FOLDER = "fragment/"
BUNDLE = 8
"""Papers in a file, at most: with twice as many a search fetches twice the bytes for its results,
and they take but two hundredths less."""
_GZIP = 31
_NAME = 12
"""Hexadecimal digits in the name of a bundle."""
SIGNATURE = b"pagefind_dcd"
"""Stands before all that Pagefind's files hold."""


class Packed(NamedTuple):
    """The fragments of an index, packed."""

    files: dict[str, bytes]
    """By path in the index."""
    names: dict[str, str]
    """What the index has to call each paper, by Pagefind's name for it."""


def pack(
    records: Sequence[PaperDocument],
    papers: Sequence[str],
    files: Mapping[str, bytes],
    dictionary: Dictionary,
    *,
    name: str,
) -> Packed:
    """Pack the results of an index's records.

    `papers` are Pagefind's names for the records in the order of the index, `files` hold its
    fragments by relative path; `name` is the dictionary's. Raises SearchError where the index has
    other papers than the records, in another order, or fragments of another form than Pagefind 1.5
    writes.
    """
    if len(papers) != len(records):
        wanted = f"an index of {len(records)} papers"
        raise SearchError(Finding(str(len(papers)), wanted, about=_PAGEFIND))
    for record, paper in zip(records, papers, strict=True):
        _verify(record.url, f"{FOLDER}{paper}.pf_fragment", files)
    packed = Packed({}, {})
    place = 0
    for bundle in _bundles(records):
        data = dictionary.pack(b"\n".join(bundle))
        fingerprint = hashlib.blake2b(data, digest_size=_NAME // 2).hexdigest()
        packed.files[f"{FOLDER}{fingerprint}"] = data
        for number in range(len(bundle)):
            packed.names[papers[place]] = f"{name}/{fingerprint}/{number}"
            place += 1
    return packed


def _bundles(records: Sequence[PaperDocument]) -> Iterator[list[bytes]]:
    """Yield the lines that share a file: of one day, so that another day changes none of them."""
    for _, group in groupby(records, lambda record: record.url.partition("#")[0]):
        day = [record.line for record in group]
        shares = -(-len(day) // BUNDLE)
        for share in range(shares):
            yield day[share * len(day) // shares : (share + 1) * len(day) // shares]


def _verify(url: str, path: str, files: Mapping[str, bytes]) -> None:
    """Raise SearchError unless a fragment is that of the record with an address."""
    try:
        address = json.loads(zlib.decompress(files[path], _GZIP).removeprefix(SIGNATURE))["url"]
    except (KeyError, ValueError, TypeError, zlib.error) as error:
        wanted = f"{path} to be a paper in a gzip file"
        raise SearchError(Finding(repr(error), wanted, about=_PAGEFIND)) from error
    if address != url:
        wanted = f"{path} to be the paper at {url}"
        raise SearchError(Finding(str(address), wanted, about=_PAGEFIND))
