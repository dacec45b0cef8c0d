"""The size of a site, from the catalog alone, and the settings that make it fit its host.

The figures are those of built sites, by what they grow with; docs/hosting.md puts them beside the
real archive. They depend on the archive and the settings only, never on what was built before.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from dayleaf.base.hosts import HOSTS, SPARE
from dayleaf.site.pages import category

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dayleaf.base.config import Config
    from dayleaf.base.hosts import Limits
    from dayleaf.catalog import Catalog

STEPS = (1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30, 40, 50, 75, 100, 150, 200, 300, 500)
"""The numbers of papers that `auto` chooses from: each saves what an archive grows in months."""

# Bytes.
_OF_DAYS, _OF_SEARCH = 1.2, 0.54
"""For a byte of digests: on day pages, and in the search index."""
_MEMBERSHIP, _UNTITLED = 300, 9
"""For a paper in a category or a class, and in a category that lists no titles."""
_LISTED, _SHARED_ADDRESS = 113, 25
"""For an author in the lists of names, and more for an address on a shared page."""
_AT_MOST, _AUTHOR_AT_MOST = 2.2, 1_200
"""Of a whole site: for a byte of digests, and for an author."""
_DAY, _MOVED_DAY, _FIXED = 1_950, 1_200, 400_000
_REFERENCE = 105
"""For a paper, in the data of references beside its day."""
_PAGE = ((10, 1_700, 177), (4, 645, 179), (3, 318, 177), (1, 310, 183))
"""An author's page with at least so many papers: for itself, and for each of them."""
_SHARED_PAGE, _SHARING, _SHARED_PAPER, _LEADING_ON = 400, 90, 177, 85
"""A shared page; an author there, and each of the papers; an author who has a page elsewhere."""
_FEED = 2_045
"""An author's feed."""
_AT_VENUE = 410
"""For a paper at a venue."""
_AFTER_YEAR = "~"
"""Makes a year sort behind its last day."""
# Files.
_BUNDLED, _CHUNKED, _DAY_CHUNKED = 0.145, 0.022, 0.3
_LISTS = 0.06
"""For an author: lists of names, and lookups."""
_VENUES = 0.04
"""For a paper at a venue."""
_PERIODS = 0.022
"""For a paper in a category or a class."""
_OTHER_FILES = 80
_FOLDERS = 0.045
"""For a file that is no author's page."""
_YEAR = timedelta(days=365)
_NEAR = 0.3
"""The share of a limit beyond which the report estimates how long the room will last."""


class Size(NamedTuple):
    """What a site comes to, as hosts count."""

    size: int
    """Bytes."""
    files: int
    entries: int
    """Files and folders."""
    folder: int
    """Entries of the folder that has most, `authors/`."""


class Preflight(NamedTuple):
    """Whether a site fits its host, and the lines of the report about it."""

    fits: bool
    lines: tuple[str, ...]
    """The room left, how long it lasts, and the settings that would make the site fit."""


class _Archive(NamedTuple):
    """What the size of a site follows from."""

    digests: int
    """Bytes of those whose days are the site's own, and no volume's."""
    days: int
    moved: int
    """Days of volumes."""
    searched: int
    """Papers in the site's own part of the index."""
    papers: int
    memberships: int
    titled: int
    """Those of which titles are listed."""
    at_venues: int
    """Papers at a venue."""
    authors: list[tuple[int, int]]
    """Number of papers, and how many authors have it."""


def _take(catalog: Catalog, config: Config) -> _Archive:
    days = catalog.days()
    papers = sum(count for _, count in days)
    codes = catalog.codes()
    until = f"{config.volumes[-1].until}{_AFTER_YEAR}" if config.volumes else ""
    moved = sum(day <= until for day, _ in days)
    return _Archive(
        catalog.digest_bytes() - (catalog.digest_bytes(until=until) if moved else 0),
        len(days) - moved,
        moved,
        sum(count for day, count in days if day > until),
        papers,
        sum(n for _, _, n in codes),
        sum(n for _, _, n in codes if category.has_titles(n, papers)),
        catalog.at_venues(),
        catalog.author_sizes(),
    )


def estimate(catalog: Catalog, config: Config, *, search: bool, minimum: int) -> Size:
    """Estimate the site's size if authors with so many papers have pages."""
    return _estimate(_take(catalog, config), config, search=search, minimum=minimum)


def _estimate(archive: _Archive, config: Config, *, search: bool, minimum: int) -> Size:
    own, written, authors, feeds = 0, 0, 0, 0
    for papers, count in archive.authors:
        authors += count
        if papers >= minimum:
            own += count
            written += count * _page(papers)
            feeds += count * (papers > config.author_feed)
        else:
            written += count * (_SHARED_ADDRESS + _SHARING + _SHARED_PAPER * papers)
    shared = min(HOSTS[config.host].shared_pages, authors) if minimum > 1 else 0
    if shared:
        written += shared * _SHARED_PAGE + own * _LEADING_ON
    size = archive.digests * (_OF_DAYS + _OF_SEARCH * search) + archive.titled * _MEMBERSHIP
    size += (archive.memberships - archive.titled) * _UNTITLED
    size += written + authors * _LISTED + archive.days * _DAY + archive.moved * _MOVED_DAY + _FIXED
    size += feeds * _FEED + archive.at_venues * _AT_VENUE + archive.papers * _REFERENCE
    files = (
        (archive.days + archive.moved) * 2.06
        + archive.memberships * _PERIODS
        + authors * _LISTS
        + _OTHER_FILES
    )
    files += archive.at_venues * _VENUES + shared
    if search:
        bundles = archive.searched * _BUNDLED
        if config.granularity == "day":
            bundles = archive.days * _DAY_CHUNKED
        files += bundles + archive.searched * _CHUNKED
    own += feeds
    total = round(files) + own
    return Size(round(size), total, total + round(files * _FOLDERS) + 30, own + 60)


def _page(papers: int) -> int:
    """Return the bytes of the page of an author with so many papers."""
    return next(base + each * papers for least, base, each in _PAGE if papers >= least)


def counted(size: int, files: int, *, authors: int) -> Size:
    """Return what a site has come to, of which bytes, files and pages of authors are known."""
    return Size(size, files, files + round((files - authors) * _FOLDERS) + 30, authors + 60)


def over(size: Size, limits: Limits, *, spare: float = 1.0) -> list[str]:
    """Describe the parts of a size above a share of a host's limits."""
    return [
        f"{size[place]:,} {what} of {limit:,}"
        for limit, what, place in _limited(limits)
        if size[place] > limit * spare
    ]


def _limited(limits: Limits) -> list[tuple[int, str, int]]:
    """Return what a host limits: how far, what it is called, and its place in `Size`."""
    named = (
        (limits.size, "bytes", 0),
        (limits.files, "files", 1),
        (limits.entries, "files and folders", 2),
        (limits.folder, "files in authors/", 3),
    )
    return [(limit, what, place) for limit, what, place in named if limit is not None]


def resolved(config: Config, catalog: Catalog, *, search: bool) -> Config:
    """Return the settings with a number in place of `auto`.

    It is the smallest step with which the site fits its host with a twentieth to spare, and is
    deployed in minutes, or else the smallest with which it fits at all; where none does, everybody
    has a page.
    """
    if config.minimum_papers:
        return config
    limits = HOSTS[config.host]
    counts_files = limits.files or limits.entries or limits.folder
    if limits.quick_files and catalog.author_count() > limits.quick_files:
        counts_files = limits.quick_files
    if not counts_files and (not limits.size or _at_most(catalog) < limits.size * SPARE):
        return replace(config, minimum_papers=1)  # most archives are far from any limit
    archive = _take(catalog, config)
    fitting = 0
    for step in STEPS:
        size = _estimate(archive, config, search=search, minimum=step)
        quick = not limits.quick_files or size.files <= limits.quick_files
        if quick and not over(size, limits, spare=SPARE):
            return replace(config, minimum_papers=step)
        fitting = fitting or step * (not over(size, limits))
    return replace(config, minimum_papers=fitting or 1)


def _at_most(catalog: Catalog) -> float:
    """Return more bytes than the site will have, from two counts that are quick to take."""
    of_digests = catalog.digest_bytes() * _AT_MOST + len(catalog.days()) * _DAY + _FIXED
    return of_digests + catalog.author_count() * _AUTHOR_AT_MOST


def preflight(
    config: Config, catalog: Catalog, *, search: bool, actual: Size | None = None
) -> Preflight:
    """Say whether the site fits its host, for how long, and what would bring it under.

    `config` is resolved. `actual` is what the site has come to, where that is known.
    """
    limits, name = HOSTS[config.host], config.host
    if limits.refuses:
        return Preflight(
            fits=False, lines=(f"{name}: no site of this kind works there: {limits.refuses}",)
        )
    size = actual or estimate(catalog, config, search=search, minimum=config.minimum_papers)
    wrong = over(size, limits)
    if not wrong:
        rest = _rest(config, catalog, size, limits, search=search)
        return Preflight(fits=True, lines=(f"{name}: the site fits{rest}",))
    verdict = f"{name}: over its limits: {', '.join(wrong)}"
    helps = tuple(_helps(config, catalog, limits, search=search))
    none = (f"{name}: no setting brings it under; see docs/hosting.md",)
    return Preflight(fits=False, lines=(verdict, *(helps or none)))


def table(config: Config, catalog: Catalog, *, search: bool) -> list[str]:
    """Return a line for each host: what `auto` would choose there, and whether that fits."""
    lines: list[str] = []
    for name in HOSTS:
        there = replace(config, host=name, minimum_papers=0)
        there = resolved(there, catalog, search=search)
        size = estimate(catalog, there, search=search, minimum=there.minimum_papers)
        figures = f"{size.size / 1e6:,.0f} MB, {size.files:,} files, {size.folder:,} in authors/"
        lines.append(f"authors.minimum = {there.minimum_papers}: {figures}")
        lines += [f"  {line}" for line in preflight(there, catalog, search=search).lines]
    return lines


def _rest(config: Config, catalog: Catalog, size: Size, limits: Limits, *, search: bool) -> str:
    """Describe the room left, and how long it lasts at the growth of the last year."""
    limited = _limited(limits)
    if not limited:
        return ", which sets no limit that matters"
    limit, what, place = max(limited, key=lambda entry: size[entry[2]] / entry[0])
    rest = limit - size[place]
    if size[place] < limit * _NEAR or config.volume:
        return f", with {rest:,} {what} to spare"
    archive = _take(catalog, config)
    now, before = (
        _estimate(each, config, search=search, minimum=config.minimum_papers)
        for each in (archive, _year_before(archive, catalog))
    )
    growth = now[place] - before[place]
    years = f", for {rest / growth:.1f} years at the growth of the last" if growth > 0 else ""
    return f", with {rest:,} {what} to spare{years}"


def _year_before(now: _Archive, catalog: Catalog) -> _Archive:
    """Estimate the archive a year before its newest day."""
    days = catalog.days()
    newest = date.fromisoformat(days[-1][0]) if days else date.min + _YEAR
    since = (newest - _YEAR).isoformat()
    papers = sum(count for day, count in days if day <= since)
    share = papers / max(now.papers, 1)
    return now._replace(
        digests=now.digests + catalog.digest_bytes(until=since) - catalog.digest_bytes(),
        days=sum(day <= since for day, _ in days) - now.moved,
        searched=now.searched + papers - now.papers,
        papers=papers,
        memberships=round(now.memberships * share),
        titled=round(now.titled * share),
        authors=[(n, round(count * share)) for n, count in now.authors],
    )


def _helps(config: Config, catalog: Catalog, limits: Limits, *, search: bool) -> Iterator[str]:
    """Yield settings that bring the site under, with what it then comes to."""
    archive = _take(catalog, config)
    for granularity in dict.fromkeys((config.granularity, "day")):
        there = replace(config, granularity=granularity)
        for searched in dict.fromkeys((search, False)):
            for step in STEPS:
                size = _estimate(archive, there, search=searched, minimum=step)
                if not over(size, limits):
                    settings = [f"authors.minimum = {step}"]
                    if granularity != config.granularity and searched:
                        settings.append('search.granularity = "day"')
                    option = " and --no-search" if search and not searched else ""
                    figures = f"{size.size / 1e6:,.0f} MB in {size.files:,} files"
                    yield f"{config.host}: {', '.join(settings)}{option} brings it to {figures}"
                    return
