"""Which papers share an index: the archive divided by time.

One Pagefind index of a large archive needs more memory than machines have, and would be built anew
every day. So the archive is divided into parts, months or, where these are large, stretches of
days, and the parts are packed, oldest first. The newest part stays a shard of its own: a new day
re-indexes that part alone. The pack that still has room is not packed yet, but stands in packs as
small as parts may be, so that a part that has come to its end seldom means much work: only when a
pack is full, its papers are indexed once more, all together. Pagefind takes 110 to 130 KB of memory
for each record, so `search.shard` bounds it.
"""

from __future__ import annotations

from itertools import chain, groupby
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

PART = 2_000
"""Records in a part, if it has several days: what a new day re-indexes at most."""

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

    @property
    def path(self) -> str:
        """Where its files lie."""
        return f"search/{self.name}/"


def plan(days: Days, *, most: int, part: int = PART) -> list[Shard]:
    """Divide days into shards, newest first.

    `most` are the papers of a shard, `part` those of a part. A pure function of the days: the same
    archive gives the same shards whatever its past.
    """
    part = min(part, most)
    months = [list(group) for _, group in groupby(days, lambda pair: pair[0][:7])]
    begins = {month[0][0] for month in months}
    parts = [found for month in months for found in _parts(month, part)]
    packs = _packs(parts[:-1], most)
    shards = [*packs[:-1], *_packs(chain.from_iterable(packs[-1:]), part), parts[-1:]]
    found: list[Shard] = []
    for shard in reversed(shards):
        inside = list(chain.from_iterable(shard))
        first, last = inside[0][0], inside[-1][0]
        name = first[:7] if first in begins else first
        found.append(Shard(name, first, last, _papers(inside)))
    return found


def _parts(month: Days, part: int) -> list[Days]:
    """Divide a month that is too large into stretches of days."""
    if _papers(month) <= part:
        return [month]
    return [list(chain.from_iterable(days)) for days in _packs(([day] for day in month), part)]


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
