"""The page at an address, made alone: for the preview, which makes pages as they are asked for.

It goes through the same functions as a build, told to make one page only, so that a page asked for
and a page built cannot differ.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote

from dayleaf import urls
from dayleaf.pages import author, calendar, category, feeds, finder, home, identifiers, names
from dayleaf.pages.draft import Draft, Known, Raw

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dayleaf.catalog import Catalog
    from dayleaf.config import Config
    from dayleaf.pages.category import System
    from dayleaf.pages.draft import Kept

_NOTHING = Known({}, None)
_INDEX = "index.html"
_FEED = "feed.xml"
# Sorts directly behind a slug.
_NEXT = "\x00"


def find(path: str, catalog: Catalog, config: Config, *, search: bool) -> Draft | Raw | None:
    """Return the page at an address or of a file, `2021/12/19/`; None where there is none."""
    if path == _INDEX or path.endswith(f"/{_INDEX}"):
        path = path.removesuffix(_INDEX)
    top, *rest = path.split("/")
    found: Iterator[Draft | Raw | Kept | None]
    if top == "authors" and rest:
        found = _of_authors(path, rest, catalog, config.minimum_papers)
    elif top in {"categories", "subjects"} and any(rest):
        found = _of_class(path, rest[0], catalog, config)
    elif path.startswith(urls.IDS):
        found = iter([identifiers.bucket(catalog, path)])
    elif top.isdecimal():
        found = _of_time(path, catalog, config.minimum_papers)
    else:
        found = _of_site(path, catalog, config, search=search)
    return _pick(path, found)


def _pick(path: str, found: Iterable[Draft | Raw | Kept | None]) -> Draft | Raw | None:
    """Return the first page that lives at an address."""
    for page in found:
        match page:
            case Raw(found_at, _) if found_at == path:
                return page
            case Draft(about) if about.path == path:
                return page
    return None


def _of_authors(
    path: str, rest: list[str], catalog: Catalog, minimum: int
) -> Iterator[Draft | Raw | Kept | None]:
    """Yield an author's page, a bucket to find names in, or a list of names."""
    if rest[0] == "find" and len(rest) > 1:
        yield finder.bucket(catalog, path, minimum=minimum)
    elif rest[-1].endswith(".html"):
        slug = rest[0].removesuffix(".html")
        yield from author.authors(catalog, first=slug, last=f"{slug}{_NEXT}", minimum=minimum)
    else:
        yield from names.lists(catalog, minimum=minimum, known=_NOTHING, only=path)


def _of_class(
    path: str, quoted: str, catalog: Catalog, config: Config
) -> Iterator[Draft | Raw | Kept | None]:
    """Yield a page or the feed of a category or class."""
    code = unquote(quoted)
    arxiv = path.startswith(urls.CATEGORIES)
    systems: tuple[System, ...] = ("arxiv",) if arxiv else ("msc", "acm")
    for system in systems:
        base = urls.category(code, system=system)
        if not path.startswith(base) or not catalog.code_days(system, code):
            continue
        if arxiv and path == f"{base}{_FEED}":
            yield feeds.category_feed(catalog, code, config)
        else:
            yield from category.category(catalog, system, code, known=_NOTHING, only=path)


def _of_time(path: str, catalog: Catalog, minimum: int) -> Iterator[Draft | Raw | Kept | None]:
    """Yield the page of a day, a month or a year."""
    every = catalog.days()
    iso = path.rstrip("/").replace("/", "-")
    yield from calendar.days(catalog, first=iso, last=iso, every=every, minimum=minimum)
    yield from calendar.months(catalog, every, known=_NOTHING, only=path)
    yield from calendar.years(every, known=_NOTHING, only=path)


def _of_site(
    path: str, catalog: Catalog, config: Config, *, search: bool
) -> Iterator[Draft | Raw | Kept | None]:
    """Yield the pages that there are once, as far as the one asked for."""
    every = catalog.days()
    if path == urls.HOME:
        yield home.home(catalog, every, title=config.title, description=config.description)
    elif path == urls.SEARCH:
        yield home.search(catalog, every, enabled=search)
    elif path == urls.ABOUT:
        yield home.about(config.site)
    elif path == urls.DAYS:
        yield from calendar.years(every, known=_NOTHING, only=path)
    elif path in {urls.CATEGORIES, urls.SUBJECTS}:
        yield from category.lists(catalog)
    elif path in {_FEED, "feed.json"}:
        yield from feeds.site_feeds(catalog, every, config)
    elif path.endswith((".xml", ".txt")):
        yield from feeds.small_files(catalog, every, config)
    elif path.endswith(".html"):
        yield home.missing()
