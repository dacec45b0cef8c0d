"""Pagefind's fragments, packed tighter: what a result shows of each paper.

Pagefind writes a file of a kilobyte of JSON for each paper, and a kilobyte is too little to learn a
language from: most of it is spent on words that every other fragment spells out too. So some
papers of a day share a file, a bundle, which is packed with a dictionary that shards share: lines
of JSON, one for each paper, with what `search-worker.js` shows of it. That takes more than half
off, and seven of eight files.

A bundle's name follows from what is in it, and the index calls each paper by the names of its
dictionary and its bundle and its place there: a browser never reads an old file for a new index.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from dayleaf.errors import SearchError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from dayleaf.search.dictionary import Dictionary

FOLDER = "fragment/"
BUNDLE = 8
"""Papers in a file, at most: with twice as many a search fetches twice the bytes for its results,
and they take but two hundredths less."""
_GZIP = 31
_NAME = 12
"""Hexadecimal digits in the name of a bundle."""
_SIGNATURE = b"pagefind_dcd"
_HEADING = ("id", "text", "location")
_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Packed(NamedTuple):
    """The fragments of an index, packed."""

    files: dict[str, bytes]
    """By path in the index."""
    names: dict[str, str]
    """What the index has to call each paper, by Pagefind's name for it."""


def pack(
    files: Mapping[str, bytes], papers: Sequence[str], dictionary: Dictionary, *, name: str
) -> Packed:
    """Pack the fragments among an index's files, given by relative path.

    `papers` are Pagefind's names for the papers, in the order of the index, which is that of days;
    `name` is the dictionary's. Raises SearchError where a fragment is not of the form that Pagefind
    1.5 writes.
    """
    found = [_fragment(f"{FOLDER}{paper}.pf_fragment", files) for paper in papers]
    packed = Packed({}, {})
    place = 0
    for bundle in _bundles(found):
        data = dictionary.pack(b"\n".join(bundle))
        mark = hashlib.blake2b(data, digest_size=_NAME // 2).hexdigest()
        packed.files[f"{FOLDER}{mark}"] = data
        for number in range(len(bundle)):
            packed.names[papers[place]] = f"{name}/{mark}/{number}"
            place += 1
    return packed


def line(address: str, category: str, places: Sequence[object], text: str) -> bytes:
    """Return what is shown of a paper as a line of JSON: its address, primary category and text.

    Places are the numbers of the words with which its authors and its abstract begin, or, where a
    record is a day, id, text and number of each of its headings.
    """
    return _json([address, category, places, text]).encode()


def _bundles(found: list[bytes]) -> Iterator[list[bytes]]:
    """Yield fragments that share a file: of one day, so that another day changes none of them."""
    for _, one in groupby(found, lambda fragment: fragment.partition(b"#")[0]):
        day = list(one)
        shares = -(-len(day) // BUNDLE)
        for share in range(shares):
            yield day[share * len(day) // shares : (share + 1) * len(day) // shares]


def _fragment(path: str, files: Mapping[str, bytes]) -> bytes:
    """Return the line of a fragment."""
    try:
        known = json.loads(zlib.decompress(files[path], _GZIP).removeprefix(_SIGNATURE))
        category, places = "", [[one[key] for key in _HEADING] for one in known["anchors"]]
        if places and places[0][0] == "t":
            category, places = known["filters"].get("category", [""])[0], [at for *_, at in places]
        return line(known["url"][1:], category, places, known["content"])
    except (KeyError, ValueError, TypeError, zlib.error) as error:
        message = f"Pagefind: expected {path} to be a paper in a gzip file, found: {error!r}"
        raise SearchError(message) from error
