"""The archive's words and names, combined from the terms of its shards.

Three things come of it, for scripts to fetch when a query calls for them:

- which paper is meant by a name: buckets by the first two letters of a name's key, each
  `{"nerf": "t2020-03-19 2003.08934"}`, candidates on lines of their own, the best first. A letter
  says why: `k` a well-known name (see `known`), `t` its title gives the name, `i` its abstract
  introduces it, `f` it is the first paper with this word, and has it in its title.
- the vocabulary, for spellings: the words that enough papers have, in classes by how many these
  are, `[[5, "splatting swin"]]`: class 5 is from 2 ** 5 papers on.

- of the words that are in a fifth of all papers, how many of each year have them,
  `{"image": {"2020": 7012}}`: nobody wants to see so many papers, and to find all takes long.

All of it follows from the shards in their order, whichever of them were cached. The newest shard,
which every day changes, stands apart: its names are in a short list of their own, `newest`, and
its words count in `common` alone. Scripts look for misspelt words only among those that it lacks.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from dayleaf.search.terms import INTRODUCED, TITLED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from dayleaf.search.terms import Terms

KNOWN, FIRST = "k", "f"
LETTERS = 2
"""Letters of a name's key that name its bucket."""
_MOST = {TITLED: 3, INTRODUCED: 2}
"""Candidates for a name of a kind."""
_COMMON, _FEW = 0.03, 50
"""Share of the papers, and their number, from which on a word is no name: `image`."""
_EVERYDAY = 0.2
"""Share of the papers from which on a word is counted for each year."""
_FOLLOWED = 5
"""Papers that a word must have for its first to be worth naming."""
_RARE = 25_000
"""For each so many papers of the archive a word needs one more of its own to be in the vocabulary:
what fewer have is misspelt more often than not."""


class Lexicon(NamedTuple):
    """The terms of an archive."""

    papers: int
    names: Mapping[str, Sequence[str]]
    """Key -> candidates, the best first."""
    counts: Mapping[str, int]
    """Word -> papers with it."""
    common: Mapping[str, Mapping[str, int]]
    """Word of everyday use -> year -> papers with it."""


def put_together(shards: Iterable[Terms], known: Mapping[str, Sequence[str]]) -> Lexicon:
    """Put the terms of shards together, the oldest shard first.

    `known` are well-known names by their key, with the papers they stand for as terms have them.
    """
    sums = _Sums()
    for shard in shards:
        sums.add(shard)
    papers, counts = sums.papers, sums.counts
    everyday = max(_FEW, papers * _EVERYDAY)
    common = {
        word: dict(sorted(sums.yearly[word].items()))
        for word, count in sorted(counts.items())
        if count >= everyday
    }
    names: dict[str, list[str]] = {}
    for name in sorted({*sums.places, *known, *(word for word in sums.first if sums.first[word])}):
        if places := _once([*(KNOWN + place for place in known.get(name, ())), *sums.givers(name)]):
            names[name] = places
    return Lexicon(papers, names, counts, common)


class _Sums:
    """The terms of the shards that were added so far."""

    def __init__(self) -> None:
        self.papers = 0
        self.counts: Counter[str] = Counter()
        self.first: dict[str, str] = {}
        self.places: defaultdict[str, list[str]] = defaultdict(list)
        self.yearly: defaultdict[str, Counter[str]] = defaultdict(Counter)

    def add(self, shard: Terms) -> None:
        oldest = not self.papers  # of its papers all words are new
        self.papers += shard.papers
        for word, (count, place) in shard.words.items():
            if word not in self.counts:
                self.first[word] = "" if oldest else place
            self.counts[word] += count
        for name, places in shard.names.items():
            self.places[name] += places
        for year, words in shard.frequent.items():
            for word, count in words.items():
                self.yearly[word][year] += count

    def givers(self, name: str) -> Iterator[str]:
        """Yield the papers that give a name or are first with it, the likeliest first."""
        count = self.counts[name]
        if count < max(_FEW, self.papers * _COMMON):
            for how in _MOST:
                yield from _of(how, self.places.get(name, []))
        if count >= _FOLLOWED and self.first.get(name):
            yield FIRST + self.first[name]


def newest(shard: Terms) -> bytes:
    """Return the names that the papers of the newest shard give, by key as in a bucket."""
    most = max(_FEW, shard.papers * _COMMON)
    names = {
        name: "\n".join(best)
        for name, places in shard.names.items()
        if shard.words.get(name, (0, ""))[0] < most
        and (best := _once([place for how in _MOST for place in _of(how, places)]))
    }
    return json.dumps(names, separators=(",", ":")).encode()


def with_newest(
    common: Mapping[str, Mapping[str, int]], shard: Terms, year: str
) -> dict[str, dict[str, int]]:
    """Return the words of everyday use, those of the newest shard, of a year, included."""
    merged = {word: dict(years) for word, years in common.items()}
    for word, years in merged.items():
        if count := shard.words.get(word, (0, ""))[0]:
            years[year] = years.get(year, 0) + count
    return merged


def _of(how: str, places: list[str]) -> list[str]:
    """Return those of some papers that give a name in one way, at most so many."""
    return [place for place in places if place[0] == how][: _MOST[how]]


def _once(candidates: list[str]) -> list[str]:
    """Return the candidates, each paper once."""
    best: dict[str, str] = {}
    for candidate in candidates:
        best.setdefault(candidate[1:], candidate)
    return list(best.values())


def buckets(lexicon: Lexicon) -> Iterator[tuple[str, bytes]]:
    """Yield the buckets of names, each with the letters that name it."""
    sorted_: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for name, places in lexicon.names.items():
        sorted_[name[:LETTERS]][name] = "\n".join(places)
    for letters, entries in sorted(sorted_.items()):
        yield letters, json.dumps(entries, separators=(",", ":")).encode()


def vocabulary(lexicon: Lexicon) -> bytes:
    """Return the words for spellings."""
    least = 1 + lexicon.papers // _RARE
    classes: defaultdict[int, list[str]] = defaultdict(list)
    for word, count in lexicon.counts.items():
        if count >= least and len(word) > LETTERS and not word.isdecimal():
            classes[count.bit_length() - 1].append(word)
    return json.dumps(
        [[size, " ".join(sorted(words))] for size, words in sorted(classes.items())],
        separators=(",", ":"),
    ).encode()
