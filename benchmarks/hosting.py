"""A static host for tests and measurements: a folder below a path, served as GitHub Pages does it.

Texts are compressed, an address without a file gets `404.html`. It keeps a log, and can lose files
or hold them back.
"""

from __future__ import annotations

import gzip
import mimetypes
import re
import threading
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache, partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_PACKED = (".html", ".css", ".js", ".json", ".xml", ".svg", ".txt")
_MISSING = "404.html"
_LONGEST_WAIT = 30
_PIECE = 16_384
_HEAD = 200
"""Bytes of an answer's head, about."""


@dataclass
class Line:
    """A connection as slow as some readers': every answer waits, and all share the bytes."""

    latency: float
    """Seconds."""
    rate: float
    """Bytes a second."""
    free: float = 0
    """When the line has sent what it was given."""
    lock: threading.Lock = field(default_factory=threading.Lock)

    def send(self, size: int) -> None:
        """Wait as long as it takes to send so many bytes behind all others."""
        with self.lock:
            self.free = max(self.free, time.monotonic()) + size / self.rate
            until = self.free
        time.sleep(max(0, until - time.monotonic()))


@dataclass
class Host:
    """A folder being served."""

    folders: tuple[Path, ...]
    """The site's; before it, where given, folders whose files stand in for those of the site."""
    base: str
    """The path below which the site lies, `/archive/`."""
    url: str = ""
    """Where it is, with the path."""
    asked: list[str] = field(default_factory=list)
    lost: str = ""
    """Addresses that match this are not found."""
    held: str = ""
    """Addresses that match this wait for `release`."""
    release: threading.Event = field(default_factory=threading.Event)
    line: Line | None = None
    """What all that is sent has to pass; None sends as fast as it goes."""
    headers: dict[str, str] = field(default_factory=dict)
    """Sent with every answer."""
    manner: str = ""
    """What it makes of addresses: `stripped` of `.html`, `slashless` at their end, or `named` by
    their `index.html`; empty for nothing."""
    redirect: int = 308
    """The status by which it leads to such an address."""
    sent: list[tuple[float, int]] = field(default_factory=list)
    """When an answer had been sent, in seconds since 1970, and how many bytes it had."""

    def reset(self) -> None:
        """Serve everything at once again."""
        self.lost = self.held = ""
        self.asked.clear()
        self.release.set()
        self.release = threading.Event()

    def find(self, address: str) -> tuple[int, Path | None]:
        """Return status and file of an address."""
        path = unquote(urlsplit(address).path)
        inside = path.startswith(self.base) and ".." not in path
        if inside and not (self.lost and re.search(self.lost, address)):
            name = path.removeprefix(self.base)
            name = f"{name}index.html" if not name or name.endswith("/") else name
            others = {"stripped": [f"{name}.html"], "slashless": [f"{name}/index.html"]}
            for one in (name, *others.get(self.manner, [])):
                for folder in self.folders:
                    if (folder / one).is_file():
                        return 200, folder / one
        missing = self.folders[-1] / _MISSING
        return 404, missing if missing.is_file() else None

    def moved(self, address: str) -> str | None:
        """Return where an address leads that the host has otherwise."""
        path, mark, query = address.partition("?")
        if self.manner == "stripped" and path.endswith("/index.html"):
            path = path.removesuffix("index.html")
        elif self.manner == "stripped":
            path = path.removesuffix(".html")
        elif self.manner == "slashless" and path != self.base:
            path = path.removesuffix("/")
        elif self.manner == "named" and path.endswith("/"):
            path = f"{path}index.html"
        moved = path + mark + query
        return moved if moved != address and self.find(address)[0] == 200 else None  # noqa: PLR2004


class _Handler(BaseHTTPRequestHandler):
    """Answers GET."""

    protocol_version = "HTTP/1.1"

    def __init__(self, *args: object, host: Host) -> None:
        self.host = host
        super().__init__(*args)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        """Answer, when the file is not held back any more, unless nobody waits for it by then."""
        with suppress(BrokenPipeError, ConnectionResetError):
            self._answer()

    def _answer(self) -> None:
        host, release = self.host, self.host.release
        host.asked.append(self.path)
        if host.held and re.search(host.held, self.path):
            release.wait(_LONGEST_WAIT)
        if host.line:
            time.sleep(host.line.latency)
        if (to := host.moved(self.path)) is not None:
            self.send_response(host.redirect)
            self.send_header("Location", to)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        status, file = host.find(self.path)
        takes = "gzip" in self.headers.get("Accept-Encoding", "")
        data, packed = _body(file, takes=takes) if file else (b"not found", False)
        self.send_response(status)
        kind = mimetypes.guess_type(file.name)[0] if file else "text/plain"
        self.send_header("Content-Type", kind or "application/octet-stream")
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "max-age=600")
        for name, value in host.headers.items():
            self.send_header(name, value)
        if packed:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        for start in range(0, len(data), _PIECE):
            if host.line:
                host.line.send(len(data[start : start + _PIECE]))
            self.wfile.write(data[start : start + _PIECE])
        host.sent.append((time.time(), len(data) + _HEAD))

    def log_message(self, *args: object) -> None:
        """Keep quiet."""


def _body(file: Path, *, takes: bool) -> tuple[bytes, bool]:
    if not takes or file.suffix not in _PACKED:
        return file.read_bytes(), False
    return _compressed(file, file.stat().st_mtime_ns), True


@cache
def _compressed(file: Path, _changed: int) -> bytes:
    return gzip.compress(file.read_bytes(), 6)


@contextmanager
def serve(*folders: Path, base: str = "/archive/") -> Iterator[Host]:
    """Serve a site's folder; files of the folders before it stand in for its own."""
    host = Host(folders, base)
    http = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, host=host))
    http.daemon_threads = True
    host.url = f"http://127.0.0.1:{http.server_address[1]}{base}"
    threading.Thread(target=http.serve_forever, daemon=True).start()
    try:
        yield host
    finally:
        host.reset()
        http.shutdown()
        http.server_close()
