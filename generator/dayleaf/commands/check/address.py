"""Where a link leads: from an address as a page writes it to a file of the site.

It owns the rules of URLs that a static host and a browser share. It reads no file: its caller
names those of the site, and for other parts of an archive it asks whether there is one.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple
from urllib.parse import unquote_to_bytes, urlsplit

from dayleaf.commands.check.audit import Fault

ELSEWHERE: Final = -1
"""The link leads to another site."""
HERE: Final = -2
"""The link has no path: it leads to the page that it stands in."""

INDEX: Final = b"index.html"
BLANK: Final = bytes(range(0x21))
"""What browsers take off both ends of an address."""
_SCHEME: Final = re.compile(rb"([a-zA-Z][a-zA-Z0-9+.-]*):")
_RUNS_CODE: Final = frozenset({b"javascript", b"vbscript"})


class Miss(NamedTuple):
    """A link that leads nowhere."""

    fault: Fault
    about: bytes
    """What is missing, relative to the site's root, or the link itself where it leaves the site."""


@dataclass(frozen=True, slots=True)
class SiteAddress:
    """Where the site will stand on the web."""

    origin: bytes
    """Scheme and host in lower case, `https://user.github.io`; empty where it is not known."""
    path: bytes
    """Path of the site's root, with `/` at both ends: `/` or `/CVPapers/`."""

    @classmethod
    def parse(cls, base_url: str) -> SiteAddress:
        """Take `https://user.github.io/CVPapers/`, `/CVPapers/` or an empty string."""
        parts = urlsplit(base_url)
        origin = f"{parts.scheme}://{parts.netloc}".lower() if parts.netloc else ""
        path = "/".join(["", *filter(None, parts.path.split("/")), ""])
        return cls(origin.encode(), unquote_to_bytes(path))


@dataclass(frozen=True, slots=True)
class Resolver:
    """Resolves the links of one site."""

    numbers: Mapping[bytes, int]
    """Number of every file, by its path relative to the root."""
    home: SiteAddress
    others: Mapping[bytes, bytes] = field(default_factory=dict)
    """By the path of its root the folder of each other part of the archive: of a site its volumes.
    Empty for a part that is not built here."""

    def resolve(self, folder: bytes | None, link: bytes) -> int | Miss:
        """Return the number of the file that `link` (without fragment) leads to from `folder`.

        `folder` ends in `/`, or is empty for the root, or None where a page has no place of its
        own. The other answers are ELSEWHERE, HERE, or what is missing.
        """
        path = self.locate(folder, link)
        if not isinstance(path, bytes):
            return path
        if not path or path.endswith(b"/"):
            path += INDEX
        number = self.numbers.get(path)
        if number is not None:
            return number
        fault = Fault.NOT_A_FILE if path + b"/" + INDEX in self.numbers else Fault.BROKEN_LINK
        return Miss(fault, path)

    def locate(self, folder: bytes | None, link: bytes) -> bytes | int | Miss:
        """Return the path below the root that `link` names, whether a file is there or not."""
        link = link.strip(BLANK).translate(None, b"\t\r\n")
        path = link.partition(b"?")[0].replace(b"\\", b"/")
        if path.startswith(b"//"):
            path = self.home.origin.partition(b"//")[0] + path
        if scheme := _SCHEME.match(path):
            runs_code = scheme[1].lower() in _RUNS_CODE
            return Miss(Fault.UNSAFE, link) if runs_code else self._abroad(path)
        if path.startswith(b"//"):
            return ELSEWHERE
        if path.startswith(b"/"):
            return self._below_home(path, otherwise=Miss(Fault.OUTSIDE, link))
        if not path:
            return HERE
        if folder is None:
            return Miss(Fault.FLOATING, link)
        if self.others and (there := self._beside(_join(self.home.path[1:] + folder, path))):
            return there
        joined = _join(folder, path)
        return Miss(Fault.OUTSIDE, link) if joined is None else joined

    def _abroad(self, address: bytes) -> bytes | int | Miss:
        """Return the path below the root that an address with a scheme names, or ELSEWHERE."""
        cut = len(self.home.origin)
        path = address[cut:] or b"/"
        if not cut or address[:cut].lower() != self.home.origin or not path.startswith(b"/"):
            return ELSEWHERE
        return self._below_home(path, otherwise=ELSEWHERE)

    def _below_home(self, path: bytes, *, otherwise: int | Miss) -> bytes | int | Miss:
        """Take the path of the site's root off a path that begins at the host's root."""
        joined = _join(b"", path[1:])
        if there := self._beside(joined):
            return there
        whole = b"/" + (joined or b"")
        if joined is not None and whole.startswith(self.home.path):
            return whole[len(self.home.path) :]
        return Miss(Fault.NOT_A_FILE, b"") if whole + b"/" == self.home.path else otherwise

    def _beside(self, path: bytes | None) -> int | Miss | None:
        """Return what a path from the host's root leads to in another part of the archive.

        None where it leads to none. Whether a page is there is known of a part that is built here.
        """
        whole = b"/" + (path or b"")
        roots = [root for root in (self.home.path, *self.others) if whole.startswith(root)]
        root = max(roots, key=len, default=self.home.path)
        if root == self.home.path:
            return None
        folder, name = self.others[root], whole[len(root) :]
        file = name + INDEX if not name or name.endswith(b"/") else name
        there = not folder or os.path.isfile(folder + b"/" + file)  # noqa: PTH113 - bytes
        return ELSEWHERE if there else Miss(Fault.BROKEN_LINK, file)


def _join(folder: bytes, path: bytes) -> bytes | None:
    """Return `path` as seen from `folder`, percent-decoded; None where it climbs above the root."""
    kept = folder.split(b"/")[:-1]
    name = b""
    for segment in path.split(b"/"):
        name = unquote_to_bytes(segment) if b"%" in segment else segment
        if name == b"..":
            if not kept:
                return None
            kept.pop()
        elif name != b".":
            kept.append(name)
    if name in {b".", b".."}:
        kept.append(b"")
    return b"/".join(kept)
