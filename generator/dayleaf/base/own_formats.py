"""`[[formats]]` of site.toml: how the keeper says that digests of a form of their own are read.

It checks what the tables hold. `readers.own_format` reads by them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from dayleaf.base.validator import Rule

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dayleaf.base.validator import Document

FORMATS = "formats"
FIELDS = ("title", "id", "authors", "abstract", "summary", "categories", "code", "date")
"""The fields that may have a pattern, besides the paper itself."""
_NEEDED = ("files", "paper")
_RULES = dict.fromkeys((*_NEEDED, *FIELDS), Rule())
_EXAMPLE = 'files = "notes/*.txt"', "paper = '^== (.+)$'"


class OwnFormat(NamedTuple):
    """A form of digest, by patterns; each stands for its first group, or all that it matches."""

    files: str
    """Which files have it, `notes/*.md`; a `*` stands for anything, folders included."""
    paper: str
    """Where a paper begins, at the beginning of a line; its title, unless `title` is given."""
    fields: tuple[tuple[str, str], ...] = ()
    """What to look for between the beginnings of two papers, by FIELDS; a date also in the path."""


def read(tables: object, document: Document) -> tuple[OwnFormat, ...]:
    """Check the tables. Raises ConfigError with the line of a mistake."""
    return tuple(_format(table, line, document) for table, line in document.array(FORMATS, tables))


def _format(table: Mapping[str, object], line: int, document: Document) -> OwnFormat:
    document.check(table, _RULES, about=FORMATS, below=line)
    for key, example in zip(_NEEDED, _EXAMPLE, strict=True):
        if not table.get(key):
            raise document.fault(f"no {key}", expected=example, about=FORMATS, line=line)
    for key, pattern in table.items():
        try:
            groups = re.compile(str(pattern), re.MULTILINE).groups if key != "files" else 0
        except re.error as error:
            raise document.fault(
                f"{pattern!r}: {error}",
                expected="a regular expression of Python's",
                advice="quotes of one kind, '...', keep its backslashes",
                about=f"{FORMATS}.{key}",
                line=document.line(key, below=line),
            ) from None
        if key == "paper" and not groups and "title" not in table:
            wanted = "a group around the title, or a pattern for `title`"
            place = document.line(key, below=line)
            raise document.fault(repr(pattern), expected=wanted, about="formats.paper", line=place)
    fields = tuple((key, str(table[key])) for key in FIELDS if key in table)
    return OwnFormat(str(table["files"]), str(table["paper"]), fields)
