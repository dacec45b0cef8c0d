"""The tables of the catalog, and how a connection to it is opened.

Integer keys are for joins alone: they depend on the order in which digests arrived, so nothing
that reaches a page may be sorted by them.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from dayleaf.catalog import columns, packed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- A file of the content folder. `format` names its reader; it is NULL for a file that is no digest.
CREATE TABLE source (
    id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, size INTEGER NOT NULL,
    mtime INTEGER NOT NULL,            -- nanoseconds; 0 where it is too fresh to be trusted
    fingerprint BLOB NOT NULL, seen INTEGER NOT NULL, format TEXT
);
-- Papers that a file names and none of its records took.
CREATE TABLE unread (source INTEGER NOT NULL, anchor TEXT NOT NULL, line INTEGER NOT NULL);
-- The days that a file lists papers on: one for most formats.
CREATE TABLE source_day (
    day TEXT NOT NULL, source INTEGER NOT NULL, PRIMARY KEY (day, source)
) WITHOUT ROWID;
CREATE TABLE problem (
    source INTEGER NOT NULL, found TEXT NOT NULL, expected TEXT NOT NULL, advice TEXT NOT NULL,
    about TEXT NOT NULL, line INTEGER, severity TEXT NOT NULL
);

-- Every record of every digest, in the columns of `columns.PaperRow`: those that lists need, and
-- the rest. If several records list one paper, they are hidden, and a row made of them is shown
-- (see `settle`). `listed` is the day that lists the record, `day` the first day that lists it.
CREATE TABLE paper (
    id INTEGER PRIMARY KEY, source INTEGER NOT NULL, shown INTEGER NOT NULL, {paper}
);
CREATE TABLE body (paper INTEGER PRIMARY KEY, {body});
-- The codes that each packing of memberships holds; a few thousand make most of an
-- archive.
CREATE TABLE field (
    packed TEXT NOT NULL, system TEXT NOT NULL, code TEXT NOT NULL,
    PRIMARY KEY (packed, system, code)
) WITHOUT ROWID;

-- The authors and codes of every paper, shown or not: what the next two tables are made from.
CREATE VIEW author_of (slug, paper, name, day, place) AS
SELECT pair.value, paper.id, pair.key, paper.day, pair.id FROM paper, json_each({authors}) AS pair;
CREATE VIEW category_of (system, code, day, paper) AS
SELECT field.system, field.code, paper.day, paper.id FROM paper
JOIN field ON field.packed IN (paper.categories, paper.rule_memberships);

-- Who wrote the papers that are shown, and what they belong to: categories, venues, topics.
CREATE TABLE authorship (
    slug TEXT NOT NULL, paper INTEGER NOT NULL, name TEXT NOT NULL, day TEXT NOT NULL,
    PRIMARY KEY (slug, paper)
) WITHOUT ROWID;
CREATE TABLE membership (
    system TEXT NOT NULL, code TEXT NOT NULL, day TEXT NOT NULL, paper INTEGER NOT NULL,
    PRIMARY KEY (system, code, day, paper)
) WITHOUT ROWID;

-- See `tallies`.
CREATE TABLE month_tally (
    month TEXT PRIMARY KEY, papers INTEGER NOT NULL, authors INTEGER NOT NULL,
    revised INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE code_tally (
    system TEXT NOT NULL, code TEXT NOT NULL, month TEXT NOT NULL, papers INTEGER NOT NULL,
    newest TEXT NOT NULL, PRIMARY KEY (system, code, month)
) WITHOUT ROWID;

-- When a fact (see `reads`) last changed, by the count of updates; a first load leaves no trace
-- here.
CREATE TABLE touched (
    topic TEXT NOT NULL, key TEXT NOT NULL, generation INTEGER NOT NULL, PRIMARY KEY (topic, key)
) WITHOUT ROWID;

-- What follows from authorship, kept for the lists of names.
CREATE TABLE person (              -- whom `authors.toml` speaks of
    slug TEXT PRIMARY KEY, name TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE author (
    slug TEXT PRIMARY KEY, name TEXT NOT NULL, sort TEXT NOT NULL, papers INTEGER NOT NULL,
    days TEXT NOT NULL,                -- of the papers, the oldest first: 2021-12-19,2022-01-03
    place INTEGER NOT NULL             -- among shared pages, see `urls.shared_place`
) WITHOUT ROWID;
"""

# Made after what they index: sorting once is faster than keeping a tree in order all along.
PAPER_INDEXES = (
    "CREATE INDEX paper_day ON paper (day, shown)",
    "CREATE INDEX paper_source ON paper (source)",
    "CREATE INDEX paper_code ON paper (code, shown)",
    "CREATE INDEX paper_anchor ON paper (anchor)",
    "CREATE INDEX paper_hidden ON paper (anchor) WHERE NOT shown",
    # Holds all that is asked of it: else every abstract would be read for one paper in nine.
    "CREATE INDEX body_doi ON body (paper, doi) WHERE doi IS NOT NULL",
    "CREATE INDEX problem_source ON problem (source)",
)
# In the order of the tables' columns.
INSERT_PAPER = f"INSERT INTO paper VALUES (?, ?, ?{', ?' * len(columns.of_table(columns.PAPER))})"
INSERT_BODY = f"INSERT INTO body VALUES (?{', ?' * len(columns.of_table(columns.BODY))})"
INSERT_FIELD = "INSERT OR IGNORE INTO field VALUES (?, ?, ?)"
AUTHOR_INDEXES = (
    "CREATE INDEX author_sort ON author (sort, slug)",
    "CREATE INDEX author_place ON author (place)",
    "CREATE INDEX author_papers ON author (papers)",
)


_PATIENCE = 60.0
"""Seconds that one waits for another who is just writing."""


def field_rows(*packings: packed.Packed) -> list[tuple[str, str, str]]:
    """Return the rows of the table `field` for packed memberships."""
    return [(packing, *code) for packing in packings for code in packed.codes(packing)]


def create(file: Path) -> sqlite3.Connection:
    """Make an empty catalog. It is not safe against a crash: build it aside, then replace."""
    connection = sqlite3.connect(file, isolation_level=None)
    # Neither larger pages nor a larger cache pay. Pages of 16 KB save 0.3 s of loading the real
    # archive and cost its authors' pages 0.4; a cache of 32 MB makes sorting slower than one of 2.
    tables = TABLES.replace("{authors}", packed.AUTHORS_AS_JSON)
    for table in (columns.PAPER, columns.BODY):
        tables = tables.replace(f"{{{table}}}", columns.declared(table))
    connection.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; " + tables)
    return connection


@contextmanager
def writing(file: Path, *, beside_readers: bool = False) -> Iterator[sqlite3.Connection]:
    """Open a catalog for a transaction that a crash leaves undone.

    Beside readers it stays in memory until it ends, because writing to the file blocks them.
    """
    connection = sqlite3.connect(file, isolation_level=None, timeout=_PATIENCE)
    with closing(connection):
        connection.execute("PRAGMA synchronous=NORMAL")
        if beside_readers:
            connection.execute("PRAGMA cache_spill=OFF")
        yield connection


@contextmanager
def reading(file: Path) -> Iterator[sqlite3.Connection]:
    """Open a catalog for a look while others may write."""
    with closing(open_reader(file, beside_writers=True)) as connection:
        yield connection


def open_reader(file: Path, *, beside_writers: bool = False) -> sqlite3.Connection:
    """Open a catalog without writers, unless `beside_writers`."""
    still = "" if beside_writers else "&immutable=1"
    # Its cache keeps the 2 MB that SQLite gives it: 16 are no faster, and sorting takes as much.
    return sqlite3.connect(f"{file.as_uri()}?mode=ro{still}", uri=True, timeout=_PATIENCE)


PROBLEMS = (
    "SELECT found, expected, advice, about, path, line, severity"
    " FROM problem JOIN source ON source = id ORDER BY path, line, about, expected, found"
)
"""Every problem of every file, in the order of the fields of a Finding."""
