"""Every error that Dayleaf raises on purpose.

Each says where, what was expected, what was found and what to do. The command line prints them
without a traceback; anything else that is raised is a bug and keeps its traceback.
"""

from __future__ import annotations

_CONTROLS = {n: f"\\x{n:02x}" for n in (*range(0x20), *range(0x7F, 0xA0))} | {
    n: f"\\u{n:04x}" for n in (*range(0x2028, 0x202F), *range(0x2066, 0x206A))
}
"""Characters that end a line, command a terminal, or turn the direction of writing."""
_LONGEST = 2_000


def printable(text: str) -> str:
    """Return a text of strangers as it may be printed: on one line, without commands, and bounded.

    A file's name may hold a line feed, which begins a line of its own, or codes that a terminal
    obeys.
    """
    found = text.translate(_CONTROLS)
    return found if len(found) <= _LONGEST else f"{found[:_LONGEST]}…"


class DayleafError(Exception):
    """The build cannot go on: the input or the surroundings are at fault, not the program."""


class ConfigError(DayleafError):
    """`site.toml` or an option holds a key or a value that cannot be used."""


class ContentError(DayleafError):
    """The content folder does not exist or holds no digest."""


class LayoutError(DayleafError):
    """A layout does not parse, or asks for a variable that does not exist."""

    def __init__(self, message: str, places: tuple[tuple[str, int], ...] = ()) -> None:
        """`places` are files and lines: where it went wrong, then who called or included that."""
        super().__init__(message)
        self.places = places


class OutputError(DayleafError):
    """The output folder cannot be written, or holds files that are not ours."""


class SearchError(DayleafError):
    """Pagefind could not be started or reported an error."""


class DiskError(DayleafError):
    """The disk is full, or does not let itself be written."""


class WorkerError(DayleafError):
    """A worker process was ended from outside."""


class LockError(DayleafError):
    """Another build works on the same site."""


class PublishError(DayleafError):
    """The site cannot be sent to the place where it is published."""


class PreviewError(DayleafError):
    """The preview cannot be started, or a build of it ended without saying why."""
