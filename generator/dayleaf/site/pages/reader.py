"""The reader's own pages: what is new, the reading list, interests. Their browsers fill them."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from dayleaf.archive import urls
from dayleaf.site.pages.kind import Context, Kind
from dayleaf.site.products import DataFile, Layout

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dayleaf.site.products import Product

_DAYS = 60
"""The newest days that the list of what is new reaches back to."""


class ReaderPage(NamedTuple):
    """`reader` in reader.html."""

    name: str
    """`new`, `reading-list` or `interests`: the page's class."""
    script: str
    """What fills it, below assets/."""
    lead: str


_PAGES = (
    (
        urls.NEW,
        "New since you were here",
        ReaderPage("new", "new.js", "The days since your last visit, in one list."),
    ),
    (
        urls.READING_LIST,
        "Reading list",
        ReaderPage(
            "reading-list",
            "reading-list.js",
            "What you have saved. It is kept in this browser alone: nothing leaves it unless you"
            " export it.",
        ),
    ),
    (
        urls.INTERESTS,
        "Interests",
        ReaderPage(
            "interests",
            "interests-page.js",
            "What you follow is marked wherever it is listed, what you hide folds to a line."
            " Both stay in this browser: nothing leaves it unless you take it along.",
        ),
    ),
)


@dataclass(frozen=True)
class ReaderKind(Kind):
    """Three pages, and a list of the newest days with their numbers of papers for scripts."""

    name: ClassVar[str] = "reader"
    pattern: ClassVar[re.Pattern[str]] = re.compile(
        rf"{urls.NEW}|{urls.NEW_DAYS}|{urls.READING_LIST}|{urls.INTERESTS}"
    )
    layouts: ClassVar[tuple[Layout, ...]] = (
        Layout("reader.html", "reader", ReaderPage, "`/new/`, `/reading-list/`, `/interests/`"),
    )
    section: ClassVar[str] = "reader"

    def files(self, context: Context, key: str) -> Iterator[Product]:
        """Yield the pages and the list."""
        for path, title, view in _PAGES:
            yield self.page(path, view, title=title, description=view.lead)
        newest = [(urls.day(day).rstrip("/"), n) for day, n in context.catalog.days()[-_DAYS:]]
        data = json.dumps(newest[::-1], separators=(",", ":")).encode()
        yield DataFile(urls.NEW_DAYS, data)


READER = ReaderKind()
