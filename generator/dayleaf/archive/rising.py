"""What rises in an archive: words of titles that a month has more of than the time before.

A term is a word of four letters or more, or two words in a row. It counts once a title. Terms are
ranked by how much of the month they gain: their share of its titles times the logarithm of how many
times the share before that is (the term's part in the Kullback-Leibler divergence of the two).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

_WORD = re.compile(r"[^\W_][\w'’-]*")
_LEAST_LETTERS = 4
_LEAST_PAPERS = 5
"""Of the month, and its share of them: rarer terms rise by chance."""
_LEAST_SHARE = 0.004
_PHRASE_RISE, _WORD_RISE = 1.5, 2.5
"""How many times the share before: single words come and go with fashions of writing titles."""
_UNSEEN = 1.0
"""Papers that a term is taken to have had before beyond those that it had: new ones divide by 0."""
_SAME = 2.0
"""A word in not many more titles than a phrase that holds it says nothing of its own."""
_SMALL = frozenset(
    "a an the of on in for to and or with from by at as is are be via using use toward towards into"
    " over under its it we our can do does how what when why not no new based through without"
    " between beyond vs among across that this their approach method methods framework study"
    " analysis".split()
)


class Term(NamedTuple):
    """A word, or two."""

    words: str
    """As the newest of its titles writes it."""
    papers: int
    """Of the month."""


def rising(month: Iterable[str], before: Iterable[str], *, most: int) -> tuple[Term, ...]:
    """Return the terms that rise most in a month's titles, the newest title last.

    >>> rising(["Tides of tea"] * 6 + ["Lakes"] * 6, ["Lakes", "Rivers"] * 9, most=3)
    (Term(words='Tides', papers=6),)
    """
    now, spelled, titles = _counts(month)
    then, _, earlier = _counts(before)
    if not titles or not earlier:
        return ()
    gains: dict[str, float] = {}
    for term, count in now.items():
        share, was = count / titles, (then[term] + _UNSEEN) / (earlier + _UNSEEN)
        rise = _PHRASE_RISE if " " in term else _WORD_RISE
        if count >= max(_LEAST_PAPERS, _LEAST_SHARE * titles) and share >= rise * was:
            gains[term] = share * math.log(share / was)
    chosen: list[str] = []
    for term in sorted(gains, key=lambda term: (-gains[term], term)):
        if len(chosen) == most:
            break
        if not any(_same(term, other, now) for other in (*chosen, *gains)):
            chosen.append(term)
    return tuple(Term(spelled[term], now[term]) for term in chosen)


def _same(term: str, other: str, counts: Counter[str]) -> bool:
    """Tell whether a longer term says what this one does."""
    return term != other and f" {term} " in f" {other} " and counts[term] <= _SAME * counts[other]


def _counts(titles: Iterable[str]) -> tuple[Counter[str], dict[str, str], int]:
    """Return in how many titles each term stands, how it is written, and the number of titles."""
    counts: Counter[str] = Counter()
    spelled: dict[str, str] = {}
    number = 0
    for title in titles:
        number += 1
        words = _WORD.findall(title)
        folded = [word.lower() for word in words]
        terms: dict[str, str] = {
            key: word
            for key, word in zip(folded, words, strict=True)
            if len(key) >= _LEAST_LETTERS and key not in _SMALL and not key.isdecimal()
        }
        for (left, first), (right, second) in pairwise(zip(folded, words, strict=True)):
            if left not in _SMALL and right not in _SMALL and f"{first} {second}" in title:
                terms[f"{left} {right}"] = f"{first} {second}"
        counts.update(terms.keys())
        spelled.update(terms)
    return counts, spelled, number
