"""Queries of the archive as a whole: its files, problems and changes."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from dayleaf.archive.rules import RuleSources
from dayleaf.base.errors import Finding
from dayleaf.catalog.queries.answers import RecordPlace
from dayleaf.catalog.queries.reading import CatalogFile
from dayleaf.catalog.reads import AUTHOR, DAY, DAYS_OF, END, HAS_PAGE, NO_PAGE, Fact
from dayleaf.catalog.schema import PROBLEMS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator


class ArchiveQueries(CatalogFile):
    """Files, their contents, and the facts that updates have touched."""

    def problems(self) -> Iterator[Finding]:
        """Return every problem of every file, by path and line."""
        return map(Finding._make, self._connection.execute(PROBLEMS))

    def sources(self) -> Iterator[tuple[str, str | None, int, list[tuple[int, str, str]]]]:
        """Yield every file, by path, with its reader, its number of records, and those listed.

        Of a record that is listed: its line, its anchor, and whether it is `published` or `merged`
        into another.
        """
        records = self._connection.execute(
            "SELECT s.path, s.format, s.seen, p.line, p.anchor, CASE WHEN p.shown = 1"
            " OR (made.source = p.source AND made.line = p.line) THEN 'published' ELSE 'merged' END"
            " FROM source s LEFT JOIN paper p ON p.source = s.id AND p.shown < 2"
            " LEFT JOIN paper made ON made.anchor = p.anchor AND made.shown = 2"
            " ORDER BY s.path, p.line, p.anchor"
        )
        for (path, name, seen), rows in groupby(records, itemgetter(0, 1, 2)):
            yield path, name, seen, [row[3:] for row in rows if row[3] is not None]

    def passed_over(self) -> list[str]:
        """List the files that are in no format that a reader knows, by path."""
        query = "SELECT path FROM source WHERE format IS NULL ORDER BY path"
        return [row[0] for row in self._connection.execute(query)]

    def unread(self) -> list[tuple[str, str, int]]:
        """List the papers that files name and no record of the archive took.

        Each with the file, its anchor and its line, by file and line.
        """
        return [
            (path, anchor, line)
            for path, anchor, line in self._connection.execute(
                "SELECT s.path, u.anchor, u.line FROM unread u JOIN source s ON s.id = u.source"
                " WHERE NOT EXISTS (SELECT 1 FROM paper p WHERE p.anchor = u.anchor)"
                " AND u.anchor NOT IN (SELECT 'doi-' || lower(doi) FROM body WHERE doi IS NOT NULL)"
                " ORDER BY s.path, u.line, u.anchor"
            )
        ]

    def merged(self, formats: Collection[str]) -> Iterator[tuple[str, list[RecordPlace]]]:
        """Yield anchors that several records of some formats bear, each with its places."""
        marks = ",".join("?" * len(formats))
        records = self._connection.execute(
            "SELECT p.anchor, s.path, p.line, p.version, made.source = p.source"
            " AND made.line = p.line FROM paper p JOIN source s ON s.id = p.source"
            " JOIN paper made ON made.anchor = p.anchor AND made.shown = 2"
            f" WHERE NOT p.shown AND s.format IN ({marks}) ORDER BY p.anchor, s.path, p.line",
            tuple(formats),
        )
        for anchor, rows in groupby(records, itemgetter(0)):
            yield (
                anchor,
                [
                    RecordPlace(path, line, version, bool(best))
                    for _, path, line, version, best in rows
                ],
            )

    def digests(self, day: str) -> list[tuple[str, int, int]]:
        """List the files that list papers on a day, by path, each with its size and time stamp."""
        query = (
            "SELECT s.path, s.size, s.mtime FROM source_day d JOIN source s ON s.id = d.source"
            " WHERE d.day = ? ORDER BY s.path"
        )
        return list(self._connection.execute(query, (day,)))

    def beside(self, folder: str) -> list[str]:
        """List the files of the content folder that are known directly in one of its folders."""
        start = f"{folder}/" if folder else ""
        rows = self._connection.execute(
            "SELECT path FROM source WHERE path >= ? AND path < ? ORDER BY path",
            (start, f"{start[:-1]}0" if start else "\U0010ffff"),
        )
        return [path for (path,) in rows if "/" not in path[len(start) :]]

    def digest_bytes(self, *, until: str = "") -> int:
        """Return the bytes of all digests, or of those whose days are not later than one."""
        if not until:
            return self._row("SELECT SUM(size) FROM source WHERE format IS NOT NULL")[0]
        return self._row(
            "SELECT SUM(size) FROM source WHERE id IN"
            " (SELECT source FROM source_day GROUP BY source HAVING MAX(day) <= ?)",
            until,
        )[0]

    def rule_sources(self) -> RuleSources:
        """Return the files of the site whose rules the rows were made by; topics are not kept."""
        meta = dict(self._connection.execute("SELECT key, value FROM meta"))
        return RuleSources(meta["authors"], meta["venues"])

    def version(self) -> tuple[str, int]:
        """Return the catalog's epoch, which names it, and its count of updates."""
        meta = dict(self._connection.execute("SELECT key, value FROM meta"))
        return meta["epoch"], int(meta["generation"])

    def changed(self, *, since: int, minimum: int) -> list[Fact]:
        """List the facts that may not hold any more since a count of updates, sorted.

        Authors with at least `minimum` papers have a page; which of the two facts on that was true
        before an update need not be known, because only the other one can have become false. Papers
        up to the day on which an author has reached the minimum link to the shared page: where that
        day has moved, so have the links of the days between.
        """
        query = "SELECT topic, key FROM touched WHERE generation > ? ORDER BY topic, key"
        facts = [Fact(*row) for row in self._connection.execute(query, (since,))]
        if minimum > 1:
            days = set[str]()
            for topic, key in facts.copy():
                if topic == AUTHOR:
                    reached = self._days_of(key)
                    facts.append(Fact(NO_PAGE if len(reached) >= minimum else HAS_PAGE, key))
                elif topic == DAYS_OF:
                    slug, _, before = key.partition(" ")
                    days |= _relinked(before.split(","), self._days_of(slug), minimum)
            facts += [Fact(DAY, day) for day in sorted(days)]
        return facts

    def _days_of(self, slug: str) -> list[str]:
        """Return the days of an author's papers, the oldest first."""
        query = "SELECT days FROM author WHERE slug = ?"
        return next((row[0].split(",") for row in self._connection.execute(query, (slug,))), [])


def _relinked(before: list[str], after: list[str], minimum: int) -> set[str]:
    """Return the days whose links to an author lead elsewhere, of the days with the author now."""
    old, new = (days[minimum - 1] if len(days) >= minimum else END for days in (before, after))
    return {day for day in after if min(old, new) <= day < max(old, new)}
