"""Where a page comes from: its layouts, their variables, how long it took.

Values are cut to a size that a panel bears, however much a page shows; nothing here is HTML.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from dayleaf import render

if TYPE_CHECKING:
    from pathlib import Path

    from dayleaf.base.config import Config

_TEXT = 160
"""Characters shown of a text."""
_ITEMS = 8
"""Items shown of a sequence."""
_NODES = 1_500
"""Values shown of a page."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that has a part in a page."""

    name: str
    """`partials/paper.html`."""
    file: str
    """Where it lies, as its author knows it."""
    own: bool
    """Whether it is the site's own, not one that came with Dayleaf."""


@dataclass(frozen=True, slots=True)
class Value:
    """A variable, or a part of one."""

    name: str
    kind: str
    """`str`, `tuple of 213`, `Paper`."""
    text: str = ""
    """What it holds, where it has no parts."""
    parts: tuple[Value, ...] = ()
    more: int = 0
    """How many parts are not shown."""


@dataclass(frozen=True, slots=True)
class Origin:
    """What a page was made from."""

    path: str
    layouts: tuple[SourceFile, ...]
    """The page's own first."""
    values: tuple[Value, ...]
    size: int
    """Bytes of the page."""
    asked: float
    """Milliseconds that it took to ask the catalog."""
    rendered: float
    """Milliseconds that the layouts took."""


def describe(
    path: str,
    files: list[tuple[str, Path]],
    variables: dict[str, object],
    config: Config,
    *,
    size: int,
    times: tuple[float, float],
) -> Origin:
    """Describe a page and its variables; `times` for catalog and layouts are in seconds."""
    left = _Left(_NODES)
    asked, rendered = times
    return Origin(
        path=path,
        layouts=tuple(
            SourceFile(name, _shown(file, config), file.is_relative_to(config.layouts))
            for name, file in files
        ),
        values=tuple(left.value(name, value) for name, value in variables.items()),
        size=size,
        asked=round(1000 * asked, 1),
        rendered=round(1000 * rendered, 1),
    )


def _shown(file: Path, config: Config) -> str:
    for folder in (config.site, *(folder.parent for folder in render.folders(config))):
        if file.is_relative_to(folder):
            return file.relative_to(folder).as_posix()
    return str(file)


class _Left:
    """Describes values as long as there is room."""

    def __init__(self, nodes: int) -> None:
        self._nodes = nodes

    def value(self, name: str, value: object) -> Value:
        self._nodes -= 1
        kind = type(value).__name__
        fields = getattr(value, "_fields", None)
        if isinstance(value, tuple) and fields:
            pairs = [(str(field), getattr(value, field)) for field in fields]
            return self._parts(name, kind, pairs, most=len(pairs))
        if isinstance(value, (tuple, list)):
            pairs = [(str(place), part) for place, part in enumerate(value)]
            return self._parts(name, f"{kind} of {len(value):,}", pairs, most=_ITEMS)
        text = str(value) if isinstance(value, (str, Markup)) else repr(value)
        return Value(name, kind, text[:_TEXT] + "…" * (len(text) > _TEXT))

    def _parts(self, name: str, kind: str, pairs: list[tuple[str, object]], *, most: int) -> Value:
        shown = pairs[: min(most, max(self._nodes, 0))]
        parts = tuple(self.value(field, part) for field, part in shown)
        return Value(name, kind, "", parts, len(pairs) - len(parts))
