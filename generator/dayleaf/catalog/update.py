"""Bring the catalog up to date with the content folder, in two steps with the reading in between.

`compare` says which files have to be read, and `load` takes in their rows. Only files that changed
are read. An update is one transaction, and a catalog from nothing is built aside and put in place
when it is whole, so that a killed build leaves the old catalog or the new.
"""

from __future__ import annotations

import sqlite3
import uuid
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from dayleaf import __version__, readers
from dayleaf.base.errors import ContentError, Finding
from dayleaf.catalog import columns, files, links, month, new_rules, schema, tallies
from dayleaf.catalog.rows import NO_RULES
from dayleaf.catalog.schema import PROBLEMS
from dayleaf.catalog.settle import SHOWN, drop, repeated, settle
from dayleaf.catalog.touched import Touched, days_with_papers

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from dayleaf.archive.rules import RuleSources
    from dayleaf.catalog.files import File
    from dayleaf.catalog.rows import SourceRows


_EVERY = "TRUE"
_NAMED = 5
_LARGE = 1_000_000
"""Bytes beyond which rows may be those of a piece of a file."""
# A file, or what is in a folder: "/" is followed by "0".
_BELOW = "path = ? OR (path >= ? AND path < ?)"


class Changes(NamedTuple):
    """What an update did, in files."""

    read: int
    removed: int
    total: int
    rules_changed: bool = False
    """Whether new rules of the site were applied to all."""


class Known(NamedTuple):
    """A file as the catalog has it."""

    path: str
    size: int
    mtime: int
    fingerprint: bytes
    key: int


@dataclass(frozen=True, slots=True)
class Difference:
    """What lies between a catalog and the content folder."""

    file: Path
    """The catalog."""
    content: Path
    owner: str | None
    """Whom the catalog belongs to, if it is made from nothing; None if there is one to update."""
    read: tuple[File, ...]
    """The files to read, new or changed."""
    replaced: tuple[int, ...] = ()
    """The keys of the changed files."""
    removed: tuple[int, ...] = ()
    """The keys of the files that are gone."""
    touched: tuple[tuple[int, int, int], ...] = ()
    """Size, time stamp and key of files whose time stamps alone have changed."""
    total: int = 0
    """The files that were compared."""
    rule_sources: RuleSources = NO_RULES
    """The rules that rows are made by."""
    rules_changed: bool = False
    """Whether the rows that are there were made by other rules."""
    beside_readers: bool = False
    """Whether others read the catalog meanwhile."""


def belongs(
    file: Path, content: Path, *, program: str, rule_sources: RuleSources = NO_RULES
) -> bool:
    """Tell whether there is a catalog of a content folder, made by the program of a fingerprint.

    And whether the site's own formats are those that it was read by.

    What a killed update has left behind in it is undone.
    """
    return _owner_of(file) == _owner(content, program, rule_sources)


def compare(
    file: Path, content: Path, *, program: str, rule_sources: RuleSources = NO_RULES
) -> Difference:
    """Compare a catalog with its content folder, and with the rules of the site.

    `program` is the fingerprint of everything besides the content that rows depend on; a catalog of
    another program, or of another folder, is not trusted but rebuilt.
    """
    present = files.scan(content)
    if not belongs(file, content, program=program, rule_sources=rule_sources):
        return anew(file, content, present, program=program, rule_sources=rule_sources)
    with schema.reading(file) as connection:
        known = _known(connection, _EVERY, ())
        rules_changed = new_rules.is_due(connection, rule_sources)
    difference = _difference(file, content, present, known)
    return replace(difference, rule_sources=rule_sources, rules_changed=rules_changed)


def anew(
    file: Path,
    content: Path,
    present: list[File],
    *,
    program: str,
    rule_sources: RuleSources = NO_RULES,
) -> Difference:
    """Return the difference between nothing and some files: a catalog to be made of just these."""
    owner = _owner(content, program, rule_sources)
    return Difference(
        file, content, owner, tuple(present), total=len(present), rule_sources=rule_sources
    )


def compare_paths(
    file: Path, content: Path, paths: Iterable[str], *, rule_sources: RuleSources = NO_RULES
) -> Difference:
    """Compare a catalog, and its rules, with what stands at some paths now, or no longer does.

    The empty path stands for all of them. Others may read meanwhile: they see what was, and at the
    end wait for a moment.
    """
    present: dict[str, File] = {}
    known: dict[str, Known] = {}
    with schema.reading(file) as connection:
        for path in paths:
            present |= {each.path: each for each in files.look(content, path)}
            where = (path, f"{path}/", f"{path}0")
            known |= _known(connection, _BELOW, where) if path else _known(connection, _EVERY, ())
        rules_changed = new_rules.is_due(connection, rule_sources)
    ordered = [present[path] for path in sorted(present)]
    difference = _difference(file, content, ordered, known, beside_readers=True)
    return replace(difference, rule_sources=rule_sources, rules_changed=rules_changed)


def load(difference: Difference, sources: Iterable[SourceRows]) -> Changes:
    """Take the rows of the files to be read into the catalog, and drop those of files gone.

    The rows may come in any order. Raises ContentError where no paper is left.
    """
    if difference.owner is not None:
        return _create(difference, difference.owner, sources)
    counts = (len(difference.read), len(difference.removed), difference.total)
    changes = Changes(*counts, rules_changed=difference.rules_changed)
    if difference.read or difference.removed or difference.touched or difference.rules_changed:
        with schema.writing(
            difference.file, beside_readers=difference.beside_readers
        ) as connection:
            _update(connection, difference, sources)
    return changes


def _owner(content: Path, program: str, rule_sources: RuleSources) -> str:
    return f"{__version__} {program}{rule_sources.reading} {content}"


def _owner_of(file: Path) -> str | None:
    """Return the owner of an existing catalog; None if none can be read."""
    if not file.is_file():
        return None
    try:
        with schema.writing(file) as connection:  # a writer undoes what a killed build left behind
            row = connection.execute("SELECT value FROM meta WHERE key = 'belongs'").fetchone()
    except sqlite3.DatabaseError:
        return None
    return str(row[0]) if row else None


def _create(difference: Difference, owner: str, sources: Iterable[SourceRows]) -> Changes:
    """Build a catalog from nothing, aside, then put it in the old one's place."""
    file = difference.file
    file.parent.mkdir(parents=True, exist_ok=True)
    aside = file.with_suffix(".new")
    aside.unlink(missing_ok=True)
    connection = schema.create(aside)
    try:
        connection.execute("BEGIN")
        new_rules.note(connection, difference.rule_sources)
        loader = _RowLoader(connection, difference.content)
        for source in sources:
            loader.load(source)
        for statement in schema.PAPER_INDEXES:
            connection.execute(statement)
        links.add(connection, 1, loader.last)
        settle(connection, repeated(connection), Touched())
        links.count_authors(connection, None)
        tallies.count_all(connection)
        for statement in schema.AUTHOR_INDEXES:
            connection.execute(statement)
        _require_papers(connection, difference.content)
        connection.executemany(
            "INSERT INTO meta VALUES (?, ?)",
            [("belongs", owner), ("epoch", uuid.uuid4().hex), ("generation", "1")],
        )
        connection.execute("COMMIT")
    except BaseException:
        connection.close()
        aside.unlink(missing_ok=True)  # a full disk needs the room
        raise
    connection.close()
    aside.replace(file)
    return Changes(len(difference.read), 0, difference.total)


def _known(connection: sqlite3.Connection, where: str, values: tuple[str, ...]) -> dict[str, Known]:
    """Return the files in the catalog, by path."""
    query = f"SELECT path, size, mtime, fingerprint, id FROM source WHERE {where}"
    return {row[0]: Known._make(row) for row in connection.execute(query, values)}


def _difference(
    file: Path,
    content: Path,
    present: list[File],
    known: dict[str, Known],
    *,
    beside_readers: bool = False,
) -> Difference:
    """Compare some files with their rows in the catalog."""
    gone = known.keys() - {current.path for current in present}
    read: list[File] = []
    touched: list[tuple[int, int, int]] = []
    for current in present:
        old = known.get(current.path)
        if old is None:
            read.append(current)
        elif (old.size, old.mtime) == (current.size, current.mtime):
            continue
        elif old.fingerprint == files.fingerprint_of(content / current.path):
            touched.append((current.size, files.trusted(current.mtime), old.key))
        else:
            read.append(current)
    return Difference(
        file,
        content,
        None,
        read=tuple(read),
        replaced=tuple(known[current.path].key for current in read if current.path in known),
        removed=tuple(sorted(known[path].key for path in gone)),
        touched=tuple(touched),
        total=len(present),
        beside_readers=beside_readers,
    )


def _update(
    connection: sqlite3.Connection, difference: Difference, sources: Iterable[SourceRows]
) -> None:
    """Apply a difference, in one transaction."""
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany("UPDATE source SET size = ?, mtime = ? WHERE id = ?", difference.touched)
    seen = Touched(days_with_papers(connection), month.newest(connection))
    for key in (*difference.removed, *difference.replaced):
        _delete(connection, key, seen)
    if difference.rules_changed:
        new_rules.apply(connection, difference.rule_sources, seen)
    loader = _RowLoader(connection, difference.content)
    first = loader.last + 1
    for source in sources:
        loader.load(source)
        for paper in source.papers:
            seen.paper(paper)
    links.add(connection, first, loader.last)
    settle(connection, sorted(seen.anchors), seen)
    seen.authors |= links.count_authors(connection, seen.slugs, seen.earlier)
    tallies.count_again(connection, seen)
    seen.write(connection)
    _require_papers(connection, difference.content)
    connection.execute("COMMIT")


class _RowLoader:
    """Adds files' rows, every record shown on its own day; links are not its business."""

    def __init__(self, connection: sqlite3.Connection, content: Path) -> None:
        self._connection = connection
        self._content = content
        self._fields: set[str] = set()
        self._source = 0
        self._lines = 0
        """Line feeds in the pieces of this file so far."""
        row = connection.execute("SELECT MAX(id) FROM paper").fetchone()
        self.last: int = row[0] or 0
        """The key of the record added last."""

    def load(self, rows: SourceRows) -> None:
        """Add the rows of a file, or of the next piece of the same file."""
        if rows.start == 0:
            self._begin(rows)
        else:
            self._connection.execute(
                "UPDATE source SET seen = seen + ? WHERE id = ?", (rows.seen, self._source)
            )
        many, key, offset = self._connection.executemany, self._source, self._lines
        many(
            "INSERT INTO problem VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                (key, *p[:4], p.line and p.line + offset, str(p.severity))  # all but the file
                for p in rows.problems
            ],
        )
        many(
            "INSERT INTO unread VALUES (?, ?, ?)",
            [(key, anchor, line + offset) for anchor, line in rows.unread],
        )
        papers = rows.papers
        if offset:
            papers = tuple(paper._replace(line=paper.line + offset) for paper in papers)
        narrow, wide = columns.values[columns.PAPER], columns.values[columns.BODY]
        keys = range(self.last + 1, self.last + 1 + len(papers))
        self.last += len(papers)
        many(
            schema.INSERT_PAPER,
            [(n, key, SHOWN, *own) for n, own in zip(keys, map(narrow, papers), strict=True)],
        )
        many(
            schema.INSERT_BODY, [(n, *own) for n, own in zip(keys, map(wide, papers), strict=True)]
        )
        many(
            "INSERT OR IGNORE INTO source_day VALUES (?, ?)",
            [(day, key) for day in {paper.day for paper in papers}],
        )
        fields = {
            packed for paper in papers for packed in (paper.categories, paper.rule_memberships)
        }
        fields -= self._fields
        self._fields |= fields
        many(schema.INSERT_FIELD, schema.field_rows(*fields))
        self._lines += rows.lines

    def _begin(self, rows: SourceRows) -> None:
        file, self._lines = rows.file, 0
        self._source = self._connection.execute(
            "INSERT INTO source (path, size, mtime, fingerprint, seen, format)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (file.path, file.size, files.trusted(file.mtime), self._fingerprint(rows), rows.seen,
             rows.format),
        ).lastrowid or 0  # fmt: skip

    def _fingerprint(self, rows: SourceRows) -> bytes:
        """Return the fingerprint of a whole file, of which the rows may be a piece."""
        if rows.file.size <= _LARGE:
            return rows.fingerprint
        return files.fingerprint_of(self._content / rows.file.path) or b""


def _delete(connection: sqlite3.Connection, key: int, seen: Touched) -> None:
    """Remove a file's rows."""
    papers = connection.execute("SELECT id FROM paper WHERE source = ?", (key,)).fetchall()
    for (paper,) in papers:
        drop(connection, paper, seen)
    connection.execute("DELETE FROM problem WHERE source = ?", (key,))
    connection.execute("DELETE FROM unread WHERE source = ?", (key,))
    connection.execute("DELETE FROM source_day WHERE source = ?", (key,))
    connection.execute("DELETE FROM source WHERE id = ?", (key,))


def _require_papers(connection: sqlite3.Connection, place: Path) -> None:
    """Refuse a catalog without a single paper: a site of nothing is a mistaken folder."""
    if connection.execute("SELECT 1 FROM paper LIMIT 1").fetchone():
        return
    rows = connection.execute(f"{PROBLEMS} LIMIT 5")
    notes = "".join(f"\n  {Finding(*row)}" for row in rows)
    passed = [
        row[0]
        for row in connection.execute("SELECT path FROM source WHERE format IS NULL ORDER BY path")
    ]
    if passed:
        more = f" and {len(passed) - _NAMED:,} more" if len(passed) > _NAMED else ""
        notes += (
            f"\n  passed over, in no format that Dayleaf knows: {', '.join(passed[:_NAMED])}{more}"
        )
    formats = ", ".join(reader.name for reader in readers.READERS)
    raise ContentError(
        Finding(
            "none",
            expected="at least one digest with a paper",
            advice=f"Dayleaf reads {formats} (docs/formats.md){notes}",
            file=str(place),
        )
    )
