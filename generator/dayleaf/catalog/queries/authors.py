"""What is asked of authors: who they are, their papers, and who gains a page or loses it."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from dayleaf.catalog import month, packed
from dayleaf.catalog.columns import LISTED, ListedRow
from dayleaf.catalog.queries.answers import PERSON, ListedAuthor
from dayleaf.catalog.queries.reading import CatalogFile
from dayleaf.catalog.reads import AUTHOR, DAY, EARLIER, END, HAS_PAGE, NAME, NO_PAGE

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

    def slugs(self, *, every: int, minimum: int) -> list[str]:
        """List every n-th slug, of authors with so many papers: bounds for dividing them."""
        query = (
            "SELECT slug FROM (SELECT slug, ROW_NUMBER() OVER (ORDER BY slug) - 1 AS place"
            " FROM author WHERE papers >= ?) WHERE place % ? = 0 ORDER BY slug"
        )
        return [row[0] for row in self._connection.execute(query, (minimum, every))]

    def authors(
        self, first: str, last: str, *, minimum: int
    ) -> Iterator[tuple[str, list[tuple[str, ListedRow]]]]:
        """Yield the authors with first <= slug < last who have at least so many papers.

        Each comes with the papers, newest first, and the spelling on each of them. Not noted: who
        asks makes a key of each author, named by the fact that it would be.
        """
        yield from self._written(
            "u.slug >= ? AND u.slug < ? AND u.papers >= ?", first, last, minimum
        )

    def sharing(
        self, first: int, end: int, *, minimum: int
    ) -> tuple[list[tuple[int, ListedAuthor]], dict[str, list[tuple[str, ListedRow]]]]:
        """Return the authors with first <= place < end, by name, each with the place.

        Beside them, by slug, the papers of those with fewer than `minimum`, as of `authors`. Not
        noted either: a place follows from the slug.
        """
        query = (
            f"SELECT place, {PERSON} FROM author WHERE place >= ? AND place < ? ORDER BY sort, slug"
        )
        people = [
            (row[0], ListedAuthor(*row[1:]))
            for row in self._connection.execute(query, (first, end))
        ]
        few = self._written("u.place >= ? AND u.place < ? AND u.papers < ?", first, end, minimum)
        return people, dict(few)

    def _written(
        self, where: str, *values: str | int
    ) -> Iterator[tuple[str, list[tuple[str, ListedRow]]]]:
        """Yield some authors by slug, each with spellings and papers, the newest first."""
        records = self._connection.execute(
            f"SELECT a.slug, a.name, {LISTED} FROM author u JOIN authorship a ON a.slug = u.slug"
            f" JOIN paper p ON p.id = a.paper WHERE {where}"
            " ORDER BY a.slug, a.day DESC, p.anchor DESC",
            values,
        )
        for slug, rows in groupby(records, itemgetter(0)):
            yield slug, [(row[1], ListedRow(*row[2:])) for row in rows]

    def sort_keys(self, first: str, end: str) -> list[str]:
        """List the sort keys of earlier months, first <= key < end, in order, one an author."""
        self._notes.stretch(EARLIER, first, end)
        query = "SELECT sort FROM author WHERE sort >= ? AND sort < ? AND days < ? ORDER BY sort"
        rows = self._connection.execute(query, (first, end, self.newest_month()))
        return [row[0] for row in rows]

    def people(self, first: str, last: str) -> list[ListedAuthor]:
        """List the authors from a sort key to another, by sort key."""
        self._notes.stretch(NAME, first, last)
        rows = self._connection.execute(
            f"SELECT {PERSON} FROM author WHERE sort BETWEEN ? AND ? ORDER BY sort, slug",
            (first, last),
        )
        return [ListedAuthor(*row) for row in rows]

    def people_earlier(self, first: str, last: str) -> Iterator[tuple[ListedAuthor, int]]:
        """Yield the authors of earlier months from a sort key to another, by sort key.

        Each comes with the papers of these months.
        """
        self._notes.stretch(EARLIER, first, last)
        span = {"first": first, "last": last, "month": self.newest_month()}
        rows = self._connection.execute(
            f"SELECT slug, {month.EARLIER_NAME}, sort, papers, {month.EARLIER} FROM author"
            " WHERE sort BETWEEN :first AND :last AND days < :month ORDER BY sort, slug",
            span,
        )
        yield from ((ListedAuthor(*row[:-1]), row[-1]) for row in rows)

    def people_of_month(self) -> list[tuple[ListedAuthor, bool]]:
        """List the authors of the newest month, by sort key, each with whether they are new."""
        newest = self.newest_month()
        self._notes.stretch(DAY, newest, f"{newest}{END}")
        self._notes.stretch(NAME, "", END)
        query = "SELECT authors FROM paper WHERE day >= ? AND shown"
        papers = self._connection.execute(query, (newest,))
        slugs = {slug for row in papers for slug in packed.slugs(row[0])}
        query = f"SELECT {PERSON}, days >= ? FROM author WHERE slug = ?"
        rows = [self._connection.execute(query, (newest, slug)).fetchone() for slug in slugs]
        people = [(ListedAuthor(*row[:-1]), bool(row[-1])) for row in rows]
        return sorted(people, key=lambda pair: (pair[0].sort, pair[0].slug))

    def foremost(self) -> Iterator[ListedAuthor]:
        """Yield every author, those with most papers first. Not noted."""
        query = f"SELECT {PERSON} FROM author ORDER BY papers DESC, sort = '', sort, slug"
        yield from (ListedAuthor(*row) for row in self._connection.execute(query))

    def foremost_earlier(self, *, word: str = "") -> Iterator[ListedAuthor]:
        """Yield the authors of earlier months with their papers then, those with most first.

        Only those with a word begun so. Not noted, because the lookup buckets that ask for it are
        named by the authors' words.
        """
        return self._foremost_earlier(word, -1)

    def frequent(self, most: int) -> list[ListedAuthor]:
        """List the authors with most papers of earlier months, with their papers then."""
        self._notes.stretch(EARLIER, "", END)
        return list(self._foremost_earlier("", most))

    def _foremost_earlier(self, word: str, most: int) -> Iterator[ListedAuthor]:
        span = {"month": self.newest_month(), "word": word, "most": most}
        rows = self._connection.execute(
            f"SELECT slug, {month.EARLIER_NAME}, sort, {month.EARLIER} earlier FROM author"
            " WHERE days < :month AND instr('-' || sort, '-' || :word)"
            " ORDER BY earlier DESC, sort = '', sort, slug LIMIT :most",
            span,
        )
        yield from (ListedAuthor(*row) for row in rows)

    def coauthors_of(self, slugs: list[str]) -> set[str]:
        """Return everybody who wrote a paper with some authors."""
        query = "SELECT p.authors FROM authorship a JOIN paper p ON p.id = a.paper WHERE a.slug = ?"
        bylines = {row[0] for slug in slugs for row in self._connection.execute(query, (slug,))}
        return {other for byline in bylines for other in packed.slugs(byline)}

    def few(self, slugs: list[str], *, below: int) -> frozenset[str]:
        """Return those of some authors who have fewer papers than `below`, on shared pages.

        Everybody has a page where `below` is 1, which no update changes.
        """
        if below <= 1:
            return frozenset()
        marks = ",".join("?" * len(slugs))
        query = f"SELECT slug FROM author WHERE papers < ? AND slug IN ({marks})"
        sharing = frozenset(row[0] for row in self._connection.execute(query, (below, *slugs)))
        self._notes.add(NO_PAGE, sharing)
        self._notes.add(HAS_PAGE, (slug for slug in slugs if slug not in sharing))
        return sharing

    def without_page_by(self, day: str, slugs: list[str], *, minimum: int) -> frozenset[str]:
        """Return those of some authors who had fewer than `minimum` papers up to a day.

        A day's links follow it, so that no later paper changes them.
        """
        if minimum <= 1:
            return frozenset()
        self._notes.add(DAY, (day,))
        marks = ",".join("?" * len(slugs))
        reached = f"substr(days, {(minimum - 1) * 11 + 1:d}, 10)"
        query = (
            f"SELECT slug FROM author WHERE slug IN ({marks}) AND ({reached} = '' OR {reached} > ?)"
        )
        return frozenset(row[0] for row in self._connection.execute(query, (*slugs, day)))

    def papers_of(self, slug: str) -> int:
        """Count the papers of an author; 0 if there is none of that slug."""
        self._notes.add(AUTHOR, (slug,))
        return self._row("SELECT MAX(papers) FROM author WHERE slug = ?", slug)[0]
