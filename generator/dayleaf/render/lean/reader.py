"""Fixed text, as it comes between Jinja's signs -> pieces of HTML.

The reader keeps its place from one text to the next, for a tag may be cut up by what is printed
inside it. It never guesses: at anything unusual it raises UnsupportedLayout.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import TYPE_CHECKING

from dayleaf.render.lean import html
from dayleaf.render.lean.parts import Attribute, Hole, Piece, PieceKind, UnsupportedLayout

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jinja2 import nodes

    from dayleaf.render.lean.parts import Item

_S = html.SPACE
_TEXT = re.compile(
    rf"""(?P<space>[{_S}]+)
    | (?P<comment><!--(?!-?>).*?-->)
    | (?P<declaration><![a-zA-Z][^>]*>)
    | </(?P<end>[a-zA-Z][^{_S}/>]*)[{_S}]*>
    | <(?P<open>[a-zA-Z][^{_S}/>]*)(?=[{_S}/>])
    | (?P<text>(?:[^<{_S}]|<(?=[^a-zA-Z/!?]))+)""",
    re.DOTALL | re.VERBOSE,
)
_TAG = re.compile(
    rf"""(?P<close>[{_S}]*/?>)
    | (?P<gap>[{_S}]+)
    | (?P<equals>=[{_S}]*)
    | (?P<inside>/|[^{_S}"'<>/=]+)""",
    re.VERBOSE,
)
_BARE = re.compile(f"[^{_S}>]*")
_KEPT_COMMENT = re.compile(r"<!--(?:[!\[#]|esi\b)")


class Mode(Enum):
    """Where the reader stands."""

    TEXT = auto()
    TAG = auto()
    EQUALS = auto()
    """Behind the sign between an attribute's name and its value."""
    BARE = auto()
    """In a value without quotes."""
    QUOTED = auto()
    RAW = auto()
    """In a script and the like."""


@dataclass(frozen=True, slots=True)
class ReaderState:
    """All that the reader has to remember."""

    mode: Mode
    stack: tuple[str, ...]
    name: str = ""
    """The element whose tag, or whose raw contents, the reader is in."""
    quote: str = ""


class BodyReader:
    """Takes in a body of a layout, text by text."""

    def __init__(self, stack: tuple[str, ...]) -> None:
        self.state = ReaderState(Mode.TEXT, stack)
        self.attributes: list[Attribute] = []
        self._opening: Piece | None = None
        """The quote that began a value, as long as nothing divides it."""
        self._value: list[Item] = []

    def read(self, text: str) -> tuple[Piece, ...]:
        """Return the pieces of a text."""
        pieces: list[Piece] = []
        place = 0
        while place < len(text):
            place = self._step(text, place, pieces)
        return tuple(pieces)

    def hole(self, node: nodes.Node) -> Hole:
        """Pass what a layout prints."""
        mode = self.state.mode
        if mode is Mode.EQUALS:
            self.state = replace(self.state, mode=Mode.BARE)
        hole = Hole(node, inside=mode is not Mode.TEXT)
        self._value.append(hole)
        return hole

    def divide(self) -> None:
        """Pass a place where ways part or meet: a value that goes on there keeps its quotes."""
        self._opening = None

    def _step(self, text: str, place: int, pieces: list[Piece]) -> int:
        match self.state.mode:
            case Mode.TEXT:
                return self._text(text, place, pieces)
            case Mode.TAG:
                return self._tag(text, place, pieces)
            case Mode.EQUALS:
                return self._equals(text, place, pieces)
            case Mode.QUOTED:
                return self._quoted(text, place, pieces)
            case Mode.RAW:
                return self._raw(text, place, pieces)
            case Mode.BARE:
                match = _BARE.match(text, place)
                end = match.end() if match else place
                pieces.extend(_pieces(text[place:end], PieceKind.INSIDE))
                if end < len(text):
                    self.state = replace(self.state, mode=Mode.TAG)
                return end

    def _text(self, text: str, place: int, pieces: list[Piece]) -> int:
        match = _TEXT.match(text, place)
        if match is None or "--!>" in match[0]:  # an end of comments that few know
            raise UnsupportedLayout
        matched, stack, kind = match[0], self.state.stack, match.lastgroup
        if kind in {"open", "end"}:
            name = match[kind].lower()
            pieces.append(
                Piece(matched, PieceKind.OPEN if kind == "open" else PieceKind.END, name, stack)
            )
            self._turn(name, opens=kind == "open")
        elif kind == "declaration":
            pieces.append(Piece(matched, PieceKind.END, "html"))
        elif not html.VERBATIM.isdisjoint(stack):  # where even a comment counts, before a new line
            pieces.append(Piece(matched, PieceKind.TEXT))
        elif kind == "space":
            pieces.append(Piece(matched, PieceKind.SPACE, stack=stack))
        elif kind != "comment" or _KEPT_COMMENT.match(matched):
            pieces.append(Piece(matched, PieceKind.TEXT))
        return match.end()

    def _turn(self, name: str, *, opens: bool) -> None:
        if opens and name != "plaintext":
            self.state = replace(self.state, mode=Mode.TAG, name=name)
            return
        stack = html.ended(self.state.stack, name)
        if opens or (stack == self.state.stack and name in html.VERBATIM | html.RAW):
            raise UnsupportedLayout
        self.state = replace(self.state, stack=stack)

    def _tag(self, text: str, place: int, pieces: list[Piece]) -> int:
        match = _TAG.match(text, place)
        if match is None or "white-space" in text:
            raise UnsupportedLayout
        kind, matched = match.lastgroup, match[0]
        if kind == "close":
            self._close(matched)
            pieces.append(Piece(matched, PieceKind.CLOSE, self.state.name, self.state.stack))
            if self.state.mode is Mode.TEXT:
                self.state = replace(self.state, name="")
        elif kind == "equals":
            pieces.append(Piece(matched, PieceKind.INSIDE))
            self.state = replace(self.state, mode=Mode.EQUALS)
        else:
            pieces.append(Piece(matched, PieceKind.GAP if kind == "gap" else PieceKind.INSIDE))
        return match.end()

    def _close(self, closing: str) -> None:
        name = self.state.name
        stack = html.opened(self.state.stack, name)
        empty = name in html.VOID or ("/" in closing and name in {"svg", "math"})
        if name in html.TRACKED | html.VERBATIM and not empty:
            stack = (*stack, name)
        mode = Mode.RAW if name in html.RAW else Mode.TEXT
        self.state = replace(self.state, mode=mode, stack=stack)

    def _equals(self, text: str, place: int, pieces: list[Piece]) -> int:
        sign = text[place]
        if sign in html.SPACE:
            raise UnsupportedLayout
        if sign in "\"'":
            self._opening = Piece(sign, PieceKind.INSIDE)
            self._value = []
            pieces.append(self._opening)
            self.state = replace(self.state, mode=Mode.QUOTED, quote=sign)
            return place + 1
        self.state = replace(self.state, mode=Mode.BARE)
        return place

    def _quoted(self, text: str, place: int, pieces: list[Piece]) -> int:
        end = text.find(self.state.quote, place)
        value = list(_pieces(text[place : end if end >= 0 else len(text)], PieceKind.INSIDE))
        pieces += value
        self._value += value
        if end < 0:
            return len(text)
        closing = Piece(self.state.quote, PieceKind.INSIDE)
        pieces.append(closing)
        if self._opening is not None:
            self.attributes.append(Attribute(self._opening, tuple(self._value), closing))
        self._opening = None
        self.state = replace(self.state, mode=Mode.TAG, quote="")
        return end + 1

    def _raw(self, text: str, place: int, pieces: list[Piece]) -> int:
        name = self.state.name
        match = re.compile(rf"</{name}[{_S}]*>", re.IGNORECASE).search(text, place)
        inside = text[place : match.start() if match else len(text)]
        if "<!--" in inside:
            raise UnsupportedLayout
        pieces.extend(_pieces(inside, PieceKind.TEXT))
        if match is None:
            return len(text)
        pieces.append(Piece(match[0], PieceKind.END, name, self.state.stack))
        self.state = ReaderState(Mode.TEXT, self.state.stack)
        return match.end()


def _pieces(text: str, kind: PieceKind) -> Iterator[Piece]:
    if text:
        yield Piece(text, kind)
