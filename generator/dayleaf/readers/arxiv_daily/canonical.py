"""A record of the usual form, read by one expression.

All ten fields in their usual order, lines folded in comment and journal alone, and nothing to
report: that is 99.9 % of the real archive, at a third of the time that the careful way needs.
Whatever looks otherwise is left to the careful way, `lines` and `record`, which gives the same for
these as well.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING

from dayleaf.archive import identifiers, names, taxonomy
from dayleaf.archive.model import Record
from dayleaf.readers.arxiv_daily.record import authors

if TYPE_CHECKING:
    from collections.abc import Callable

_LINE = r"(.++)\n"
_FOLDED = r"(.++(?:\n[ \t].++)*+)\n"
_TIME = r"([12][0-9]{3}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2})\+00:00\n"
_RECORD = re.compile(
    rf"### {_LINE}"
    r"- \*\*Arxiv ID\*\*: https?://arxiv\.org/abs/"
    r"([0-9]{4}\.[0-9]{4,5}|[a-z-]+(?:\.[A-Z]{2})?/[0-9]{7})v([0-9]{1,3})\n"
    rf"- \*\*DOI\*\*: {_LINE}"
    rf"- \*\*Categories\*\*: {_LINE}"
    r"- \*\*Links\*\*: \[PDF\]\((https?://[^\s()<>\"]+)\)\n"
    rf"- \*\*Published\*\*: {_TIME}"
    rf"- \*\*Updated\*\*: {_TIME}"
    rf"- \*\*Authors\*\*: {_LINE}"
    rf"- \*\*Comment\*\*: {_FOLDED}"
    rf"- \*\*Journal\*\*: {_FOLDED}"
    r"- \*\*Summary\*\*: (.++)(?:\n++(?=### )|\n*+\Z)"
)
match: Callable[[str, int], re.Match[str] | None] = _RECORD.match
"""Match a whole record, up to the next one or the end of the text, at a place in a text."""


def record(matched: re.Match[str], line: int) -> Record | None:
    """Return the record of a match; None where something in it wants care."""
    (
        title, arxiv_id, version, doi, categories, pdf, published, updated, field, comment,
        journal, abstract,
    ) = matched.groups()  # fmt: skip
    try:
        datetime.fromisoformat(published)
        datetime.fromisoformat(updated)
    except ValueError:
        return None
    title, doi, categories, field = title.strip(), doi.strip(), categories.strip(), field.strip()
    comment, journal, abstract = _joined(comment), _joined(journal), abstract.strip()
    if not (title and doi and categories and field and comment and journal and abstract):
        return None
    spelled = names.split_tidy(field)
    if spelled is None:
        listed = authors(field)
        if listed.dropped:
            return None
        spelled = listed.names
    return Record(
        line,
        identifiers.Identifier(identifiers.ARXIV, arxiv_id),
        int(version),
        title,
        spelled,
        "",
        taxonomy.classify("" if categories == "None" else categories),
        (),
        None if abstract == "None" else abstract,
        None if comment == "None" else comment,
        None if journal == "None" else journal,
        () if doi == "None" else identifiers.dois(doi),
        None,
        pdf,
        f"{published[:10]}T{published[11:]}Z",
        f"{updated[:10]}T{updated[11:]}Z",
    )


def _joined(value: str) -> str:
    """Return a field with its folded lines joined."""
    if "\n" not in value:
        return value.strip()
    first, *rest = map(str.strip, value.split("\n"))
    return " ".join([first, *filter(None, rest)])
