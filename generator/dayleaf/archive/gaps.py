"""Days that are missing from an archive, and days suspiciously thin.

The same days of the week around a day show how many papers it should have: a small archive has days
without any, and most archives have few papers at weekends.
"""

from __future__ import annotations

from datetime import date, timedelta
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_WEEKS = 4
"""On either side."""
_SURE = 5
"""Papers that a day should hold before its absence means something."""
_MANY = 15
"""Papers that a day should hold before few mean something."""
_FEW = 5
"""A day with less than one in so many is thin."""
_WEEK = timedelta(days=7)
_DAY = timedelta(days=1)


class Gap(NamedTuple):
    """Days in a row of which there should be digests."""

    first: str
    last: str
    days: int

    def __str__(self) -> str:
        return f"{self.first} to {self.last}" if self.days > 1 else self.first


class Thin(NamedTuple):
    """A day with far fewer papers than the same weekdays around it."""

    day: str
    papers: int
    usual: int

    def __str__(self) -> str:
        return f"{self.day}: {self.papers} papers, where {self.usual} are usual"


def gaps(days: Sequence[tuple[str, int]]) -> Iterator[Gap]:
    """Yield the stretches of days without a digest; `days` go oldest first, with their papers."""
    counts = {date.fromisoformat(day): papers for day, papers in days}
    missing = [day for day in _all(counts) if day not in counts and _usual(day, counts) >= _SURE]
    start = 0
    for end, day in enumerate(missing, 1):
        if end == len(missing) or missing[end] - day > _DAY:
            yield Gap(missing[start].isoformat(), day.isoformat(), end - start)
            start = end


def thin(days: Sequence[tuple[str, int]]) -> Iterator[Thin]:
    """Yield the days with far fewer papers than usual, oldest first."""
    counts = {date.fromisoformat(day): papers for day, papers in days}
    for day, papers in counts.items():
        usual = _usual(day, counts)
        if usual >= _MANY and papers * _FEW < usual:
            yield Thin(day.isoformat(), papers, round(usual))


def _all(counts: dict[date, int]) -> Iterator[date]:
    day, last = min(counts, default=date.max), max(counts, default=date.min)
    while day < last:
        yield day
        day += _DAY


def _usual(day: date, counts: dict[date, int]) -> float:
    """Return the median of the nearest same weekdays that there are, before and after."""
    near: list[int] = []
    for step in (_WEEK, -_WEEK):
        other, counted = day + step, 0
        for _ in range(4 * _WEEKS):
            if other in counts:
                near.append(counts[other])
                counted += 1
            if counted == _WEEKS:
                break
            other += step
    return median(near) if len(near) >= _WEEKS else 0
