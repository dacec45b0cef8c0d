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
    "`/authors/l-van-gool.html`, `/categories/cs.SY/` and `/2012/03/05/`, if they lead elsewhere",
)
