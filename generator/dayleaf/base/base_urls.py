"""Base URLs: the address that a site, or a volume of it, is published at."""

from __future__ import annotations

import posixpath
import re
from urllib.parse import quote, urlsplit

from dayleaf.base.errors import ConfigError, Finding

_HOST = re.compile(r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?\Z", re.IGNORECASE)


def checked(value: str, *, about: str, file: str = "", line: int | None = None) -> str:
    """Check a base URL and give it its closing slash; the empty string stays empty.

    Raises ConfigError, which names what it is `about` and where it stands.
    """
    if not value:
        return ""
    try:
        parts = urlsplit(value)
        host = (parts.hostname or "").encode("idna").decode()  # the name's form in addresses
        port = f":{parts.port}" if parts.port else ""
    except ValueError:  # a port that is none, a name that cannot be
        parts, host, port = urlsplit(""), "", ""
    path = f"{parts.path.rstrip('/')}/" if host else ""
    if (
        parts.scheme not in {"http", "https"}
        or not _HOST.match(host)
        or parts.username is not None
        or parts[3:] != ("", "")
        or quote(path, safe="/%~") != path  # 404.html prints it without quotes
        or "//" in path
        or {".", ".."} & {*path.split("/")}
    ):
        wanted = "an address like https://user.github.io/repo/"
        raise ConfigError(Finding(repr(value), wanted, about=about, file=file, line=line))
    return f"{parts.scheme}://{host}{port}{path}"


def origin(base_url: str) -> str:
    """`https://user.github.io/repo/` gives `https://user.github.io`."""
    parts = urlsplit(base_url)
    return f"{parts.scheme}://{parts.netloc}"


def path(base_url: str) -> str:
    """`https://user.github.io/repo/` gives `/repo/`; no base URL gives `/`."""
    return urlsplit(base_url).path or "/"


def between(start: str, other: str) -> str:
    """Return the way from one root to another of the same origin.

    `../repo-to-2019/`; from `https://user.github.io/` it would be `repo-to-2019/`.
    """
    way = posixpath.relpath(path(other), path(start))
    return "" if way == "." else f"{way}/"
