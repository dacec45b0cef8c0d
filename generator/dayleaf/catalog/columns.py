"""One paper, as the catalog keeps it: a line for each column, from which all else follows.

A field's type is the column's: `str` is TEXT NOT NULL, `str | None` TEXT. Its `Column` says where
it is kept, and how the records of one paper are merged. It holds what the field of that name in a
`model.Record` says, unless `rows` makes something of it. A field of a record that bears a `Label`
becomes a column by that alone.

Tables, INSERT, SELECT, merging and the cutting of long texts go by these rows. Cleaning needs no
word: `rows` cleans all that a record holds.
"""

from __future__ import annotations

from collections import namedtuple
from operator import itemgetter
from typing import (
    TYPE_CHECKING,
    Annotated,
    NamedTuple,
    Self,
    TypeVar,
    dataclass_transform,
    get_args,
    get_type_hints,
)

from dayleaf.archive.identifiers import ARXIV, Identifier
from dayleaf.archive.model import Label, Record
from dayleaf.catalog import merge as ways
from dayleaf.catalog import packed
from dayleaf.catalog.packed import Packed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from dayleaf.archive.model import Extras
    from dayleaf.archive.rules import Membership
    from dayleaf.catalog.merge import Merge
    from dayleaf.catalog.packed import Authorship

PAPER, BODY = "paper", "body"
"""The tables: lists go through the first, which is kept narrow; long texts stand apart."""


class Column(NamedTuple):
    """What is known of a column besides its name and type."""

    table: str
    merge: Merge = ways.best
    prose: bool = False
    """Whether people write it at any length, so that it may have to be cut."""


class Row(tuple[str | int | None, ...]):
    """What rows have in common: they are tuples whose fields have names, by `_row`."""

    __slots__ = ()
    if TYPE_CHECKING:
        _fields: tuple[str, ...]

        @classmethod
        def _make(cls, values: Iterable[object]) -> Self: ...

        def _replace(self, **changes: object) -> Self: ...


_Row = TypeVar("_Row", bound=Row)


@dataclass_transform(frozen_default=True)
def _row(*more: str) -> Callable[[type[_Row]], type[_Row]]:
    """Make a named tuple of the fields of a class, of those that it inherits from, and of more."""

    def make(cls: type[_Row]) -> type[_Row]:
        fields = [*get_type_hints(cls), *more]
        made = namedtuple("Row", fields)  # type: ignore[misc]  # noqa: PYI024
        own = vars(cls) | {"__slots__": ()}
        del own["__dict__"]
        return type(cls.__name__, (made, *cls.__bases__), own)

    return make


LABELS: dict[str, str] = {
    name: mark.name
    for name, hint in get_type_hints(Record, include_extras=True).items()
    for mark in get_args(hint)[1:]
    if isinstance(mark, Label)
}
"""Fields of a record that are kept and shown as they stand, with the names that pages use."""


@_row()
class ListedRow(Row):
    """A paper as lists need it."""

    day: Annotated[str, Column(PAPER, ways.day)]
    """The first day that lists the paper."""
    anchor: Annotated[str, Column(PAPER)]
    """Its identifier in this site, see `identifiers`."""
    title_html: Annotated[str, Column(PAPER)]
    """As it may stand inside a link."""
    title_plain: Annotated[str, Column(PAPER)]
    """Without markup."""
    authors: Annotated[Packed, Column(PAPER, ways.named)]
    byline: Annotated[str, Column(PAPER, ways.named)]
    """The first authors, as lists say it."""
    code: Annotated[str, Column(PAPER, ways.known)]
    """The primary category; empty where there is none."""
    rule_memberships: Annotated[Packed, Column(PAPER, ways.joined(packed.BETWEEN))]
    """Memberships by the site's rules: venues, topics and resources."""
    withdrawn: Annotated[int, Column(PAPER, ways.withdrawn)]
    """1 where the digest says that the paper has been withdrawn, else 0."""

    @property
    def authorships(self) -> list[Authorship]:
        """The authors, in the paper's order."""
        return packed.authors(self.authors)

    @property
    def names(self) -> list[str]:
        """The authors' names, in the paper's order."""
        return packed.names(self.authors)

    @property
    def slugs(self) -> list[str]:
        """The authors' slugs, in the paper's order."""
        return packed.slugs(self.authors)

    @property
    def venues(self) -> tuple[Membership, ...]:
        """Where the paper has appeared, the venues proper before parts of others."""
        return packed.venues(self.rule_memberships) if self.rule_memberships else ()


@_row(*LABELS)
class PaperRow(ListedRow):
    """A paper with everything that the catalog keeps of it."""

    line: Annotated[int, Column(PAPER)]
    """Where its digest lists it, from 1."""
    listed: Annotated[str, Column(PAPER, ways.listed)]
    """The day that lists the record; the month, `2021-12`, if only that is known for sure."""
    version: Annotated[int, Column(PAPER)]
    categories: Annotated[Packed, Column(PAPER, ways.joined(packed.BETWEEN))]
    title: Annotated[str, Column(BODY, prose=True)]
    """As in the digest, TeX included."""
    abstract: Annotated[str | None, Column(BODY, ways.known, prose=True)]
    comment: Annotated[str | None, Column(BODY, ways.known, prose=True)]
    journal: Annotated[str | None, Column(BODY, ways.known, prose=True)]
    doi: Annotated[str | None, Column(BODY, ways.joined(" "))]
    """One DOI, or several with spaces between them."""
    pdf: Annotated[str | None, Column(BODY, ways.known)]
    published: Annotated[str | None, Column(BODY, ways.known)]
    updated: Annotated[str | None, Column(BODY, ways.known)]
    identifier: Annotated[str | None, Column(BODY)]
    """Scheme and value, `openreview JAhNsZ9dvG`; None for arXiv's, which are their own anchors."""
    url: Annotated[str | None, Column(BODY, ways.known)]
    extras: Annotated[str | None, Column(BODY, ways.extras)]
    resources: Annotated[str | None, Column(BODY, ways.resources)]
    """Packed: what abstract and comment lead to, found once, when the digest is read."""

    @property
    def named(self) -> Identifier:
        """The paper's identifier."""
        if self.identifier is None:
            return Identifier(ARXIV, self.anchor)
        return Identifier(*self.identifier.split(" ", 1))

    @property
    def memberships(self) -> tuple[Membership, ...]:
        """The categories that the digest gives, in their order."""
        return packed.memberships(self.categories)

    @property
    def dois(self) -> list[str]:
        """The DOIs, none for most."""
        return self.doi.split() if self.doi else []

    @property
    def told(self) -> Extras:
        """The digest's additions to the authors' own data."""
        return packed.extras(self.extras)

    @property
    def brought(self) -> dict[str, str]:
        """The paper's resources: sort, `code`, -> address."""
        return packed.resources(self.resources)

    @property
    def notes(self) -> list[tuple[str, str]]:
        """The fields that have labels, where they say anything, and after them the scores."""
        own = ((label, getattr(self, name)) for name, label in LABELS.items())
        return [*((label, text) for label, text in own if text), *self.told.scores]


_HINTS = get_type_hints(PaperRow, include_extras=True)
COLUMNS: dict[str, Column] = {name: get_args(hint)[1] for name, hint in _HINTS.items()}
COLUMNS |= dict.fromkeys(LABELS, Column(BODY, ways.known))
PROSE = tuple(name for name, column in COLUMNS.items() if column.prose)
LISTED = ", ".join(f"p.{name}" for name in ListedRow._fields)
"""What a query selects of `paper p` for a `ListedRow`."""
WHOLE = ", ".join(f"{column.table[0]}.{name}" for name, column in COLUMNS.items())
"""What a query selects of `paper p` and `body b` for a `PaperRow`."""


def of_table(table: str) -> tuple[str, ...]:
    """Return the names of a table's columns."""
    return tuple(name for name, column in COLUMNS.items() if column.table == table)


values: dict[str, Callable[[PaperRow], tuple[object, ...]]] = {
    table: itemgetter(*map(PaperRow._fields.index, of_table(table))) for table in (PAPER, BODY)
}
"""Take what a table keeps out of a row."""


def declared(table: str) -> str:
    """Return the columns of a table as CREATE TABLE names them."""
    sql: dict[object, str] = {int: "INTEGER NOT NULL", str | None: "TEXT"}
    kinds: dict[str, object] = dict.fromkeys(LABELS, str | None) | get_type_hints(PaperRow)
    return ", ".join(f"{name} {sql.get(kinds[name], 'TEXT NOT NULL')}" for name in of_table(table))


def merge(records: Sequence[PaperRow]) -> PaperRow:
    """Return the record of a paper that several records list, the best of them first."""
    return PaperRow._make(column.merge(records, name) for name, column in COLUMNS.items())
