"""The layouts' scripts as browsers get them: without comments, and with what they import.

Both are pure functions of the scripts' text. What scripts do is their own business.
"""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_OURS = b"// @ts-check\n"
"""Begins every script that is written by our rules, of which one is that no line of a text of
several lines looks like a comment."""
_COMMENT = re.compile(rb"^[ \t]*(?://.*\n|/\*\*(?:[^*]|\*(?!/))*+\*/[ \t]*\n)", re.MULTILINE)
_IMPORT = re.compile(
    r"""^(?:import|export) (?:[^"';]* from )?"(?P<path>\./[\w./-]+)";""", re.MULTILINE
)
_STARTED = re.compile(r'new Worker\(new URL\("(?P<path>[\w./-]+)", import\.meta\.url\)')


def lean(script: bytes) -> bytes:
    """Return a script without the comments that stand in lines of their own.

    They take a fifth of the bytes that a search needs, most of it types. A script that does not
    begin with `// @ts-check` is somebody else's, and is left as it is.
    """
    return _COMMENT.sub(b"", script) if script.startswith(_OURS) else script


def needed(entry: str, read: Callable[[str], str]) -> list[str]:
    """List the modules that a script imports or starts as workers, and those that these do.

    They come in the order in which a browser finds them, without the script itself. `read` returns
    the text of a script by its path below `assets/`. A page that names them as `modulepreload` has
    them fetched at once instead of one after another.
    """
    found = [entry]
    for path in found:  # grows meanwhile
        found += [other for other in _named(path, read(path)) if other not in found]
    return found[1:]


def _named(path: str, text: str) -> Iterable[str]:
    folder = posixpath.dirname(path)
    places = (match["path"] for pattern in (_IMPORT, _STARTED) for match in pattern.finditer(text))
    return dict.fromkeys(posixpath.normpath(posixpath.join(folder, place)) for place in places)
