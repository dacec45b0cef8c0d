"""The Pagefind binary, driven through its service protocol.

Messages are JSON in base64 with a comma after each, on its standard input and output. We speak it
ourselves because Pagefind's Python wrapper sleeps 0.1 s before it reads each answer, which for a
large archive is hours.
"""

from __future__ import annotations

import base64
import contextlib
import json
import re
import subprocess
import threading
import time
from functools import lru_cache
from typing import TYPE_CHECKING, TypedDict, cast

import pagefind_bin

from dayleaf.base.errors import Finding, SearchError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from types import TracebackType
    from typing import IO, Self

    from dayleaf.search.records import PaperDocument

_PAGEFIND = "Pagefind"
_CHUNK = 1 << 16
"""Bytes written and read at once: as much as a pipe holds, and less than what makes malloc ask the
system for every buffer anew."""


_TYPE = re.compile(rb'"type"\s*:\s*"(\w+)"')
_HEAD = 256
"""Bytes of an answer within which it says of what type it is."""
_PATIENCE = 600
"""Seconds without output after which Pagefind counts as hung. To write the files of 12,000
papers takes it less than a minute."""
_FILES = '"files":['


class _File(TypedDict):
    path: str
    content: str
    """Base64."""


class _Answer(TypedDict, total=False):
    type: str
    message: str
    """What went wrong, in an `Error`."""


@lru_cache(maxsize=1)
def version() -> str:
    """Return Pagefind's version, `1.5.2`."""
    try:
        run = [str(pagefind_bin.get_executable()), "--version"]
        text = subprocess.run(  # noqa: S603
            run, capture_output=True, text=True, check=True, timeout=_PATIENCE
        ).stdout
        return text.split()[-1]
    except (OSError, subprocess.SubprocessError, IndexError, UnicodeDecodeError) as error:
        raise SearchError(
            Finding(
                f"an error: {error}",
                expected="its program to say its version",
                advice="reinstall it (pip install --force-reinstall pagefind-bin), or build "
                "with --no-search",
                about=_PAGEFIND,
            )
        ) from error


class Service:
    """A Pagefind process; one index at a time."""

    def __init__(self) -> None:
        program = "pagefind"
        try:
            program = str(pagefind_bin.get_executable())
            run = [program, "--service"]
            self._process = subprocess.Popen(  # noqa: S603
                run,
                bufsize=_CHUNK,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        except OSError as error:
            fault, wanted = f"an error: {error}", "Pagefind's program to start"
            raise SearchError(Finding(fault, wanted, file=program)) from error
        self._input = cast("IO[bytes]", self._process.stdin)
        self._heard = time.monotonic()
        self._done = threading.Event()
        threading.Thread(target=self._watch, daemon=True).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._done.set()
        if kind:
            self._process.kill()
        with contextlib.suppress(OSError):  # it may have gone, with what was not yet written
            self._input.close()
        self._process.wait()
        cast("IO[bytes]", self._process.stdout).close()

    def index(
        self, records: Iterable[PaperDocument], *, language: str
    ) -> Iterator[tuple[str, bytes]]:
        """Index some records and yield the files of the index, with their relative paths.

        Raises SearchError where Pagefind refuses a record or dies.
        """
        answers: list[str] = []
        reader = threading.Thread(target=self._collect, args=(answers,), daemon=True)
        reader.start()
        number = 0
        try:
            self._send(0, {"type": "NewIndex", "config": {"force_language": language}})
            for number, record in enumerate(records, 1):
                self._send(
                    number,
                    {
                        "type": "AddFile",
                        "index_id": 0,
                        "url": record.url,
                        "file_contents": record.document,
                    },
                )
            self._send(number + 1, {"type": "GetFiles", "index_id": 0})
            self._input.flush()
        except OSError as error:
            fault, wanted = "that it ended", f"it to take {number} records"
            raise SearchError(Finding(fault, wanted, about=_PAGEFIND)) from error
        reader.join()
        if not answers:
            raise SearchError(
                Finding(
                    "that it ended early or stood still, perhaps for want of memory",
                    expected="the files of the index",
                    advice="lower search.shard in site.toml",
                    about=_PAGEFIND,
                )
            )
        (text,) = answers
        if _type(text[:_HEAD].encode()) == "Error":
            answer: _Answer = json.loads(text)["payload"]
            raise SearchError(Finding(answer["message"], about=_PAGEFIND))
        yield from _files(text)

    def _watch(self) -> None:
        """End a process that has not been heard of for too long; who waits for it then hears so."""
        while not self._done.wait(min(1, _PATIENCE)):
            if time.monotonic() - self._heard > _PATIENCE:
                self._process.kill()
                return

    def _send(self, number: int, payload: dict[str, object]) -> None:
        text = json.dumps({"message_id": number, "payload": payload})
        self._input.write(base64.b64encode(text.encode()) + b",")

    def _collect(self, answers: list[str]) -> None:
        """Read answers until the files come, or an error, or the end.

        They are decoded as they come: that of the files is large, and is held once.
        """
        output = cast("IO[bytes]", self._process.stdout)
        text, rest = bytearray(), b""
        while chunk := output.read1(_CHUNK):  # type: ignore[attr-defined]
            self._heard = time.monotonic()
            *ends, last = chunk.split(b",")
            for piece in ends:
                text += base64.b64decode(rest + piece)
                if _type(text[:_HEAD]) in {"GetFiles", "Error"}:
                    answers.append(text.decode())
                    return
                text, rest = bytearray(), b""
            rest += last
            whole = len(rest) & ~3  # base64 comes in groups of four
            text += base64.b64decode(rest[:whole])
            rest = rest[whole:]


def _type(head: bytes | bytearray) -> str:
    """Return what an answer says that it is; its length tells nothing, for it repeats titles."""
    match = _TYPE.search(head)
    return match[1].decode() if match else ""


def _files(text: str) -> Iterator[tuple[str, bytes]]:
    """Yield path and contents of the files in an answer, one at a time."""
    read = json.JSONDecoder().raw_decode
    place = text.index(_FILES) + len(_FILES)
    while text[place] == "{":
        file: _File
        file, place = read(text, place)
        yield file["path"], base64.b64decode(file["content"])
        place += 1
