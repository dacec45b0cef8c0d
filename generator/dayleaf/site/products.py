"""Pages before they are rendered: a layout with what it gets to see, or bytes that are ready.

Whatever makes pages or files beside them gives these values, and `render` and `output` take them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from functools import partial

    from markupsafe import Markup

    from dayleaf.site import views

    View: TypeAlias = tuple[object, ...] | Markup | None
    """What a layout sees under its own name: a NamedTuple, safe HTML, or nothing."""


@dataclass(frozen=True, slots=True)
class Layout:
    """A layout that makes pages."""

    file: str
    """Its file name, `day.html`."""
    variable: str
    """The name under which it sees its page's view, `day`."""
    view: type | None
    """The view's type, `DayPage`; None where there is nothing to see."""
    makes: str
    """The addresses of its pages in Markdown, for the documents: "`/2021/12/19/`"."""
    anywhere: bool = False
    """Whether hosts show the page at any address, so that its links begin at the base path."""


class Page(NamedTuple):
    """A page that a layout makes."""

    info: views.PageInfo
    layout: Layout
    view: View

    @property
    def path(self) -> str:
        """The page's address."""
        return self.info.path


class DataFile(NamedTuple):
    """A file that is written as it is."""

    path: str
    data: bytes


class LazyPage(NamedTuple):
    """A page that is made only if an update has changed what it shows.

    It is a function and its arguments. The function gets the context besides, by its name, and gets
    at nothing else. So the page shows what it showed before as long as the arguments are the same
    and no fact has changed that it got from the catalog.
    """

    path: str
    make: partial[Page] | partial[Page | DataFile]
    """A function of a module, or a method of a producer, with texts, numbers and tuples of them,
    whose `repr` tells them apart."""


Product: TypeAlias = Page | DataFile | LazyPage
