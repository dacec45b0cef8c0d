"""The page at an address that leads elsewhere: its view and its layout, for several kinds."""

from __future__ import annotations

from typing import NamedTuple

from dayleaf.site.products import Layout


class MovedPage(NamedTuple):
    """`moved` in moved.html."""

    label: str
    path: str
    """Where what stood at this address stands now."""


MOVED = Layout(
    "moved.html",
    "moved",
    MovedPage,
    "`/authors/l-van-gool.html` and `/categories/cs.SY/`, if they lead elsewhere",
)
