"""What search engines and shared links say of a page: a description, and data about its place.

A description is a sentence or two of plain text, from the data. Pages of authors have none, since
there are hundreds of thousands: the script makes theirs. Data follow schema.org, and need to know
where the site lives.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dayleaf.archive import urls
from dayleaf.text import data_block

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from markupsafe import Markup

    from dayleaf.base.config import Config
    from dayleaf.site import views

LONGEST = 160
"""Letters of a description: what search engines show."""
_TITLES = 3
_SHORTEST = 24
"""Letters of a title below which it is not worth its beginning."""


def of_papers(summary: str, titles: Sequence[str], count: int) -> str:
    """Return a summary of some papers, followed by as many of their titles as fit.

    >>> of_papers("142 papers of Friday, 3 May 2024", ["A title", "Another title"], 142)
    '142 papers of Friday, 3 May 2024: A title, Another title and 140 more'
    """
    for number in range(min(_TITLES, len(titles)), 0, -1):
        line = _listed(summary, titles[:number], count)
        if len(line) <= LONGEST:
            return line
    rest = _rest(count - 1)
    room = LONGEST - len(f"{summary}: …{rest}")
    if not titles or room < _SHORTEST:
        return shortened(summary)
    return f"{summary}: {shortened(titles[0], room + 1)}{rest}"


def _listed(summary: str, titles: Sequence[str], count: int) -> str:
    rest = _rest(count - len(titles))
    if not rest and len(titles) > 1:
        return f"{summary}: {', '.join(titles[:-1])} and {titles[-1]}"
    return f"{summary}: {', '.join(titles)}{rest}"


def _rest(count: int) -> str:
    return f" and {count:,} more" if count > 0 else ""


def shortened(text: str, longest: int = LONGEST) -> str:
    """Cut a text off at a word, with an ellipsis, if it is longer."""
    if len(text) <= longest:
        return text
    cut = text[: longest - 1]
    return f"{(cut.rpartition(' ')[0] or cut).rstrip(' ,;:.')}…"


def first_titles(groups: Iterable[views.Group]) -> list[str]:
    """Return the first titles of a list of papers, in plain text."""
    lines = (line for group in groups for line in group.lines)
    return [line.plain for _, line in zip(range(_TITLES), lines, strict=False)]


def website(config: Config, *, searched: bool) -> Markup | None:
    """Return the home page's structured data, with the search; None without a base URL."""
    if not config.base_url:
        return None
    site: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": config.title,
        "url": config.base_url,
    }
    if searched:
        site["potentialAction"] = {
            "@type": "SearchAction",
            "target": {
                "@type": "EntryPoint",
                "urlTemplate": f"{config.base_url}{urls.SEARCH}?q={{search_term_string}}",
            },
            "query-input": "required name=search_term_string",
        }
    return data_block(site)


def breadcrumbs(config: Config, above: Iterable[views.Link], name: str) -> Markup | None:
    """Return a page's breadcrumbs as structured data; None without a base URL.

    There are thousands of such pages: the last crumb needs no address, nor the page a type.
    """
    if not config.base_url:
        return None
    crumbs: list[dict[str, object]] = [
        {
            "@type": "ListItem",
            "position": place,
            "name": crumb.label,
            "item": config.base_url + crumb.path,
        }
        for place, crumb in enumerate(above, 1)
    ]
    crumbs.append({"@type": "ListItem", "position": len(crumbs) + 1, "name": name})
    way = {"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": crumbs}
    return data_block(way)
