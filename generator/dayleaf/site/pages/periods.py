"""How the papers of a category are shared out among its pages.

They are listed by period, never by count, so that an address keeps its papers when others are added
anywhere in time. A period with more papers than a page bears gives way to its parts: years to
months, months to days. The newest periods stand on the category's own page, which would otherwise
list nothing; every paper is listed exactly once.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST = 500
"""Papers that a page bears before its period gives way to parts."""
NEWEST = 50
"""Papers that a category's own page shows at least, where it has parts."""
MONTH, DAY = 7, 10
"""Lengths of their ISO forms."""
_LEVELS = {0: 4, 4: 7, 7: 10}
"""Length of a period's ISO form -> that of its parts."""


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time in a category; the whole has the empty ISO form."""

    iso: str
    count: int
    newest: str
    """The newest day with papers."""
    parts: tuple[Period, ...]
    """Newest first; empty where the papers stand on one page."""

    def leaves(self) -> Iterator[Period]:
        """Yield the periods that list papers, newest first."""
        if not self.parts:
            yield self
        for part in self.parts:
            yield from part.leaves()

    def inner(self) -> Iterator[Period]:
        """Yield the periods below this one that give way to parts."""
        for part in self.parts:
            if part.parts:
                yield part
                yield from part.inner()


def divide(days: list[tuple[str, int]], iso: str = "", *, finest: int = DAY) -> Period:
    """Divide days (oldest first, with their numbers of papers) into periods.

    `finest` is the length of the ISO form of the smallest ones.
    """
    count = sum(number for _, number in days)
    level = _LEVELS.get(len(iso), DAY + 1)
    parts: tuple[Period, ...] = ()
    if count > MOST and level <= finest:
        groups = groupby(days, lambda pair: pair[0][:level])
        parts = tuple(divide(list(group), key, finest=finest) for key, group in groups)[::-1]
    return Period(iso, count, days[-1][0], parts)


def inline(leaves: list[Period]) -> list[Period]:
    """Return the newest periods, enough of them for the category's own page."""
    shown: list[Period] = []
    for leaf in leaves:
        if sum(period.count for period in shown) >= NEWEST:
            break
        shown.append(leaf)
    return shown


def heading(listed: list[Period]) -> int:
    """Return the length of the ISO form that papers stand under: of days where a day has a page."""
    return DAY if all(len(period.iso) == DAY for period in listed) else MONTH
