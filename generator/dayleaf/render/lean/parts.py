"""What a layout is made of, for the scanner and those that judge what it found.

Values here are compared by identity: two `</p>` are two.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TypeAlias

from jinja2 import nodes


class UnsupportedLayout(Exception):  # noqa: N818 - no error: the layout stays as it is written
    """A layout that is cut up in a way that this package does not follow."""


class PieceKind(Enum):
    """What a piece of fixed text is."""

    TEXT = auto()
    SPACE = auto()
    """White space in running text."""
    OPEN = auto()
    """`<a`"""
    GAP = auto()
    """White space inside a start tag."""
    INSIDE = auto()
    """Anything else inside a start tag."""
    CLOSE = auto()
    """`>`"""
    END = auto()
    """`</a>`"""


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """A piece of fixed text."""

    text: str
    kind: PieceKind
    name: str = ""
    """The element of a tag."""
    stack: tuple[str, ...] = ()
    """The elements that are known to be open where the piece begins, the outermost first."""


@dataclass(frozen=True, slots=True, eq=False)
class Hole:
    """What is known only when a page is rendered; without a node, an end of the layout."""

    node: nodes.Node | None = None
    inside: bool = False
    """Whether it stands inside a tag."""


@dataclass(frozen=True, slots=True, eq=False)
class Fork:
    """`{% if %}`: one of several ways, or none where it is optional."""

    ways: tuple[tuple[Part, ...], ...]
    optional: bool


@dataclass(frozen=True, slots=True, eq=False)
class Loop:
    """`{% for %}`: its body any number of times, or what stands behind its `else`."""

    body: tuple[Part, ...]
    otherwise: tuple[Part, ...]


Item: TypeAlias = Piece | Hole
Part: TypeAlias = Piece | Hole | Fork | Loop


@dataclass(frozen=True, slots=True, eq=False)
class Attribute:
    """A value between quotes."""

    opening: Piece
    parts: tuple[Item, ...]
    closing: Piece


@dataclass(frozen=True, slots=True)
class BlockPlace:
    """Where a block stands."""

    stack: tuple[str, ...]
    in_text: bool
    """Not inside a tag, a comment, a script or the like."""


@dataclass(frozen=True, slots=True)
class Scanned:
    """A body of a layout, divided into parts."""

    parts: tuple[Part, ...]
    attributes: tuple[Attribute, ...]
    texts: tuple[tuple[nodes.TemplateData, tuple[Piece, ...]], ...]
    """Jinja's pieces of fixed text, and ours of each."""
    places: dict[str, BlockPlace]
    """Of the blocks inside, by name."""
    blocks: tuple[nodes.Block, ...]
