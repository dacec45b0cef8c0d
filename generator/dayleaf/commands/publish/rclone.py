"""rclone, the program that knows every store and server; the only module that runs it.

Its remotes, their addresses and secrets stand in its own configuration (`rclone config`, or
variables such as RCLONE_CONFIG_PLACE_TYPE); none of them passes through Dayleaf. Its
other options come the same way: RCLONE_TRANSFERS, RCLONE_BWLIMIT.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections import deque
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from dayleaf.base.errors import Finding, PublishError, printable
from dayleaf.commands.publish.ledger import Remote

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator

    from dayleaf.commands.publish.headers import FileHeaders

_NOT_THERE = 3
"""rclone's exit code for a folder or bucket that does not exist."""
_MISSING = Finding(
    "none",
    expected="the program on the PATH",
    advice="dayleaf publish needs it. Install it from https://rclone.org/install/, or on Debian "
    "and Ubuntu: apt install rclone",
    about="rclone",
)
_SECOND = 10**9
_NO_TIMES = 10**18
"""The precision, in nanoseconds, from which on rclone means that a place keeps no times."""
_TRANSFERS = "32"
"""Files under way at once, to stores that answer each within tens of milliseconds."""
_SAID = 3
"""Messages of rclone's that an error repeats."""
_TOLD = ("--use-json-log", "--stats", "1s", "--stats-log-level", "NOTICE")
"""By which rclone says once a second, in JSON, how far it is."""


class _Features(NamedTuple):
    """What rclone says of a place."""

    sums: bool
    """Whether it tells MD5 sums without reading its files anew."""
    window: int
    """Nanoseconds by which times of one file may differ there."""
    folders: bool
    """Whether it knows folders, which stay when they are empty."""


class Destination:
    """Where a site is published, `s3:bucket/papers`."""

    def __init__(self, name: str, *, program: str | None = None) -> None:
        """`program` is where rclone lies; None looks along the PATH.

        Raises PublishError where there is no rclone, or it does not know the place.
        """
        executable = program or shutil.which("rclone")
        if not executable:
            raise PublishError(_MISSING)
        if not name or name.startswith("-"):
            wanted = "a place as rclone names it, `remote:path`"
            raise PublishError(Finding(repr(name), wanted))
        self.name = name
        self._program = executable
        self._features = self._ask()

    @property
    def sums(self) -> bool:
        """Whether files are compared by MD5 sums; else by size and time."""
        return self._features.sums

    @property
    def window(self) -> int:
        """Nanoseconds by which the times of one file may differ; negative if it keeps no times."""
        return -1 if self._features.window >= _NO_TIMES else max(self._features.window, _SECOND)

    def files(self) -> Iterator[Remote]:
        """Yield what the place holds; nothing where it does not exist yet."""
        asked = ("--hash", "--hash-type", "md5", "--no-modtime") if self.sums else ()
        command = ("lsjson", "--recursive", "--files-only", "--no-mimetype", "--fast-list", *asked)
        with closing(self._run(*command, "--", self.name)) as lines:
            for line in lines:
                if line.startswith("{"):
                    yield _remote(json.loads(line.rstrip().rstrip(",")))

    def send(self, root: Path, paths: Iterable[str], *, headers: FileHeaders) -> Iterator[int]:
        """Send files below a folder; yield, now and then, how many are done."""
        # Where times tell files apart, rclone looks again: it spares what has only a new time.
        always = ("--no-check-dest",) if self.sums else ("--ignore-times",) * (self.window < 0)
        served = [part for line in headers.lines() for part in ("--header-upload", line)]
        with _listed(paths) as names:
            command = ("copy", "--files-from-raw", names, "--no-traverse", *always, *served, *_TOLD)
            with closing(self._run(*command, "--", str(root), self.name, log=True)) as lines:
                for line in lines:
                    stats = _entry(line).get("stats")
                    if isinstance(stats, dict):
                        yield int(stats["transfers"])

    def delete(self, paths: list[str], *, emptied: list[str]) -> None:
        """Delete files, and the folders that they leave empty."""
        if not paths:
            return
        with _listed(paths) as names:
            listed = ("--files-from-raw", names, "--no-traverse")
            deque(self._run("delete", *listed, "--", self.name), maxlen=0)
        for folder in emptied if self._features.folders else ():
            deque(self._run("rmdir", "--", f"{self.name.rstrip('/')}/{folder}"), maxlen=0)

    def _ask(self) -> _Features:
        """Ask rclone for the features of the place."""
        answer = json.loads("".join(self._run("backend", "features", "--", self.name)))
        features = answer["Features"]
        return _Features(
            sums="md5" in (answer["Hashes"] or ()) and not features.get("SlowHash"),
            window=int(answer["Precision"]),
            folders=bool(features["CanHaveEmptyDirectories"]),
        )

    def _run(self, *command: str, log: bool = False) -> Generator[str]:
        """Run rclone and yield the lines that it prints; `log` yields those of its log as well.

        However the caller ends, rclone ends too. Raises PublishError where it fails.
        """
        environment = {"RCLONE_TRANSFERS": _TRANSFERS, "RCLONE_CHECKERS": _TRANSFERS} | os.environ
        last = deque[str](maxlen=_SAID)
        with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as aside:
            process = subprocess.Popen(  # noqa: S603 - no shell is between
                [self._program, command[0], "--retries", "1", *command[1:]],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT if log else aside,
                encoding="utf-8",
                errors="replace",
                env=environment,
            )
            assert process.stdout is not None  # noqa: S101 - it is a pipe
            try:
                for line in process.stdout:
                    if log and "stats" not in _entry(line):
                        last.append(str(_entry(line).get("msg", line)))
                    yield line
                code = process.wait()
            finally:
                process.kill()
                process.wait()
                process.stdout.close()
            aside.seek(0)
            last.extend(aside)
        if code == _NOT_THERE and command[0] in {"lsjson", "rmdir"}:
            return
        if code:
            messages = "; ".join(printable(" ".join(line.split())) for line in last)
            raise PublishError(
                Finding(
                    f"rclone {command[0]} failed: {messages}. What was sent so far is whole",
                    advice="mend this and run dayleaf publish again",
                    file=self.name,
                )
            )


def _remote(entry: dict[str, object]) -> Remote:
    """Read an entry of `rclone lsjson`."""
    hashes, changed = entry.get("Hashes"), str(entry["ModTime"] or "")
    return Remote(
        str(entry["Path"]),
        int(str(entry["Size"])),
        _nanoseconds(changed) if changed else None,
        hashes.get("md5") if isinstance(hashes, dict) else None,
    )


def _nanoseconds(text: str) -> int:
    """Read a time such as `2026-03-06T18:17:28.739452993Z`, to a thousandth of a second."""
    return round(datetime.fromisoformat(text).timestamp() * 1000) * 1_000_000


def _entry(line: str) -> dict[str, object]:
    """Read a line of rclone's log in JSON; one that is none has no entries."""
    try:
        entry = json.loads(line)
    except ValueError:
        return {}
    return entry if isinstance(entry, dict) else {}


@contextmanager
def _listed(paths: Iterable[str]) -> Iterator[str]:
    """Write names into a file for rclone to read, one a line."""
    with tempfile.TemporaryDirectory(prefix="dayleaf-") as folder:
        file = Path(folder, "names")
        with file.open("w", encoding="utf-8", newline="\n") as out:
            out.writelines(f"{path}\n" for path in paths)
        yield str(file)
