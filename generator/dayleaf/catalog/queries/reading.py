"""The open catalog that every room asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dayleaf.catalog import schema

if TYPE_CHECKING:
    from pathlib import Path


class Reading:
    """A catalog's file, opened for reading."""

    def __init__(self, file: Path, *, beside_writers: bool = False) -> None:
        self._connection = schema.open_reader(file, beside_writers=beside_writers)

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def _row(self, query: str, *values: str) -> tuple[int, ...]:
        """Return the one row of counts that a query gives; nothing counts as 0."""
        found = self._connection.execute(query, values).fetchone()
        return tuple(int(value or 0) for value in found)
