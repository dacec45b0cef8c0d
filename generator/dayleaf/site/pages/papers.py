"""Papers of the catalog -> papers as layouts see them."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, cast

from dayleaf.archive import taxonomy, urls
from dayleaf.archive.identifiers import DOI, Identifier
from dayleaf.archive.model import SHORT
from dayleaf.archive.resources import LABELS
from dayleaf.archive.rules import TOPIC
from dayleaf.base import dates
from dayleaf.catalog import packed
from dayleaf.site import views
from dayleaf.text import links, safe_html, to_html

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dayleaf.archive.model import Extras
    from dayleaf.catalog import ListedRow, PaperRow
    from dayleaf.catalog.packed import Packed
    from dayleaf.site.pages.producer import Context

# A feed holds whole days: at least three, more where they are thin. Many a category gets a paper a
# week, and would fill a feed as long as the site's with a year.
_FEED_DAYS = 3
# Past a dozen, authors are folded behind a summary.
_SHOWN_AUTHORS = 12


def line(paper: ListedRow, *, of: str = "", date: str | None = None) -> views.Line:
    """Return a paper as a line of a list; omits the byline if `of` is the first author.

    `date` is by default the day without its year.
    """
    day = paper.day
    return views.Line(
        path=urls.paper(day, paper.anchor),
        title=safe_html(paper.title_html),
        plain=paper.title_plain,
        date=dates.short(day) if date is None else date,
        iso=day,
        byline="" if paper.byline in (of, f"{of} et al.") else paper.byline,
        code=paper.code,
        category=taxonomy.short_name(paper.code) if paper.code else "",
        withdrawn=bool(paper.withdrawn),
        venue=_venue(paper.rule_memberships) if paper.rule_memberships else "",
    )


def full(paper: PaperRow, *, few: frozenset[str] = frozenset(), pages: int = 1) -> views.Paper:
    """Return a paper as its day page shows it; `few` are the authors on one of the shared pages."""
    authors = tuple(
        [  # a list first: a tuple of a generator takes a sixth longer
            views.Author(name, urls.person(slug, pages) if slug in few else urls.author(slug))
            for name, slug in paper.authorships
        ]
    )
    shown = len(authors) if len(authors) <= _SHOWN_AUTHORS + 1 else _SHOWN_AUTHORS
    published = paper.published[:10] if paper.published else paper.day
    extras = paper.told
    # Without a version the digest's own date says when its list was last changed.
    later = paper.version > 1 or (not paper.version and paper.updated != paper.published)
    revised = paper.updated[:10] if paper.updated and later else None
    sections = _sections(paper, extras)
    short = sections[0] if sections and sections[0].heading == SHORT else None
    brought = paper.brought
    further = [
        *extras.links,
        *((LABELS[sort], address) for sort, address in brought.items() if sort != "code"),
    ]
    arxiv = paper.identifier is None
    label = paper.anchor if arxiv else paper.named.value
    return views.Paper(
        id=paper.anchor,
        label=f"{label}v{paper.version}" if paper.version else label,
        path=urls.paper(paper.day, paper.anchor),
        title=safe_html(paper.title_html),
        authors=authors[:shown],
        more_authors=authors[shown:],
        others=extras.others,
        tags=_tags(paper.categories, paper.code) + _topics(paper.rule_memberships),
        venues=_venues(paper.rule_memberships) if paper.rule_memberships else (),
        short=short,
        sections=sections[1:] if short else sections,
        abstract=to_html(paper.abstract) if paper.abstract else None,
        comment=to_html(paper.comment) if paper.comment else None,
        journal=to_html(paper.journal) if paper.journal else None,
        dois=tuple(views.Link(doi, Identifier(DOI, doi).address or "") for doi in paper.dois),
        notes=tuple(views.Note(*note) for note in paper.notes),
        abs_url=links.linked(paper.url)
        or paper.named.address
        or urls.paper(paper.day, paper.anchor),
        arxiv=arxiv,
        pdf_url=None if paper.withdrawn else links.linked(paper.pdf),
        withdrawn=bool(paper.withdrawn),
        code_url=links.linked(extras.code) or brought.get("code"),
        links=tuple(
            views.Link(label, path) for label, address in further if (path := links.linked(address))
        ),
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


@lru_cache(maxsize=4)
def frequent(written: tuple[Packed, ...], *, most: int) -> tuple[tuple[str, str, int], ...]:
    """Return slug, spelling and papers of those who wrote several of some papers, of the foremost.

    The most frequent come first, then by slug; each goes by the spelling on the first of them.
    Kept, because the members of a collaboration wrote the same papers: a thousand authors count a
    thousand once, not each for themselves.
    """
    return tuple(packed.frequent_authors(written, most=most))


def people(counted: Iterable[tuple[str, str, int]], context: Context) -> tuple[views.Count, ...]:
    """Return authors, each slug, name and papers, with links to their papers."""
    listed = list(counted)
    few = context.catalog.few([slug for slug, _, _ in listed], below=context.minimum)
    pages = context.shared_pages
    return tuple(
        views.Count(name, urls.person(slug, pages) if slug in few else urls.author(slug), count, "")
        for slug, name, count in listed
    )


def venues(memberships: Iterable[Packed], *, most: int, least: int = 1) -> tuple[views.Count, ...]:
    """Count where some papers have appeared, from their memberships, the most frequent first."""
    counts: Counter[tuple[str, str]] = Counter()
    for rule_memberships, count in Counter(memberships).items():
        for at in packed.venues(rule_memberships):
            slug, _, year = at.code.partition("/")
            counts[slug, at.label.removesuffix(year).rstrip()] += count
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:most]
    shown = (views.Count(name, urls.venue(slug), n, "") for (slug, name), n in ordered)
    return tuple(each for each in shown if each.count >= least)


def feed_since(days: list[tuple[str, int]], papers: int) -> str:
    """Return the first day of a feed that is to hold so many papers; `days` go oldest first."""
    held = 0
    for place, (day, count) in enumerate(reversed(days), 1):
        held += count
        if place >= _FEED_DAYS and held >= papers:
            return day
    return days[0][0]


@lru_cache(maxsize=8192)
def _tags(categories: Packed, primary: str) -> tuple[views.Tag, ...]:
    """Return the tags of packed categories; a few thousand packings make most of an archive."""
    return tuple(
        views.Tag(membership.label, membership.label, None, primary=False)
        if membership.system == packed.OTHER
        else views.Tag(
            membership.label,
            (membership.system != "topic" and taxonomy.name(membership.code)) or membership.label,
            urls.category(membership.code, system=cast("taxonomy.System", membership.system)),
            membership.code == primary and membership.system == "arxiv",
        )
        for membership in packed.memberships(categories)
    )


def _topics(rule_memberships: Packed) -> tuple[views.Tag, ...]:
    """Return the tags of the keeper's topics; most papers have none."""
    return _tags(packed.only(TOPIC, rule_memberships), "") if TOPIC in rule_memberships else ()


@lru_cache(maxsize=4096)
def _venues(rule_memberships: Packed) -> tuple[views.Venue, ...]:
    return tuple(
        views.Venue(each.label, urls.venue(each.code), each.part, each.notes)
        for each in packed.venues(rule_memberships)
    )


@lru_cache(maxsize=4096)
def _venue(rule_memberships: Packed) -> str:
    """Return the foremost venue for a line in a list."""
    appeared = packed.venues(rule_memberships)
    return f"{appeared[0].label} {appeared[0].part}".rstrip() if appeared else ""


def _sections(paper: PaperRow, extras: Extras) -> tuple[views.Section, ...]:
    """Return the summaries that somebody made; those of an older version say so."""
    older = f"v{extras.version}" if 0 < extras.version < paper.version else None
    return tuple(
        views.Section(each.heading, to_html(each.text), each.language, older)
        for each in extras.sections
    )
