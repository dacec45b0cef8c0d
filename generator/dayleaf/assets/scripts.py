"""The layouts' scripts as browsers get them: without comments, bundled with their imports.

All of it is pure functions of the scripts' text. What scripts do is their own business.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_OURS = b"// @ts-check\n"
"""Begins every script that is written by our rules, of which one is that no line of a text of
several lines looks like a comment."""
# Without a possessive group that holds alternatives: Python matches those wrongly before 3.11.5.
_COMMENT = re.compile(rb"^[ \t]*(?://.*\n|/\*\*[^*]*+(?:\*(?!/)[^*]*)*\*/[ \t]*\n)", re.MULTILINE)
_IMPORT = re.compile(
    rb"""^import \{(?P<names>[^}]*)\} from "\./(?P<name>[\w.-]+)";""", re.MULTILINE
)
_EXPORT = re.compile(rb"^export (?P<kind>const|class) (?P<name>\w+)", re.MULTILINE)

_once = lru_cache(maxsize=256)
"""Some bundles hold the same modules, and the preview ships all scripts at each request."""


@_once
def lean(script: bytes) -> bytes:
    """Return a script without the comments that stand in lines of their own.

    They take a fifth of the bytes that a search needs, most of it types. A script that does not
    begin with `// @ts-check` is somebody else's, and is left as it is.
    """
    return _COMMENT.sub(b"", script) if script.startswith(_OURS) else script


def ship(scripts: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the scripts that a build writes, by name.

    Scripts that no other imports, which pages and workers start from, carry all that they import:
    a search begins with two files instead of seventeen. The modules are written too, for scripts
    that fetch one of them later.
    """
    imported = {name for script in scripts.values() for name in _imports(script)}
    return {
        name: lean(script if name in imported else bundle(name, scripts))
        for name, script in scripts.items()
    }


def needs(names: Iterable[str], scripts: Mapping[str, bytes]) -> list[str]:
    """Return scripts with all that they import, as far as there are such, in a fixed order.

    What they fetch later, with `import()`, is not among them.
    """
    needed = [name for name in names if name in scripts]
    for name in needed:  # grows meanwhile
        needed += [n for n in _imports(scripts[name]) if n in scripts and n not in needed]
    return needed


def bundle(entry: str, scripts: Mapping[str, bytes]) -> bytes:
    """Return a script with its modules before it, each in a function that returns its exports.

    Our modules import and export by name only, and none waits while it starts. A script stays as
    it is if it imports one that is not written by these rules, or that imports it in turn.
    """
    order: list[str] = []
    if not _collect(entry, scripts, order, above=()):
        return scripts[entry]
    *modules, _ = order
    parts = (_wrapped(name, scripts[name]) for name in modules)
    return b"".join([_OURS, *parts, _linked(scripts[entry])])


def _collect(
    name: str, scripts: Mapping[str, bytes], order: list[str], *, above: tuple[str, ...]
) -> bool:
    """List a module behind all that it imports; tell whether all of them are ours."""
    script = scripts.get(name, b"")
    if name in above or not script.startswith(_OURS):
        return False
    inner = (*above, name)
    if not all(
        other in order or _collect(other, scripts, order, above=inner) for other in _imports(script)
    ):
        return False
    order.append(name)
    return True


@_once
def _imports(script: bytes) -> tuple[str, ...]:
    return tuple(match["name"].decode() for match in _IMPORT.finditer(script))


@_once
def _wrapped(name: str, script: bytes) -> bytes:
    exports = b", ".join(match["name"] for match in _EXPORT.finditer(script))
    body = _EXPORT.sub(rb"\g<kind> \g<name>", _linked(script))
    return b"const %b = (() => {\n%breturn { %b };\n})();\n" % (_variable(name), body, exports)


def _linked(script: bytes) -> bytes:
    """Return a script that takes what it imports from the variables of bundled modules."""

    def link(match: re.Match[bytes]) -> bytes:
        return b"const {%b} = %b;" % (match["names"], _variable(match["name"].decode()))

    return _IMPORT.sub(link, script)


def _variable(name: str) -> bytes:
    return b"$" + re.sub(r"\W", "_", name.removesuffix(".js")).encode()
