"""What pages ask of the catalog. Every answer comes in a stated order."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from dayleaf import identifiers
from dayleaf.catalog import schema
from dayleaf.catalog.rows import unpack_authors, unpack_categories
from dayleaf.identifiers import ARXIV, Identifier
from dayleaf.model import Problem, Severity
from dayleaf.rules import APART, VENUE, Given

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from pathlib import Path


class Listed(NamedTuple):
    """A paper as lists need it."""

    day: str
    anchor: str
    """The paper's identifier in this site."""
    title_html: str
    authors: str
    """Packed, see `rows.unpack_authors`."""
    code: str
    withdrawn: int
    """1 where the paper has been withdrawn, else 0."""
    filings: str
    """What rules file it under, packed, see `rows.unpack_venues`."""
    byline: str
    """The first authors, as lists say it."""


class Full(NamedTuple):
    """A paper with everything that the digest says."""

    day: str
    anchor: str
    """The paper's identifier in this site."""
    title_html: str
    authors: str
    code: str
    withdrawn: int
    filings: str
    version: int
    title: str
    """As in the digest, TeX included."""
    categories: str
    abstract: str | None
    comment: str | None
    journal: str | None
    doi: str | None
    pdf: str | None
    published: str | None
    updated: str | None
    identifier: str | None
    """Scheme and value; None for arXiv's, which are their own anchors."""
    url: str | None
    extras: str | None
    """Packed, see `rows.unpack_extras`."""

    @property
    def named(self) -> Identifier:
        """The paper's identifier."""
        if self.identifier is None:
            return Identifier(ARXIV, self.anchor)
        return Identifier(*self.identifier.split(" ", 1))


class Person(NamedTuple):
    """An author as lists of names need one."""

    slug: str
    name: str
    sort: str
    """The folded name, family name first, `gool-luc-van`."""
    papers: int
    found: str | None = None
    """Of an author without a page: day and anchor of each paper, `2021-12-19 2112.10046`, a line
    each, the newest first."""


class Place(NamedTuple):
    """Where a record stands."""

    path: str
    line: int
    version: int
    best: bool
    """Whether the paper shown is this record, with what the others know besides."""


class Totals(NamedTuple):
    """The archive in figures; records seen = papers + merged + refused."""

    digests: int
    passed_over: int
    records: int
    papers: int
    merged: int
    refused: int
    days: int
    authors: int
    categories: int
    subjects: int


_HEAD = "p.day, p.anchor, p.title_html, p.authors, p.code, p.withdrawn, p.filings"
_LISTED = f"{_HEAD}, p.byline"
_FULL = (
    f"{_HEAD}, p.version, b.title, p.categories, b.abstract, b.comment, b.journal, b.doi,"
    " b.pdf, b.published, b.updated, b.identifier, b.url, b.extras"
)
_PERSON = "slug, name, sort, papers"


class Catalog:
    """A catalog, opened for reading; nobody may write to it meanwhile, unless beside writers."""

    def __init__(self, file: Path, *, beside_writers: bool = False) -> None:
        self._connection = schema.open_reader(file, beside_writers=beside_writers)
        self._days: list[tuple[str, int]] = []
        self._old: list[tuple[str, str]] | None = None
        self._labels: tuple[int, dict[str, str]] = (-1, {})

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    # The archive as a whole

    def totals(self) -> Totals:
        """Count everything."""
        (digests, passed, seen) = self._row(
            "SELECT SUM(format IS NOT NULL), SUM(format IS NULL), SUM(seen) FROM source"
        )
        (rows, papers) = self._row("SELECT SUM(shown < 2), SUM(shown > 0) FROM paper")
        systems = dict(
            self._connection.execute(
                "SELECT system, COUNT(DISTINCT code) FROM membership GROUP BY system"
            )
        )
        return Totals(
            digests=digests,
            passed_over=passed,
            records=seen,
            papers=papers,
            merged=rows - papers,
            refused=seen - rows,
            days=int(self._row("SELECT COUNT(DISTINCT day) FROM paper WHERE shown")[0]),
            authors=self.author_count(),
            categories=systems.get("arxiv", 0),
            subjects=systems.get("msc", 0) + systems.get("acm", 0),
        )

    def problems(self) -> Iterator[Problem]:
        """Yield every problem of every file, by path and line."""
        for path, line, severity, message in self._connection.execute(
            "SELECT path, line, severity, message FROM problem JOIN source ON source = id"
            " ORDER BY path, line, message"
        ):
            yield Problem(path, line, Severity(severity), message)

    def sources(self) -> Iterator[tuple[str, str | None, int, list[tuple[int, str, str]]]]:
        """Yield every file, by path, with its reader, its number of records, and those listed.

        Of a record that is listed: its line, its anchor, and whether it is `published` or `merged`
        into another.
        """
        found = self._connection.execute(
            "SELECT s.path, s.format, s.seen, p.line, p.anchor, CASE WHEN p.shown = 1"
            " OR (made.source = p.source AND made.line = p.line) THEN 'published' ELSE 'merged' END"
            " FROM source s LEFT JOIN paper p ON p.source = s.id AND p.shown < 2"
            " LEFT JOIN paper made ON made.anchor = p.anchor AND made.shown = 2"
            " ORDER BY s.path, p.line, p.anchor"
        )
        for (path, name, seen), rows in groupby(found, itemgetter(0, 1, 2)):
            yield path, name, seen, [row[3:] for row in rows if row[3] is not None]

    def passed_over(self) -> list[str]:
        """List the files that are in no format that a reader knows, by path."""
        query = "SELECT path FROM source WHERE format IS NULL ORDER BY path"
        return [row[0] for row in self._connection.execute(query)]

    def merged(self, formats: Collection[str]) -> Iterator[tuple[str, list[Place]]]:
        """Yield anchors that several records of some formats bear, each with its places."""
        marks = ",".join("?" * len(formats))
        found = self._connection.execute(
            "SELECT p.anchor, s.path, p.line, p.version, made.source = p.source"
            " AND made.line = p.line FROM paper p JOIN source s ON s.id = p.source"
            " JOIN paper made ON made.anchor = p.anchor AND made.shown = 2"
            f" WHERE NOT p.shown AND s.format IN ({marks}) ORDER BY p.anchor, s.path, p.line",
            tuple(formats),
        )
        for anchor, rows in groupby(found, itemgetter(0)):
            yield (
                anchor,
                [Place(path, line, version, bool(best)) for _, path, line, version, best in rows],
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
        found = self._connection.execute(
            "SELECT path FROM source WHERE path >= ? AND path < ? ORDER BY path",
            (start, f"{start[:-1]}0" if start else "\U0010ffff"),
        )
        return [path for (path,) in found if "/" not in path[len(start) :]]

    def digest_bytes(self, *, until: str = "") -> int:
        """Return the bytes of all digests, or of those whose days are not later than one."""
        if not until:
            return self._row("SELECT SUM(size) FROM source WHERE format IS NOT NULL")[0]
        return self._row(
            "SELECT SUM(size) FROM source WHERE id IN"
            " (SELECT source FROM source_day GROUP BY source HAVING MAX(day) <= ?)",
            until,
        )[0]

    def author_sizes(self) -> list[tuple[int, int]]:
        """List each number of papers that authors have, with how many have it."""
        query = "SELECT papers, COUNT(*) FROM author GROUP BY papers ORDER BY papers"
        return list(self._connection.execute(query))

    # What has changed, and what the site says itself

    def given(self) -> Given:
        """Return the files of the site whose rules the rows were made by; topics are not kept."""
        meta = dict(self._connection.execute("SELECT key, value FROM meta"))
        return Given(meta["authors"], meta["venues"])

    def spellings(self, slug: str) -> list[str]:
        """List the names by which papers call an author, in order."""
        query = "SELECT DISTINCT name FROM authorship WHERE slug = ? ORDER BY name"
        return [row[0] for row in self._connection.execute(query, (slug,))]

    def names(self, start: str) -> list[str]:
        """List the names of the authors whose sort keys begin so, by sort key."""
        query = "SELECT name FROM author WHERE sort >= ? AND sort < ? ORDER BY sort, slug"
        return [row[0] for row in self._connection.execute(query, (start, f"{start}~"))]

    def version(self) -> tuple[str, int]:
        """Return the catalog's epoch, which names it, and its count of updates."""
        meta = dict(self._connection.execute("SELECT key, value FROM meta"))
        return meta["epoch"], int(meta["generation"])

    def touched(self, topic: str, *, since: int) -> list[str]:
        """List what changed in updates after a count, sorted.

        The topics: `day`, `author` (by slug), `category` (`arxiv cs.LG`), `id bucket` (`2112`), and
        `name`, the sort keys of the touched authors who have not gone.
        """
        if topic == "name":
            return self._sort_keys_of(self.touched("author", since=since))
        query = "SELECT key FROM touched WHERE topic = ? AND generation > ? ORDER BY key"
        return [row[0] for row in self._connection.execute(query, (topic, since))]

    # Days

    def days(self) -> list[tuple[str, int]]:
        """List the days that have papers, oldest first, with their number."""
        if not self._days:  # asked for by every task of a build
            query = "SELECT day, COUNT(*) FROM paper WHERE shown GROUP BY day ORDER BY day"
            self._days = list(self._connection.execute(query))
        return self._days

    def full(self, first: str, last: str) -> Iterator[tuple[str, list[Full]]]:
        """Yield each day from first to last with its papers, both in the digests' order."""
        found = self._connection.execute(
            f"SELECT {_FULL} FROM paper p JOIN body b ON b.paper = p.id"
            " JOIN source s ON s.id = p.source WHERE p.day BETWEEN ? AND ? AND p.shown"
            " ORDER BY p.day, s.path, p.line",
            (first, last),
        )
        for day, papers in groupby(map(Full._make, found), itemgetter(0)):
            yield day, list(papers)

    def full_of(self, ids: Iterable[str]) -> Iterator[Full]:
        """Yield the papers with some identifiers, in their order."""
        query = (
            f"SELECT {_FULL} FROM paper p JOIN body b ON b.paper = p.id"
            " WHERE p.anchor = ? AND p.shown"
        )
        for anchor in ids:
            yield from map(Full._make, self._connection.execute(query, (anchor,)))

    def stands(self, ids: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Yield the day and the identifier of those of some papers that the archive holds."""
        query = "SELECT day, anchor FROM paper WHERE anchor = ? AND shown"
        for anchor in ids:
            yield from self._connection.execute(query, (anchor,))

    def listed(self, first: str, last: str) -> list[Listed]:
        """List the papers from a day to another, in the digests' order."""
        found = self._connection.execute(
            f"SELECT {_LISTED} FROM paper p JOIN source s ON s.id = p.source"
            " WHERE p.day BETWEEN ? AND ? AND p.shown ORDER BY p.day, s.path, p.line",
            (first, last),
        )
        return list(map(Listed._make, found))

    def first_titles(self, first: str, last: str) -> dict[str, str]:
        """Return the title, as HTML, of the first paper of each day from one to another."""
        found = self._connection.execute(
            "SELECT p.day, p.title_html, MIN(s.path || printf(':%09d', p.line)) FROM paper p"
            " JOIN source s ON s.id = p.source WHERE p.day BETWEEN ? AND ? AND p.shown"
            " GROUP BY p.day",
            (first, last),
        )
        return {row[0]: row[1] for row in found}

    def titles(self, first: str, end: str) -> list[str]:
        """List the titles, as HTML, of the papers with first <= day < end, the newest last."""
        query = (
            "SELECT title_html FROM paper WHERE day >= ? AND day < ? AND shown ORDER BY day, anchor"
        )
        return [row[0] for row in self._connection.execute(query, (first, end))]

    def filed(self, first: str, end: str) -> list[str]:
        """List what the papers with first <= day < end are filed under, packed, where anything."""
        query = (
            "SELECT filings FROM paper WHERE day >= ? AND day < ? AND shown AND filings <> ''"
            " ORDER BY day, anchor"
        )
        return [row[0] for row in self._connection.execute(query, (first, end))]

    def marks(self, first: str, last: str) -> Iterator[str]:
        """Yield what the papers from a day to another follow from, in a fixed order.

        Those are the digests of these days, where the papers stand that are listed more than once
        (of all others a digest tells everything), and what rules file papers under.
        """
        digests = (
            "SELECT d.day, s.path, s.fingerprint FROM source_day d JOIN source s ON s.id = d.source"
        )
        for day, path, mark in self._connection.execute(
            f"{digests} WHERE d.day BETWEEN ? AND ? ORDER BY d.day, s.path", (first, last)
        ):
            yield f"{day} {path} {mark.hex()}\n"
        for row in self._connection.execute(
            "SELECT p.day, s.path, p.line, p.shown, hex(s.fingerprint) FROM paper p"
            " JOIN source s ON s.id = p.source"
            " WHERE p.anchor IN (SELECT anchor FROM paper WHERE NOT shown)"
            " AND (p.day BETWEEN ?1 AND ?2 OR p.listed BETWEEN ?1 AND ?2)"
            " ORDER BY s.path, p.line",
            (first, last),
        ):
            yield f"{' '.join(map(str, row))}\n"
        for row in self._connection.execute(
            "SELECT p.anchor, p.filings FROM paper p WHERE p.day BETWEEN ? AND ? AND p.shown"
            " AND p.filings <> '' ORDER BY p.anchor",
            (first, last),
        ):
            yield f"{' '.join(row)}\n"

    def primaries(self) -> list[tuple[str, int]]:
        """List primary categories with their number of papers, most frequent first."""
        return list(
            self._connection.execute(
                "SELECT code, COUNT(*) n FROM paper WHERE shown AND code <> '' GROUP BY code"
                " ORDER BY n DESC, code"
            )
        )

    def crossed(self) -> list[tuple[str, int]]:
        """List arXiv's categories by the number of papers that have them beside their primary."""
        primary = dict(self.primaries())
        every = ((code, n) for system, code, n in self.codes() if system == "arxiv")
        beside = [(code, n - primary.get(code, 0)) for code, n in every]
        return sorted(((code, n) for code, n in beside if n > 0), key=lambda row: (-row[1], row[0]))

    # Categories, those of every system, and venues

    def topic_labels(self) -> dict[str, str]:
        """Return what topics are called, by code: as most papers have it."""
        # Counted again when another process, or thread, has taken digests in.
        ((version,),) = self._connection.execute("PRAGMA data_version")
        if self._labels[0] != version:
            counts: dict[str, Counter[str]] = {}
            for column in ("categories", "filings"):
                for packed, count in self._connection.execute(
                    f"SELECT p.{column}, COUNT(*) FROM paper p WHERE p.shown AND p.{column} IN"
                    f" (SELECT packed FROM field WHERE system = 'topic') GROUP BY p.{column}"
                ):
                    for one in unpack_categories(packed):
                        if one.system == "topic":
                            counts.setdefault(one.code, Counter())[one.label] += count
            labels = {
                code: min(found, key=lambda label: (-found[label], label))
                for code, found in counts.items()
            }
            self._labels = (version, labels)
        return self._labels[1]

    def codes(self) -> list[tuple[str, str, int]]:
        """List system, code and number of papers of every category, by system and code."""
        return list(
            self._connection.execute(
                "SELECT system, code, COUNT(*) FROM membership WHERE system NOT IN (?, ?)"
                " GROUP BY system, code ORDER BY system, code",
                APART,
            )
        )

    def newest(self) -> list[tuple[str, str, str]]:
        """List system, code and newest day of every category, by system and code."""
        return list(
            self._connection.execute(
                "SELECT system, code, MAX(day) FROM membership WHERE system NOT IN (?, ?)"
                " GROUP BY system, code ORDER BY system, code",
                APART,
            )
        )

    def venues(self) -> list[tuple[str, int, str]]:
        """List the venues and their years, `cvpr` and `cvpr/2024`, in order.

        Each comes with its number of papers and the newest day that lists one.
        """
        return list(
            self._connection.execute(
                "SELECT code, COUNT(*), MAX(day) FROM membership WHERE system = ?"
                " GROUP BY code ORDER BY code",
                (VENUE,),
            )
        )

    def venue_totals(self) -> list[tuple[str, int]]:
        """List the venues, without their years, by number of papers, then by slug."""
        found = ((code, count) for code, count, _ in self.venues() if "/" not in code)
        return sorted(found, key=lambda row: (-row[1], row[0]))

    def months(self, system: str) -> list[tuple[str, str, int]]:
        """List code, month and number of papers of the categories of a system, in order."""
        return list(
            self._connection.execute(
                "SELECT code, substr(day, 1, 7) AS month, COUNT(*) FROM membership"
                " WHERE system = ? GROUP BY code, month ORDER BY code, month",
                (system,),
            )
        )

    def code_packed(self, system: str, code: str, *, since: str) -> list[tuple[str, str, str]]:
        """List authors, categories and filings, packed, of a category's papers from a day on.

        The newest come first.
        """
        return list(
            self._connection.execute(
                "SELECT p.authors, p.categories, p.filings FROM membership c"
                " JOIN paper p ON p.id = c.paper WHERE c.system = ? AND c.code = ? AND c.day >= ?"
                " ORDER BY c.day DESC, p.anchor DESC",
                (system, code, since),
            )
        )

    def primary_count(self, code: str) -> int:
        """Count the papers whose primary category it is."""
        return self._row(
            "SELECT COUNT(*) FROM membership c JOIN paper p ON p.id = c.paper"
            " WHERE c.system = 'arxiv' AND c.code = ?1 AND p.code = ?1",
            code,
        )[0]

    def yearly(self) -> list[tuple[str, int, float, int]]:
        """List each year with its papers, the mean number of authors, and how many were revised.

        A paper counts as revised that stands at version 2 or later.
        """
        return list(
            self._connection.execute(
                "SELECT substr(day, 1, 4) AS year, COUNT(*),"
                " AVG(length(authors) - length(replace(authors, char(10), '')) + 1),"
                " SUM(version > 1) FROM paper WHERE shown GROUP BY year ORDER BY year"
            )
        )

    def at_venues(self) -> int:
        """Count the papers that have appeared at a venue."""
        return self._row("SELECT COUNT(DISTINCT paper) FROM membership WHERE system = ?", VENUE)[0]

    def code_list(self, system: str, code: str) -> list[Listed]:
        """List the papers of a category, venue or year of a venue, newest first."""
        found = self._connection.execute(
            f"SELECT {_LISTED} FROM membership c JOIN paper p ON p.id = c.paper"
            " WHERE c.system = ? AND c.code = ? ORDER BY c.day DESC, p.anchor DESC",
            (system, code),
        )
        return list(map(Listed._make, found))

    def code_days(self, system: str, code: str) -> list[tuple[str, int]]:
        """List the days on which a category has papers, oldest first, with their number."""
        return list(
            self._connection.execute(
                "SELECT day, COUNT(*) FROM membership WHERE system = ? AND code = ?"
                " GROUP BY day ORDER BY day",
                (system, code),
            )
        )

    def code_papers(
        self, system: str, code: str, first: str, last: str
    ) -> Iterator[tuple[str, list[Listed]]]:
        """Yield each day of a category with its papers, newest first.

        `first` and `last` are the periods, `2021` or `2021-12`, to begin and to end with.
        """
        found = self._connection.execute(
            f"SELECT {_LISTED} FROM membership c JOIN paper p ON p.id = c.paper"
            " WHERE c.system = ? AND c.code = ? AND c.day BETWEEN ? AND ?"
            " ORDER BY c.day DESC, p.anchor DESC",
            (system, code, first, f"{last}~"),
        )
        for day, papers in groupby(map(Listed._make, found), itemgetter(0)):
            yield day, list(papers)

    def code_full(
        self, system: str, code: str, *, since: str = "", most: int = -1
    ) -> Iterator[Full]:
        """Yield the papers of a category or venue in full from a day on, newest first."""
        found = self._connection.execute(
            f"SELECT {_FULL} FROM membership c JOIN paper p ON p.id = c.paper"
            " JOIN body b ON b.paper = p.id WHERE c.system = ? AND c.code = ? AND c.day >= ?"
            " ORDER BY c.day DESC, p.anchor DESC LIMIT ?",
            (system, code, since, most),
        )
        yield from map(Full._make, found)

    # Identifiers

    def id_buckets(self) -> list[str]:
        """List the lookup buckets of the papers' anchors, in order."""
        query = "SELECT DISTINCT substr(anchor, 1, 4) FROM paper WHERE anchor < ':'"
        found = {row[0] for row in self._connection.execute(query)}
        return sorted(found.union(identifiers.bucket(anchor) for anchor, _ in self._lettered()))

    def ids(self, bucket: str) -> list[tuple[str, str]]:
        """List day and anchor of the papers of a lookup bucket, both in order."""
        query = "SELECT anchor, day FROM paper WHERE anchor BETWEEN ? AND ? AND shown"
        found = [(day, anchor) for anchor, day in self._connection.execute(
            query, (f"{bucket}.", f"{bucket}.~"))]  # fmt: skip
        named = self._lettered()
        return sorted(
            [*found, *((d, one) for one, d in named if identifiers.bucket(one) == bucket)]
        )

    def dois(self) -> Iterator[tuple[str, str]]:
        """Yield DOIs and anchor of every paper that has any, by anchor."""
        yield from self._connection.execute(
            "SELECT b.doi, p.anchor FROM body b INDEXED BY body_doi"
            " CROSS JOIN paper p ON p.id = b.paper"
            " WHERE b.doi IS NOT NULL AND p.shown ORDER BY p.anchor"
        )

    def _lettered(self) -> list[tuple[str, str]]:
        """List the anchors that begin with a letter, with their days.

        Those are the ids that arXiv gave out before April 2007, and all that are not arXiv's.
        """
        if self._old is None:
            query = "SELECT anchor, day FROM paper WHERE anchor >= ':' AND shown"
            self._old = list(self._connection.execute(query))
        return self._old

    # Authors

    def author_count(self) -> int:
        """Count the authors."""
        return self._row("SELECT COUNT(*) FROM author")[0]

    def author_papers(self, slug: str) -> int:
        """Count an author's papers; 0 where nobody is called so."""
        query = "SELECT MAX(papers) FROM author WHERE slug = ?"
        return self._row(query, slug)[0]

    def slugs(self, *, every: int) -> list[str]:
        """List every n-th author's slug in order: bounds for sharing the authors out."""
        query = (
            "SELECT slug FROM (SELECT slug, ROW_NUMBER() OVER (ORDER BY slug) - 1 AS place"
            " FROM author) WHERE place % ? = 0 ORDER BY slug"
        )
        return [row[0] for row in self._connection.execute(query, (every,))]

    def authors(self, first: str, last: str) -> Iterator[tuple[str, list[tuple[str, Listed]]]]:
        """Yield the authors with first <= slug < last.

        Each comes with the papers, newest first, and the spelling on each of them.
        """
        found = self._connection.execute(
            f"SELECT a.slug, a.name, {_LISTED} FROM authorship a JOIN paper p ON p.id = a.paper"
            " WHERE a.slug >= ? AND a.slug < ? ORDER BY a.slug, p.day DESC, p.anchor DESC",
            (first, last),
        )
        for slug, rows in groupby(found, itemgetter(0)):
            yield slug, [(row[1], Listed(*row[2:])) for row in rows]

    def sort_keys(self, first: str, end: str) -> list[str]:
        """List the sort keys with first <= key < end, in order, one for each author."""
        query = "SELECT sort FROM author WHERE sort >= ? AND sort < ?"
        return [row[0] for row in self._connection.execute(f"{query} ORDER BY sort", (first, end))]

    def _sort_keys_of(self, slugs: list[str]) -> list[str]:
        """Return the sort keys, sorted, of those of the given authors that there are."""
        query = "SELECT sort FROM author WHERE slug = ?"
        return sorted(row[0] for slug in slugs for row in self._connection.execute(query, (slug,)))

    def people(self, first: str, last: str, *, minimum: int) -> list[Person]:
        """List the authors from a sort key to another, by sort key."""
        found = self._connection.execute(
            f"SELECT {_person(minimum)} FROM author WHERE sort BETWEEN ? AND ? ORDER BY sort, slug",
            (first, last),
        )
        return [Person(*row) for row in found]

    def foremost(self, *, minimum: int, word: str = "") -> Iterator[Person]:
        """Yield every author, those with most papers first; only those with a word begun so."""
        found = self._connection.execute(
            f"SELECT {_person(minimum)} FROM author WHERE instr('-' || sort, '-' || ?)"
            " ORDER BY papers DESC, sort, slug",
            (word,),
        )
        yield from (Person(*row) for row in found)

    def crossing(self, *, minimum: int, since: int) -> list[str]:
        """List the touched authors who may have got a page, or lost it, by updates after a count.

        An author may have if the papers on untouched days alone are not enough for one.
        """
        if minimum <= 1:
            return []
        query = (
            "SELECT t.key FROM touched t WHERE t.topic = 'author' AND t.generation > ?1 AND ?2 >"
            " (SELECT COUNT(*) FROM authorship a JOIN paper p ON p.id = a.paper"
            " WHERE a.slug = t.key AND p.day NOT IN"
            " (SELECT key FROM touched WHERE topic = 'day' AND generation > ?1)) ORDER BY t.key"
        )
        return [slug for (slug,) in self._connection.execute(query, (since, minimum))]

    def days_of(self, slugs: list[str]) -> set[str]:
        """Return the days on which some authors have papers."""
        query = "SELECT p.day FROM authorship a JOIN paper p ON p.id = a.paper WHERE a.slug = ?"
        return {row[0] for slug in slugs for row in self._connection.execute(query, (slug,))}

    def coauthors_of(self, slugs: list[str]) -> set[str]:
        """Return everybody who wrote a paper with some authors."""
        query = "SELECT p.authors FROM authorship a JOIN paper p ON p.id = a.paper WHERE a.slug = ?"
        packed = {row[0] for slug in slugs for row in self._connection.execute(query, (slug,))}
        return {other for one in packed for _, other in unpack_authors(one)}

    def few(self, slugs: list[str], *, below: int) -> frozenset[str]:
        """Return those of the given authors who have fewer papers than `below`."""
        if below <= 1:
            return frozenset()
        marks = ",".join("?" * len(slugs))
        query = f"SELECT slug FROM author WHERE papers < ? AND slug IN ({marks})"
        return frozenset(row[0] for row in self._connection.execute(query, (below, *slugs)))

    def bylines(self, since: str) -> list[str]:
        """List the authors, packed, of the papers from a day on, the newest first."""
        query = "SELECT authors FROM paper WHERE day >= ? AND shown ORDER BY day DESC, anchor DESC"
        return [row[0] for row in self._connection.execute(query, (since,))]

    def frequent(self, most: int) -> list[tuple[str, str, int]]:
        """List slug, name and number of papers of the authors with most papers."""
        query = (
            "SELECT slug, name, papers FROM author"
            " ORDER BY papers DESC, sort = '', sort, slug LIMIT ?"
        )
        return list(self._connection.execute(query, (most,)))

    def _row(self, query: str, *values: str) -> tuple[int, ...]:
        """Return the one row of counts that a query gives; nothing counts as 0."""
        found = self._connection.execute(query, values).fetchone()
        return tuple(int(value or 0) for value in found)


def _person(minimum: int) -> str:
    """Return the columns of a Person, the papers of authors with fewer than so many among them."""
    if minimum <= 1:
        return _PERSON
    return (
        f"{_PERSON}, CASE WHEN papers < {minimum:d} THEN (SELECT group_concat(place, char(10)) FROM"
        " (SELECT p.day || ' ' || p.anchor place FROM authorship a JOIN paper p ON p.id = a.paper"
        " WHERE a.slug = author.slug ORDER BY p.day DESC, p.anchor DESC)) END"
    )
