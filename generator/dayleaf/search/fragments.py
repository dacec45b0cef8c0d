"""Pagefind's fragments, packed tighter: what a result shows of each paper.

A fragment is a kilobyte of JSON that Pagefind compresses by itself, and a kilobyte is too little
to learn a language from: most of it is spent on words that every other fragment spells out too.
So a shard has one dictionary, made from the fragments of its first papers:

- its vocabulary, the words that are most worth a short name, with the space before them. In a
  fragment they go by a byte or two from 128 on, which is free as JSON is mostly ASCII; a byte that
  is not has `ESCAPE` before it.
- its sample, fragments written so, upon which every other is compressed as if it followed.

The dictionary's file is the beginning of a raw DEFLATE stream, vocabulary (words that end with a
line feed, then `END`) and sample, cut where a byte ends; a fragment's file is its continuation.
Both in a row are decompressed by any browser's `DecompressionStream`, and what comes out behind
the sample's `SIZE` bytes is the fragment. `search.js` does that. It takes nearly half off.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from heapq import nsmallest
from typing import TYPE_CHECKING, NamedTuple

from dayleaf.errors import SearchError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

DICTIONARY = "fragment/dictionary"
SIZE = 30_720
"""Bytes of every sample; a short one begins with spaces. DEFLATE looks back 32,768 bytes, of
which a fragment itself needs some thousand."""
END, ESCAPE = b"\0", b"\1"
"""Neither stands in JSON."""
_FIRST = 500
"""Fragments that the vocabulary is made from: enough to know 4,000 words of a field, and few
enough for a shard of the newest papers to have them within days, and change no more."""
_FIRST_CODE = 128
_SHORT = 112
"""Words that go by a single byte; the other 16 begin a pair."""
_WORDS = _SHORT + 16 * 256
_FOLDER = "fragment/"
_LEVEL = 5  # 6 takes a fifth longer and saves 0.6 %
_GZIP, _RAW = 31, -15
_WORD = re.compile(rb" ?[A-Za-z]{2,}")
_TOKEN = re.compile(rb" ?[A-Za-z]{2,}|[\x80-\xff]")
# What is in the content as well. Pagefind needs it in its index, but not in a fragment.
_META = re.compile(rb'(?<="meta":)\{(?:[^"{}]|"(?:[^"\\]|\\.)*")*\}')


class _Dictionary(NamedTuple):
    """What the fragments of a shard have in common."""

    file: bytes
    pack: Callable[[bytes], bytes]


class _Table(dict[bytes, bytes]):
    """How texts are written: words as they stand between two spaces, and what to write for them."""

    def __init__(self, codes: dict[bytes, bytes]) -> None:
        super().__init__()
        self._codes = codes | {bytes([byte]): ESCAPE + bytes([byte]) for byte in range(128, 256)}

    def __missing__(self, word: bytes) -> bytes:
        apart = b" " + word
        # Most are plain words of two letters or more: no need to look for others within them.
        plain = word.isalpha() and len(word) > 1
        self[word] = written = self._codes.get(apart, apart) if plain else self._write(apart)
        return written

    def write(self, text: bytes) -> bytes:
        """Return a text with the words of the vocabulary as they go there."""
        first, *words = text.split(b" ")
        return self._write(first) + b"".join([self[word] for word in words])

    def _write(self, text: bytes) -> bytes:
        return _TOKEN.sub(lambda found: self._codes.get(found[0], found[0]), text)


def shrink(files: dict[str, bytes]) -> dict[str, bytes]:
    """Return an index's files, by relative path, with the fragments packed, and the dictionary.

    The dictionary follows from the first papers alone (a fragment begins with its address, and
    that with the day), so that a day added to a shard changes no fragment that was there, once
    there are enough. Raises SearchError where a fragment is not compressed as Pagefind 1.5 does.
    """
    plain = {path: _plain(path, files[path]) for path in files if path.startswith(_FOLDER)}
    if not plain:
        return files
    dictionary = _learn(nsmallest(_FIRST, plain.values()))
    packed = {path: dictionary.pack(data) for path, data in plain.items()}
    return files | packed | {DICTIONARY: dictionary.file}


def read(dictionary: bytes, data: bytes) -> bytes:
    """Return a packed fragment as it was packed, signature and JSON."""
    whole = zlib.decompress(dictionary + data, _RAW)
    vocabulary, _, rest = whole.partition(END)
    words = {code: word for word, code in _codes(vocabulary.split(b"\n")[:-1]).items()}
    token = re.compile(rb"\x01(.)|[\xf0-\xff].|[\x80-\xef]", re.DOTALL)
    return token.sub(lambda found: found[1] or words[found[0]], rest[SIZE:])


def _learn(first: Iterable[bytes]) -> _Dictionary:
    """Make a dictionary from some fragments, in order."""
    texts = list(first)
    counts = Counter(word for text in texts for word in _WORD.findall(text))
    # The letters that two bytes in their place save; then the most frequent, which get the
    # single bytes.
    worth = sorted(counts, key=lambda word: (-counts[word] * (len(word) - 2), word))[:_WORDS]
    words = sorted(worth, key=lambda word: (-counts[word], word))
    write = _Table(_codes(words)).write
    sample = b"".join(map(write, texts))[:SIZE].rjust(SIZE)
    stream = zlib.compressobj(9, zlib.DEFLATED, _RAW)
    vocabulary = b"".join(word + b"\n" for word in words) + END
    file = stream.compress(vocabulary + sample) + stream.flush(zlib.Z_SYNC_FLUSH)
    # Copied for each fragment: to take the sample in costs more than to compress a fragment.
    ready = zlib.compressobj(_LEVEL, zlib.DEFLATED, _RAW, zdict=sample)

    def pack(data: bytes) -> bytes:
        one = ready.copy()
        return one.compress(write(data)) + one.flush()

    return _Dictionary(file, pack)


def _codes(words: list[bytes]) -> dict[bytes, bytes]:
    """Return the bytes that the words of a vocabulary go by."""
    codes: dict[bytes, bytes] = {}
    for place, word in enumerate(words):
        high, low = divmod(place - _SHORT, 256)
        codes[word] = (
            bytes([_FIRST_CODE + place])
            if place < _SHORT
            else bytes([_FIRST_CODE + _SHORT + high, low])
        )
    return codes


def _plain(path: str, data: bytes) -> bytes:
    try:
        return _META.sub(b"{}", zlib.decompress(data, _GZIP))
    except zlib.error as error:
        message = f"Pagefind: expected {path} to be a gzip file, found: {error}"
        raise SearchError(message) from error
