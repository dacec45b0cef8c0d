"""The outline of a text: its blocks in order, each in lines of runs, and what holds them.

Values alone; `html` makes them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

Kind = Literal["heading", "text", "row", "rule"]
SOFT = 7
"""The level of a bold line that stands alone, which heads what follows like a heading."""


class Run(NamedTuple):
    """A stretch of text in one style."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    address: str = ""
    """Where it leads, if it is a link."""


class TextLine(NamedTuple):
    """A line of a block."""

    number: int
    """In the file, from 1."""
    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        """Return what it says, on one line."""
        return " ".join("".join(run.text for run in self.runs).split())


@dataclass(slots=True)
class Block:
    """A heading, a paragraph, a row of a table, or a rule."""

    kind: Kind
    lines: list[TextLine]
    level: int = 0
    """Of a heading, 1 to 6, or SOFT."""
    path: tuple[int, ...] = ()
    """The numbers of the containers that hold it, the outermost first."""
    label: str = ""
    """What the page's author calls it, by the class of an element."""
    cells: list[list[TextLine]] = field(default_factory=list)
    """Of a row."""
    header: tuple[str, ...] = ()
    """Of a row: the heads of its columns, none for a head itself."""
    ordinal: bool = False
    """Whether it begins an item with a number."""

    @property
    def number(self) -> int:
        """Return the line of its beginning."""
        return self.lines[0].number if self.lines else 1

    @property
    def text(self) -> str:
        """Return what it says, on one line."""
        return " ".join(filter(None, (line.text for line in self.lines)))


@dataclass(slots=True)
class Container:
    """What holds blocks: an item of a list, a quote, something folded, a division."""

    kind: Literal["item", "quote", "fold", "part"]
    summary: str = ""
    """What a folded block shows."""
    blocks: list[int] = field(default_factory=list)
    """The places of its blocks."""


@dataclass(frozen=True, slots=True)
class Outline:
    """A text in blocks."""

    blocks: list[Block]
    containers: list[Container]
    title: str = ""
    """What an HTML page is called."""
