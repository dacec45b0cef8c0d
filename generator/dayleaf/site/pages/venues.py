"""The list of venues, by what their papers are about."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from dayleaf.archive import urls, venues
from dayleaf.site import views
from dayleaf.site.pages import calendar, descriptions
from dayleaf.site.pages.kind import Address, Context, Kind
from dayleaf.site.products import DataFile, Layout

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dayleaf.site.products import Product

_SAID = 3
"""Venues that the description names, at most."""
_KINDS = {"conference": "conferences", "workshop": "conferences", "journal": "journals"}


class VenueGroup(NamedTuple):
    """Venues under a heading."""

    label: str
    """`Vision, conferences`."""
    venues: tuple[views.Count, ...]
    """Those with most papers first; their `code` is the name in full."""


class VenuesPage(NamedTuple):
    """`venues` in venues.html."""

    count: int  # type: ignore[assignment]  # nobody counts in a view
    """Venues."""
    papers: int
    """Papers that name at least one."""
    groups: tuple[VenueGroup, ...]
    """Conferences of a field, then its journals; the fields with most papers first."""


@dataclass(frozen=True)
class VenuesKind(Kind):
    """One page, and what scripts cite venues by: kind and name in full of each, by its slug."""

    name: ClassVar[str] = "venues"
    pattern: ClassVar[re.Pattern[str]] = re.compile(rf"{urls.VENUES}(?:known\.json)?")
    layouts: ClassVar[tuple[Layout, ...]] = (
        Layout("venues.html", "venues", VenuesPage, "`/venues/`"),
    )
    entry: ClassVar[views.Link | None] = views.Link("Venues", urls.VENUES)
    section: ClassVar[str] = "venues"

    def listed(self, context: Context) -> tuple[Address, ...]:
        """Return the page, of an archive that names any."""
        return (Address(urls.VENUES, context.newest),) if context.catalog.at_venues() else ()

    def key_of(self, match: re.Match[str]) -> str:
        """Return the one key."""
        return ""

    def inputs(self, context: Context) -> object:
        """Return the site's own venues."""
        return context.catalog.rule_sources().venues

    def files(self, context: Context, key: str) -> Iterator[Product]:
        """Yield the page."""
        known = venues.known(context.catalog.rule_sources().venues)
        rows = [
            (known[code], count) for code, count, _ in context.catalog.venues() if "/" not in code
        ]
        totals: dict[str, int] = {}
        for venue, count in rows:
            totals[venue.field] = totals.get(venue.field, 0) + count
        rows.sort(
            key=lambda row: (
                -totals[row[0].field], row[0].field, _KINDS[row[0].kind], -row[1], row[0].slug
            )
        )  # fmt: skip
        groups = tuple(
            VenueGroup(
                ", ".join(filter(None, (field.capitalize(), kind))),
                tuple(
                    views.Count(venue.name, urls.venue(venue.slug), count, venue.title)
                    for venue, count in group
                ),
            )
            for (field, kind), group in groupby(rows, lambda r: (r[0].field, _KINDS[r[0].kind]))
        )
        view = VenuesPage(len(rows), context.catalog.at_venues(), groups)
        most = sorted(rows, key=lambda row: (-row[1], row[0].slug))[:_SAID]
        yield self.page(
            urls.VENUES,
            view,
            title="Venues",
            description=descriptions.of_papers(
                f"{calendar.counted(view.papers)} at conferences and in journals",
                [venue.name for venue, _ in most],
                len(rows),
            ),
        )
        cited = {venue.slug: [venue.kind, venue.title or venue.name] for venue, _ in rows}
        yield DataFile(
            urls.KNOWN_VENUES, json.dumps(cited, sort_keys=True, ensure_ascii=False).encode()
        )


VENUES = VenuesKind()
