"""What machines read: feeds, sitemap and the small files that hosts and crawlers expect."""

from __future__ import annotations

import json
from operator import itemgetter
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from dayleaf import taxonomy, urls, views
from dayleaf.catalog import unpack_authors
from dayleaf.pages.draft import Draft, Raw, draft
from dayleaf.text import to_html, to_plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dayleaf.catalog import Catalog, Full
    from dayleaf.config import Config
    from dayleaf.pages.calendar import Days

# A feed holds whole days: at least three, more where they are thin. Many a category gets a paper a
# week, and would fill a feed as long as the site's with a year.
_DAYS = 3
_SITE_PAPERS = 50
_CATEGORY_PAPERS = 20
# https://www.sitemaps.org/protocol.html
_SITEMAP_MOST = 50_000


def site_feeds(catalog: Catalog, every: Days, config: Config) -> Iterator[Draft | Raw]:
    """Yield the feeds of the whole site, Atom (RFC 4287) and JSON Feed 1.1."""
    since, found = _since(every, _SITE_PAPERS), list[tuple[str, str, views.FeedEntry]]()
    for day, papers in catalog.full(since, every[-1][0]):
        found.extend((day, paper.arxiv_id, _entry(paper, config.base_url)) for paper in papers)
    found.sort(key=itemgetter(0, 1), reverse=True)
    entries = tuple(entry for _, _, entry in found)
    del found
    yield _atom("feed.xml", urls.HOME, config.title, entries, config)
    yield Raw("feed.json", _json(entries, config))


def category_feed(catalog: Catalog, code: str, config: Config) -> Draft:
    """Return the Atom feed of an arXiv category."""
    since = _since(catalog.code_days("arxiv", code), _CATEGORY_PAPERS)
    base = urls.category(code)
    title = f"{config.title}: {taxonomy.name(code) or code}"
    found = catalog.code_full("arxiv", code, since=since)
    entries = tuple(_entry(paper, config.base_url) for paper in found)
    return _atom(f"{base}feed.xml", base, title, entries, config)


def small_files(catalog: Catalog, every: Days, config: Config) -> Iterator[Draft | Raw]:
    """Yield robots.txt, llms.txt, and, where the base URL is known, sitemap and OpenSearch."""
    robots = "User-agent: *\nAllow: /\n"
    if config.base_url:
        robots += f"Sitemap: {config.base_url}sitemap.xml\n"
        yield Raw("sitemap.xml", _sitemap(catalog, every, config))
        yield draft(
            "opensearch.xml",
            layout="opensearch.xml",
            name="opensearch",
            view=None,
            title=config.title,
            section="none",
        )
    yield Raw("robots.txt", robots.encode())
    yield Raw("llms.txt", _llms(catalog, every, config).encode())


def _since(days: Days, papers: int) -> str:
    """Return the first day of a feed that is to hold so many papers."""
    held = 0
    for place, (day, count) in enumerate(reversed(days), 1):
        held += count
        if place >= _DAYS and held >= papers:
            return day
    return days[0][0]


def _entry(paper: Full, base_url: str) -> views.FeedEntry:
    published = paper.published or f"{paper.day}T00:00:00Z"
    return views.FeedEntry(
        id=f"https://arxiv.org/abs/{paper.arxiv_id}",
        url=urls.absolute(base_url, urls.paper(paper.day, paper.arxiv_id)),
        title=to_plain(paper.source_title),
        authors=tuple(name for name, _ in unpack_authors(paper.authors)),
        categories=taxonomy.classify(paper.categories).arxiv,
        published=published,
        updated=max(published, paper.updated or ""),
        summary=to_plain(paper.abstract or ""),
        content=to_html(paper.abstract or ""),
    )


def _atom(
    path: str, home: str, title: str, entries: tuple[views.FeedEntry, ...], config: Config
) -> Draft:
    view = views.Feed(
        title=title,
        url=urls.absolute(config.base_url, path),
        home=urls.absolute(config.base_url, home),
        updated=max((entry.updated for entry in entries), default="1970-01-01T00:00:00Z"),
        entries=entries,
    )
    return draft(path, layout="feed.xml", name="feed", view=view, title=title, section="none")


def _json(entries: tuple[views.FeedEntry, ...], config: Config) -> bytes:
    """Write a JSON Feed, version 1.1 (https://www.jsonfeed.org/version/1.1/)."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": config.title,
        "home_page_url": urls.absolute(config.base_url, urls.HOME),
        "feed_url": urls.absolute(config.base_url, "feed.json"),
        "language": config.language,
        "items": [],
    }
    if config.description:
        feed["description"] = config.description
    # One by one: of a busy archive's days the items are megabytes. A quote in a text is escaped,
    # so that no text can hold the place where they belong.
    before, items, after = _dumped(feed).partition(b'"items":[')
    return before + items + b",".join(_dumped(_item(entry)) for entry in entries) + after


def _item(entry: views.FeedEntry) -> dict[str, object]:
    return {
        "id": entry.id,
        "url": entry.url,
        "external_url": entry.id,
        "title": entry.title,
        "content_html": str(entry.content),
        "date_published": entry.published,
        "date_modified": entry.updated,
        "authors": [{"name": name} for name in entry.authors],
        "tags": list(entry.categories),
    }


def _dumped(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _sitemap(catalog: Catalog, every: Days, config: Config) -> bytes:
    """List the pages by which a crawler reaches every other: days, months, years, categories."""
    days = [day for day, _ in reversed(every)]
    months = sorted({day[:7] for day in days}, reverse=True)
    codes = [code for system, code, _ in catalog.codes() if system == "arxiv"]
    paths = [
        urls.HOME,
        urls.DAYS,
        urls.CATEGORIES,
        urls.AUTHORS,
        *map(urls.category, codes),
        *dict.fromkeys(map(urls.year, days)),
        *map(urls.month, months),
        *map(urls.day, days),
    ][:_SITEMAP_MOST]
    found = "".join(f"<url><loc>{escape(config.base_url + path)}</loc></url>\n" for path in paths)
    head = '<?xml version="1.0" encoding="utf-8"?>\n'
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return f'{head}<urlset xmlns="{space}">\n{found}</urlset>\n'.encode()


def _llms(catalog: Catalog, every: Days, config: Config) -> str:
    """Say in Markdown what the site holds and where, for readers that are programs."""
    totals = catalog.totals()
    newest = urls.absolute(config.base_url, urls.day(every[-1][0]))
    lines = [
        f"# {config.title}",
        "",
        f"> {config.description or 'An archive of daily digests of papers.'}",
        "",
        f"{totals.papers:,} papers on {totals.days:,} days, {every[0][0]} to {every[-1][0]}.",
        "",
        "## Addresses",
        "",
        f"- [Newest day]({newest}): days live at YYYY/MM/DD/, each paper at #<arXiv id>",
        f"- [Categories]({urls.absolute(config.base_url, urls.CATEGORIES)}): categories/<code>/",
        f"- [Authors]({urls.absolute(config.base_url, urls.AUTHORS)}): authors/<name>.html",
        f"- [Atom]({urls.absolute(config.base_url, 'feed.xml')})",
        f"- [JSON Feed]({urls.absolute(config.base_url, 'feed.json')})",
        "",
    ]
    return "\n".join(lines)
