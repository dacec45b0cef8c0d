"""Pagefind's fragments, packed tighter: what a result shows of each paper.

A fragment is a kilobyte of JSON that Pagefind compresses by itself, and a kilobyte is too little
to learn a language from: most of it is spent on words that every other fragment spells out too.
So a shard has one dictionary, the fragments of its first papers, and every fragment is compressed
as what follows upon it, which takes a third off.

The dictionary's file is the beginning of a raw DEFLATE stream, cut where a byte ends; a fragment's
file is its continuation. Both in a row are decompressed by any browser's `DecompressionStream`,
and what comes out behind the first `SIZE` bytes is the fragment. `search.js` does that.
"""

from __future__ import annotations

import zlib
from heapq import nsmallest

from dayleaf.errors import SearchError

DICTIONARY = "fragment/dictionary"
SIZE = 30_720
"""Bytes of every dictionary; a short one begins with spaces. DEFLATE looks back 32,768 bytes, of
which a fragment itself needs some two thousand."""
_FIRST = 80
"""Fragments that fill a dictionary even where papers have no abstract."""
_FOLDER = "fragment/"
_LEVEL = 5  # 6 takes a fifth longer and saves 0.6 %
_GZIP, _RAW = 31, -15


def shrink(files: dict[str, bytes]) -> dict[str, bytes]:
    """Return an index's files, by relative path, with the fragments packed, and the dictionary.

    The dictionary follows from the first papers alone (a fragment begins with its address, and
    that with the day), so that a day added to a shard changes no fragment that was there. Raises
    SearchError where a fragment is not compressed as Pagefind 1.5 does it.
    """
    plain = {path: _plain(path, files[path]) for path in files if path.startswith(_FOLDER)}
    if not plain:
        return files
    first = b"".join(nsmallest(_FIRST, plain.values()))
    dictionary = first[:SIZE].rjust(SIZE)
    stream = zlib.compressobj(9, zlib.DEFLATED, _RAW)
    beginning = stream.compress(dictionary) + stream.flush(zlib.Z_SYNC_FLUSH)
    # Copied for each fragment: to take the dictionary in costs more than to compress a fragment.
    ready = zlib.compressobj(_LEVEL, zlib.DEFLATED, _RAW, zdict=dictionary)
    packed = {DICTIONARY: beginning}
    for path, data in plain.items():
        one = ready.copy()
        packed[path] = one.compress(data) + one.flush()
    return files | packed


def _plain(path: str, data: bytes) -> bytes:
    try:
        return zlib.decompress(data, _GZIP)
    except zlib.error as error:
        message = f"Pagefind: expected {path} to be a gzip file, found: {error}"
        raise SearchError(message) from error


def read(dictionary: bytes, data: bytes) -> bytes:
    """Return a packed fragment as Pagefind made it, signature and JSON."""
    return zlib.decompress(dictionary + data, _RAW)[SIZE:]
