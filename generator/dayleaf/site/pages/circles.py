"""Circles: the papers of a name, by who wrote them together.

Two papers are in one circle if they share a co-author, or a chain of papers does. The circles of a
name follow from its own papers alone. They say who may be one person, and no more: people of one
name who write with one colleague are in one circle, and one who changed the subject in several.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from dayleaf.catalog import ListedRow

_FEWEST_PAPERS = 20
"""Papers from which on a name is divided."""
_SMALLEST = 3
"""Papers of a circle that is shown."""
_MOST = 8
"""Circles that are shown."""


class Circles(NamedTuple):
    """The circles of a name."""

    largest: list[list[ListedRow]]
    """Those with most papers, at most eight, or none if fewer than two are worth showing; of
    equally large ones the one with the newest paper first."""
    total: int
    """How many there are."""


def divide(slug: str, rows: list[ListedRow]) -> tuple[Circles, dict[str, str]]:
    """Divide a name's papers, newest first; also say of papers which circle they are in, `c1`."""
    if len(rows) < _FEWEST_PAPERS:
        return Circles([], 0), {}
    everything = _circles(slug, rows)
    shown = [circle for circle in everything if len(circle) >= _SMALLEST][:_MOST]
    if len(shown) <= 1:
        return Circles([], len(everything)), {}
    of = {paper.anchor: f"c{place}" for place, circle in enumerate(shown, 1) for paper in circle}
    return Circles(shown, len(everything)), of


def _circles(slug: str, rows: list[ListedRow]) -> list[list[ListedRow]]:
    """Return all circles, the largest first."""
    above = list(range(len(rows)))

    def top(place: int) -> int:
        while above[place] != place:
            above[place] = place = above[above[place]]
        return place

    first: dict[str, int] = {}
    for place, paper in enumerate(rows):
        for other in paper.slugs:
            if other != slug:
                above[top(place)] = top(first.setdefault(other, place))
    groups: dict[int, list[ListedRow]] = {}
    for place, paper in enumerate(rows):
        groups.setdefault(top(place), []).append(paper)
    return sorted(groups.values(), key=lambda circle: -len(circle))
