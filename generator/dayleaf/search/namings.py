"""How many later papers name a paper, which tells the one that a field stands on from others.

A name belongs to the first paper that gives it, or to one that is known by it (`known`), and counts
as it is written: `SAM` is one and `Sam` is not. What stood in papers before is a word or an
abbreviation that others use too, `CNN`, and is left out. Only shards that are full count, so that a
new day changes no figure; who is named by fewer than three papers is not listed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dayleaf.search.terms import is_proper

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from dayleaf.search.terms import Terms

LEAST = 3
"""Papers that must name one for it to be listed."""
_SHORTEST = 3
"""Letters of a name: many things share a shorter one."""
_BEFORE = 0.002
"""Share of the papers that may have a name before the one that gives it: by chance, or misspelt."""
_MANY = 5
"""How many that are at most."""


class Naming(NamedTuple):
    """That later papers name one."""

    shard: int
    """The paper's shard, the oldest being 0."""
    number: int
    """The paper's place in the order of its shard, from 0."""
    papers: int
    """How many later papers of the archive name it, by the name that most use."""
    name: str


def count(shards: Sequence[Terms], known: Mapping[str, Sequence[str]]) -> list[Naming]:
    """Return how often later papers name each paper, in the order of the archive.

    `shards` stand oldest first; `known` are well-known names as they are written, with the papers
    that they stand for, each as `2015-12-10 1512.03385`.
    """
    best: dict[tuple[int, int], Naming] = {}
    for naming in (*_introduced(shards, known), *_known(shards, known)):
        other = best.get((naming.shard, naming.number))
        if naming.papers >= LEAST and (other is None or other[2:] < naming[2:]):
            best[naming.shard, naming.number] = naming
    return [best[place] for place in sorted(best)]


def _introduced(shards: Sequence[Terms], known: Mapping[str, object]) -> Iterator[Naming]:
    """Yield the names that papers give, where hardly any had them before."""
    seen = set(known)
    for shard, terms in enumerate(shards):
        for name, (number, earlier) in terms.givers.items():
            if name in seen or len(name) < _SHORTEST:
                continue
            seen.add(name)
            before = earlier + _mentions(name, shards[:shard])
            after = _mentions(name, shards[shard:]) - earlier - 1
            if before <= max(1, min(_MANY, after * _BEFORE)):
                yield Naming(shard, number, after, name)


def _known(shards: Sequence[Terms], known: Mapping[str, Sequence[str]]) -> Iterator[Naming]:
    """Yield well-known names, `Swin Transformer` too; in a paper's own shard all count as later."""
    numbers = [{place: n for n, place in enumerate(terms.order)} for terms in shards]
    for name, places in known.items():
        if is_proper(name) or (" " in name and name.istitle()):
            for shard, by_place in enumerate(numbers):
                for place in filter(by_place.__contains__, places):
                    papers = _mentions(name, shards[shard:])
                    yield Naming(shard, by_place[place], papers, name)


def _mentions(name: str, shards: Sequence[Terms]) -> int:
    return sum(terms.mentions.get(name, 0) for terms in shards)
