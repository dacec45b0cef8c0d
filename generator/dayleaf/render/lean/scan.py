"""A body of a layout -> what it is made of, with its ways and loops, and what may follow what."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from jinja2 import nodes

from dayleaf.render.lean import html
from dayleaf.render.lean.parts import BlockPlace, Fork, Hole, Loop, Part, Scanned, UnsupportedLayout
from dayleaf.render.lean.reader import BodyReader, Mode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dayleaf.render.lean.parts import Item, Piece
    from dayleaf.render.lean.reader import ReaderState

_SILENT = (
    nodes.Assign,
    nodes.AssignBlock,
    nodes.ExprStmt,
    nodes.FromImport,
    nodes.Import,
    nodes.Macro,
)
"""Statements that print nothing in their place."""


def scan(body: Sequence[nodes.Node], stack: tuple[str, ...]) -> Scanned:
    """Take a body apart that stands in text, in these elements. Raises UnsupportedLayout.

    Where ways meet, the reader has to be in the same place on each. A body ends in text, too.
    """
    scanner = _Scanner(BodyReader(stack))
    parts = scanner.walk(body)
    if scanner.reader.state.mode is not Mode.TEXT:
        raise UnsupportedLayout
    return Scanned(
        parts,
        tuple(scanner.reader.attributes),
        tuple(scanner.texts),
        scanner.places,
        tuple(scanner.blocks),
    )


class _Scanner:
    """Follows the ways through a body."""

    def __init__(self, reader: BodyReader) -> None:
        self.reader = reader
        self.texts: list[tuple[nodes.TemplateData, tuple[Piece, ...]]] = []
        self.places: dict[str, BlockPlace] = {}
        self.blocks: list[nodes.Block] = []

    def walk(self, body: Sequence[nodes.Node]) -> tuple[Part, ...]:
        """Return the parts of some nodes."""
        return tuple(part for node in body for part in self._node(node))

    def _node(self, node: nodes.Node) -> tuple[Part, ...]:
        if isinstance(node, nodes.Output):
            return tuple(part for child in node.nodes for part in self._printed(child))
        if isinstance(node, nodes.If):
            return (self._fork(node),)
        if isinstance(node, nodes.For):
            return (self._loop(node),)
        if isinstance(node, (nodes.Scope, nodes.With)):
            return self.walk(node.body)
        if isinstance(node, _SILENT):
            return ()
        self.reader.divide()
        if isinstance(node, nodes.Block):
            state = self.reader.state
            self.places[node.name] = BlockPlace(state.stack, in_text=state.mode is Mode.TEXT)
            self.blocks.append(node)
        hole = self.reader.hole(node)
        self.reader.divide()
        return (hole,)

    def _printed(self, node: nodes.Expr) -> tuple[Part, ...]:
        if not isinstance(node, nodes.TemplateData):
            return (self.reader.hole(node),)
        pieces = self.reader.read(node.data)
        self.texts.append((node, pieces))
        return pieces

    def _fork(self, node: nodes.If) -> Fork:
        bodies = [node.body, *(other.body for other in node.elif_)]
        if node.else_:
            bodies.append(node.else_)
        before, ways, ends = self._divided(), list[tuple[Part, ...]](), list["ReaderState"]()
        for body in bodies:
            self.reader.state = before
            ways.append(self.walk(body))
            ends.append(self.reader.state)
        self._meet(ends if node.else_ else [*ends, before])
        return Fork(tuple(ways), optional=not node.else_)

    def _loop(self, node: nodes.For) -> Loop:
        before = self._divided()
        body = self.walk(node.body)
        after = self.reader.state
        self.reader.state = before
        otherwise = self.walk(node.else_)
        self._meet([before, after, self.reader.state])
        return Loop(body, otherwise)

    def _divided(self) -> ReaderState:
        self.reader.divide()
        return self.reader.state

    def _meet(self, states: list[ReaderState]) -> None:
        self.reader.divide()
        stack = html.joined(state.stack for state in states)
        alike = {replace(state, stack=()) for state in states}
        if stack is None or len(alike) > 1:
            raise UnsupportedLayout
        self.reader.state = replace(states[0], stack=stack)


class Links:
    """What may stand directly behind and before each part of a body."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self.finish = Hole()
        self.start = Hole()
        self.after: dict[Item, frozenset[Item]] = {}
        self.first = _link(parts, frozenset([self.finish]), self.after)
        self.after[self.start] = self.first
        before: dict[Item, set[Item]] = {}
        for item, others in self.after.items():
            for other in others:
                before.setdefault(other, set()).add(item)
        self.before = {item: frozenset(others) for item, others in before.items()}
        self.last = self.before.get(self.finish, frozenset())


def _link(
    parts: Sequence[Part], follow: frozenset[Item], after: dict[Item, frozenset[Item]]
) -> frozenset[Item]:
    """Note what may follow each part, given what may follow all of them; return what may begin."""
    for part in reversed(parts):
        if isinstance(part, Fork):
            ways = [_link(way, follow, after) for way in part.ways]
            follow = frozenset().union(*ways, follow if part.optional else ())
        elif isinstance(part, Loop):
            again = _link(part.body, follow, {})
            body = _link(part.body, follow | again, after)
            follow = body | _link(part.otherwise, follow, after)
        else:
            after[part] = follow
            follow = frozenset([part])
    return follow
