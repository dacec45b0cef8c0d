"""Bring the catalog up to date with the content folder.

Only files that changed are read. An update is one transaction, and a catalog from nothing is built
aside and put in place when it is whole, so that a killed build leaves the old catalog or the new.
"""

from __future__ import annotations

import os
import sqlite3
import time
import uuid
from typing import TYPE_CHECKING, NamedTuple

from dayleaf import __version__, names, taxonomy
from dayleaf.catalog import rows, schema
from dayleaf.errors import ContentError
from dayleaf.model import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from dayleaf.catalog.rows import File, SourceRows

    Prepare = Callable[[list[File]], Iterable[SourceRows]]
    """Reads files, in any order and on any number of processes."""

# A file that changed within this time of being read may change again without its time stamp
# showing it, on file systems that keep whole seconds or two.
_FRESH = 2_500_000_000


class _Touched:
    """What an update changes, so that pages can follow."""

    def __init__(self) -> None:
        self.ids: set[str] = set()
        self.days: set[str] = set()
        self.slugs: set[str] = set()
        self.codes: set[str] = set()

    def add(self, arxiv_id: str, day: str, *, authors: str, classes: rows.Classes) -> None:
        """Note a paper that came, went or changed."""
        self.ids.add(arxiv_id)
        self.days.add(day)
        self.slugs.update(slug for _, slug in rows.unpack_authors(authors))
        self.codes.update(f"{system} {code}" for system, code in classes)

    def write(self, connection: sqlite3.Connection) -> None:
        """Count the update, and note what it touched."""
        connection.execute("UPDATE meta SET value = value + 1 WHERE key = 'generation'")
        found = (("day", self.days), ("author", self.slugs), ("class", self.codes))
        connection.executemany(
            "INSERT OR REPLACE INTO touched SELECT ?, ?, value FROM meta WHERE key = 'generation'",
            [(kind, key) for kind, keys in found for key in sorted(keys)],
        )


class Changes(NamedTuple):
    """What an update did."""

    read: int
    removed: int
    total: int


def scan(content: Path) -> list[File]:
    """List the Markdown files below a folder, sorted by path.

    Raises ContentError where the folder does not exist or holds no Markdown at all.
    """
    if not content.is_dir():
        message = (
            f"{content}: expected the folder of the digests, found nothing there; name it with "
            '--content DIR or `content = "…"` in site.toml'
        )
        raise ContentError(message)
    files = sorted(_walk(str(content), ""))
    if not files:
        message = (
            f"{content}: expected digests, Markdown files such as cs.CV/2021/12/20211219.md, "
            "found no Markdown file"
        )
        raise ContentError(message)
    return files


def _walk(folder: str, prefix: str) -> Iterator[File]:
    """Yield the Markdown files below a folder; names that begin with a dot are left out."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if entry.is_dir():
                yield from _walk(entry.path, f"{prefix}{entry.name}/")
            elif entry.name.lower().endswith((".md", ".markdown")):
                try:
                    stat = entry.stat()
                    yield rows.File(f"{prefix}{entry.name}", stat.st_size, stat.st_mtime_ns)
                except OSError:  # a link that leads nowhere: whoever reads it says so
                    yield rows.File(f"{prefix}{entry.name}", -1, 0)


def update(file: Path, content: Path, *, identity: str, prepare: Prepare) -> Changes:
    """Make the catalog hold exactly what the content folder holds.

    `identity` names everything besides the content that rows depend on; a catalog with another
    identity, or of another folder, is not believed but made anew.
    """
    files = scan(content)
    belongs = f"{__version__} {identity} {content}"
    if _identity(file) != belongs:
        return _create(file, files, belongs=belongs, prepare=prepare)
    connection = schema.open_writer(file)
    try:
        return _refresh(connection, files, prepare=prepare, content=content)
    finally:
        connection.close()


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


def _create(file: Path, files: list[File], *, belongs: str, prepare: Prepare) -> Changes:
    """Build a catalog from nothing, aside, then put it in the old one's place."""
    file.parent.mkdir(parents=True, exist_ok=True)
    aside = file.with_suffix(".new")
    aside.unlink(missing_ok=True)
    connection = schema.create(aside)
    try:
        connection.execute("BEGIN")
        for source in prepare(files):
            _insert(connection, source)
        for statement in schema.INDEXES:
            connection.execute(statement)
        twice = "SELECT arxiv_id FROM paper GROUP BY arxiv_id HAVING COUNT(*) > 1"
        _settle(connection, [row[0] for row in connection.execute(twice)], _Touched())
        _count_authors(connection, None)
        _require_papers(connection, file)
        connection.executemany(
            "INSERT INTO meta VALUES (?, ?)",
            [("belongs", belongs), ("epoch", uuid.uuid4().hex), ("generation", "1")],
        )
        connection.execute("COMMIT")
    finally:
        connection.close()
    aside.replace(file)
    return Changes(len(files), 0, len(files))


def _refresh(
    connection: sqlite3.Connection, files: list[File], *, prepare: Prepare, content: Path
) -> Changes:
    """Read the files that changed since the last build, in one transaction."""
    known = {
        path: (size, mtime, mark, key)
        for path, size, mtime, mark, key in connection.execute(
            "SELECT path, size, mtime, fingerprint, id FROM source"
        )
    }
    removed = [known[path][3] for path in known.keys() - {file.path for file in files}]
    changed: list[File] = []
    touched: list[tuple[int, int, int]] = []
    for file in files:
        size, mtime, mark, key = known.get(file.path, (None, None, None, None))
        if (size, mtime) == (file.size, file.mtime):
            continue
        if mark is not None and mark == _fingerprint(content / file.path):
            touched.append((file.size, _trusted(file.mtime), key))
        else:
            changed.append(file)
    if not (removed or changed or touched):
        return Changes(0, 0, len(files))
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany("UPDATE source SET size = ?, mtime = ? WHERE id = ?", touched)
    seen = _Touched()
    for key in [*removed, *(known[f.path][3] for f in changed if f.path in known)]:
        _delete(connection, key, seen)
    for source in prepare(changed):
        _insert(connection, source)
        for paper, _, classes in source.papers:
            seen.add(paper[1], source.day or "", authors=paper[4], classes=classes)
    _settle(connection, sorted(seen.ids), seen)
    _count_authors(connection, seen.slugs)
    seen.write(connection)
    _require_papers(connection, content)
    connection.execute("COMMIT")
    return Changes(len(changed), len(removed), len(files))


def _fingerprint(file: Path) -> bytes | None:
    try:
        return rows.fingerprint(file.read_bytes())
    except OSError:
        return None


def _trusted(mtime: int) -> int:
    """Return a time stamp, or 0 where the file is so fresh that it may change without trace."""
    return 0 if time.time_ns() - mtime < _FRESH else mtime


def _insert(connection: sqlite3.Connection, source: SourceRows) -> None:
    """Add one file's rows, every paper shown on the file's own day."""
    file = source.file
    key = connection.execute(
        "INSERT INTO source (path, size, mtime, fingerprint, day, seen, digest)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (file.path, file.size, _trusted(file.mtime), source.fingerprint, source.day, source.seen,
         source.digest),
    ).lastrowid  # fmt: skip
    connection.executemany(
        "INSERT INTO problem VALUES (?, ?, ?, ?)", [(key, *p) for p in source.problems]
    )
    day = source.day or ""
    row = connection.execute("SELECT MAX(id) FROM paper").fetchone()
    first = (row[0] or 0) + 1
    papers = list(enumerate(source.papers, first))
    connection.executemany(
        "INSERT INTO paper VALUES (?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?)",
        [(n, key, *p[:3], day, *p[3:]) for n, (p, _, _) in papers],
    )
    connection.executemany(
        "INSERT INTO body VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [(n, *b) for n, (_, b, _) in papers],
    )
    for number, (paper, _, classes) in papers:
        _link(connection, number, authors=paper[4], classes=classes, day=day)


def _link(
    connection: sqlite3.Connection, paper: int, *, authors: str, classes: rows.Classes, day: str
) -> None:
    """Enter a shown paper under its authors and classes."""
    connection.executemany(
        "INSERT OR IGNORE INTO authorship VALUES (?, ?, ?)",
        [(slug, paper, name) for name, slug in rows.unpack_authors(authors)],
    )
    connection.executemany(
        "INSERT OR IGNORE INTO classification VALUES (?, ?, ?, ?)",
        [(system, code, day, paper) for system, code in classes],
    )


def _unlink(
    connection: sqlite3.Connection, paper: int, *, authors: str, classes: rows.Classes, day: str
) -> None:
    """Take a paper off its authors and classes."""
    connection.executemany(
        "DELETE FROM authorship WHERE slug = ? AND paper = ?",
        [(slug, paper) for _, slug in rows.unpack_authors(authors)],
    )
    connection.executemany(
        "DELETE FROM classification WHERE system = ? AND code = ? AND day = ? AND paper = ?",
        [(system, code, day, paper) for system, code in classes],
    )


def _delete(connection: sqlite3.Connection, key: int, seen: _Touched) -> None:
    """Remove a file's rows."""
    for paper, arxiv_id, day, authors, categories in connection.execute(
        "SELECT id, arxiv_id, day, authors, categories FROM paper JOIN body ON paper = id"
        " WHERE source = ?",
        (key,),
    ).fetchall():
        classes = rows.systems(taxonomy.classify(categories))
        _unlink(connection, paper, authors=authors, classes=classes, day=day)
        connection.execute("DELETE FROM body WHERE paper = ?", (paper,))
        seen.add(arxiv_id, day, authors=authors, classes=classes)
    connection.execute("DELETE FROM paper WHERE source = ?", (key,))
    connection.execute("DELETE FROM problem WHERE source = ?", (key,))
    connection.execute("DELETE FROM source WHERE id = ?", (key,))


def _settle(connection: sqlite3.Connection, ids: list[str], seen: _Touched) -> None:
    """Decide, for identifiers that may stand several times, which record is shown and where.

    The newest version wins, and of equal versions the one updated last, then the first in the
    order of files and lines. The paper stays on the first day that lists it, so that its permalink
    outlives a revision.
    """
    query = (
        "SELECT p.id, p.shown, p.day, s.day, p.authors, b.categories FROM paper p"
        " JOIN source s ON s.id = p.source JOIN body b ON b.paper = p.id WHERE p.arxiv_id = ?"
        " ORDER BY p.version DESC, b.updated DESC, s.path, p.line"
    )
    for arxiv_id in ids:
        found = connection.execute(query, (arxiv_id,)).fetchall()
        home = min((row[3] for row in found), default="")
        for place, (paper, shown, day, _, authors, categories) in enumerate(found):
            wins = place == 0
            if bool(shown) == wins and (day == home or not wins):
                continue
            classes = rows.systems(taxonomy.classify(categories))
            if shown:
                _unlink(connection, paper, authors=authors, classes=classes, day=day)
            if wins:
                _link(connection, paper, authors=authors, classes=classes, day=home)
            connection.execute(
                "UPDATE paper SET shown = ?, day = ? WHERE id = ?", (wins, home, paper)
            )
            seen.add(arxiv_id, day, authors=authors, classes=classes)
            seen.days.add(home)


def _count_authors(connection: sqlite3.Connection, slugs: set[str] | None) -> None:
    """Derive name and number of papers of the given authors, or of all of them.

    An author goes by the most frequent spelling, of equally frequent ones by the first in the
    order of letters.
    """
    query = "SELECT slug, name, COUNT(*) FROM authorship {} GROUP BY slug, name ORDER BY slug"
    if slugs is None:
        connection.execute("DELETE FROM author")
        found: Iterable[tuple[str, str, int]] = connection.execute(query.format(""))
    else:
        one = query.format("WHERE slug = ?")
        ordered = sorted(slugs)
        connection.executemany("DELETE FROM author WHERE slug = ?", [(s,) for s in ordered])
        found = [row for slug in ordered for row in connection.execute(one, (slug,))]
    connection.executemany("INSERT INTO author VALUES (?, ?, ?, ?)", list(_authors(found)))


def _authors(counts: Iterable[tuple[str, str, int]]) -> Iterator[tuple[str, str, str, int]]:
    """Fold the counts of spellings, ordered by slug, into one row an author."""
    slug, best, total = "", ("", 0), 0
    for next_slug, name, count in counts:
        if next_slug != slug:
            if slug:
                yield slug, best[0], names.sort_key(names.fold(best[0])), total
            slug, best, total = next_slug, (name, count), count
            continue
        total += count
        best = min(best, (name, count), key=lambda spelling: (-spelling[1], spelling[0]))
    if slug:
        yield slug, best[0], names.sort_key(names.fold(best[0])), total


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
