"""What is asked of authors: who they are, their papers, and who gains a page or loses it."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from dayleaf.catalog import packed
from dayleaf.catalog.columns import LISTED, ListedRow
from dayleaf.catalog.queries.answers import PERSON, ListedAuthor
from dayleaf.catalog.queries.reading import CatalogFile
from dayleaf.catalog.reads import HAS_PAGE, NAME, NO_PAGE

if TYPE_CHECKING:
    from collections.abc import Iterator


class AuthorQueries(CatalogFile):
    """Authors, by slug or by the key that lists of names are sorted by."""

    def author_count(self) -> int:
        """Count the authors."""
        self._note_all()
        return self._row("SELECT COUNT(*) FROM author")[0]

    def author_sizes(self) -> list[tuple[int, int]]:
        """List each number of papers that authors have, with how many have it."""
        query = "SELECT papers, COUNT(*) FROM author GROUP BY papers ORDER BY papers"
        return list(self._connection.execute(query))

    def spellings(self, slug: str) -> list[str]:
        """List the names by which papers call an author, in order."""
        query = "SELECT DISTINCT name FROM authorship WHERE slug = ? ORDER BY name"
        return [row[0] for row in self._connection.execute(query, (slug,))]

    def names(self, start: str) -> list[str]:
        """List the names of the authors whose sort keys begin so, by sort key."""
        query = "SELECT name FROM author WHERE sort >= ? AND sort < ? ORDER BY sort, slug"
        return [row[0] for row in self._connection.execute(query, (start, f"{start}~"))]

    def slugs(self, *, every: int) -> list[str]:
        """List every n-th author's slug in order: bounds for sharing the authors out."""
        query = (
            "SELECT slug FROM (SELECT slug, ROW_NUMBER() OVER (ORDER BY slug) - 1 AS place"
            " FROM author) WHERE place % ? = 0 ORDER BY slug"
        )
        return [row[0] for row in self._connection.execute(query, (every,))]

    def authors(self, first: str, last: str) -> Iterator[tuple[str, list[tuple[str, ListedRow]]]]:
        """Yield the authors with first <= slug < last.

        Each comes with the papers, newest first, and the spelling on each of them. Not noted: who
        asks makes a key of each author, named by the fact that it would be.
        """
        found = self._connection.execute(
            f"SELECT a.slug, a.name, {LISTED} FROM authorship a JOIN paper p ON p.id = a.paper"
            " WHERE a.slug >= ? AND a.slug < ? ORDER BY a.slug, p.day DESC, p.anchor DESC",
            (first, last),
        )
        for slug, rows in groupby(found, itemgetter(0)):
            yield slug, [(row[1], ListedRow(*row[2:])) for row in rows]

    def sort_keys(self, first: str, end: str) -> list[str]:
        """List the sort keys with first <= key < end, in order, one for each author."""
        self._notes.stretch(NAME, first, end)
        query = "SELECT sort FROM author WHERE sort >= ? AND sort < ?"
        return [row[0] for row in self._connection.execute(f"{query} ORDER BY sort", (first, end))]

    def people(self, first: str, last: str, *, minimum: int) -> list[ListedAuthor]:
        """List the authors from a sort key to another, by sort key."""
        self._notes.stretch(NAME, first, last)
        rows = self._connection.execute(
            f"SELECT {_person(minimum)} FROM author WHERE sort BETWEEN ? AND ? ORDER BY sort, slug",
            (first, last),
        )
        return [ListedAuthor(*row) for row in rows]

    def foremost(self, *, minimum: int, word: str = "") -> Iterator[ListedAuthor]:
        """Yield every author, those with most papers first; only those with a word begun so.

        Not noted, because the lookup buckets that ask for it are named by the authors' words.
        """
        rows = self._connection.execute(
            f"SELECT {_person(minimum)} FROM author WHERE instr('-' || sort, '-' || ?)"
            " ORDER BY papers DESC, sort, slug",
            (word,),
        )
        yield from (ListedAuthor(*row) for row in rows)

    def coauthors_of(self, slugs: list[str]) -> set[str]:
        """Return everybody who wrote a paper with some authors."""
        query = "SELECT p.authors FROM authorship a JOIN paper p ON p.id = a.paper WHERE a.slug = ?"
        found = {row[0] for slug in slugs for row in self._connection.execute(query, (slug,))}
        return {other for one in found for other in packed.slugs(one)}

    def few(self, slugs: list[str], *, below: int) -> frozenset[str]:
        """Return those of the given authors who have fewer papers than `below`: they have no page.

        Everybody has a page where `below` is 1, which no update changes.
        """
        if below <= 1:
            return frozenset()
        marks = ",".join("?" * len(slugs))
        query = f"SELECT slug FROM author WHERE papers < ? AND slug IN ({marks})"
        found = frozenset(row[0] for row in self._connection.execute(query, (below, *slugs)))
        self._notes.add(NO_PAGE, found)
        self._notes.add(HAS_PAGE, (slug for slug in slugs if slug not in found))
        return found

    def has_page(self, slug: str, *, minimum: int) -> bool:
        """Tell whether somebody is called so who has enough papers for a page."""
        papers = self._row("SELECT MAX(papers) FROM author WHERE slug = ?", slug)[0]
        found = papers >= max(minimum, 1)
        self._notes.add(HAS_PAGE if found else NO_PAGE, (slug,))
        return found

    def frequent(self, most: int) -> list[tuple[str, str, int]]:
        """List slug, name and number of papers of the authors with most papers."""
        self._note_all()
        query = (
            "SELECT slug, name, papers FROM author"
            " ORDER BY papers DESC, sort = '', sort, slug LIMIT ?"
        )
        return list(self._connection.execute(query, (most,)))


def _person(minimum: int) -> str:
    """Return the columns of a ListedAuthor, with the papers of those with fewer."""
    if minimum <= 1:
        return PERSON
    return (
        f"{PERSON}, CASE WHEN papers < {minimum:d} THEN (SELECT group_concat(place, char(10)) FROM"
        " (SELECT p.day || ' ' || p.anchor place FROM authorship a JOIN paper p ON p.id = a.paper"
        " WHERE a.slug = author.slug ORDER BY p.day DESC, p.anchor DESC)) END"
    )
