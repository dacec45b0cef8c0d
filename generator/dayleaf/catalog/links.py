"""The authors and memberships of the papers that are shown.

A paper's own row says which authors and codes it has, so SQLite makes these tables by itself: none
of their rows, and there are five to a paper, passes through Python.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dayleaf.archive import names, urls
from dayleaf.catalog.reads import DAYS_OF, EARLIER, NAME, Fact

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator

# In the tables' own order, so that a first load only ever appends. A paper may spell one author
# twice: the first spelling stays.
_ADD_AUTHORS = """
INSERT OR IGNORE INTO authorship SELECT slug, paper, name, day FROM author_of
WHERE paper BETWEEN ? AND ? ORDER BY slug, paper, place
"""
_ADD_CATEGORIES = """
INSERT OR IGNORE INTO membership SELECT system, code, day, paper FROM category_of
WHERE paper BETWEEN ? AND ? ORDER BY system, code, day, paper
"""
_REMOVE_AUTHORS = """
DELETE FROM authorship
WHERE paper = ?1 AND slug IN (SELECT slug FROM author_of WHERE paper = ?1)
"""
_REMOVE_CATEGORIES = """
DELETE FROM membership WHERE (system, code, day, paper) IN
(SELECT system, code, day, paper FROM category_of WHERE paper = ?)
"""

_INSERT_AUTHOR = "INSERT INTO author VALUES (?, ?, ?, ?, ?, ?)"
_BEFORE = "SELECT sort, days FROM author WHERE slug = ?"
_USUAL_NAME = """
SELECT name FROM authorship WHERE slug = ? GROUP BY name ORDER BY COUNT(*) DESC, name LIMIT 1
"""


def add(connection: sqlite3.Connection, first: int, last: int) -> None:
    """Enter the papers from one key to another, all of them shown, under authors and categories."""
    connection.execute(_ADD_AUTHORS, (first, last))
    connection.execute(_ADD_CATEGORIES, (first, last))


def remove(connection: sqlite3.Connection, paper: int) -> None:
    """Take a paper off its authors and categories, while its row is as it was when entered."""
    connection.execute(_REMOVE_AUTHORS, (paper,))
    connection.execute(_REMOVE_CATEGORIES, (paper,))


def count_authors(
    connection: sqlite3.Connection,
    slugs: set[str] | None,
    earlier: frozenset[str] | set[str] = frozenset(),
) -> set[Fact]:
    """Derive name, papers and days of some authors, or, in a new catalog, of all.

    Returns the changed facts about these authors, except about their papers; `earlier` are
    those with changed papers of earlier months.
    """
    query = (
        "SELECT slug, MIN(name), MAX(name), COUNT(*), group_concat(day) FROM authorship {}"
        " GROUP BY slug"
    )
    if slugs is None:
        spelled = connection.execute(query.format(""))
        connection.executemany(_INSERT_AUTHOR, _authors(connection, spelled))
        return set()
    single, ordered = query.format("WHERE slug = ?"), sorted(slugs)
    before = _known(connection, ordered)
    connection.executemany("DELETE FROM author WHERE slug = ?", [(slug,) for slug in ordered])
    rows = (row for slug in ordered for row in connection.execute(single, (slug,)))
    connection.executemany(_INSERT_AUTHOR, _authors(connection, rows))
    after = _known(connection, ordered)
    facts = set[Fact]()
    for slug in ordered:
        for sort, _ in filter(None, (before.get(slug), after.get(slug))):
            facts.add(Fact(NAME, sort))
            if slug in earlier:
                facts.add(Fact(EARLIER, sort))
        old, new = (known.get(slug, ("", ""))[1] for known in (before, after))
        if not new.startswith(old):
            facts.add(Fact(DAYS_OF, f"{slug} {old}"))
    return facts


def _known(connection: sqlite3.Connection, slugs: list[str]) -> dict[str, tuple[str, str]]:
    """Return sort key and days of those of some authors that there are."""
    rows = ((slug, connection.execute(_BEFORE, (slug,)).fetchone()) for slug in slugs)
    return {slug: row for slug, row in rows if row}


def _authors(
    connection: sqlite3.Connection, rows: Iterable[tuple[str, str, str, int, str]]
) -> Iterator[tuple[str, str, str, int, str, int]]:
    """Yield the rows of authors.

    An author goes by the name that the keeper gave, else by the most frequent spelling, of equally
    frequent ones by the first in the order of letters. Of 185,522 authors in the real archive
    3,452 have several.
    """
    chosen = dict(connection.execute("SELECT slug, name FROM person"))
    for slug, first, last, papers, days in rows:
        name = chosen.get(slug, first)
        if first != last and slug not in chosen:
            ((name,),) = connection.execute(_USUAL_NAME, (slug,))
        ordered = ",".join(sorted(days.split(","))) if papers > 1 else days
        place = urls.shared_place(slug)
        yield slug, name, names.sort_key(names.fold(name)), papers, ordered, place
