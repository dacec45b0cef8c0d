"""Which pages exist, and what each one shows: rows of the catalog -> drafts.

`plan` shares the site out as tasks, and `drafts` makes the pages of a task. A task reads its own
range of the catalog, so tasks can run in any process and in any order.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, cast

from dayleaf.pages import author, calendar, category, feeds, home, names
from dayleaf.pages.draft import Draft, Raw

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dayleaf.catalog import Catalog
    from dayleaf.config import Config

__all__ = ["Draft", "Raw", "Task", "drafts", "plan"]

_DAY_PAPERS = 2_000
_AUTHORS = 3_000
# Sorts behind every slug: slugs are ASCII.
_END = "\x7f"


class Task(NamedTuple):
    """A share of the site that one process renders in one go."""

    kind: str
    """`days`, `authors`, `category` or `rest`."""
    first: str
    last: str
    """Days from first to last; authors up to, not including, last; a category's system and code."""


def plan(catalog: Catalog) -> list[Task]:
    """Share out all pages of the site, the longest tasks first."""
    codes = sorted(catalog.codes(), key=lambda row: (-row[2], row[0], row[1]))
    categories = [Task("category", system, code) for system, code, _ in codes]
    bounds = [*catalog.slugs(every=_AUTHORS), _END]
    authors = [Task("authors", a, b) for a, b in pairwise(bounds)]
    days = [Task("days", *span) for span in _spans(catalog.days())]
    few = 4
    rest = [Task("rest", "", "")]
    return [*categories[:few], *rest, *days, *authors, *categories[few:]]


def _spans(days: list[tuple[str, int]]) -> Iterator[tuple[str, str]]:
    """Yield first and last day of stretches that hold about as many papers each."""
    first, held = days[0][0], 0
    for place, (day, count) in enumerate(days):
        held += count
        if held >= _DAY_PAPERS or place + 1 == len(days):
            yield first, day
            first, held = (days[place + 1][0] if place + 1 < len(days) else day), 0


def drafts(task: Task, catalog: Catalog, config: Config, *, search: bool) -> Iterator[Draft | Raw]:
    """Yield the pages of a task; `search` says whether there is a search index."""
    every = catalog.days()
    match task.kind:
        case "days":
            yield from calendar.days(
                catalog,
                first=task.first,
                last=task.last,
                every=every,
                minimum=config.minimum_papers,
            )
        case "authors":
            yield from author.authors(
                catalog, first=task.first, last=task.last, minimum=config.minimum_papers
            )
        case "category":
            system = cast("category.System", task.first)
            yield from category.category(catalog, system, task.last)
            if system == "arxiv":
                yield feeds.category_feed(catalog, task.last, config)
        case _:
            yield home.home(catalog, every, title=config.title, description=config.description)
            yield home.search(catalog, every, enabled=search)
            yield home.missing()
            if page := home.about(config.site):
                yield page
            yield from calendar.months(catalog, every)
            yield from calendar.years(every)
            yield from category.lists(catalog)
            yield from names.lists(catalog, minimum=config.minimum_papers)
            yield from feeds.site_feeds(catalog, every, config)
            yield from feeds.small_files(catalog, every, config)
