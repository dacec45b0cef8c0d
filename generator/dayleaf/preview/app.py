"""What the preview answers: pages with the reload script, other files, the states, and refusals.

It knows HTTP and nothing of how pages are made: a Site is whatever has pages and files by path. The
only user of Starlette.
"""

from __future__ import annotations

import html
import ipaddress
import mimetypes
import re
import secrets
from dataclasses import asdict
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Protocol
from urllib.parse import quote, urlsplit

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.middleware import Middleware
from starlette.responses import (
    JSONResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
    StreamingResponse,
)
from starlette.routing import Route

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request
    from starlette.types import ASGIApp, Receive, Scope, Send

    from dayleaf.preview.origin import Origin
    from dayleaf.preview.renderer import RenderedPage
    from dayleaf.preview.state import Hub, PreviewState

EVENTS = "/-/events"
STATE = "/-/state"
SCRIPTS = ("reload.js", "panel.js")
"""Served below `/-/`."""
ORIGIN = "/-/origin"
EDIT = "/-/edit"
TOKEN = "X-Dayleaf-Token"  # noqa: S105 - the name of a header

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
_READING = "The digests are being read"
_BROKEN = "This page cannot be made"


class PreviewSite(Protocol):
    """What is served. A path begins without `/`: `2021/12/19/`."""

    def page(self, path: str) -> RenderedPage | None:
        """Return the page at a path; None where there is none."""

    def file(self, path: str) -> bytes | None:
        """Return what is not made by layouts; None for anything else."""

    def origin(self, path: str) -> Origin | None:
        """Tell what makes the page at a path."""

    def edit(self, name: str) -> str:
        """Open a layout in the designer's editor, and say what was done."""


def app(site: PreviewSite, hub: Hub, *, host: str, allow: tuple[str, ...] = ()) -> Starlette:
    """Return the application that serves a site on a host, under further names."""
    token = secrets.token_urlsafe(16)
    answers = _Answers(site, hub, token)
    return Starlette(
        routes=[
            Route(EVENTS, answers.events),
            Route(STATE, answers.state),
            Route(ORIGIN, answers.origin),
            Route(EDIT, answers.edit, methods=["POST"]),
            Route("/-/{name}", answers.script),
            Route("/{path:path}", answers.page),
        ],
        middleware=[Middleware(_Guard, host=host, allow=allow, token=token)],
    )


class _Answers:
    """The answers to requests that were let in."""

    def __init__(self, site: PreviewSite, hub: Hub, token: str) -> None:
        self._site = site
        self._hub = hub
        self._token = token
        folder = Path(__file__).parent
        self._scripts = {name: (folder / name).read_bytes() for name in SCRIPTS}

    async def events(self, _request: Request) -> Response:
        """Send the state, and each newer one, as server-sent events."""
        return StreamingResponse(
            _stream(self._hub), media_type="text/event-stream", headers=_HEADERS
        )

    async def state(self, _request: Request) -> Response:
        """Send the state once."""
        return Response(self._hub.state.as_json(), media_type="application/json", headers=_HEADERS)

    async def script(self, request: Request) -> Response:
        """Send the scripts that act in the page."""
        data = self._scripts.get(request.path_params["name"])
        if data is None:
            return _refusal("The preview has no such file.", 404)
        return Response(data, media_type="text/javascript", headers=_HEADERS)

    async def origin(self, request: Request) -> Response:
        """Tell where a page comes from."""
        path = request.query_params.get("path", "").removeprefix("/")
        origin = await run_in_threadpool(self._site.origin, path) if clean(path) else None
        if origin is None:
            return _refusal("No layout makes what is at this address.", 404)
        return JSONResponse(asdict(origin), headers=_HEADERS)

    async def edit(self, request: Request) -> Response:
        """Open a layout in the editor; the guard has seen to it that one of our pages asks."""
        name = request.query_params.get("layout", "")
        return PlainTextResponse(await run_in_threadpool(self._site.edit, name), headers=_HEADERS)

    async def page(self, request: Request) -> Response:
        """Send a page or a file of the site."""
        # Not path_params: Starlette's routing has them without further slashes in front.
        path = request.scope["path"].removeprefix("/")
        if not clean(path):
            return _refusal("This address leads out of the site.", 400)
        data = await run_in_threadpool(self._site.file, path)
        if data is not None:
            return Response(data, media_type=media_type(path), headers=_HEADERS)
        state = self._hub.state  # before the page is made: a later change is sent again
        if not state.ready:
            return self._waiting(state, path, _READING)
        made = await run_in_threadpool(self._site.page, path)
        if made:
            return self._page(path, made, state, status=200)
        folder = f"{path}/"
        if not path.endswith("/") and await run_in_threadpool(self._site.page, folder) is not None:
            return RedirectResponse(quote(f"/{folder}"), headers=_HEADERS)
        if state.doing:
            return self._waiting(state, path, _READING)
        missing = await run_in_threadpool(self._site.page, _MISSING)
        if missing is None:
            return _refusal("There is nothing at this address.", 404)
        return self._page(_MISSING, missing, state, status=404)

    def _page(self, path: str, made: RenderedPage, state: PreviewState, *, status: int) -> Response:
        """Return what was made; a page with the script that keeps it up to date."""
        if not made.whole:
            return self._waiting(self._hub.state, path, _BROKEN)
        kind = media_type("index.html" if not path or path.endswith("/") else path)
        headers = {**_HEADERS, "ETag": f'"{made.fingerprint}"'}
        tag = self._tag(state, page=made.fingerprint) if kind == "text/html" else b""
        return Response(made.data + tag, status, media_type=kind, headers=headers)

    def _waiting(self, state: PreviewState, path: str, title: str) -> Response:
        """Return what stands for a page that there is not yet."""
        failure = "\n\n".join(failure.as_text() for failure in state.failures)
        if path and not path.endswith(("/", ".html")):
            return _refusal(f"{title}. {failure}", 503)
        text = _WAITING.format(
            title=title, doing=html.escape(state.doing), failure=html.escape(failure)
        )
        data = text.encode() + self._tag(state, page="")
        return Response(data, 503, media_type="text/html", headers=_HEADERS)

    def _tag(self, state: PreviewState, *, page: str) -> bytes:
        """Return the script element, which says what the page was made of."""
        return (
            f'\n<script src="/-/reload.js" data-page="{page}" data-boot="{state.boot}"'
            f' data-version="{state.version}" data-token="{self._token}"></script>\n'
        ).encode()


class _Guard:
    """Refuses what no browser on this machine would ask for.

    A page from elsewhere whose name was made to resolve to this machine (DNS rebinding) is known
    by its Host header: it names that page's host.
    """

    def __init__(self, app: ASGIApp, *, host: str, allow: tuple[str, ...], token: str) -> None:
        self._app = app
        self._host = host
        self._allow = allow
        self._token = token

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
        hosts = headers.getlist("host")
        if not allowed(hosts, serving=self._host, allow=self._allow):
            name = hosts[0].partition(":")[0] if len(hosts) == 1 else "NAME"
            text = (
                "The preview answers to localhost and its own host only. To let it answer here "
                f"too: dayleaf serve --allow-host {name}"
            )
            return _refusal(text, 403)
        if scope["path"] == EDIT:
            if not self._ours(scope["method"], headers):
                return _refusal("Only a page of the preview may ask for this.", 403)
        elif scope["method"] not in {"GET", "HEAD"}:
            return _refusal("The preview can only be read.", 405, {"Allow": "GET, HEAD"})
        if headers.get("content-length", "0") != "0" or "transfer-encoding" in headers:
            return _refusal("The preview takes no data.", 413)
        if len(scope["raw_path"]) + len(scope["query_string"]) > _LONGEST:
            return _refusal("This address is too long.", 414)
        return None

    def _ours(self, method: str, headers: Headers) -> bool:
        """Tell whether a page of ours asks for something to be done.

        Pages from elsewhere cannot read the token, nor send a header of its name without being
        refused first, nor say that they come from here.
        """
        host, origin = headers.get("host", ""), urlsplit(headers.get("origin", "")).netloc
        return (
            method == "POST"
            and origin == host
            and headers.get("sec-fetch-site", "same-origin") == "same-origin"
            and secrets.compare_digest(headers.get(TOKEN, "").encode(), self._token.encode())
        )


def clean(path: str) -> bool:
    """Tell whether a path stays inside the site, on any operating system."""
    *folders, name = path.split("/")
    return all(folders) and {".", ".."}.isdisjoint((*folders, name)) and not _STRANGE.search(path)


def allowed(hosts: list[str], *, serving: str, allow: tuple[str, ...] = ()) -> bool:
    """Tell whether a request's Host headers name this machine, as seen from where we serve.

    Asked to serve on all addresses, we answer to any address written in figures: a name is needed
    to deceive a browser. `allow` are names beside these; `.app.github.dev` stands for all below it.
    """
    match = _HOST.fullmatch(hosts[0]) if len(hosts) == 1 else None
    if not match:
        return False
    name = match["name"].lower().strip("[]").removesuffix(".")
    if name in {"localhost", "127.0.0.1", "::1", serving.lower().strip("[]")}:
        return True
    if name.endswith(".localhost"):  # which browsers never look up elsewhere (RFC 6761)
        return True
    further = [host.lower() for host in allow]
    if any(name.endswith(host) if host.startswith(".") else name == host for host in further):
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


def _refusal(text: str, status: int, headers: dict[str, str] | None = None) -> Response:
    # Closed, because the rest of a request that we did not want may still be on its way.
    ours = {**_HEADERS, "Connection": "close", **(headers or {})}
    return PlainTextResponse(f"{text}\n", status, headers=ours)


async def _stream(hub: Hub) -> AsyncIterator[str]:
    """Yield states as the browser's EventSource reads them, and comments to keep awake."""
    yield "retry: 500\n\n"
    async for state in hub.states():
        yield f"data: {state.as_json()}\n\n" if state else ":\n\n"
