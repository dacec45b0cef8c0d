"""Addresses in untrusted text: where one ends, and which may become a link.

Only http, https, ftp and mailto pass; what this module returns is printable ASCII. It neither
escapes nor builds HTML.
"""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import quote

# Any other sign ends an address: quotes, angle brackets, braces, `$`, `|`. Outside ASCII, letters
# and the marks on them go on (RFC 3987), and signs do not. A comma or a parenthesis ends it where
# another address follows, and Markdown's `](`. TeX's ways of `_`, `%`, `&`, `#` and `~` go on.
_TAIL = (
    r"(?:(?!,https?://|\(https?://|\]\(|&(?:lt|gt|quot);)[\w\-.~:/?\#\[\]@!&'()*+,;=%\u0300-\u036f]"
    r"|\\[_%\#&-]|\\~(?:\{\})?|\$\\(?:sim|_)\$|\{\\_\}|\\textasciitilde(?:\{\})?)*"
)
TAIL = re.compile(_TAIL)
"""Matches, from where it is applied, all that may belong to an address."""

SCHEME = re.compile(r"(?:https?|ftp)\Z", re.IGNORECASE)
"""Matches the scheme at the end of what stands before `://`."""

# Hosts that people name without a scheme. Others without one may as well be file names.
_HOST = re.compile(
    r"(?<![\w@./:-])(?:(?:www\.)?(?:git(?:hub|lab)|kaggle|youtube|bitbucket|codeocean|figshare"
    r"|openreview|huggingface|zenodo|doi|dx\.doi|arxiv|osf|hf|bit|goo|git|youtu)"
    r"|(?:sites|drive|docs|colab)\.google|[\w-]+\.github)\Z",
    re.IGNORECASE,
)
_ENDINGS = frozenset(
    """github.com gitlab.com kaggle.com youtube.com bitbucket.org codeocean.com figshare.com
    openreview.net huggingface.co zenodo.org doi.org arxiv.org osf.io hf.co bit.ly goo.gl git.io
    youtu.be google.com github.io""".split()
)
_ESCAPE = re.compile(
    r"\\(?:([_%#&$-])|(~)(?:\{\})?)|\$\\(?:sim|_)\$|\{\\_\}|\\textasciitilde(?:\{\})?|&amp;"
)
_BARE_HOST = re.compile(r"(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}(?::\d+)?(?:[/?#]|\Z)")
_ABSOLUTE = re.compile(r"(?:https?|ftp)://[A-Za-z0-9\[]", re.IGNORECASE)
_MAIL = len("mailto:")
_DOUBLED = re.compile(r"\Ahttps?://(?=https?://)", re.IGNORECASE)
_MAILTO = re.compile(r"mailto:[\w.+-]+@[\w.-]+", re.IGNORECASE | re.ASCII)
# An address goes on behind its host, with what an address may hold there: no brackets, no `%` that
# begins no sign. A host has a dot, and nobody's name and password before it.
_PARTS = re.compile(
    r"(?P<host>[a-z]+://(?:(?:[^/?#@\[\]:.]+\.)+[^/?#@\[\]:.]*|\[[0-9a-f:.]+\])(?::\d*)?)"
    r"(?P<rest>(?:[/?#].*)?)\Z",
    re.IGNORECASE | re.DOTALL,
)
# What stands for an address that was to come: `https://doi.org/[TODO]`.
_PLACEHOLDER = re.compile(r"/\[[A-Za-z _-]+\](?:/|\Z)|/(?:TODO|TBD|XXX+|\.\.\.)/?\Z")
_STRAY = re.compile(r"%(?![0-9A-Fa-f]{2})|[\[\]]")
_PAIRS = {")": "(", "]": "["}
_PUNCTUATION = ".,;:!?'*"
# The signs that may stand in an address as they are; all others are percent-encoded.
_SAFE = "-._~:/?#[]@!&'()*+,;=%"
_is_safe = re.compile(rf"[A-Za-z0-9{re.escape(_SAFE)}]*").fullmatch


class LinkMatch(NamedTuple):
    """An address in a text, and how it is to be shown."""

    label: str
    target: str | None
    """None where it may not become a link, or leads nowhere."""
    end: int
    """The offset in the text behind its last character."""


def read(text: str, start: int, *, prefix: str = "") -> LinkMatch:
    """Read the address that begins at `start`, punctuation after it left outside.

    `prefix` is what the link needs in front (`http://`) and the text does not say. What cannot be
    linked ends where an address would: read again from within, a row of such takes time that grows
    with its square.
    """
    tail = TAIL.match(text, start)
    source = _trimmed(tail[0]) if tail else ""
    label = unescaped(source)
    return LinkMatch(label, address(prefix + label), start + len(source))


def unescaped(source: str) -> str:
    r"""An address with TeX's escapes taken away: `a\_b` -> `a_b`, `$\sim$u` -> `~u`."""
    return _ESCAPE.sub(_plain_sign, source) if not source.isalnum() else source


def _plain_sign(match: re.Match[str]) -> str:
    if match[1] or match[2]:
        return str(match[1] or match[2])
    if match[0] == "&amp;":
        return "&"
    return "_" if "_" in match[0] else "~"


def address(target: str) -> str | None:
    """What may stand in an `href`, in printable ASCII; None for every other thing.

    An address without a scheme passes where it begins with a host name: `a.org/b` -> https.
    """
    target = _DOUBLED.sub("", target.strip().rstrip(".,;"))
    if _BARE_HOST.match(target):
        target = f"https://{target}"
    if not (_ABSOLUTE.match(target) or _MAILTO.fullmatch(target)):
        return None
    if not _is_safe(target):
        target = quote(target, safe=_SAFE)
    if target[:_MAIL].lower() == "mailto:":
        return target
    parts = _PARTS.match(target)
    if not parts or _PLACEHOLDER.search(parts["rest"]):
        return None
    before, sign, fragment = parts["rest"].partition("#")
    fragment = fragment.replace("#", "%23")
    return parts["host"] + _STRAY.sub(_encoded, f"{before}{sign}{fragment}")


def linked(field: str | None) -> str | None:
    """What a digest's field of an address may link to; arXiv by https, where it redirects to."""
    target = address(field) if field else None
    if target and target.startswith("http://arxiv.org/"):
        return f"https{target[len('http') :]}"
    return target


def _encoded(sign: re.Match[str]) -> str:
    return f"%{ord(sign[0]):02X}"


def known_host(before: str, ending: str) -> int:
    """How much of `before` belongs to a well-known host written without a scheme; 0 if none.

    `before` is the text up to the last dot, `ending` what follows it: `(see github`, `com`.
    """
    host = _HOST.search(before[-48:])
    if not host:
        return 0
    name = host[0].lower().split(".")[-1]
    return len(host[0]) if f"{name}.{ending.lower()}" in _ENDINGS else 0


def _trimmed(source: str) -> str:
    """Leave out the punctuation of the sentence around, but not balanced parentheses."""
    bare = source.rstrip(_PUNCTUATION)
    if not bare.endswith((")", "]")):
        return bare
    end = len(source)
    surplus = {close: source.count(close) - source.count(open_) for close, open_ in _PAIRS.items()}
    while end:
        last = source[end - 1]
        if surplus.get(last, 0) > 0:
            surplus[last] -= 1
        elif last not in _PUNCTUATION:
            break
        end -= 1
    return source[:end]
