"""What the preview answers: pages with the reload script, assets, the states, and refusals.

It knows HTTP and nothing of builds: a Site is whatever can be read by path. The only user of
Starlette.
"""

from __future__ import annotations

import hashlib
import html
import ipaddress
import mimetypes
import re
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Protocol
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request
    from starlette.types import ASGIApp, Receive, Scope, Send

    from dayleaf.preview.state import Hub, State

EVENTS = "/-/events"
SCRIPT = "/-/reload.js"

_MISSING = "404.html"
_LONGEST = 4096
"""Bytes in an address."""
_HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
# Not left to the system's table, which differs from machine to machine.
_TYPES = {
    ".css": "text/css",
    ".html": "text/html",
    ".ico": "image/vnd.microsoft.icon",
    ".js": "text/javascript",
    ".json": "application/json",
    ".mjs": "text/javascript",
    ".pagefind": "application/octet-stream",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}
_HOST = re.compile(r"(?P<name>\[[0-9a-fA-F:.]+\]|[^:\[\]]+)(?::\d+)?")
_STRANGE = re.compile(r"[\x00-\x1f\\:]")
"""In a path: other systems' separators, drives and streams."""
_ANY = ("0.0.0.0", "::", "")  # noqa: S104 - recognised here, bound to only when asked for
_WAITING = """<!doctype html><html lang=en><meta charset=utf-8><title>{title}</title>
<meta name=viewport content="width=device-width"><meta name=color-scheme content="light dark">
<h1>{title}</h1><p data-doing>{doing}</p><pre>{failure}</pre>"""


class Site(Protocol):
    """What is served."""

    def read(self, path: str) -> bytes | None:
        """Return what a path (`2021/12/19/`, without `/` in front) holds; None for nothing."""


def app(site: Site, hub: Hub, *, host: str) -> Starlette:
    """Return the application that serves a site on a host."""
    answers = _Answers(site, hub)
    return Starlette(
        routes=[
            Route(EVENTS, answers.events),
            Route(SCRIPT, answers.script),
            Route("/{path:path}", answers.page),
        ],
        middleware=[Middleware(_Guard, host=host)],
    )


class _Answers:
    """The answers to requests that were let in."""

    def __init__(self, site: Site, hub: Hub) -> None:
        self._site = site
        self._hub = hub
        self._script = Path(__file__).with_name("reload.js").read_bytes()

    async def events(self, _request: Request) -> Response:
        """Send the state, and each newer one, as server-sent events."""
        return StreamingResponse(
            _stream(self._hub), media_type="text/event-stream", headers=_HEADERS
        )

    async def script(self, _request: Request) -> Response:
        """Send the script that listens to them."""
        return Response(self._script, media_type="text/javascript", headers=_HEADERS)

    async def page(self, request: Request) -> Response:
        """Send a file of the site."""
        # Not path_params: Starlette's routing has them without further slashes in front.
        path = request.scope["path"].removeprefix("/")
        if not clean(path):
            return _refusal("This address leads out of the site.", 400)
        state = self._hub.state
        if not state.ready:
            return _waiting(state, path)
        data = await run_in_threadpool(self._site.read, path)
        if data is not None:
            return _file(path, data, state, status=200)
        folder = f"{path}/"
        if not path.endswith("/") and await run_in_threadpool(self._site.read, folder) is not None:
            return RedirectResponse(quote(f"/{folder}"), headers=_HEADERS)
        missing = await run_in_threadpool(self._site.read, _MISSING)
        return _file(_MISSING, missing or b"", state, status=404)


class _Guard:
    """Refuses what no browser on this machine would ask for.

    A page from elsewhere whose name was made to resolve to this machine (DNS rebinding) is known
    by its Host header: it names that page's host.
    """

    def __init__(self, app: ASGIApp, *, host: str) -> None:
        self._app = app
        self._host = host

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        refusal = self._refusal(scope)
        await (refusal or self._app)(scope, receive, send)

    def _refusal(self, scope: Scope) -> Response | None:
        if scope["type"] != "http":
            return _refusal("The preview speaks HTTP only.", 400)
        headers = Headers(scope=scope)
        if not allowed(headers.getlist("host"), serving=self._host):
            return _refusal("The preview answers to localhost and its own host only.", 403)
        if scope["method"] not in {"GET", "HEAD"}:
            return _refusal("The preview can only be read.", 405, {"Allow": "GET, HEAD"})
        if headers.get("content-length", "0") != "0" or "transfer-encoding" in headers:
            return _refusal("The preview takes no data.", 413)
        if len(scope["raw_path"]) + len(scope["query_string"]) > _LONGEST:
            return _refusal("This address is too long.", 414)
        return None


def clean(path: str) -> bool:
    """Tell whether a path stays inside the site, on any operating system."""
    *folders, name = path.split("/")
    return all(folders) and {".", ".."}.isdisjoint((*folders, name)) and not _STRANGE.search(path)


def allowed(hosts: list[str], *, serving: str) -> bool:
    """Tell whether a request's Host headers name this machine, as seen from where we serve.

    Asked to serve on all addresses, we answer to any address written in figures: a name is needed
    to deceive a browser.
    """
    match = _HOST.fullmatch(hosts[0]) if len(hosts) == 1 else None
    if not match:
        return False
    name = match["name"].lower().strip("[]")
    if name in {"localhost", "127.0.0.1", "::1", serving.lower().strip("[]")}:
        return True
    return serving in _ANY and _is_address(name)


def media_type(name: str) -> str:
    """Return the media type of a file."""
    suffix = PurePosixPath(name).suffix
    if suffix.startswith(".pf_"):
        return "application/octet-stream"
    return _TYPES.get(suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _file(path: str, data: bytes, state: State, *, status: int) -> Response:
    """Return a file; a page with the script that keeps it up to date."""
    kind = media_type("index.html" if not path or path.endswith("/") else path)
    if kind != "text/html":
        return Response(data, status, media_type=kind, headers=_HEADERS)
    fingerprint = hashlib.blake2b(data, digest_size=8).hexdigest()
    headers = {**_HEADERS, "ETag": f'"{fingerprint}"'}
    return Response(data + _tag(state, page=fingerprint), status, media_type=kind, headers=headers)


def _tag(state: State, *, page: str) -> bytes:
    """Return the script element, which says what the page was made of."""
    return (
        f'\n<script src="{SCRIPT}" data-page="{page}" data-styles="{state.styles}"'
        f' data-assets="{state.assets}"></script>\n'
    ).encode()


def _waiting(state: State, path: str) -> Response:
    """Return what stands for every page while there is no site yet."""
    title = "The site cannot be built" if state.failure else "The site is being built"
    failure = f"{state.failure.kind}: {state.failure.message}" if state.failure else ""
    if path and not path.endswith(("/", ".html")):
        return _refusal(f"{title}. {failure}", 503)
    text = _WAITING.format(
        title=title,
        doing=html.escape("" if state.failure else state.doing),
        failure=html.escape(failure),
    )
    data = text.encode() + _tag(state, page="")
    return Response(data, 503, media_type="text/html", headers=_HEADERS)


def _refusal(text: str, status: int, headers: dict[str, str] | None = None) -> Response:
    # Closed, because the rest of a request that we did not want may still be on its way.
    ours = {**_HEADERS, "Connection": "close", **(headers or {})}
    return PlainTextResponse(f"{text}\n", status, headers=ours)


async def _stream(hub: Hub) -> AsyncIterator[str]:
    """Yield states as the browser's EventSource reads them, and comments to keep awake."""
    yield "retry: 500\n\n"
    async for state in hub.states():
        yield f"data: {state.as_json()}\n\n" if state else ":\n\n"
