"""The problems of one file, as they are met."""

from __future__ import annotations

from collections.abc import Callable

from dayleaf.model import Problem, Record, Severity

_MOST_NOTES = 5


class ProblemLog:
    """Collects the problems of one file."""

    def __init__(self, source: str, problems: tuple[Problem, ...]) -> None:
        self.source = source
        self.problems = list(problems)
        self.broken = 0
        """Records that could not even be told apart, and are refused."""
        self._notes = 0

    def __call__(self, line: int | None, severity: Severity, message: str) -> None:
        """Note a problem of the file, or of one of its lines."""
        self.problems.append(Problem(self.source, line, severity, message))

    def guarded(self, line: int, read: Callable[[], Record | None]) -> Record | None:
        """Return what `read` makes of the record on a line; None, and a report, where it fails."""
        try:
            return read()
        except Exception as error:  # noqa: BLE001 - one bad record never takes the others with it
            said = f"{type(error).__name__}: {cut(str(error))}"
            message = f"expected a record that can be read, found one that ends in {said}; left out"
            self(line, Severity.REFUSED, message)
            return None

    def left_out(self, line: int, message: str) -> None:
        """Report a line that is left out; of very many in one file only the first."""
        self._notes += 1
        if self._notes <= _MOST_NOTES:
            self(line, Severity.NOTE, f"{message}; left out")

    def close(self) -> None:
        """Say how many lines were left out without a word."""
        if self._notes > _MOST_NOTES:
            self(None, Severity.NOTE, f"{self._notes - _MOST_NOTES:,} more lines were left out")


def cut(text: str | None, most: int = 60) -> str:
    """Shorten a found text for a message."""
    text = text or ""
    return text if len(text) <= most else f"{text[: most - 1]}…"
