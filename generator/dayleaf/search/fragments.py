"""Pagefind's fragments, packed tighter: what a result shows of each paper.

Pagefind writes a file of a kilobyte of JSON for each paper, and a kilobyte is too little to learn a
language from: most of it is spent on words that every other fragment spells out too. So some
papers of a day share a file, a bundle, and a shard has one dictionary, made from papers of it:

- its vocabulary, the words that are most worth a short name, with the space before them. In a
  bundle they go by a byte or two from 128 on, which is free as JSON is mostly ASCII; a byte that
  is not has `ESCAPE` before it.
- its sample, fragments written so, upon which every bundle is compressed as if it followed.

The dictionary's file is the beginning of a raw DEFLATE stream, vocabulary (words that end with a
line feed, then `END`) and sample, cut where a byte ends; a bundle's file is its continuation.
Both in a row are decompressed by any browser's `DecompressionStream`, and what comes out behind
the sample's `SIZE` bytes is the bundle, a fragment a line: JSON of what `search-worker.js` shows.
All files have names that follow from their contents, and the index calls each paper by those of
dictionary and bundle and its place there. It takes more than half off, and seven of eight files.
"""

from __future__ import annotations

import hashlib
import json
import re
import zlib
from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from dayleaf.errors import SearchError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

FOLDER = "fragment/"
DICTIONARY = "dictionary"
"""File name; the bundles that it is for stand beside it."""
SIZE = 30_720
"""Bytes of every sample; a short one begins with spaces. DEFLATE looks back 32,768 bytes, of
which a fragment itself needs some thousand."""
END, ESCAPE = b"\0", b"\1"
"""Neither stands in JSON."""
BUNDLE = 8
"""Papers in a file, at most: with twice as many a search fetches twice the bytes for its results,
and the index is but a hundredth smaller."""
_FIRST = 500
"""Fragments that the dictionary of a small shard is made from: few enough to be there within days,
and not to change when others come."""
_LARGE = 2_000
"""A shard of more than these grows no more, so about as many from all over it make its
dictionary."""
_FIRST_CODE = 128
_SHORT = 96
"""Words that go by a single byte; the other 32 begin a pair."""
_WORDS = _SHORT + 32 * 256
_LEVEL = 6
_GZIP, _RAW = 31, -15
_NAME = 12
"""Hexadecimal digits in the name of a file."""
_WORD = re.compile(rb" ?[A-Za-z]{2,}")
_TOKEN = re.compile(rb" ?[A-Za-z]{2,}|[\x80-\xff]")
_SIGNATURE = b"pagefind_dcd"
_HEADING = ("id", "text", "location")
_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Packed(NamedTuple):
    """The fragments of an index, packed."""

    files: dict[str, bytes]
    """By path in the index."""
    names: dict[str, str]
    """What the index has to call each paper, by Pagefind's name for it."""


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


def pack(files: dict[str, bytes], papers: Sequence[str]) -> Packed:
    """Pack the fragments among an index's files, given by relative path.

    `papers` are Pagefind's names for the papers, in the order of the index, which is that of days.
    A day added to a small shard changes no bundle that was there, once its dictionary stands.
    Raises SearchError where a fragment is not of the form that Pagefind 1.5 writes.
    """
    found = [_fragment(path, files) for path in (_path(paper) for paper in papers)]
    if not found:
        return Packed({}, {})
    dictionary = _learn(found)
    folder = f"{FOLDER}{_name(dictionary.file)}/"
    packed = {f"{folder}{DICTIONARY}": dictionary.file}
    names: dict[str, str] = {}
    place = 0
    for bundle in _bundles(found):
        data = dictionary.pack(b"\n".join(bundle))
        path = f"{folder}{_name(data)}"
        packed[path] = data
        for number in range(len(bundle)):
            names[papers[place]] = f"{path.removeprefix(FOLDER)}/{number}"
            place += 1
    return Packed(packed, names)


def read(dictionary: bytes, data: bytes) -> list[bytes]:
    """Return the fragments in a bundle, each a line of JSON as `search-worker.js` sees it."""
    whole = zlib.decompress(dictionary + data, _RAW)
    vocabulary, _, rest = whole.partition(END)
    words = {code: word for word, code in _codes(vocabulary.split(b"\n")[:-1]).items()}
    token = re.compile(rb"\x01(.)|[\xe0-\xff].|[\x80-\xdf]", re.DOTALL)
    return token.sub(lambda found: found[1] or words[found[0]], rest[SIZE:]).split(b"\n")


def _learn(texts: Sequence[bytes]) -> _Dictionary:
    """Make a dictionary for some fragments."""
    large = len(texts) > _LARGE
    known = texts[:: len(texts) // _LARGE] if large else texts[:_FIRST]
    counts = Counter(word for text in known for word in _WORD.findall(text))
    # The letters that two bytes in their place save; then the most frequent, which get the
    # single bytes.
    worth = sorted(counts, key=lambda word: (-counts[word] * (len(word) - 2), word))[:_WORDS]
    words = sorted(worth, key=lambda word: (-counts[word], word))
    write = _Table(_codes(words)).write
    sample = b"".join(map(write, known[: SIZE // 64]))[:SIZE].rjust(SIZE)
    stream = zlib.compressobj(9, zlib.DEFLATED, _RAW)
    vocabulary = b"".join(word + b"\n" for word in words) + END
    file = stream.compress(vocabulary + sample) + stream.flush(zlib.Z_SYNC_FLUSH)
    # Copied for each bundle: to take the sample in costs more than to compress a bundle.
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


def _bundles(found: list[bytes]) -> Iterator[list[bytes]]:
    """Yield fragments that share a file: of one day, so that another day changes none of them."""
    for _, one in groupby(found, _day):
        day = list(one)
        shares = -(-len(day) // BUNDLE)
        for share in range(shares):
            yield day[share * len(day) // shares : (share + 1) * len(day) // shares]


def _day(fragment: bytes) -> bytes:
    return fragment.partition(b"#")[0]


def _path(paper: str) -> str:
    return f"{FOLDER}{paper}.pf_fragment"


def _name(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=_NAME // 2).hexdigest()


def _fragment(path: str, files: dict[str, bytes]) -> bytes:
    """Return what is shown of a paper, a line of JSON: address, category, places, text.

    Places are the numbers of the words with which its authors and its abstract begin, or, where a
    record is a day, id, text and number of each of its headings.
    """
    try:
        known = json.loads(zlib.decompress(files[path], _GZIP).removeprefix(_SIGNATURE))
        category, places = "", [[one[key] for key in _HEADING] for one in known["anchors"]]
        if places and places[0][0] == "t":
            category, places = known["filters"].get("category", [""])[0], [at for *_, at in places]
        line = _json([known["url"][1:], category, places, known["content"]])
    except (KeyError, ValueError, TypeError, zlib.error) as error:
        message = f"Pagefind: expected {path} to be a paper in a gzip file, found: {error!r}"
        raise SearchError(message) from error
    return line.encode()
