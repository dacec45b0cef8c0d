"""The catalog: the archive as SQLite, the single source of every page.

`update` writes it, `Catalog` reads it, and `rows` is what passes between readers and the catalog.
"""

from dayleaf.catalog.columns import ListedRow, PaperRow
from dayleaf.catalog.files import File, scan
from dayleaf.catalog.pieces import FilePart, pieces
from dayleaf.catalog.queries import Catalog, ListedAuthor, Totals
from dayleaf.catalog.rows import SourceRows, prepare
from dayleaf.catalog.update import (
    Changes,
    Difference,
    anew,
    belongs,
    compare,
    compare_paths,
    load,
)

__all__ = [
    "Catalog",
    "Changes",
    "Difference",
    "File",
    "FilePart",
    "ListedAuthor",
    "ListedRow",
    "PaperRow",
    "SourceRows",
    "Totals",
    "anew",
    "belongs",
    "compare",
    "compare_paths",
    "load",
    "pieces",
    "prepare",
    "scan",
]
