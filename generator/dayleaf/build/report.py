"""The figures of a build, for people and for programs."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from dayleaf import readers
from dayleaf.archive import names, people
from dayleaf.archive.rules import TOPIC
from dayleaf.base import config as settings
from dayleaf.base.errors import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dayleaf.base.config import Topic
    from dayleaf.build.fit import Preflight
    from dayleaf.catalog import Catalog, Changes, Totals

_START = 3
"""Letters of a family name among whose bearers a misspelt one is looked for."""


@dataclass(slots=True)
class Files:
    """Files of one kind, counted."""

    written: int = 0
    unchanged: int = 0
    size: int = 0
    """Bytes of all of them."""

    def add(self, written: int, unchanged: int, size: int) -> None:
        """Add the figures of a task."""
        self.written += written
        self.unchanged += unchanged
        self.size += size

    @property
    def count(self) -> int:
        """How many there are."""
        return self.written + self.unchanged


@dataclass(frozen=True, slots=True)
class Report:
    """A finished build."""

    changes: Changes
    totals: Totals
    kinds: dict[str, Files]
    """By kind of page, `day`, `author`, …, and for `assets` and `search`."""
    deleted: int
    shards: int
    indexed: int
    """How many shards had to be indexed; the others came from the cache."""
    fit: Preflight
    """Whether the site fits its host, the room left, and settings that would help."""
    problems: tuple[Finding, ...]
    passed_over: tuple[str, ...]
    seconds: dict[str, float] = field(default_factory=dict)
    """By phase, in order."""

    @property
    def fits(self) -> bool:
        """Whether the host would take the site."""
        return self.fit.fits

    def pages(self) -> Files:
        """Count the files of every kind but search."""
        total = Files()
        for kind, files in self.kinds.items():
            if kind != "search":
                total.add(files.written, files.unchanged, files.size)
        return total

    def as_json(self) -> dict[str, object]:
        """Return the figures as `--json` prints them."""
        pages, search = self.pages(), self.kinds.get("search", Files())
        totals = self.totals
        return {
            "days": totals.days,
            "papers": totals.papers,
            "authors": totals.authors,
            "categories": totals.categories,
            "subjects": totals.subjects,
            "records": {
                "seen": totals.records,
                "published": totals.papers,
                "merged": totals.merged,
                "refused": totals.refused,
                "not_understood": totals.unread,
            },
            "digests": {
                "total": totals.digests,
                "read": self.changes.read,
                "removed": self.changes.removed,
                "passed_over": len(self.passed_over),
            },
            "pages": {
                "written": pages.written,
                "unchanged": pages.unchanged,
                "deleted": self.deleted,
            },
            "search": {"files": search.count, "shards": self.shards, "indexed": self.indexed},
            "bytes": {kind: files.size for kind, files in self.kinds.items()},
            "fit": list(self.fit.lines),
            "problems": len(self.problems),
            "seconds": {phase: round(value, 3) for phase, value in self.seconds.items()},
        }


def problems(catalog: Catalog, topics: tuple[Topic, ...] = ()) -> tuple[Finding, ...]:
    """List problems of digests, merged records, and rules of the site without effect."""
    return (
        *catalog.problems(),
        *unread(catalog),
        *_merges(catalog),
        *_topics(catalog, topics),
        *_people(catalog),
    )


def unread(catalog: Catalog) -> Iterator[Finding]:
    """Report the papers that files name and no record of the archive took, a line a file."""
    for path, rows in groupby(catalog.unread(), itemgetter(0)):
        (_, first, line), *others = rows
        more = len({anchor for _, anchor, _ in others} - {first})
        several = f"{more + 1:,} that no record took, the first {first}"
        yield Finding(
            several if more else f"{first}, which no record took",
            expected="every paper that a file names in a record",
            advice=f"`dayleaf init --explain {path}` shows how the file is read",
            file=path,
            line=line,
            severity=Severity.NOTE,
        )


def _topics(catalog: Catalog, topics: tuple[Topic, ...]) -> Iterator[Finding]:
    """Report topics that match nothing, or more than half of the archive."""
    counts = {code: count for system, code, count in catalog.codes() if system == TOPIC}
    half = sum(count for _, count in catalog.days()) / 2
    for topic in topics:
        count = counts.get(topic.slug, 0)
        if count and count <= half:
            continue
        yield Finding(
            f"{count:,}, more than half of the archive" if count else "none",
            expected="some papers",
            advice="narrow it by all or none" if count else "check the spelling of its words",
            about=f"the topic {topic.title!r}",
            file=settings.FILE,
            line=topic.line,
            severity=Severity.NOTE,
        )


def _people(catalog: Catalog) -> Iterator[Finding]:
    """Report names of `authors.toml` that no paper has, with the nearest that there is."""
    for person in people.parse(catalog.rule_sources().authors).people:
        known = {names.slug(name) for name in catalog.spellings(person.slug)}
        spelled = person.spellings if len(person.spellings) == 1 else person.spellings[1:]
        for spelling in spelled:
            if names.slug(spelling) in known:
                continue
            start = names.sort_key(names.fold(spelling))[:_START]
            near = difflib.get_close_matches(spelling, catalog.names(start), n=1)
            hint = f"did you mean {near[0]!r}?" if near else "check how the digests spell it"
            yield Finding(
                repr(spelling),
                expected="a name that a paper has",
                advice=hint,
                about=person.slug,
                file=people.FILE,
                line=person.line,
                severity=Severity.NOTE,
            )


def _merges(catalog: Catalog) -> Iterator[Finding]:
    """Report identifiers that stand several times, unless two archives simply share a paper.

    Formats that may list a paper several times are left out.
    """
    once = [reader.name for reader in readers.READERS if reader.once]
    for anchor, places in catalog.merged(once):
        archives = {place.path.partition("/")[0] for place in places}
        shown = next((place for place in places if place.best), None)
        if len(archives) == len(places) or shown is None:
            continue
        where = " and ".join(f"{place.path}:{place.line}" for place in places)
        yield Finding(
            f"{anchor} is listed {len(places)} times ({where})",
            advice=f"merged, version {shown.version} of {shown.path}:{shown.line} is shown",
            file=places[0].path,
            line=places[0].line,
            severity=Severity.NOTE,
        )
