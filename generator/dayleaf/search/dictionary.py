"""What bundles of papers have in common: words with short names, and a sample to begin with.

A dictionary has two parts:

- its vocabulary, the words that are most worth a short name, with the space before them. In a
  bundle they go by a byte or two from 128 on, which is free as JSON is mostly ASCII; a byte that
  is not has `ESCAPE` before it.
- its sample, papers written so, upon which every bundle is compressed as if it followed.

Its file is the beginning of a raw DEFLATE stream, vocabulary (words that end with a line feed, then
`END`) and sample, cut where a byte ends; a bundle's file is its continuation. Both in a row are
decompressed by any browser's `DecompressionStream`, and what comes out behind the sample's `SIZE`
bytes is the bundle.

DEFLATE with the sample alone would do, and take 70.1 MB for the bundles of 137,501 papers; with the
vocabulary they take 53.9 MB, which is 2.1 % less of the whole site.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

SIZE = 30_720
"""Bytes of every sample; a short one begins with spaces. DEFLATE looks back 32,768 bytes, of
which a bundle itself needs some."""
END, ESCAPE = b"\0", b"\1"
"""Neither stands in JSON."""
FIRST = 128
"""The first byte that stands for a word."""
SHORT = 96
"""Words that go by a single byte; the other 32 begin a pair."""
_WORDS = SHORT + 32 * 256
_LEVEL = 6
_RAW = -15
_WORD = re.compile(rb" ?[A-Za-z]{2,}")
_TOKEN = re.compile(rb" ?[A-Za-z]{2,}|[\x80-\xff]")
_CODE = re.compile(rb"\x01(.)|[\xe0-\xff].|[\x80-\xdf]", re.DOTALL)


class Dictionary:
    """Packs bundles. It remembers the words that it has met, some 20 MB of them in a shard."""

    def __init__(self, file: bytes) -> None:
        vocabulary, sample = _parts(zlib.decompressobj(_RAW).decompress(file))
        self._table = _Table(_codes(vocabulary))
        # Copied for each bundle: to take the sample in costs more than to compress a bundle.
        self._ready = zlib.compressobj(_LEVEL, zlib.DEFLATED, _RAW, zdict=sample)

    def pack(self, data: bytes) -> bytes:
        """Return a bundle's file."""
        compressor = self._ready.copy()
        return compressor.compress(self._table.write(data)) + compressor.flush()


def learn(texts: Sequence[bytes]) -> bytes:
    """Return the file of a dictionary for texts like some, of which the first become its sample."""
    counts = Counter(word for text in texts for word in _WORD.findall(text))
    # The letters that two bytes in their place save; then the most frequent, which get the
    # single bytes.
    worth = sorted(counts, key=lambda word: (-counts[word] * (len(word) - 2), word))[:_WORDS]
    words = sorted(worth, key=lambda word: (-counts[word], word))
    write = _Table(_codes(words)).write
    sample = b"".join(map(write, texts[: SIZE // 64]))[:SIZE].rjust(SIZE)
    stream = zlib.compressobj(9, zlib.DEFLATED, _RAW)
    vocabulary = b"".join(word + b"\n" for word in words) + END
    return stream.compress(vocabulary + sample) + stream.flush(zlib.Z_SYNC_FLUSH)


def unpack(file: bytes, bundle: bytes) -> bytes:
    """Return the contents of a bundle's file, by its dictionary's file."""
    vocabulary, rest = _parts(zlib.decompress(file + bundle, _RAW))
    words = {code: word for word, code in _codes(vocabulary).items()}
    return _CODE.sub(lambda token: token[1] or words[token[0]], rest[SIZE:])


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
        return _TOKEN.sub(lambda token: self._codes.get(token[0], token[0]), text)


def _parts(whole: bytes) -> tuple[list[bytes], bytes]:
    """Return the vocabulary and what comes behind it."""
    vocabulary, _, rest = whole.partition(END)
    return vocabulary.split(b"\n")[:-1], rest


def _codes(words: list[bytes]) -> dict[bytes, bytes]:
    """Return the bytes that the words of a vocabulary go by."""
    codes: dict[bytes, bytes] = {}
    for place, word in enumerate(words):
        high, low = divmod(place - SHORT, 256)
        codes[word] = (
            bytes([FIRST + place]) if place < SHORT else bytes([FIRST + SHORT + high, low])
        )
    return codes
