"""Bring the catalog up to date with the content folder.

Only files that changed are read. An update is one transaction, and a catalog from nothing is built
aside and put in place when it is whole, so that a killed build leaves the old catalog or the new.
"""

from __future__ import annotations

import sqlite3
import uuid
from typing import TYPE_CHECKING, NamedTuple

from dayleaf import __version__
from dayleaf.catalog import files, links, rows, schema
from dayleaf.catalog.settle import repeated, settle
from dayleaf.catalog.touched import Touched
from dayleaf.errors import ContentError
from dayleaf.model import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from dayleaf.catalog.files import File
    from dayleaf.catalog.rows import SourceRows

    _Known = tuple[int, int, bytes, int]
    """Size, time stamp, fingerprint and key of a file in the catalog."""
    Prepare = Callable[[list[File]], Iterable[SourceRows]]
    """Reads files, in any order and on any number of processes."""


_EVERY = "TRUE"
# A file, or what is in a folder: "/" is followed by "0".
_BELOW = "path = ? OR (path >= ? AND path < ?)"


class Changes(NamedTuple):
    """What an update did."""

    read: int
    removed: int
    total: int


def belongs(file: Path, content: Path, *, identity: str) -> bool:
    """Tell whether there is a catalog of a content folder, made by the code that `identity` names.

    What a killed update has left behind in it is undone.
    """
    return _identity(file) == _owner(content, identity)


def update(file: Path, content: Path, *, identity: str, prepare: Prepare) -> Changes:
    """Make the catalog hold exactly what the content folder holds.

    `identity` names everything besides the content that rows depend on; a catalog with another
    identity, or of another folder, is not believed but made anew.
    """
    found = files.scan(content)
    if not belongs(file, content, identity=identity):
        return _create(file, found, owner=_owner(content, identity), prepare=prepare)
    connection = schema.open_writer(file)
    try:
        known = _known(connection, _EVERY, ())
        return _refresh(connection, found, known, prepare=prepare, content=content)
    finally:
        connection.close()


def begin(
    file: Path, content: Path, found: list[File], *, identity: str, prepare: Prepare
) -> Changes:
    """Make a catalog of some files only, to be completed by `amend`."""
    return _create(file, found, owner=_owner(content, identity), prepare=prepare)


def amend(file: Path, content: Path, paths: Iterable[str], *, prepare: Prepare) -> Changes:
    """Take into a catalog what stands at some paths now, files or folders, or no longer does.

    The empty path stands for all of them. Others may read meanwhile: they see what was, and at the
    end wait for a moment.
    """
    connection = schema.open_writer(file, beside_readers=True)
    try:
        found: dict[str, File] = {}
        known: dict[str, _Known] = {}
        for path in paths:
            found |= {one.path: one for one in files.look(content, path)}
            where = (path, f"{path}/", f"{path}0")
            known |= _known(connection, _BELOW, where) if path else _known(connection, _EVERY, ())
        ordered = [found[path] for path in sorted(found)]
        return _refresh(connection, ordered, known, prepare=prepare, content=content)
    finally:
        connection.close()


def _owner(content: Path, identity: str) -> str:
    return f"{__version__} {identity} {content}"


def _identity(file: Path) -> str | None:
    """Return what an existing catalog belongs to; None where there is none that can be read."""
    if not file.is_file():
        return None
    try:
        connection = schema.open_writer(file)  # a writer undoes what a killed build left behind
        try:
            row = connection.execute("SELECT value FROM meta WHERE key = 'belongs'").fetchone()
        finally:
            connection.close()
    except sqlite3.DatabaseError:
        return None
    return str(row[0]) if row else None


def _create(file: Path, found: list[File], *, owner: str, prepare: Prepare) -> Changes:
    """Build a catalog from nothing, aside, then put it in the old one's place."""
    file.parent.mkdir(parents=True, exist_ok=True)
    aside = file.with_suffix(".new")
    aside.unlink(missing_ok=True)
    connection = schema.create(aside)
    try:
        connection.execute("BEGIN")
        loader = _Loader(connection)
        for source in prepare(found):
            loader.load(source)
        for statement in schema.PAPER_INDEXES:
            connection.execute(statement)
        links.add(connection, 1, loader.last)
        settle(connection, repeated(connection), Touched())
        links.count_authors(connection, None)
        connection.execute(schema.AUTHOR_INDEX)
        _require_papers(connection, file)
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
    return Changes(len(found), 0, len(found))


def _known(
    connection: sqlite3.Connection, where: str, values: tuple[str, ...]
) -> dict[str, _Known]:
    """Return size, time stamp, fingerprint and key of the files in the catalog, by path."""
    query = f"SELECT path, size, mtime, fingerprint, id FROM source WHERE {where}"
    return {path: tuple(rest) for path, *rest in connection.execute(query, values)}


def _refresh(
    connection: sqlite3.Connection,
    found: list[File],
    known: dict[str, _Known],
    *,
    prepare: Prepare,
    content: Path,
) -> Changes:
    """Read those of some files that differ from what is known of them, in one transaction."""
    removed = [known[path][3] for path in known.keys() - {file.path for file in found}]
    changed: list[File] = []
    touched: list[tuple[int, int, int]] = []
    for file in found:
        if file.path not in known:
            changed.append(file)
            continue
        size, mtime, mark, key = known[file.path]
        if (size, mtime) == (file.size, file.mtime):
            continue
        if mark == files.fingerprint_of(content / file.path):
            touched.append((file.size, files.trusted(file.mtime), key))
        else:
            changed.append(file)
    if not (removed or changed or touched):
        return Changes(0, 0, len(found))
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany("UPDATE source SET size = ?, mtime = ? WHERE id = ?", touched)
    seen = Touched()
    for key in [*removed, *(known[f.path][3] for f in changed if f.path in known)]:
        _delete(connection, key, seen)
    loader = _Loader(connection)
    first = loader.last + 1
    for source in prepare(changed):
        loader.load(source)
        for paper in source.papers:
            seen.add(paper[1], source.day or "", authors=paper[4], categories=paper[7])
    links.add(connection, first, loader.last)
    settle(connection, sorted(seen.ids), seen)
    links.count_authors(connection, seen.slugs)
    seen.write(connection)
    _require_papers(connection, content)
    connection.execute("COMMIT")
    return Changes(len(changed), len(removed), len(found))


class _Loader:
    """Adds files' rows, every paper shown on its file's own day; links are not its business."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._fields: set[str] = set()
        row = connection.execute("SELECT MAX(id) FROM paper").fetchone()
        self.last: int = row[0] or 0
        """The key of the paper added last."""

    def load(self, source: SourceRows) -> None:
        """Add one file's rows."""
        file, many = source.file, self._connection.executemany
        key = self._connection.execute(
            "INSERT INTO source (path, size, mtime, fingerprint, day, seen, digest)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (file.path, file.size, files.trusted(file.mtime), source.fingerprint, source.day,
             source.seen, source.digest),
        ).lastrowid  # fmt: skip
        many("INSERT INTO problem VALUES (?, ?, ?, ?)", [(key, *p) for p in source.problems])
        keys = range(self.last + 1, self.last + 1 + len(source.papers))
        self.last += len(source.papers)
        many(
            "INSERT INTO paper (id, source, day, shown, line, arxiv_id, version, title, authors,"
            " byline, code, categories) VALUES (?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?)",
            [(n, key, source.day, *paper) for n, paper in zip(keys, source.papers, strict=True)],
        )
        many(
            "INSERT INTO body VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [(n, *body) for n, body in zip(keys, source.bodies, strict=True)],
        )
        fields = {paper[7] for paper in source.papers} - self._fields
        self._fields |= fields
        many(
            "INSERT OR IGNORE INTO field VALUES (?, ?, ?)",
            [(field, *code) for field in fields for code in rows.codes(field)],
        )


def _delete(connection: sqlite3.Connection, key: int, seen: Touched) -> None:
    """Remove a file's rows."""
    for paper, arxiv_id, day, authors, categories in connection.execute(
        "SELECT id, arxiv_id, day, authors, categories FROM paper WHERE source = ?", (key,)
    ).fetchall():
        links.remove(connection, paper)
        connection.execute("DELETE FROM body WHERE paper = ?", (paper,))
        seen.add(arxiv_id, day, authors=authors, categories=categories)
    connection.execute("DELETE FROM paper WHERE source = ?", (key,))
    connection.execute("DELETE FROM problem WHERE source = ?", (key,))
    connection.execute("DELETE FROM source WHERE id = ?", (key,))


def _require_papers(connection: sqlite3.Connection, place: Path) -> None:
    """Refuse a catalog without a single paper: a site of nothing is a mistaken folder."""
    if connection.execute("SELECT 1 FROM paper LIMIT 1").fetchone() is None:
        found = connection.execute(
            "SELECT path, line, kind, message FROM problem JOIN source ON source = id"
            " ORDER BY path, line LIMIT 5"
        )
        said = "".join(f"\n  {Problem(path, *rest)}" for path, *rest in found)
        message = f"{place}: expected at least one digest with a paper, found none{said}"
        raise ContentError(message)
