"""What layouts see: the variables of every kind of page, as plain values.

A view holds text that is ready to print and paths that are ready to link: layouts sort nothing,
count nothing and build no address. Text is escaped by Jinja where it is `str` and was made safe
by `dayleaf.text` where it is `Markup`. Every path is relative to the site's root and is printed
behind `root`: `<a href="{{ root }}{{ paper.path }}">`.

`docs/layouts.md` is the designer's reference of what stands here.
"""

# A field named `count` shadows the method of tuple, which nobody calls on a view.
# mypy: disable-error-code="assignment"

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dayleaf.archive import urls

if TYPE_CHECKING:
    from markupsafe import Markup


class Site(NamedTuple):
    """`site`, on every page: what `site.toml` says of the whole."""

    title: str
    description: str
    language: str
    """A BCP 47 tag, `en`."""
    base_url: str
    """`https://user.github.io/repo/`, or empty where none is set."""
    about: bool
    """Whether there is a page `about/`."""
    entries: tuple[Entry, ...] = ()
    """The entries of the masthead."""
    offline: bool = True
    """Whether readers can keep the site on their devices; pages name its manifest then."""


class Entry(NamedTuple):
    """An entry of the masthead."""

    section: str
    """What `page.section` says on the pages that belong to it."""
    label: str
    path: str


class Addresses(NamedTuple):
    """`urls`, on every page: where the site's own pages and files are.

    They are printed behind `root`, `{{ root }}{{ urls.search }}`, and become part of a layout's
    fixed text when it is compiled.
    """

    days: str = urls.DAYS
    categories: str = urls.CATEGORIES
    subjects: str = urls.SUBJECTS
    topics: str = urls.TOPICS
    authors: str = urls.AUTHORS
    venues: str = urls.VENUES
    statistics: str = urls.STATISTICS
    landmarks: str = urls.LANDMARKS
    """There is such a page where the site has a search index."""
    search: str = urls.SEARCH
    """What is searched for follows it: `{{ root }}{{ urls.search }}?{{ venue.search }}`."""
    about: str = urls.ABOUT
    """There is such a page where `site.about` is true."""
    new: str = urls.NEW
    reading_list: str = urls.READING_LIST
    interests: str = urls.INTERESTS
    offline: str = urls.OFFLINE
    feed: str = urls.FEED
    """The newest papers, as Atom."""
    json_feed: str = urls.JSON_FEED
    days_feed: str = f"{urls.DAYS}{urls.FEED}"
    """An entry a day, as Atom."""
    days_json_feed: str = f"{urls.DAYS}{urls.JSON_FEED}"
    opensearch: str = urls.OPENSEARCH
    """There is such a file where the site has a search index and a base URL."""
    manifest: str = urls.MANIFEST
    """There is such a file where `site.offline` is true."""
    pagefind: str = urls.PAGEFIND
    """The program of the search index, with its version."""
    assets: str = urls.ASSETS
    """The folder of the layouts' own files: `{{ root }}{{ urls.assets }}style.css`."""


class PageInfo(NamedTuple):
    """`page`, on every page: what the head and the masthead need."""

    title: str
    """Plain text for `<title>`, without the site's title."""
    path: str
    """This page's own path, `2021/12/19/`."""
    section: str
    """`home`, `days`, `categories`, `authors`, `search`, `about` or `none`: the entry of the
    masthead that is current."""
    description: str
    """Plain text for `<meta name=description>`, and for those who share the page; empty where it is
    one of very many, or one that nobody shares."""
    structured: Markup | None = None
    """Data for search engines (JSON-LD), to stand in a `<script>` as it is; None for most."""


class Link(NamedTuple):
    """A label and where it leads."""

    label: str
    path: str


class Count(NamedTuple):
    """A label with a number of papers: a category, a period, a co-author, a letter."""

    label: str
    path: str | None
    """None where there is no page to link to."""
    count: int
    code: str
    """The category's or class's code; empty for anything else."""


class Tag(NamedTuple):
    """A category on a paper."""

    code: str
    """`cs.CV`, `68T45`, `I.4.6`, or the text as it stands."""
    name: str
    """`Computer Vision and Pattern Recognition`; the code itself where no name is known."""
    path: str | None
    """None for text that is no code."""
    primary: bool


class Venue(NamedTuple):
    """Where a paper has appeared."""

    label: str
    """`CVPR 2024`."""
    path: str
    part: str
    """`workshop` or `challenge`; empty for the venue proper."""
    notes: str
    """`oral, best paper`, or empty."""


class Author(NamedTuple):
    """A name on a paper, as spelled there."""

    name: str
    path: str
    """The author's page, or the place on the page of authors with few papers (the `authors.minimum`
    setting)."""


class Section(NamedTuple):
    """A summary that somebody made of a paper, or a part of one."""

    heading: str
    """`TL;DR`, `Motivation`."""
    text: Markup
    language: str
    """A BCP 47 tag; empty where nobody says."""
    outdated: str | None
    """The older version that it was made from, `v1`; None if made from the version shown."""


class Note(NamedTuple):
    """What else a digest says of a paper, in a few words: a score that somebody gave it."""

    name: str
    value: str


class Paper(NamedTuple):
    """A paper in full, on its day page."""

    id: str
    """Its identifier in this site: the element's `id` and the permalink's fragment. For papers of
    arXiv that is arXiv's own without version, `2112.10046`."""
    label: str
    """The identifier as its scheme writes it, with its version: `2112.10046v2`."""
    path: str
    """The permalink, `2021/12/19/#2112.10046`."""
    title: Markup
    authors: tuple[Author, ...]
    """All of them when they are few, else the first dozen."""
    more_authors: tuple[Author, ...]
    """The rest, to be folded; empty when `authors` holds everybody."""
    others: bool
    """Whether there are more authors than the digest names."""
    tags: tuple[Tag, ...]
    """arXiv's categories, the primary first, then MSC and ACM classes, topics and other text."""
    venues: tuple[Venue, ...]
    """Where the paper has appeared, as far as its comment and journal reference say."""
    short: Section | None
    """A summary in a sentence that somebody made of the paper; None in most archives."""
    sections: tuple[Section, ...]
    """Longer summaries; none in most archives."""
    abstract: Markup | None
    comment: Markup | None
    journal: Markup | None
    dois: tuple[Link, ...]
    """Each DOI, with its full https address as `path`."""
    notes: tuple[Note, ...]
    """What else the digest says of the paper, each under its name; none in most archives."""
    abs_url: str
    """Where the paper lives, full address: for papers of arXiv, the abstract there."""
    arxiv: bool
    """Whether that is arXiv."""
    pdf_url: str | None
    """None where there is none, as of a paper that was withdrawn."""
    withdrawn: bool
    """Whether its authors, or arXiv, have withdrawn the paper."""
    code_url: str | None
    """The first address of a code host in abstract or comment."""
    links: tuple[Link, ...]
    """Further links, each with its full address as `path`."""
    published: str | None
    """`19 December 2021`, where it differs from the page's day, else None."""
    revised: str | None
    """`13 November 2022`, where the digest lists a later version, else None."""


class Line(NamedTuple):
    """A paper in one line, on author, category and home pages."""

    path: str
    title: Markup
    plain: str
    """The title as plain text."""
    date: str
    """`19 Dec`, in lists that are grouped by year; `19 Dec 2021` in others;
    empty below the heading of a day."""
    iso: str
    """`2021-12-19`."""
    byline: str
    """`Zihao Wei, Yidong Huang`, or `Zihao Wei et al.` where there are more than two; empty on the
    page of an author whose paper it is alone, or who comes first of more than two."""
    code: str
    """The primary category; empty where there is none."""
    category: str
    """Its short name, `Computer Vision`."""
    withdrawn: bool
    venue: str
    """Where it has appeared, `CVPR 2024` or `ICCV 2023 workshop`; on a venue's own pages only
    what they do not say, `oral`. Empty where nobody says."""
    circle: str = ""
    """On the page of a name that may be several people's: its circle's `id`; else empty."""


class Group(NamedTuple):
    """Lines under one heading: a year of an author, a month or a day of a category."""

    label: str
    path: str
    """The page of that year, month or day."""
    id: str
    """`2021`, `2021-12` or `2021-12-19`, for the heading's `id`."""
    count: int
    lines: tuple[Line, ...]


class Cell(NamedTuple):
    """One day of a calendar, or one month of the archive's overview."""

    label: str
    """`19`, or `Dec`."""
    title: str
    """`19 December 2021: 73 papers`."""
    path: str | None
    """None where the archive has nothing."""
    count: int
    heat: int
    """0 (nothing) to 5 (as many as it gets in large archives)."""


class Bar(NamedTuple):
    """One bar of a chart; geometry in user units of a `viewBox` 100 high with 10 a column."""

    x: int
    y: int
    height: int
    label: str
    """`21`."""
    title: str
    """`2021: 26 papers`."""


class Month(NamedTuple):
    """A month as a calendar."""

    label: str
    """`December 2021`."""
    name: str
    """`December`."""
    path: str
    count: int
    weeks: tuple[tuple[Cell | None, ...], ...]
    """Rows of seven, Monday first; None outside the month."""


class DaySummary(NamedTuple):
    """A day in a list of days."""

    label: str
    """`Sunday, 19 December 2021`."""
    date: str
    """`19 Dec 2021`."""
    iso: str
    path: str
    count: int
    title: Markup
    """The title of its first paper."""


class YearRow(NamedTuple):
    """A year in the archive's overview."""

    label: str
    path: str
    count: int
    months: tuple[Cell, ...]
    """Twelve."""


class FeedEntry(NamedTuple):
    """A paper in a feed, or a day in the feed of days."""

    id: str
    """arXiv's address of the abstract, which is permanent: the entry's Atom id. A day's is its own
    address, or a URN where no base URL is set."""
    url: str
    """The permalink, absolute; where no base URL is set, where the paper lives, or empty."""
    title: str
    """Plain text."""
    authors: tuple[str, ...]
    categories: tuple[str, ...]
    published: str
    """RFC 3339."""
    updated: str
    summary: str
    """Plain text."""
    short: str
    """A summary in a sentence, plain text; empty in most archives."""
    content: Markup
    """The abstract as HTML, and below it summaries that somebody made of the paper; formulas are
    text, since feed readers strip MathML. Of a day its titles."""
    primary: str = ""
    """The primary category; empty where there is none."""
    pdf: str | None = None
    """Full address."""
    dois: tuple[Link, ...] = ()
    """Each DOI, with its full https address as `path`."""
    journal: str = ""
    """Plain text, as the comment."""
    comment: str = ""
    announced: str = ""
    """How arXiv announced it, `new` or `replace`; empty in archives that do not say."""


class Feed(NamedTuple):
    """`feed` in feed.xml."""

    title: str
    id: str
    """What tells the feed from all others: its address, or a URN where no base URL is set."""
    url: str
    """The feed's own address, absolute; empty where no base URL is set."""
    home: str
    """The page that the feed is of, likewise."""
    updated: str
    entries: tuple[FeedEntry, ...]
    brief: bool
    """Whether it says little, as one of very many."""
    subtitle: str
    """A sentence, plain text; empty in brief feeds."""
    assets: str
    """The full address of the site's assets, for icon and logo; empty in brief feeds, and where no
    base URL is set."""
