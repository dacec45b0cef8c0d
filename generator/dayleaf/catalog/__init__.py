"""The catalog: the archive as SQLite, the single source of every page.

`update` writes it, `Catalog` reads it, and `rows` is what passes between readers and the catalog.
"""

from dayleaf.catalog.files import File, scan
from dayleaf.catalog.pieces import Piece, pieces
from dayleaf.catalog.queries import Catalog, Full, Listed, Person, Totals
from dayleaf.catalog.rows import (
    SourceRows,
    prepare,
    unpack_authors,
    unpack_categories,
    unpack_extras,
)
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
    "Full",
    "Listed",
    "Person",
    "Piece",
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
    "unpack_authors",
    "unpack_categories",
    "unpack_extras",
]
