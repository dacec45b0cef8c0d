"""A page before it is rendered: its address, its layout and what the layout gets to see."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dayleaf import views

if TYPE_CHECKING:
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


class Raw(NamedTuple):
    """A file that is written as it is."""

    path: str
    data: bytes


def draft(
    path: str, *, layout: str, name: str, view: View, title: str, section: str, about: str = ""
) -> Draft:
    """Make a draft; `about` is the page's description."""
    return Draft(views.Page(title, path, section, about), layout, name, view)
