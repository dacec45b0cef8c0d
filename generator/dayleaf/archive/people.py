"""`authors.toml`: what the keeper knows of names that a spelling cannot tell.

Each table is a person, named by the address of the page: `[luc-van-gool]`. `spellings` are names
that stand for the person; `papers`, `coauthors` and `categories` say which papers of these names
are meant, where not all of them are. The first table that fits an author of a paper has it. Papers
that no table claims stay with their name.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from dayleaf.archive import names, taxonomy
from dayleaf.base.validator import ADDRESS, SLUG, Document, Rule

if TYPE_CHECKING:
    from collections.abc import Iterable

FILE = "authors.toml"
_ORCID = re.compile(r"(?:https://orcid\.org/)?(\d{4}-\d{4}-\d{4}-\d{3}[\dX])\Z")
_LISTS = ("spellings", "papers", "coauthors", "categories")
_RULES = {
    "name": Rule(),
    **{name: Rule(list) for name in _LISTS},
    "orcid": Rule(pattern=_ORCID, like="sixteen figures like 0000-0002-1825-0097"),
    "homepage": Rule(pattern=ADDRESS, like="an address like https://example.org/"),
}
_VERSION = re.compile(r"v\d+\Z")


class Person(NamedTuple):
    """A person as the keeper knows them."""

    slug: str
    """The address, `luc-van-gool`."""
    line: int
    """Where the table stands in the file."""
    name: str
    """What the page is called by."""
    spellings: tuple[str, ...]
    """Names that stand for the person, the name itself among them."""
    papers: frozenset[str] = frozenset()
    """Identifiers of papers that are theirs; with the next two empty: all."""
    coauthors: frozenset[str] = frozenset()
    """Slugs of names with whom they write."""
    categories: frozenset[str] = frozenset()
    orcid: str = ""
    homepage: str = ""

    @property
    def divides(self) -> bool:
        """Whether only some papers of these names are meant."""
        return bool(self.papers or self.coauthors or self.categories)

    def slugs(self) -> frozenset[str]:
        """Return the slugs that the names have by themselves."""
        return frozenset(map(names.slug, self.spellings))


class People:
    """Knows which person an author of a paper is."""

    def __init__(self, people: Iterable[Person]) -> None:
        self.people = tuple(people)
        self._of = {person.slug: person for person in self.people}
        self._by: dict[str, list[Person]] = {}
        for person in self.people:
            for slug in person.slugs():
                self._by.setdefault(slug, []).append(person)

    def slugs(self, named: list[str], *, paper: str, categories: Iterable[str]) -> list[str]:
        """Return the slugs of a paper's authors; `named` are the slugs of their names."""
        if not self._by or self._by.keys().isdisjoint(named):
            return named
        codes = frozenset(categories)
        return [self._person(slug, named, paper, codes) for slug in named]

    def person(self, slug: str) -> Person | None:
        """Return whom an address stands for; None for a name that no table speaks of."""
        return self._of.get(slug)

    def concerned(self) -> frozenset[str]:
        """Return every slug that a table gives or takes."""
        return frozenset(self._by).union(person.slug for person in self.people)

    def redirects(self) -> dict[str, str]:
        """Return the slugs of names that all go to one person, each with that person's."""
        return {
            slug: claimants[0].slug
            for slug, claimants in self._by.items()
            if not claimants[0].divides and claimants[0].slug != slug
        }

    def _person(self, slug: str, beside: list[str], paper: str, codes: frozenset[str]) -> str:
        for person in self._by.get(slug, ()):
            if (
                not person.divides
                or paper in person.papers
                or not person.coauthors.isdisjoint(beside)
                or not person.categories.isdisjoint(codes)
            ):
                return person.slug
        return slug


@lru_cache(maxsize=4)
def parse(text: str) -> People:
    """Read the text of a file. Raises ConfigError with the line of what is wrong."""
    document = Document(FILE, text)
    return People(_person(slug, table, document) for slug, table in document.tables().items())


def _person(slug: str, table: object, document: Document) -> Person:
    line = document.head(slug) or 1
    if not SLUG.match(slug) or not isinstance(table, dict):
        wanted = "a table named by the address of the person's page, as [luc-van-gool]"
        raise document.fault(repr(slug), expected=wanted, line=line)
    table = {key: v.strip() if isinstance(v, str) else v for key, v in table.items()}
    document.check(table, _RULES, about=slug, below=line)
    lists = {key: tuple(table.get(key, ())) for key in _LISTS}
    name = table.get("name") or next(iter(lists["spellings"]), "")
    if not name:
        raise document.fault("none", expected='a name = "Luc Van Gool"', about=slug, line=line)
    orcid = _ORCID.match(table.get("orcid", ""))
    return Person(
        slug,
        line,
        name,
        tuple(dict.fromkeys((name, *lists["spellings"]))),
        frozenset(_VERSION.sub("", paper) for paper in lists["papers"]),
        frozenset(map(names.slug, lists["coauthors"])),
        frozenset(map(taxonomy.canonical, lists["categories"])),
        orcid[1] if orcid else "",
        table.get("homepage", ""),
    )
