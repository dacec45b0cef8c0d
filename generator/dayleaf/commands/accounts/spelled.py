"""Names that may be somebody else's, or nobody's: candidates for `authors.toml`.

Four sorts are found by the names alone: initials that fit one full name only, the same words in
another order, names with figures or signs behind them, and two names in one. Each comes with the
table that would mend it; whether it should, the keeper decides.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from dayleaf.archive import names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dayleaf.catalog import Catalog, ListedAuthor

_MARK = re.compile(r"\s*[\d*†‡§¶\u00b9\u00b2\u00b3\u2070-\u2079]+[,\s\d*†‡§¶]*\Z")
_WORDS = 2
_TIMES = 3
"""How many times more papers a name has than one with its words in another order."""
_NAME = 3
"""Letters of the longest word of a name."""
_FUSED = 4
"""Words from which on a name may be two."""


class DoubtfulName(NamedTuple):
    """A name to look at."""

    sort: str
    """`initials`, `order`, `mark` or `fused`."""
    name: str
    papers: int
    other: str
    """The name that it may be; of two names in one the first."""
    table: str
    """What would join them, in `authors.toml`."""

    def __str__(self) -> str:
        claim = {
            "initials": "may be",
            "order": "has the words of",
            "mark": "ends in a mark; without it,",
            "fused": "may be two, the first",
        }[self.sort]
        return f"{self.name} ({self.papers:,}) {claim} {self.other}: {self.table}"


def candidates(catalog: Catalog) -> Iterator[DoubtfulName]:
    """Yield candidates, those with most papers first, by sort."""
    people = list(catalog.foremost())
    yield from _initials(people)
    yield from _order(people, catalog)
    yield from _marked(people)
    yield from _fused(people)


def _initials(people: list[ListedAuthor]) -> Iterator[DoubtfulName]:
    """Names that begin with an initial where one full name alone has it and the same rest."""
    full: defaultdict[tuple[str, str], list[ListedAuthor]] = defaultdict(list)
    short: list[tuple[tuple[str, str], ListedAuthor]] = []
    for author in people:
        first, _, rest = names.fold(author.name).partition(" ")
        if not rest or not first:
            continue
        key = (first[0], rest)
        if len(first) == 1:
            short.append((key, author))
        else:
            full[key].append(author)
    for key, author in short:
        if len(full[key]) == 1:
            yield _candidate("initials", author, full[key][0])


def _order(people: list[ListedAuthor], catalog: Catalog) -> Iterator[DoubtfulName]:
    """Names with the words of another in another order, who write with the same people."""
    first: dict[str, ListedAuthor] = {}
    for author in people:
        words = names.fold(author.name).split()
        if len(words) < _WORDS or min(map(len, words)) == 1:
            continue
        key = " ".join(sorted(words))
        other = first.setdefault(key, author)
        # Lin Li and Li Lin are two people; a genuinely reversed name is rare.
        if other is author or other.papers < _TIMES * author.papers:
            continue
        beside = (catalog.coauthors_of([slug]) - {author.slug, other.slug}
                  for slug in (author.slug, other.slug))  # fmt: skip
        if set.intersection(*beside):
            yield _candidate("order", author, other)


def _marked(people: list[ListedAuthor]) -> Iterator[DoubtfulName]:
    """Names with figures, footnote marks or an affiliation behind them."""
    known = {names.fold(author.name): author for author in people}
    for author in people:
        kept = _MARK.sub("", author.name).rstrip(" ,")
        if not kept or kept == author.name:
            continue
        other = known.get(names.fold(kept))
        name = other.name if other else kept
        yield DoubtfulName("mark", author.name, author.papers, name, _table(name, author.name))


def _fused(people: list[ListedAuthor]) -> Iterator[DoubtfulName]:
    """Names of which both halves are names of more papers."""
    known = {names.fold(author.name): author for author in people}
    for author in people:
        words = names.fold(author.name).split()
        if len(words) < _FUSED:
            continue
        for cut in range(_WORDS, len(words) - _WORDS + 1):
            left, right = (known.get(" ".join(part)) for part in (words[:cut], words[cut:]))
            letters = min(max(map(len, part)) for part in (words[:cut], words[cut:]))
            if letters < _NAME:
                continue  # M. D.
            if left and right and min(left.papers, right.papers) > author.papers:
                yield _candidate("fused", author, left)
                break


def _candidate(sort: str, author: ListedAuthor, other: ListedAuthor) -> DoubtfulName:
    table = _table(other.name, author.name)
    return DoubtfulName(sort, author.name, author.papers, other.name, table)


def _table(name: str, spelling: str) -> str:
    """Return a table on one line, as TOML allows."""
    called, spelled = (json.dumps(text, ensure_ascii=False) for text in (name, spelling))
    return f"{names.slug(name)} = {{ name = {called}, spellings = [{spelled}] }}"
