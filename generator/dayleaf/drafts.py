"""Pages before they are rendered: a layout with what it gets to see, or bytes that are ready.

Whatever makes pages or files beside them gives these values, and `render` and `output` take them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

    from markupsafe import Markup

    from dayleaf import views

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


class Draft(NamedTuple):
    """A page that a layout makes."""

    page: views.Page
    layout: Layout
    view: View

    @property
    def path(self) -> str:
        """The page's address."""
        return self.page.path


class Raw(NamedTuple):
    """A file that is written as it is."""

    path: str
    data: bytes


class Reads(NamedTuple):
    """The rows that a page lists, by what an update touches in them."""

    topic: str
    """What the catalog notes of an update: `day`, or `name` for authors by their sort keys."""
    first: str
    last: str
    """The first and the last day or sort key, both included."""


class Sketch(NamedTuple):
    """A page that may show what it showed before, which is cheaper to know than to make the page.

    The planner compares it with what the last build noted. It makes the page only if the frame
    differs, or if an update has touched the rows that the page lists and they have changed.
    """

    path: str
    frame: object
    """What the page shows besides the rows: texts, numbers and tuples of them."""
    reads: Reads | None
    """None for a page that lists no rows."""
    make: Callable[[], Draft]


Page: TypeAlias = Draft | Raw | Sketch
