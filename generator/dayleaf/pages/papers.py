"""Papers of the catalog -> papers as layouts see them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from dayleaf import dates, taxonomy, urls, views
from dayleaf.catalog import unpack_authors
from dayleaf.text import safe_html, to_html

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dayleaf.catalog import Full, Listed

# A feed holds whole days: at least three, more where they are thin. Many a category gets a paper a
# week, and would fill a feed as long as the site's with a year.
_FEED_DAYS = 3
# Past a dozen, authors are folded behind a summary.
_SHOWN_AUTHORS = 12
_CODE_HOST = re.compile(r"(?:github|gitlab|bitbucket|codeberg)\.(?:com|org)/[\w.-]+/[\w.-]*\w")
_DOI = re.compile(r"10\.\d{4,9}/\S+")


def line(paper: Listed, *, of: str = "") -> views.Line:
    """Return a paper as one line of a list; that its author `of` leads it goes unsaid."""
    day = paper.day
    return views.Line(
        path=urls.paper(day, paper.arxiv_id),
        title=safe_html(paper.title_html),
        date=dates.short(day),
        iso=day,
        byline="" if paper.byline in (of, f"{of} et al.") else paper.byline,
        code=paper.code,
        category=taxonomy.short_name(paper.code) if paper.code else "",
    )


def full(paper: Full, *, few: frozenset[str]) -> views.Paper:
    """Return a paper as its day page shows it; `few` are the authors without a page."""
    authors = tuple(
        [  # a list first: a tuple of a generator takes a sixth longer
            views.Author(name, None if slug in few else urls.author(slug))
            for name, slug in unpack_authors(paper.authors)
        ]
    )
    shown = len(authors) if len(authors) <= _SHOWN_AUTHORS + 1 else _SHOWN_AUTHORS
    published = paper.published[:10] if paper.published else paper.day
    revised = paper.updated[:10] if paper.updated and paper.version > 1 else None
    return views.Paper(
        id=paper.arxiv_id,
        label=f"{paper.arxiv_id}v{paper.version}" if paper.version else paper.arxiv_id,
        path=urls.paper(paper.day, paper.arxiv_id),
        title=safe_html(paper.title_html),
        authors=authors[:shown],
        more_authors=authors[shown:],
        tags=_tags(paper.categories),
        abstract=to_html(paper.abstract) if paper.abstract else None,
        comment=to_html(paper.comment) if paper.comment else None,
        journal=to_html(paper.journal) if paper.journal else None,
        dois=_dois(paper.doi),
        abs_url=f"https://arxiv.org/abs/{paper.arxiv_id}",
        pdf_url=_secure(paper.pdf),
        code_url=_code(paper.abstract, paper.comment),
        published=None if published == paper.day else dates.day(published),
        revised=dates.day(revised) if revised else None,
    )


def field_counts(codes: Iterable[str]) -> tuple[views.Count, ...]:
    """Count primary categories, most frequent first."""
    counts: dict[str, int] = {}
    for code in codes:
        if code:
            counts[code] = counts.get(code, 0) + 1
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(field(code, count) for code, count in ordered)


def field(code: str, count: int) -> views.Count:
    """Return an arXiv category with its number of papers."""
    return views.Count(taxonomy.short_name(code), urls.category(code), count, code)


def feed_since(days: list[tuple[str, int]], papers: int) -> str:
    """Return the first day of a feed that is to hold so many papers; `days` go oldest first."""
    held = 0
    for place, (day, count) in enumerate(reversed(days), 1):
        held += count
        if place >= _FEED_DAYS and held >= papers:
            return day
    return days[0][0]


@lru_cache(maxsize=8192)
def _tags(categories: str) -> tuple[views.Tag, ...]:
    """Return the tags of a Categories field; a few thousand fields make most of an archive."""
    found = taxonomy.classify(categories)
    codes = (*found.arxiv, *found.msc, *found.acm)
    linked = tuple(
        views.Tag(
            code,
            taxonomy.name(code) or code,
            urls.category(code, system=taxonomy.system(code)),
            code == found.primary,
        )
        for code in codes
    )
    return linked + tuple(views.Tag(text, text, None, primary=False) for text in found.other)


def _dois(field: str | None) -> tuple[views.Link, ...]:
    """Return the distinct DOIs of a field, which may hold several, even the same one twice."""
    if not field:
        return ()
    found = dict.fromkeys(_DOI.findall(field))
    return tuple(views.Link(doi, f"https://doi.org/{doi}") for doi in found)


def _code(*texts: str | None) -> str | None:
    """Return the first address of a code host. Most texts have none, which a slash tells first."""
    for text in texts:
        if text and "/" in text and (".com/" in text or ".org/" in text):
            match = _CODE_HOST.search(text)
            if match:
                return f"https://{match[0]}"
    return None


def _secure(address: str | None) -> str | None:
    """Say https where arXiv is meant, which has long redirected there."""
    if address and address.startswith("http://arxiv.org/"):
        return f"https{address[4:]}"
    return address or None
