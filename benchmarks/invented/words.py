"""Prose of invented words, as often and as rare as those of real abstracts.

Words have ranks, and how often a rank is used follows the real curve: like Zipf's law up to the
thousandth word, twice as steep from there on. The commonest are English, so that a stemmer and a
reader find their way; all others are made of syllables. Text is put together from clauses made
beforehand, because drawing word by word takes ten times as long.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import product
from random import Random
from typing import NamedTuple

COMMON = tuple(
    "the of and to a in we for is on that this with our by as from are an which can it be at have "
    "or these not also has than more its both each into over such two between their while most "
    "other only when then one where all through but new without under they how across however "
    "first them some further thus".split()
)
_WORDS = 30_000
_TOPICS = 48
_CLAUSES = 320
"""Clauses of a topic; with 48 topics they hold some 120,000 words."""
_OWN = 80
"""Words that a topic likes, which is why a paper repeats itself."""
_OWN_SHARE = 0.5
_COINED = 40_000
"""The rank from which papers coin words of their own."""
_ENDINGS = ("", "", "", "s", "s", "ing", "ing", "ed", "al", "ation", "ment", "ity", "ively")

_ONSETS = "b br c ch d dr f fl g gl h j k l m n p pr qu r s sh st t tr v w z".split()
_SYLLABLES = tuple(
    onset + vowel for vowel, onset in product(("e", "a", "i", "o", "u", "ea", "ou"), _ONSETS)
)
_SPREAD = 2_654_435_761  # Knuth's multiplier: neighbours in rank get endings that differ


@lru_cache(maxsize=1 << 15)
def word(rank: int) -> str:
    """Return the word of a rank: the rarer, the longer, and no two the same but by chance."""
    if rank < len(COMMON):
        return COMMON[rank]
    ending = _ENDINGS[(rank * _SPREAD >> 8) % len(_ENDINGS)]
    rest, parts = rank + len(_SYLLABLES), list[str]()
    while rest:
        rest, at = divmod(rest, len(_SYLLABLES))
        parts.append(_SYLLABLES[at])
    return "".join(parts) + ending


def coined(rng: Random, papers: int) -> str:
    """Return a word for what a paper has built; new ones come up as long as papers do."""
    return word(_COINED + int(2.1 * (papers + 50) * rng.random())).capitalize()


class Topic(NamedTuple):
    """What papers of one kind are written with."""

    clauses: tuple[str, ...]
    titles: tuple[str, ...]


def topics(rng: Random) -> tuple[Topic, ...]:
    """Make the topics of an archive."""
    weights = [_weight(rank) for rank in range(_WORDS)]
    return tuple(_topic(rng, weights) for _ in range(_TOPICS))


def _weight(rank: int) -> float:
    """How often a rank is used, as counted: 5.3 % the first word, 0.014 % the thousandth."""
    return float((rank + 2) ** -0.95 / (1 + (rank / 2500) ** 1.4))


def _topic(rng: Random, weights: list[float]) -> Topic:
    names = len(COMMON)
    own = rng.choices(range(names, _WORDS), weights[names:], k=_OWN)
    made = _CLAUSES * 8
    ranks = rng.choices(range(_WORDS), weights, k=made)
    ranks = [
        rng.choice(own) if rank >= names and rng.random() < _OWN_SHARE else rank for rank in ranks
    ]
    clauses, titles = list[str](), list[str]()
    for at in range(0, made, 8):
        part = [word(rank) for rank in ranks[at : at + rng.choice((6, 7, 8, 8))]]
        titles.append(" ".join(w if w in COMMON else w.capitalize() for w in part[:6]))
        clauses.append(_dressed(rng, part))
    return Topic(tuple(clauses), tuple(titles))


def _dressed(rng: Random, part: list[str]) -> str:
    """Give a clause what real ones have: compounds, short forms, figures, quotes, apostrophes."""
    at = rng.randrange(len(part))
    chance = rng.random()
    if chance < 0.26:
        part[at] = f"{part[at]}-{word(rng.randrange(len(COMMON), 3000))}"
    elif chance < 0.32:
        part[at] = f"{part[at]} ({part[at][:2].upper()}{part[at - 1][:1].upper()})"
    elif chance < 0.38:
        part[at] = part[at][:4].upper()
    elif chance < 0.42:
        part[at] = rng.choice(("3D", "2D", f"{rng.randrange(2, 300)}", "R2V"))
    elif chance < 0.426:
        part.append(f"by {rng.randrange(1, 40)}.{rng.randrange(10)}%")
    elif chance < 0.432:
        part[at] = f"{part[at]}'s"
    elif chance < 0.434:
        part[at] = f'"{part[at]}"'
    return " ".join(part)
