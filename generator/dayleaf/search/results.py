"""What a search result holds: its fields and filters, each defined once.

`FIELDS` says how a field is taken from a paper, what Pagefind makes of it and how results show it.
`records` writes the documents to index by this table, `line` writes what the browser fetches, and
`dayleaf.assets.facts` hands the table to the scripts. Nothing else names all fields.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from dayleaf.archive import urls
from dayleaf.archive.rules import TOPIC, VENUE, WITH
from dayleaf.catalog.packed import codes
from dayleaf.text import to_plain

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dayleaf.catalog import PaperRow
    from dayleaf.catalog.packed import Packed

Use = Literal["shown", "whole", "excerpt"]
"""`shown`: a result shows the field, and nobody finds the paper by it. `whole`: its words are
indexed, and a result shows all of it. `excerpt`: its words are indexed, and of all these fields
together a result shows the stretch with most matches."""

_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Field(NamedTuple):
    """A field of a search result."""

    name: str
    take: Callable[[PaperRow], str | list[str]]
    """Takes the field from a paper: plain text, or several such, as `many` says."""
    use: Use
    element: Literal["h1", "p"] = "p"
    """Where Pagefind finds an indexed field, which gives it a weight. In a record of a whole day
    the headings of its papers are `h2`."""
    weight: int = 1
    """Multiplies that weight."""
    many: bool = False
    """Whether a paper has a list of them."""


class Filter(NamedTuple):
    """What results can be limited to, and are counted by."""

    name: str
    take: Callable[[PaperRow], Sequence[str]]


def _abstract(paper: PaperRow) -> str:
    """Return the abstract as a sentence, because a comment may stand behind it.

    Summaries that somebody made of the paper follow it.
    """
    texts = [paper.abstract or "", *(section.text for section in paper.told.sections)]
    return " ".join(filter(None, map(_sentence, texts)))


def _sentence(source: str) -> str:
    text = to_plain(source).rstrip()
    return f"{text}." if text[-1:].isalnum() else text


TITLE = Field("title", lambda paper: paper.title_plain, "whole", element="h1")
AUTHORS = Field("authors", lambda paper: paper.names, "whole", weight=2, many=True)
FIELDS = (
    Field("path", lambda paper: urls.paper(paper.day, paper.anchor), "shown"),
    Field("category", lambda paper: paper.code, "shown"),
    Field("status", lambda paper: "withdrawn" if paper.withdrawn else "", "shown"),
    TITLE,
    AUTHORS,
    Field("abstract", _abstract, "excerpt"),
    Field("comment", lambda paper: to_plain(paper.comment or ""), "excerpt"),
)
"""In the order in which a result's line holds them, and in which Pagefind counts their words."""

JOINT = ", "
"""Stands between the values of a field that has several, where they become one text."""


@lru_cache(maxsize=4096)
def _codes(system: str, packed: Packed) -> tuple[str, ...]:
    """Return the codes of one system: of venues those of their years too, `cvpr/2024`."""
    return tuple(code for other, code in codes(packed) if other == system)


FILTERS = (
    Filter("category", lambda paper: (paper.code,) if paper.code else ()),
    Filter("cross", lambda p: [c for c in _codes("arxiv", p.categories) if c != p.code]),
    Filter("topic", lambda p: (*_codes(TOPIC, p.categories), *_codes(TOPIC, p.rule_memberships))),
    Filter("venue", lambda paper: _codes(VENUE, paper.rule_memberships)),
    Filter("with", lambda paper: _codes(WITH, paper.rule_memberships)),
    Filter("year", lambda paper: (paper.day[:4],)),
)
"""In the order of the search page's form and its address."""


def values(paper: PaperRow) -> list[str | list[str]]:
    """Return the fields of a paper's result.

    They have single spaces: scripts find the words that Pagefind counts by them.
    """
    return [_value(field, paper) for field in FIELDS]


def line(fields: list[str | list[str]]) -> bytes:
    """Return the fields of a paper's result as a line of JSON."""
    return _json(fields).encode()


def read(line: bytes) -> dict[str, str]:
    """Return the fields of a paper's line by name; what has several values is one text."""
    fields = zip(FIELDS, json.loads(line), strict=True)
    return {field.name: text(value) for field, value in fields}


def day_line(path: str, title: str, papers: Sequence[PaperRow]) -> bytes:
    """Return the line of a result that is a whole day, with the fields of each of its papers."""
    result = {"path": path, "title": title, "papers": list(map(values, papers))}
    return _json(result).encode()


def text(value: str | list[str]) -> str:
    """Return a field as one text."""
    return value if isinstance(value, str) else JOINT.join(value)


def _value(field: Field, paper: PaperRow) -> str | list[str]:
    value = field.take(paper)
    return _spaced(value) if isinstance(value, str) else list(map(_spaced, value))


def _spaced(value: str) -> str:
    return " ".join(value.split())
