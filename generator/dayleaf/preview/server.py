"""Starts and ends the preview: its socket, its server, the browser. The only user of uvicorn."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import os
import signal
import socket
import sys
import threading
import webbrowser
from typing import TYPE_CHECKING, NamedTuple

import uvicorn

from dayleaf.base.errors import Finding, PreviewError
from dayleaf.preview.app import app
from dayleaf.preview.session import Session
from dayleaf.preview.state import Hub

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dayleaf.base.config import Config
    from dayleaf.build import BuildOptions

_HEADER_BYTES = 32 * 1024
"""Of a request's line and headers; beyond it is refused."""
_CONNECTIONS = 512
_LAST_PORT = 65535
_AT_MOST = 5.0
"""Seconds that the end of a preview may take."""
_TRIED = 50
"""Ports after one in use that are tried before giving up on an offer."""


class ServerAddress(NamedTuple):
    """Where the preview is served, and how it looks for edits."""

    host: str = "127.0.0.1"
    port: int = 8000
    """0 takes any that is free."""
    allow: tuple[str, ...] = ()
    """Further names that it answers to; one that begins with a dot stands for all below it."""
    poll: bool = False
    """Whether it looks for edits once a second, where the file system sends no events."""


def serve(config: Config, options: BuildOptions, place: ServerAddress, *, browser: bool) -> None:
    """Serve the site until Ctrl-C, and keep what is shown up to date with every edit.

    Raises PreviewError where it cannot listen on the host and port.
    """
    with listen(place.host, place.port) as listening, _ended_by_signals():
        address = _address(place.host, listening)
        sys.stderr.write(f"Preview on {address} (Ctrl-C ends it)\n")
        asyncio.run(_serve(config, options, listening, place=place, open_at=address * browser))
    sys.stderr.write("\nPreview ended.\n")


async def _serve(
    config: Config,
    options: BuildOptions,
    listening: socket.socket,
    *,
    place: ServerAddress,
    open_at: str,
) -> None:
    hub = Hub()
    session = Session(config, options, hub, poll=place.poll)
    try:  # from here on, for Ctrl-C may come at any moment
        hub.open()
        session.start()
        if open_at:  # the socket listens already; a text browser may take the thread for long
            threading.Thread(target=webbrowser.open, args=(open_at,), daemon=True).start()
        await _Server(_settings(session, hub, place), hub).serve([listening])
    finally:
        session.stop()


def _settings(session: Session, hub: Hub, place: ServerAddress) -> uvicorn.Config:
    return uvicorn.Config(
        app(session, hub, host=place.host, allow=place.allow),
        http="h11",  # the only one whose limit on headers is ours to set
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        limit_concurrency=_CONNECTIONS,
        h11_max_incomplete_event_size=_HEADER_BYTES,
        timeout_graceful_shutdown=1,
    )


class _Server(uvicorn.Server):
    """Ends the streams of events first, for the server waits until all answers are complete."""

    def __init__(self, config: uvicorn.Config, hub: Hub) -> None:
        super().__init__(config)
        self._hub = hub

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End the server."""
        self._hub.close()
        await super().shutdown(sockets)


def listen(host: str, port: int) -> socket.socket:
    """Return a listening socket. Raises PreviewError, and names a free port where this is taken."""
    if not 0 <= port <= _LAST_PORT:
        raise PreviewError(Finding(str(port), f"a number from 0 to {_LAST_PORT}", about="--port"))
    try:
        return _bound(host, port)
    except socket.gaierror as error:
        fault, wanted = f"{host!r}: {error.strerror}", "an address or name of this machine"
        raise PreviewError(Finding(fault, wanted, about="--host")) from error
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            reason = error.strerror or str(error)
            message = f"cannot listen on {host}, port {port}: {reason}"
            raise PreviewError(Finding(message)) from error
    free = _free(host, port)
    offer = f"{free} is free: --port {free}" if free else "choose another with --port N"
    message = f"port {port} of {host} is in use, perhaps by another preview"
    raise PreviewError(Finding(message, advice=offer))


def _bound(host: str, port: int) -> socket.socket:
    family, *_, address = socket.getaddrinfo(
        host or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    listening = socket.create_server((str(address[0]), port), family=family)
    # Connections inherit it. An answer goes out as head and body, and the body would wait 40 ms for
    # the browser to acknowledge the head; asyncio does not see to it for a socket made like this.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening


def _free(host: str, port: int) -> int | None:
    """Return the next port that nobody listens on."""
    for other in range(port + 1, min(port + _TRIED, _LAST_PORT) + 1):
        try:
            _bound(host, other).close()
        except OSError:
            continue
        return other
    return None


def _address(host: str, listening: socket.socket) -> str:
    """Return where a browser on this machine finds the preview."""
    port = listening.getsockname()[1]
    name = {"": "127.0.0.1", "0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, host)  # noqa: S104 - not bound to
    return f"http://{f'[{name}]' if ':' in name and '[' not in name else name}:{port}/"


@contextlib.contextmanager
def _ended_by_signals() -> Iterator[None]:
    """Let Ctrl-C and SIGTERM end a block without a trace of an error, wherever it is stuck."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    # Once it has shut down, the server passes signals on to their earlier handlers.
    before = {number: signal.signal(number, _end) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        with contextlib.suppress(KeyboardInterrupt):
            yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _end(_number: int, _frame: object) -> None:
    """End what is under way; after some seconds the process, wherever it is stuck."""
    guard = threading.Timer(_AT_MOST, os._exit, (0,))
    guard.daemon = True
    guard.start()
    raise KeyboardInterrupt
