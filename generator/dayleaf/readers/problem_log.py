"""The problems of a file, in the order in which its reader meets them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dayleaf.base.errors import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Callable

    from dayleaf.archive.model import Record

_MOST_NOTES = 5
LEFT_OUT = "left out"


class ProblemLog:
    """Collects the problems of one file."""

    def __init__(self, source: str, problems: tuple[Finding, ...]) -> None:
        self.source = source
        self.problems = list(problems)
        self.broken = 0
        """Records with unknown bounds, which are refused."""
        self._notes = 0

    def __call__(
        self,
        line: int | None,
        severity: Severity,
        found: str,
        *,
        expected: str = "",
        advice: str = "",
        about: str = "",
    ) -> None:
        """Note a problem of the file, or of one of its lines; the words are those of a Finding."""
        problem = Finding(found, expected, advice, about, self.source, line, severity)
        self.problems.append(problem)

    def guarded(self, line: int, read: Callable[[], Record | None]) -> Record | None:
        """Return the record that `read` makes of a line; None, and a report, if it fails."""
        try:
            return read()
        except Exception as error:  # noqa: BLE001 - one bad record never takes the others with it
            reason = f"{type(error).__name__}: {cut(str(error))}"
            self(
                line,
                Severity.REFUSED,
                f"one that ends in {reason}",
                expected="a record that can be read",
                advice=LEFT_OUT,
            )
            return None

    def left_out(self, line: int, found: str, *, expected: str) -> None:
        """Report a line that is left out; of very many in one file only the first."""
        self._notes += 1
        if self._notes <= _MOST_NOTES:
            self(line, Severity.NOTE, found, expected=expected, advice=LEFT_OUT)

    def close(self) -> None:
        """Say how many lines were left out without a word."""
        if self._notes > _MOST_NOTES:
            self(None, Severity.NOTE, f"{self._notes - _MOST_NOTES:,} more lines were left out")


def cut(text: str | None, most: int = 60) -> str:
    """Shorten a found text for a message."""
    text = text or ""
    return text if len(text) <= most else f"{text[: most - 1]}…"
