"""What the papers of a shard call things, and which words they use.

A name is found where a paper gives it: before the colon of its title (`NeRF: …`), or in its
abstract, in brackets behind the words that it abbreviates (`… (DETR)`) or behind a verb that
introduces it (`called DETR`, `we present DETR`). All of it follows from the shard's papers alone,
so that it is learned once, beside the index; `lexicon` puts the shards together.
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
_WORD = re.compile(r"[a-z0-9]{2,24}")


class Terms(NamedTuple):
    """What the papers of a shard have in common with nobody's list."""

    papers: int
    names: dict[str, list[str]]
    """Key of a name, see `key` -> who gives it, oldest first: TITLED or INTRODUCED, then the paper
    as `2020-03-19 2003.08934`."""
    words: dict[str, tuple[int, str]]
    """Folded word -> papers with it, and the first of them where its title has the word, else
    nothing."""
    frequent: dict[str, dict[str, int]]
    """Year -> words that one in fifty of its papers has, or more -> how many have it."""


@lru_cache(maxsize=1 << 16)
def key(text: str) -> str:
    """Return what a name goes by, whatever its case, marks, hyphens and spaces: `unet`."""
    return names.fold(indexed(text)).replace(" ", "")


def learn(lines: Iterable[bytes]) -> bytes:
    """Collect the terms of some papers, from lines of results, oldest first."""
    given: dict[str, dict[str, list[str]]] = {TITLED: {}, INTRODUCED: {}}
    counts: Counter[str] = Counter()
    yearly: defaultdict[str, Counter[str]] = defaultdict(Counter)
    totals: Counter[str] = Counter()
    first: dict[str, str] = {}
    papers = 0
    for line in lines:
        paper = results.read(line)
        papers += 1
        place = _place(paper["path"])
        title, texts = paper["title"], f"{paper['abstract']} {paper['comment']}"
        for how, found in ((TITLED, _titled(title)), (INTRODUCED, _introduced(paper["abstract"]))):
            for name in found:
                places = given[how].setdefault(name, [])
                if len(places) < _EACH and place not in places:
                    places.append(place)
        titled = set(_words(title))
        used = titled.union(_words(texts))
        counts.update(used)
        yearly[place[:4]].update(used)
        totals[place[:4]] += 1
        for word in used.difference(first):
            first[word] = place if word in titled else ""
    known = {
        name: [how + place for how in given for place in given[how].get(name, ())]
        for name in sorted({*given[TITLED], *given[INTRODUCED]})
    }
    words = {word: (count, first[word]) for word, count in sorted(counts.items())}
    frequent = {
        year: {word: n for word, n in sorted(found.items()) if n * _FREQUENT >= totals[year]}
        for year, found in sorted(yearly.items())
    }
    return json.dumps([papers, known, words, frequent], separators=(",", ":")).encode()


def read(data: bytes) -> Terms:
    """Return what was learned."""
    return Terms(*json.loads(data))


def _place(path: str) -> str:
    """`2020/03/19/#2003.08934` gives `2020-03-19 2003.08934`."""
    day, _, anchor = path.partition("/#")
    return f"{day.replace('/', '-')} {anchor}"


def _words(text: str) -> list[str]:
    plain = text.lower() if text.isascii() else names.fold(indexed(text))
    return _WORD.findall(plain)


def _titled(title: str) -> Iterator[str]:
    """Yield the key of the name that a title gives its paper."""
    match = _TITLE.match(title)
    name = match["name"] if match else title
    words = name.split()
    if len(words) <= (_HEAD if match else 2) and _fits(name):
        yield key(name)


def _introduced(abstract: str) -> Iterator[str]:
    """Yield the keys of the names that an abstract introduces."""
    for sign, pattern in (("(", _BRACKETS), ("or ", _OR)):
        at = abstract.find(sign)  # ten times as fast as to try the pattern everywhere
        while at >= 0:
            found = pattern.match(abstract, at)
            if found and (pattern is _BRACKETS or _ODD.search(found[1])):
                before = abstract[max(0, at - _BEFORE) : at]
                if _fits(found[1]) and _abbreviates(found[1], before):
                    yield key(found[1])
            at = abstract.find(sign, at + 1)
    for found in _VERB.finditer(abstract):
        if _ODD.search(found["name"]) and _fits(found["name"]):
            yield key(found["name"])


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
