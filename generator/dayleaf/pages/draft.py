"""A page before it is rendered: its address, its layout and what the layout gets to see."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, NamedTuple

from dayleaf import urls, views

if TYPE_CHECKING:
    from collections.abc import Mapping

    from markupsafe import Markup

    View = (
        views.HomePage
        | views.DayPage
        | views.MonthPage
        | views.YearPage
        | views.DaysPage
        | views.CategoriesPage
        | views.CategoryPage
        | views.AuthorPage
        | views.AuthorsPage
        | views.NamesPage
        | views.SearchPage
        | views.Feed
        | Markup
        | None
    )


class Draft(NamedTuple):
    """A page that a layout makes."""

    page: views.Page
    layout: str
    """File name of the layout, `day.html`."""
    name: str
    """The name under which the layout sees the view, `day`."""
    view: View
    memo: bytes | None = None
    """Stands for everything the page shows, where that is cheaper to know than the page to make."""


class Kept(NamedTuple):
    """A page that shows what it showed before, and so need not be made."""

    path: str
    memo: bytes


class Known(NamedTuple):
    """What the last build has left of a task's pages."""

    memos: Mapping[str, bytes]
    """By path of the file; empty where every page is to be made."""
    since: int | None
    """The catalog's count of updates at that time."""

    def keeps(self, path: str, memo: bytes) -> bool:
        """Tell whether a page shows what it showed before."""
        return self.memos.get(urls.file(path)) == memo

    def frames(self, path: str, frame: bytes) -> bytes | None:
        """Return the whole memo of a page where the part for its frame is the same as before.

        None where it is not, or nothing is known of the page.
        """
        found = self.memos.get(urls.file(path))
        return found if found and found.startswith(frame) else None


class Raw(NamedTuple):
    """A file that is written as it is."""

    path: str
    data: bytes
    memo: bytes | None = None


def memo(*shown: object) -> bytes:
    """Return what stands for some data: texts, numbers and tuples of them."""
    text = json.dumps(shown, ensure_ascii=False, separators=(",", ":"))
    return hashlib.blake2b(text.encode(), digest_size=8).digest()


def draft(
    path: str, *, layout: str, name: str, view: View, title: str, section: str, about: str = ""
) -> Draft:
    """Make a draft; `about` is the page's description."""
    return Draft(views.Page(title, path, section, about), layout, name, view)
