"""Which papers share an index: the archive divided by time.

One Pagefind index of a large archive needs more memory than machines have, and would be built anew
every day. So the archive is divided by time. Years that are over are packed, oldest first, month by
month, into shards as large as memory bears. The newest year stands in small parts of some days
each, the newest of them in quarters: a new day re-indexes the newest quarter alone. It is with the
first day of a new year that papers are indexed once more, those of the year before. Pagefind takes
110 to 130 KB of memory for each record, so `search.shard` bounds it.
"""

from __future__ import annotations

from itertools import chain, groupby
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

PART = 2_000
"""Records in a part, if it has several days: what a new day re-indexes at most."""
_QUARTERS = 4
"""Pieces of the newest part, of which a new day usually re-indexes only the last."""
_LOOSE = 3
"""Packs that the parts of the newest year would make and do not: of more papers than that, the
oldest are packed within the year, or a search would have too many shards to ask."""

_NEVER = "~"
"""Sorts behind every year."""
_SHARING = 4
"""Packs that share a dictionary, which is made from the last papers of the first of them. A reader
who sees results of all years needs few dictionaries, and words change little meanwhile."""

Days = list[tuple[str, int]]
"""Days with their number of papers, oldest first."""


class Shard(NamedTuple):
    """Some days of the archive, one after another."""

    name: str
    """Its first month, which later days do not change; its first day where it begins in between."""
    first: str
    """The first day with papers."""
    last: str
    papers: int
    learned: tuple[str, str]
    """First and last of the days from whose papers its dictionary is made."""

    @property
    def path(self) -> str:
        """Where its files lie."""
        return f"search/{self.name}/"


def plan(days: Days, *, most: int, part: int = PART, closed: bool = False) -> list[Shard]:
    """Divide days into shards, newest first.

    `most` are the papers of a shard, `part` those of a part. `closed` says that no day comes any
    more, so that the last year is over as well. A pure function of the days: the same archive gives
    the same shards whatever its past.
    """
    part = min(part, most)
    months = [list(group) for _, group in groupby(days, lambda pair: pair[0][:7])]
    begins = {month[0][0] for month in months}
    newest = _NEVER if closed else days[-1][0][:4]
    over = (month for month in months if month[0][0][:4] < newest)
    current = _parts([pair for pair in days if pair[0][:4] == newest], part)
    parts, latest = current[:-1], list(chain.from_iterable(current[-1:]))
    packs = _packs(parts, most)
    loose = ([part] for pack in packs[-_LOOSE:] for part in pack)
    settled = chain.from_iterable(_parts(month, part) for month in over)
    packed = [*_packs(settled, most), *packs[:-_LOOSE]]
    fresh = [[piece] for piece in _parts(latest, max(part // _QUARTERS, 1))]
    shards = [list(chain.from_iterable(shard)) for shard in [*packed, *loose, *fresh]]
    planned: list[Shard] = []
    for place, shard in enumerate(shards):
        learned = _opening(days, part // 2)
        if packed:
            leader = min(place, len(packed) - 1)
            learned = _opening(shards[leader - leader % _SHARING][::-1], part)[::-1]
        first, last = shard[0][0], shard[-1][0]
        name = first[:7] if first in begins else first
        planned.append(Shard(name, first, last, _papers(shard), learned))
    return planned[::-1]


def _opening(days: Days, papers: int) -> tuple[str, str]:
    """Return first and last of the first days that hold so many papers, or of all."""
    held = 0
    for day, count in days:
        held += count
        if held >= papers:
            return days[0][0], day
    return days[0][0], days[-1][0]


def _parts(days: Days, part: int) -> list[Days]:
    """Divide some days into stretches that are small enough."""
    return [list(chain.from_iterable(group)) for group in _packs(([day] for day in days), part)]


def _packs(parts: Iterable[Days], most: int) -> list[list[Days]]:
    """Put parts together, oldest first, as many as a pack bears, at least one."""
    packs: list[list[Days]] = []
    held = 0
    for part in parts:
        papers = _papers(part)
        if packs and held + papers <= most:
            packs[-1].append(part)
            held += papers
        else:
            packs.append([part])
            held = papers
    return packs


def _papers(days: Days) -> int:
    return sum(count for _, count in days)
