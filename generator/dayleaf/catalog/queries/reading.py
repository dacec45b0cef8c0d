"""The open catalog that all queries use, and the notes of the facts that they read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dayleaf.catalog import month, schema
from dayleaf.catalog.memory import Answer, Memory
from dayleaf.catalog.reads import ARCHIVE, END, MEMBERSHIP, MONTH, Notes

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from dayleaf.catalog.reads import FactRange, Reads


class CatalogFile:
    """A catalog's file, opened for reading."""

    def __init__(self, file: Path, *, beside_writers: bool = False) -> None:
        self._connection = schema.open_reader(file, beside_writers=beside_writers)
        self._notes = Notes()
        self._memory = Memory(file.with_suffix(f".memory{file.suffix}"))
        self._month: str | None = None

    def close(self) -> None:
        """Let go of the file."""
        self._memory.close()
        self._connection.close()

    def newest_month(self) -> str:
        """Return the month before which lists of names stop, `2024-12`, or `month.NONE`."""
        self._notes.add(MONTH, ("",))
        if self._month is None:
            self._month = month.newest(self._connection)
        return self._month

    def remembered(self, key: str, facts: FactRange, work: Callable[[], Answer]) -> Answer:
        """Return the result of some work, remembered while the facts behind it hold.

        The facts are noted by this, and not by the work.
        """
        self._notes.stretch(*facts)
        query = (
            "SELECT (SELECT value FROM meta WHERE key = 'epoch'), (SELECT MAX(generation)"
            " FROM touched WHERE topic = ? AND key BETWEEN ? AND ?)"
        )
        epoch, generation = self._connection.execute(query, facts).fetchone()
        notes, self._notes = self._notes, Notes()
        try:
            return self._memory.recall(key, f"{epoch} {generation} {facts}", work)
        finally:
            self._notes = notes

    def take_reads(self) -> Reads:
        """Return the facts that queries have answered with since the last call."""
        return self._notes.take()

    def _note_all(self) -> None:
        """Note that an answer depends on the archive as a whole."""
        self._notes.add(ARCHIVE, ("",))

    def _note_membership(self, system: str, code: str, *, first: str = "", last: str = "") -> None:
        """Note the papers of a category, from a day to another; both may be a day's beginning."""
        start = f"{system} {code} "
        self._notes.stretch(MEMBERSHIP, f"{start}{first}", f"{start}{last}{END}")

    def _row(self, query: str, *values: str) -> tuple[int, ...]:
        """Return the counts in a query's only row; NULL counts as 0."""
        row = self._connection.execute(query, values).fetchone()
        return tuple(int(value or 0) for value in row)

    def _newest_day(self) -> str:
        """Return the newest day; the caller notes the facts that depend on it."""
        return str(self._connection.execute("SELECT MAX(day) FROM paper WHERE shown").fetchone()[0])
