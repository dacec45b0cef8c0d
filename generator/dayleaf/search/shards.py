"""Which papers share an index: the archive divided by time.

One Pagefind index of a large archive needs more memory than machines have, and would be built anew
every day. So months are packed into shards, oldest first, and the newest month stays a shard of its
own: a new day re-indexes that month alone, and once a month the one before joins the last pack.
Pagefind takes 110 to 130 KB of memory for each record, so `search.shard` bounds it.
"""

from __future__ import annotations

from itertools import groupby
from typing import NamedTuple


class Shard(NamedTuple):
    """Some months of the archive."""

    first: str
    """The first day with papers."""
    last: str
    papers: int

    @property
    def path(self) -> str:
        """Where its files lie: by its first month, which later months do not change."""
        return f"search/{self.first[:7]}/"


def plan(days: list[tuple[str, int]], *, most: int) -> list[Shard]:
    """Divide days (oldest first, with their numbers of papers) into shards, newest first.

    A pure function of the days: the same archive gives the same shards whatever its past.
    """
    months = [list(group) for _, group in groupby(days, lambda pair: pair[0][:7])]
    packs: list[list[tuple[str, int]]] = []
    for month in months[:-1]:
        if packs and _papers(packs[-1]) + _papers(month) <= most:
            packs[-1] += month
        else:
            packs.append(list(month))
    packs += months[-1:]
    return [Shard(pack[0][0], pack[-1][0], _papers(pack)) for pack in reversed(packs)]


def _papers(days: list[tuple[str, int]]) -> int:
    return sum(count for _, count in days)
