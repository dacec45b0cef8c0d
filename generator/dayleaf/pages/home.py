"""The home page, search, the page of what is not there, and the site's own prose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dayleaf import urls, views
from dayleaf.pages import calendar, papers
from dayleaf.pages.draft import Draft, draft
from dayleaf.text.prose import prose

if TYPE_CHECKING:
    from pathlib import Path

    from dayleaf.catalog import Catalog
    from dayleaf.pages.calendar import Days

ABOUT_FILE = "about.md"
_LINES = 12
_RECENT = 7
_FIELDS = 12


def home(catalog: Catalog, every: Days, *, title: str, description: str) -> Draft:
    """Return the home page: the newest day, and the archive at a glance."""
    totals = catalog.totals()
    newest, count = every[-1]
    titles = catalog.first_titles(every[-1 - _RECENT :][0][0], newest)
    listed = catalog.listed(newest, newest)
    view = views.HomePage(
        papers=totals.papers,
        authors=totals.authors,
        days=totals.days,
        first_year=every[0][0][:4],
        last_year=newest[:4],
        newest=calendar.summary(newest, count, titles[newest]),
        lines=tuple(map(papers.line, listed[:_LINES])),
        rest=max(count - _LINES, 0),
        recent=tuple(
            calendar.summary(day, n, titles[day]) for day, n in reversed(every[-1 - _RECENT : -1])
        ),
        years=calendar.year_rows(every),
        fields=tuple(papers.field(code, n) for code, n in catalog.primaries()[:_FIELDS]),
    )
    return draft(
        urls.HOME,
        layout="home.html",
        name="home",
        view=view,
        title=title,
        section="home",
        about=description,
    )


def search(catalog: Catalog, every: Days, *, enabled: bool) -> Draft:
    """Return the search page."""
    view = views.SearchPage(
        papers=catalog.totals().papers,
        years=tuple(sorted({day[:4] for day, _ in every}, reverse=True)),
        categories=tuple(papers.field(code, n) for code, n in catalog.primaries()),
        crossed=tuple(papers.field(code, n) for code, n in catalog.crossed()),
        enabled=enabled,
    )
    return draft(
        urls.SEARCH,
        layout="search.html",
        name="search",
        view=view,
        title="Search",
        section="search",
    )


def missing() -> Draft:
    """Return the page that hosts show for an address that does not exist."""
    return draft(
        "404.html", layout="404.html", name="missing", view=None, title="Not found", section="none"
    )


def about(site: Path) -> Draft | None:
    """Return the page made of the site's `about.md`; None where it has none."""
    file = site / ABOUT_FILE
    if not file.is_file():
        return None
    text = prose(file.read_text(encoding="utf-8"))
    return draft(
        urls.ABOUT, layout="about.html", name="about", view=text, title="About", section="about"
    )
