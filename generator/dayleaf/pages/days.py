"""The page of all days, by year and month."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from dayleaf import urls, views
from dayleaf.drafts import Layout
from dayleaf.pages import calendar
from dayleaf.pages.kind import Context, Kind, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dayleaf.drafts import Page


class DaysPage(NamedTuple):
    """`days` in days.html: the archive year by year."""

    count: int  # type: ignore[assignment]  # nobody counts in a view
    years: tuple[views.YearRow, ...]


@dataclass(frozen=True)
class Days(Kind):
    """One page."""

    name: ClassVar[str] = "days"
    pattern: ClassVar[re.Pattern[str]] = re.compile(re.escape(urls.DAYS))
    layouts: ClassVar[tuple[Layout, ...]] = (Layout("days.html", "days", DaysPage, "`/days/`"),)
    entry: ClassVar[views.Link | None] = views.Link("Days", urls.DAYS)
    section: ClassVar[str] = "days"

    def listed(self, context: Context) -> tuple[str, ...]:
        """Return the page."""
        return (urls.DAYS,)

    def pages(self, context: Context, spans: tuple[Span, ...]) -> Iterator[Page]:
        """Yield the page."""
        every = context.catalog.days()
        view = DaysPage(count=len(every), years=calendar.year_rows(every))
        yield self.draft(urls.DAYS, view, title="Days")


DAYS = Days()
