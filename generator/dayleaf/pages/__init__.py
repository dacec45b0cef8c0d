"""Which pages exist, and what each one shows: rows of the catalog -> drafts.

`plan` shares the site out as tasks, and `drafts` makes the pages of a task. A task reads its own
range of the catalog, so tasks can run in any process and in any order. `find` makes one page alone.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, cast

from dayleaf import urls
from dayleaf.pages import author, calendar, category, feeds, finder, home, identifiers, names
from dayleaf.pages.draft import Draft, Kept, Known, Raw
from dayleaf.pages.find import find

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from dayleaf.catalog import Catalog
    from dayleaf.config import Config

__all__ = [
    "KINDS", "Changed", "Draft", "Kept", "Known", "Raw", "Task", "changed", "drafts", "find",
    "plan",
]  # fmt: skip

KINDS = {
    "days": ("day.html",),
    "authors": ("author.html",),
    "category": ("category.html", "feed.xml"),
    "names": ("authors.html", "names.html"),
    "ids": (),
    "overview": (
        "home.html", "search.html", "404.html", "about.html", "month.html", "year.html",
        "days.html", "categories.html", "feed.xml", "opensearch.xml",
    ),
}  # fmt: skip
"""Kinds of page, each with the layouts that make it."""

_DAY_PAPERS = 2_000
_AUTHORS = 3_000
_SHARE = 200
"""Touched authors that a process renders in one go."""
_LONGEST = 4
# Sorts directly behind a slug, and before all that begin with it.
_NEXT = "\x00"
# Sorts behind every slug: slugs are ASCII.
_END = "\x7f"


class Task(NamedTuple):
    """A share of the site that one process renders in one go."""

    kind: str
    """One of `KINDS`."""
    first: str = ""
    last: str = ""
    """Days from first to last; authors up to, not including, last; a class's system and code; which
    part of a kind."""
    keys: tuple[str, ...] = ()
    """Single days, or single authors' slugs, in place of a stretch of them."""

    @property
    def owner(self) -> str | None:
        """What the task's files are made from; None where each page stands for itself."""
        if self.kind in {"days", "authors"}:
            return None
        return f"{self.kind} {self.first} {self.last}".rstrip()


def plan(catalog: Catalog, kinds: Collection[str] = KINDS) -> list[Task]:
    """Share out all pages of some kinds, the longest tasks first."""
    tasks: list[Task] = []
    categories: list[Task] = []
    if "category" in kinds:
        codes = sorted(catalog.codes(), key=lambda row: (-row[2], row[0], row[1]))
        categories = [Task("category", system, code) for system, code, _ in codes]
    tasks += categories[:_LONGEST]
    tasks += [task for task in _GENERAL if task.kind in kinds]
    if "days" in kinds:
        tasks += [Task("days", *span) for span in _spans(catalog.days())]
    if "authors" in kinds:
        bounds = [*catalog.slugs(every=_AUTHORS), _END]
        tasks += [Task("authors", a, b) for a, b in pairwise(bounds)]
    return tasks + categories[_LONGEST:]


# Those that show something of the whole archive.
_GENERAL = (Task("names", "find"), Task("names", "lists"), Task("ids"), Task("overview"))


class Changed(NamedTuple):
    """What has to be made anew after an update, files that are gone for good included."""

    tasks: list[Task]
    owners: list[str]
    """Whose files are made anew."""
    paths: list[str]
    """Files that stand for themselves."""


def changed(catalog: Catalog, kinds: Collection[str], *, since: int) -> Changed:
    """Plan, for some kinds, only the pages that updates after a count have touched."""
    found = Changed([], [], [])
    touched = catalog.touched("day", since=since)
    if not touched:
        return found
    general = [task for task in _GENERAL if task.kind in kinds]
    found.tasks.extend(general)
    found.owners.extend(task.owner or "" for task in general)
    if "category" in kinds:
        classes = [key.split(" ", 1) for key in catalog.touched("class", since=since)]
        categories = [Task("category", system, code) for system, code in classes]
        sizes = {(system, code): count for system, code, count in catalog.codes()}
        categories.sort(key=lambda task: -sizes.get((task.first, task.last), 0))
        found.owners.extend(task.owner or "" for task in categories)
        found.tasks.extend(task for task in categories if (task.first, task.last) in sizes)
    if "days" in kinds:
        days = _with_neighbours(touched, [day for day, _ in catalog.days()])
        found.paths.extend(urls.file(urls.day(day)) for day in days)
        found.tasks.append(Task("days", keys=tuple(days)))
    if "authors" in kinds:
        slugs = catalog.touched("author", since=since)
        found.paths.extend(map(urls.author, slugs))
        shares = [slugs[at : at + _SHARE] for at in range(0, len(slugs), _SHARE)]
        found.tasks.extend(Task("authors", keys=tuple(share)) for share in shares)
    return found


def _with_neighbours(touched: list[str], order: list[str]) -> list[str]:
    """Add the days before and after, whose pages link to those that came or went."""
    found = set(touched)
    for day in touched:
        place = bisect_left(order, day)
        found.update(order[max(place - 1, 0) : place])
        after = place + 1 if place < len(order) and order[place] == day else place
        found.update(order[after : after + 1])
    return sorted(found)


def _spans(days: list[tuple[str, int]]) -> Iterator[tuple[str, str]]:
    """Yield first and last day of stretches that hold about as many papers each."""
    first, held = days[0][0], 0
    for place, (day, count) in enumerate(days):
        held += count
        if held >= _DAY_PAPERS or place + 1 == len(days):
            yield first, day
            first, held = (days[place + 1][0] if place + 1 < len(days) else day), 0


def drafts(
    task: Task, catalog: Catalog, config: Config, *, search: bool, known: Known
) -> Iterator[Draft | Raw | Kept]:
    """Yield the pages of a task; `search` says whether there is a search index.

    Pages that show what they showed before, as far as that is `known`, come as Kept.
    """
    every = catalog.days()
    minimum = config.minimum_papers
    match task.kind:
        case "days":
            for first, last in [(key, key) for key in task.keys] or [(task.first, task.last)]:
                yield from calendar.days(
                    catalog, first=first, last=last, every=every, minimum=minimum
                )
        case "authors":
            spans = [(key, f"{key}{_NEXT}") for key in task.keys] or [(task.first, task.last)]
            for first, last in spans:
                yield from author.authors(catalog, first=first, last=last, minimum=minimum)
        case "category":
            system = cast("category.System", task.first)
            yield from category.category(catalog, system, task.last, known=known)
            if system == "arxiv":
                yield feeds.category_feed(catalog, task.last, config)
        case "names":
            make = finder.buckets if task.first == "find" else names.lists
            yield from make(catalog, minimum=minimum, known=known)
        case "ids":
            yield from identifiers.buckets(catalog, known=known)
        case _:
            yield home.home(catalog, every, title=config.title, description=config.description)
            yield home.search(catalog, every, enabled=search)
            yield home.missing()
            if page := home.about(config.site):
                yield page
            yield from calendar.months(catalog, every, known=known)
            yield from calendar.years(every, known=known)
            yield from category.lists(catalog)
            yield from feeds.site_feeds(catalog, every, config)
            yield from feeds.small_files(catalog, every, config)
