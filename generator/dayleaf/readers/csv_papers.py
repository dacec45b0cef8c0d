"""Tables with a row for each paper, comma- or tab-separated, by the heads of their columns."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from dayleaf.readers import field_lists, values
from dayleaf.readers.json_papers import objects
from dayleaf.readers.json_papers.fields import PaperObject
from dayleaf.readers.problem_log import ProblemLog
from dayleaf.readers.reader import Reader
from dayleaf.readers.structure import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dayleaf.archive.model import Digest, Refusal
    from dayleaf.base.errors import Finding

_LARGEST = 10_000_000
"""Letters of a cell."""


def parse(text: str, *, source: str, problems: tuple[Finding, ...] = ()) -> Digest | Refusal | None:
    """Read a digest; None where the first line names no title among other columns."""
    first, _, _ = text.partition("\n")
    mark = max(",;\t", key=first.count)
    csv.field_size_limit(_LARGEST)
    try:
        heads = next(csv.reader([first], delimiter=mark), [])
    except csv.Error:
        return None
    meanings = {vocabulary.field(head.replace("_", "-")) for head in heads}
    if vocabulary.TITLE not in meanings or not meanings - {vocabulary.TITLE, None}:
        return None
    log = ProblemLog(source, problems)
    return objects.digest(_rows(text, mark), source=source, log=log)


def _rows(text: str, mark: str) -> Iterator[PaperObject]:
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=mark)
    line = 2
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:
            continue
        named = {key: row[key] for key in row if isinstance(key, str) and values.text(row[key])}
        yield PaperObject(field_lists.named(dict(named)), line, None, (), None)
        line = reader.line_num + 1


_EXAMPLE = """\
Title,Authors,arXiv ID,Date,Summary
Tides in a Teacup,"Ada Quill, Bo Fenn",2603.01001,2026-03-06,We look into a teacup.
"""
READER = Reader("csv", (".csv", ".tsv"), parse, order=60, example=("2026-03-06.csv", _EXAMPLE))
