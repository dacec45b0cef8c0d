"""What the papers of a shard call things, and which words they use.

A name is found where a paper gives it: before the colon of its title (`NeRF: …`), or in its
abstract, in brackets behind the words that it abbreviates (`… (DETR)`) or behind a verb that
introduces it (`called DETR`, `we present DETR`). Names are also counted where papers mention them,
as they are written: `SAM` is a name and `Sam` is not. All of it follows from the shard's papers
alone, so that it is learned once, beside the index; `lexicon` and `namings` put shards together.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from dayleaf.archive import names
from dayleaf.archive.words import indexed
from dayleaf.search import results

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

TITLED, INTRODUCED = "t", "i"
"""How a paper gives a name: in its title, in its abstract."""
SHORTEST, LONGEST = 2, 40
"""Letters of a name."""
_EACH = 3
"""Papers of a shard that are kept for a name, the oldest of each kind."""
_FREQUENT = 50
_HEAD = 5
"""Words that a name before a colon has at most."""
_SPREAD = 3
"""Words between those that an abbreviation stands for."""

_NAME = r"[^\W_](?:[\w+'’-]*[^\W_])?\+{0,2}"
_TITLE = re.compile(r"(?P<name>[^:?!]{2,60}?)(?::\s|\s[\u2013\u2014-]\s)")
_BRACKETS = re.compile(rf"\((?:the |or )?({_NAME})\)")
_OR = re.compile(rf"\bor ({_NAME})")
_BEFORE = 120
"""Letters before a name in which to look for what it abbreviates."""
_VERB = re.compile(
    r"\b(?:called|named|dubbed|termed|coined|nicknamed|denoted as|denoted by|abbreviated as|namely"
    r"|(?:call|name) (?:it|this|our \w+)|[Ww]e (?:also )?(?:propose|present|introduce|develop|"
    r"release|design|build|describe|devise|contribute)(?: an?| the| our)?)"
    rf"\s+[\"'\u201c\u2018`]*(?P<name>{_NAME})"
)
_ODD = re.compile(r"[A-Z].*[A-Z]|[a-z].*[A-Z]|\d.*[A-Za-z]|[A-Za-z].*\d")
WORD = r"[a-z0-9]{2,24}"
"""A word of the vocabulary, in folded text."""
_WORD = re.compile(WORD)
_WRITTEN = re.compile(rf"(?P<before>\W*)(?P<word>{_NAME}?)(?:['’]s)?(?P<after>\W*)")
"""A word as it stands between spaces."""
_MENTIONED = 3
"""Words of a name that is counted, at most."""
_TWICE = 2
"""Papers of a shard that must mention a name for it to be counted there."""


class Terms(NamedTuple):
    """What the papers of a shard have in common with nobody's list."""

    names: dict[str, list[str]]
    """Key of a name, see `key` -> who gives it, oldest first: TITLED or INTRODUCED, then the paper
    as `2020-03-19 2003.08934`."""
    words: dict[str, tuple[int, str]]
    """Folded word -> papers with it, and the first of them where its title has the word, else
    nothing."""
    frequent: dict[str, dict[str, int]]
    """Year -> words that one in fifty of its papers has, or more -> how many have it."""
    order: list[str]
    """The papers in the order of the index, each as `2020-03-19 2003.08934`."""
    givers: dict[str, tuple[int, int]]
    """Name as it is written -> the first paper that gives it, by its place in `order`, and how many
    papers of the shard mention it before."""
    mentions: dict[str, int]
    """Name as it is written -> papers that mention it: names that a paper of the shard gives, and
    those that several mention."""

    @property
    def papers(self) -> int:
        """How many papers the shard has."""
        return len(self.order)


@lru_cache(maxsize=1 << 16)
def key(text: str) -> str:
    """Return a name's key, without case, marks, hyphens and spaces: `unet`."""
    return names.fold(indexed(text)).replace(" ", "")


def learn(lines: Iterable[bytes]) -> bytes:
    """Collect the terms of some papers, from lines of results, oldest first."""
    by_way: dict[str, dict[str, list[str]]] = {TITLED: {}, INTRODUCED: {}}
    counts: Counter[str] = Counter()
    yearly: defaultdict[str, Counter[str]] = defaultdict(Counter)
    totals: Counter[str] = Counter()
    first: dict[str, str] = {}
    order: list[str] = []
    mentions = _Mentions()
    for number, line in enumerate(lines):
        paper = results.read(line)
        place = _place(paper["path"])
        order.append(place)
        title, texts = paper["title"], f"{paper['abstract']} {paper['comment']}"
        for how, pairs in ((TITLED, _titled(title)), (INTRODUCED, _introduced(paper["abstract"]))):
            for name, is_own in pairs:
                places = by_way[how].setdefault(key(name), [])
                if len(places) < _EACH and place not in places:
                    places.append(place)
                if is_own:
                    mentions.give(number, name)
        mentions.add(title, paper["abstract"])
        titled = set(_words(title))
        used = titled.union(_words(texts))
        counts.update(used)
        yearly[place[:4]].update(used)
        totals[place[:4]] += 1
        for word in used.difference(first):
            first[word] = place if word in titled else ""
    known = {
        name: [how + place for how in by_way for place in by_way[how].get(name, ())]
        for name in sorted({*by_way[TITLED], *by_way[INTRODUCED]})
    }
    words = {word: (count, first[word]) for word, count in sorted(counts.items())}
    frequent = {
        year: {word: n for word, n in sorted(of_year.items()) if n * _FREQUENT >= totals[year]}
        for year, of_year in sorted(yearly.items())
    }
    counted = dict(mentions.worth_keeping())
    terms = Terms(known, words, frequent, order, mentions.givers, counted)
    return json.dumps(terms, separators=(",", ":")).encode()


class _Mentions:
    """Names of papers as they are written, and who mentions them."""

    def __init__(self) -> None:
        self.givers: dict[str, tuple[int, int]] = {}
        self._counts: Counter[str] = Counter()
        self._words = _NameWords()

    def give(self, number: int, name: str) -> None:
        """Note the name that a paper gives, before what it mentions is added."""
        if is_proper(name):
            self.givers.setdefault(name, (number, self._counts[name]))

    def add(self, *texts: str) -> None:
        """Count what a paper mentions."""
        mentioned: set[str] = set()
        for text in texts:
            for run in self._runs(text):
                mentioned.update(_names_within(tuple(run)))
        self._counts.update(mentioned)

    def _runs(self, text: str) -> Iterator[list[str]]:
        """Yield words in a row that may be names."""
        run: list[str] = []
        next_place = 0
        for place, written in enumerate(text.split(" ")):
            if written.islower():
                continue
            word, borders = self._words[written]
            if run and (place != next_place or borders & _BEGINS):
                yield run
                run = []
            if word:
                run.append(word)
                next_place = -1 if borders & _ENDS else place + 1
        if run:
            yield run

    def worth_keeping(self) -> Iterator[tuple[str, int]]:
        """Yield the names that are counted, each with its papers."""
        for name, count in sorted(self._counts.items()):
            if count >= _TWICE or name in self.givers:
                yield name, count


class _NameWords(dict[str, tuple[str, int]]):
    """What words may be of names: nothing where they have no capital and no figure.

    By the word as it stands between spaces; with it goes whether a name begins or ends there.
    """

    def __missing__(self, written: str) -> tuple[str, int]:
        match = _WRITTEN.fullmatch(written)
        word = match["word"] if match else ""
        capital = word[:1].isupper() or word[:1].isdigit() or bool(_ODD.search(word))
        borders = 0
        if match and capital:
            borders = (_BEGINS if match["before"] else 0) | (_ENDS if match["after"] else 0)
        self[written] = entry = (word if capital else "", borders)
        return entry


_BEGINS, _ENDS = 1, 2


@lru_cache(maxsize=1 << 16)
def _names_within(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names that some words in a row may be: of `ResNet-50` also `ResNet`."""
    within = [
        " ".join(words[start:end])
        for start in range(len(words))
        for end in range(start + 2, min(start + _MENTIONED, len(words)) + 1)
    ]
    for word in words:
        if is_proper(word):
            parts = (part for part in word.split("-") if _ODD.search(part))
            within += {word, word.removesuffix("s"), *parts}
    return tuple(within)


@lru_cache(maxsize=1 << 16)
def is_proper(name: str) -> bool:
    """Tell whether a name, as it is written, is none of the words of the language.

    That is `NeRF`, `U-Net` and `Mask R-CNN`, but not `Dropout`, `X-ray`, `Low-Rank`, `GAN-based` or
    `Action Recognition`.
    """
    words = name.split()
    if len(words) > 1:
        capital = all(not word[0].islower() or _ODD.search(word) for word in words)
        return capital and any(map(is_proper, words))
    head, *parts = name.split("-")
    if any(part.isalpha() and part.islower() for part in parts):
        return False
    initial = len(head) == 1 and bool(parts) and parts[0][:1].isupper()
    return initial or any(_ODD.search(part) for part in (head, *parts))


def read(data: bytes) -> Terms:
    """Return the learned terms."""
    return Terms(*json.loads(data))


def _place(path: str) -> str:
    """`2020/03/19/#2003.08934` gives `2020-03-19 2003.08934`."""
    day, _, anchor = path.partition("/#")
    return f"{day.replace('/', '-')} {anchor}"


def _words(text: str) -> list[str]:
    plain = text.lower() if text.isascii() else names.fold(indexed(text))
    return _WORD.findall(plain)


def _titled(title: str) -> Iterator[tuple[str, bool]]:
    """Yield the name that a title gives its paper; it is the paper's own."""
    match = _TITLE.match(title)
    name = match["name"] if match else title
    words = name.split()
    if len(words) <= (_HEAD if match else 2) and _fits(name):
        yield name, True


def _introduced(abstract: str) -> Iterator[tuple[str, bool]]:
    """Yield the names that an abstract introduces, and whether as its own.

    What stands in brackets may be an abbreviation that others use too.
    """
    for sign, pattern in (("(", _BRACKETS), ("or ", _OR)):
        at = abstract.find(sign)  # ten times as fast as to try the pattern everywhere
        while at >= 0:
            match = pattern.match(abstract, at)
            if match and (pattern is _BRACKETS or _ODD.search(match[1])):
                before = abstract[max(0, at - _BEFORE) : at]
                if _fits(match[1]) and _abbreviates(match[1], before):
                    yield match[1], pattern is _OR
            at = abstract.find(sign, at + 1)
    for match in _VERB.finditer(abstract):
        if _ODD.search(match["name"]) and _fits(match["name"]):
            yield match["name"], True


def _fits(name: str) -> bool:
    return SHORTEST <= len(key(name)) <= LONGEST and key(name).isascii()


def _abbreviates(name: str, before: str) -> bool:
    """Tell whether a name takes its letters, in order, from the words before it."""
    letters = [sign for sign in key(name) if sign.isalpha()]
    words = names.fold(before).split()[-len(letters) - _SPREAD :]
    if len(letters) < SHORTEST:  # a single letter abbreviates anything
        return False
    for start, word in enumerate(words):
        if word[0] == letters[0] and _within(letters, " ".join(words[start:])):
            return True
    return False


def _within(letters: list[str], text: str) -> bool:
    rest = iter(text)
    return all(letter in rest for letter in letters)
