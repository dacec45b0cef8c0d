"""The open catalog that all queries use, and the notes of the facts that they read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dayleaf.catalog import schema
from dayleaf.catalog.reads import ARCHIVE, END, MEMBERSHIP, Notes

if TYPE_CHECKING:
    from pathlib import Path

    from dayleaf.catalog.reads import Reads


class CatalogFile:
    """A catalog's file, opened for reading."""

    def __init__(self, file: Path, *, beside_writers: bool = False) -> None:
        self._connection = schema.open_reader(file, beside_writers=beside_writers)
        self._notes = Notes()

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def take_reads(self) -> Reads:
        """Return the facts that were given out since the last call."""
        return self._notes.take()

    def _note_all(self) -> None:
        """Note that an answer depends on the archive as a whole."""
        self._notes.add(ARCHIVE, ("",))

    def _note_membership(self, system: str, code: str, *, first: str = "", last: str = "") -> None:
        """Note the papers of a category, from a day to another; both may be a day's beginning."""
        start = f"{system} {code} "
        self._notes.stretch(MEMBERSHIP, f"{start}{first}", f"{start}{last}{END}")

    def _row(self, query: str, *values: str) -> tuple[int, ...]:
        """Return the one row of counts that a query gives; nothing counts as 0."""
        found = self._connection.execute(query, values).fetchone()
        return tuple(int(value or 0) for value in found)

    def _newest_day(self) -> str:
        """Return the newest day; the caller notes the facts that depend on it."""
        return str(self._connection.execute("SELECT MAX(day) FROM paper WHERE shown").fetchone()[0])
