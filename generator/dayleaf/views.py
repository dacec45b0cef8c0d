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


class Page(NamedTuple):
    """`page`, on every page: what the head and the masthead need."""

    title: str
    """Plain text for `<title>`, without the site's title."""
    path: str
    """This page's own path, `2021/12/19/`."""
    section: str
    """`home`, `days`, `categories`, `authors`, `search`, `about` or `none`: the entry of the
    masthead that is current."""
    description: str
    """Plain text for `<meta name=description>`; empty where the page is one of very many."""


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


class Author(NamedTuple):
    """A name on a paper, as spelled there."""

    name: str
    path: str | None
    """None where the author has no page of their own (the `authors.minimum` setting)."""


class Paper(NamedTuple):
    """A paper in full, on its day page."""

    id: str
    """arXiv's identifier without version: the element's `id` and the permalink's fragment."""
    label: str
    """The identifier with its version, `2112.10046v2`."""
    path: str
    """The permalink, `2021/12/19/#2112.10046`."""
    title: Markup
    authors: tuple[Author, ...]
    """All of them when they are few, else the first dozen."""
    more_authors: tuple[Author, ...]
    """The rest, to be folded; empty when `authors` holds everybody."""
    tags: tuple[Tag, ...]
    """arXiv's categories, the primary first, then MSC and ACM classes, then other text."""
    abstract: Markup | None
    comment: Markup | None
    journal: Markup | None
    dois: tuple[Link, ...]
    """Each DOI, with its full https address as `path`."""
    abs_url: str
    """The abstract at arXiv, full address."""
    pdf_url: str | None
    code_url: str | None
    """The first address of a code host in abstract or comment."""
    published: str | None
    """`19 December 2021`, where it differs from the page's day, else None."""
    revised: str | None
    """`13 November 2022`, where the digest lists a later version, else None."""


class Line(NamedTuple):
    """A paper in one line, on author, category and home pages."""

    path: str
    title: Markup
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
    """0 (nothing) to 4 (as many as it gets in this archive)."""


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


class HomePage(NamedTuple):
    """`home` in home.html."""

    papers: int
    authors: int
    days: int
    first_year: str
    last_year: str
    newest: DaySummary
    lines: tuple[Line, ...]
    """The newest day's papers, as many as a home page bears."""
    rest: int
    """How many papers the newest day holds beyond `lines`."""
    recent: tuple[DaySummary, ...]
    """The days before the newest."""
    years: tuple[YearRow, ...]
    """Newest first."""
    fields: tuple[Count, ...]
    """The most frequent primary categories."""


class DayPage(NamedTuple):
    """`day` in day.html."""

    label: str
    """`Sunday, 19 December 2021`."""
    iso: str
    count: int
    papers: tuple[Paper, ...]
    fields: tuple[Count, ...]
    """Primary categories of the day, most frequent first; each leads to its category."""
    previous: Link | None
    """The day before in this archive, label `18 December 2021`."""
    next: Link | None
    month: Link
    year: Link


class MonthPage(NamedTuple):
    """`month` in month.html."""

    calendar: Month
    days: tuple[DaySummary, ...]
    """Newest first."""
    previous: Link | None
    next: Link | None
    year: Link


class YearPage(NamedTuple):
    """`year` in year.html."""

    label: str
    count: int
    days: int
    months: tuple[Month, ...]
    """The months that hold something, in the calendar's order."""
    bars: tuple[Bar, ...]
    """A bar for each of the twelve months."""
    previous: Link | None
    next: Link | None


class DaysPage(NamedTuple):
    """`days` in days.html: the archive year by year."""

    count: int
    years: tuple[YearRow, ...]


class CategoryGroup(NamedTuple):
    """Categories under the heading of their archive or area."""

    label: str
    categories: tuple[Count, ...]


class CategoriesPage(NamedTuple):
    """`categories` in categories.html, for arXiv's categories and for MSC and ACM classes."""

    title: str
    """`Categories` or `Subject classes`."""
    system: str
    """`arxiv` or `subjects`."""
    groups: tuple[CategoryGroup, ...]
    other: Link | None
    """The other of the two lists, where it is not empty."""


class CategoryPage(NamedTuple):
    """`category` in category.html: a category's own page, or one period of it."""

    code: str
    name: str
    """The full name; the code where no name is known."""
    system: str
    """`arxiv`, `msc` or `acm`."""
    heading: str
    """The name on the category's own page; `December 2021` on a period's."""
    total: int
    """Papers of the category on its own page; of the period on a period's."""
    crumbs: tuple[Link, ...]
    """The way up: the list of categories, the category, the year."""
    parts: tuple[Count, ...]
    """Periods with pages of their own, newest first; empty where all papers stand here."""
    groups: tuple[Group, ...]
    """The papers listed on this page, by day, newest first."""
    newer: Link | None
    older: Link | None
    feed: str | None
    """Path of the feed, on the category's own page."""


class AuthorPage(NamedTuple):
    """`author` in author.html."""

    name: str
    count: int
    span: str
    """`March 2013 to August 2026`, or one month; empty where the list below says as much."""
    spellings: tuple[str, ...]
    """Other spellings that were merged here."""
    years: tuple[Group, ...]
    """Newest first. Fewer than four papers are one group, without a label."""
    bars: tuple[Bar, ...]
    """Papers a year, where there are at least three years and ten papers to show."""
    width: int
    """Width of the chart's `viewBox` in user units; 0 without a chart."""
    coauthors: tuple[Count, ...]
    """Those with at least two papers together, the most frequent first, at most six; none
    where there are fewer than four papers in all."""
    fields: tuple[Count, ...]
    """Primary categories, where there are at least two, the most frequent first, at most six; none
    where there are fewer than four papers in all."""
    mixed: bool
    """Whether there are at least two primary categories."""


class AuthorsPage(NamedTuple):
    """`authors` in authors.html: find an author by name or by letter."""

    count: int
    letters: tuple[Count, ...]
    """First letters of family names."""
    frequent: tuple[Count, ...]
    """The authors with most papers."""


class NamesPage(NamedTuple):
    """`names` in names.html: authors whose family names begin alike."""

    prefix: str
    """`Ga`."""
    count: int
    crumbs: tuple[Link, ...]
    parts: tuple[Count, ...]
    """Longer prefixes with pages of their own; empty where all names stand here."""
    names: tuple[Count, ...]
    previous: Link | None
    next: Link | None


class SearchPage(NamedTuple):
    """`search` in search.html."""

    papers: int
    years: tuple[str, ...]
    """Newest first."""
    categories: tuple[Count, ...]
    """Primary categories, most frequent first."""
    crossed: tuple[Count, ...]
    """Categories that papers have beside their primary one, most frequent first."""
    enabled: bool
    """False where the site was built without a search index."""


class FeedEntry(NamedTuple):
    """A paper in a feed."""

    id: str
    """arXiv's address of the abstract, which is permanent: the entry's Atom id."""
    url: str
    """The permalink, absolute where the base URL is set."""
    title: str
    """Plain text."""
    authors: tuple[str, ...]
    categories: tuple[str, ...]
    published: str
    """RFC 3339."""
    updated: str
    summary: str
    """Plain text."""
    content: Markup
    """The abstract as HTML."""


class Feed(NamedTuple):
    """`feed` in feed.xml."""

    title: str
    url: str
    """The feed's own address, absolute where the base URL is set."""
    home: str
    """The page that the feed is of."""
    updated: str
    entries: tuple[FeedEntry, ...]
