"""The catalog: the archive as SQLite, the single source of every page.

`ingest` writes it, `Catalog` reads it, and `rows` is what passes between them.
"""

from dayleaf.catalog.files import File, scan
from dayleaf.catalog.ingest import Changes, amend, begin, belongs, update
from dayleaf.catalog.queries import Catalog, Full, Listed, Person, Totals
from dayleaf.catalog.rows import SourceRows, prepare, unpack_authors

__all__ = [
    "Catalog",
    "Changes",
    "File",
    "Full",
    "Listed",
    "Person",
    "SourceRows",
    "Totals",
    "amend",
    "begin",
    "belongs",
    "prepare",
    "scan",
    "unpack_authors",
    "update",
]
