"""Exports: papers in, bytes out, in a format that other programs read. One module per format.

An export knows nothing of who lists it. A kind of page names the exports that stand beside its
pages, and gives each of them the papers as a `Collection`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar
from urllib.parse import quote

from markupsafe import escape

from dayleaf.archive import urls
from dayleaf.archive.identifiers import DOI, Identifier
from dayleaf.archive.model import SHORT
from dayleaf.site.views import FeedEntry, Link
from dayleaf.text import links, safe_html, to_html, to_plain

if TYPE_CHECKING:
    from markupsafe import Markup

    from dayleaf.archive.model import SummarySection
    from dayleaf.base.config import Config
    from dayleaf.catalog import PaperRow
    from dayleaf.site.products import DataFile, Layout, Page

LARGEST = 250_000
"""Bytes of a feed. Readers fetch it every hour or so, and some give up on larger ones."""
_HEAD, _FRAME, _EACH = 2_000, 450, 40
"""Bytes of a feed's head, and what an entry has around its texts, and around each in a list."""


@dataclass(frozen=True)
class Collection:
    """Some papers, and the page that they are of. Without slots, for the cached property."""

    title: str
    """`Daily digests: Machine Learning`."""
    path: str
    """The page's address, `categories/cs.LG/`."""
    papers: tuple[PaperRow, ...]
    """In the order in which an export lists them."""
    config: Config
    """The settings of the site, which say where its days are published."""
    about: str = ""
    """What the papers have in common, a sentence; empty where there is nothing to say."""
    other: tuple[FeedEntry, ...] = ()
    """Entries of a feed that lists no papers, but days."""

    @cached_property
    def entries(self) -> tuple[FeedEntry, ...]:
        """The papers as feeds list them: as many as a feed bears, and at least the first."""
        return fitting(self.other or (entry(paper, self.config) for paper in self.papers))


@dataclass(frozen=True, slots=True)
class Export:
    """A format. Subclasses make the file; an instance goes into the `exports` of a kind."""

    name: ClassVar[str]
    """`feed.xml`: the file's name beside a page that is a folder. Its ending replaces that of a
    page that is a file, `authors/luc-van-gool.xml`."""
    layouts: ClassVar[tuple[Layout, ...]] = ()
    """The layouts that make it, where any do."""

    def make(self, collection: Collection, config: Config) -> Page | DataFile:
        """Return the file."""
        raise NotImplementedError

    def path(self, page: str) -> str:
        """Return the address of the export beside a page."""
        if not page or page.endswith("/"):
            return f"{page}{self.name}"
        return f"{page.rpartition('.')[0]}.{self.name.rpartition('.')[2]}"

    def page(self, path: str) -> str | None:
        """Return the page that an export of this address would stand beside; None if none."""
        folder, _, name = path.rpartition("/")
        if name == self.name:
            return f"{folder}/" if folder else ""
        stem, dot, ending = path.rpartition(".")
        return f"{stem}.html" if dot and ending == self.name.rpartition(".")[2] else None


def fitting(entries: Iterable[FeedEntry]) -> tuple[FeedEntry, ...]:
    """Return the first entries, as many as a feed bears in any format, and at least one."""
    chosen: list[FeedEntry] = []
    held = _HEAD
    for each in entries:
        held += _weight(each)
        if chosen and held > LARGEST:
            break
        chosen.append(each)
    return tuple(chosen)


def _weight(item: FeedEntry) -> int:
    """Return the most bytes that an entry takes, whichever the format."""
    content = str(item.content)
    texts = (
        item.id,
        item.url,
        item.url,
        item.title,
        item.short,
        item.journal,
        item.comment,
        item.pdf or "",
    )
    lists = (*item.authors, *item.categories, *(text for doi in item.dois for text in doi))
    return _FRAME + sum(map(_bytes, (content, *texts, *lists))) + _EACH * len(lists)


def _bytes(text: str) -> int:
    """Return the bytes of an escaped text: in XML a sign as `&`, in JSON one as a backslash."""
    return len(escape(text).encode()) + text.count("\\")


def entry(paper: PaperRow, config: Config) -> FeedEntry:
    """Return a paper as feeds list it."""
    address = links.linked(paper.url) or paper.named.address or ""
    url = config.published(urls.paper(paper.day, paper.anchor)) or address
    extras = paper.told
    sections = extras.sections
    published = paper.published or f"{paper.day}T00:00:00Z"
    return FeedEntry(
        id=address or url or f"urn:dayleaf:{quote(paper.anchor)}",
        url=url,
        title=f"{'Withdrawn: ' if paper.withdrawn else ''}{paper.title_plain}",
        authors=tuple(paper.names),
        categories=tuple(
            each.label for each in paper.memberships if each.system in {"arxiv", "topic"}
        ),
        published=published,
        updated=max(published, paper.updated or ""),
        summary=to_plain(paper.abstract or ""),
        short=next((to_plain(each.text) for each in sections if each.heading == SHORT), ""),
        content=_content(to_html(paper.abstract or "", mathml=False), sections),
        primary=paper.code,
        pdf=None if paper.withdrawn else links.linked(paper.pdf),
        dois=tuple(Link(doi, Identifier(DOI, doi).address or "") for doi in paper.dois),
        journal=to_plain(paper.journal or ""),
        comment=to_plain(paper.comment or ""),
        announced=extras.announced,
    )


def _content(abstract: Markup, sections: tuple[SummarySection, ...]) -> Markup:
    """Return the abstract, with the summaries that somebody made of the paper below it."""
    if not sections:
        return abstract
    parts = (
        f"<p><b>{to_html(each.heading, mathml=False)}</b> {to_html(each.text, mathml=False)}</p>"
        for each in sections
    )
    return safe_html(f"<p>{abstract}</p>{''.join(parts)}")
