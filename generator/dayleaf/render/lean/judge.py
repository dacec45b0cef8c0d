"""What of a body can go: white space, end tags, quotes. It decides, and changes nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from jinja2 import nodes

from dayleaf.render.lean import html
from dayleaf.render.lean.parts import Hole, Item, Piece, PieceKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dayleaf.render.lean.parts import Attribute, Scanned
    from dayleaf.render.lean.scan import Links

PLAIN = frozenset(
    """abs_url code count feed heat height id iso language path pdf_url root url width x
    y""".split()
)
"""Names whose values rarely need quotes. Those that do are written with character references."""

_BARE = re.compile(f"[^{html.SPACE}\"'=<>`]*")


class Side(Enum):
    """What a part shows to the white space beside it."""

    LINE = auto()
    """Text and what stands in lines of it."""
    BLOCK = auto()
    LOOSE = auto()
    """Nothing that is shown: a link in the head, a part of a drawing."""
    EDGE = auto()
    """The end of the body."""


@dataclass(frozen=True, slots=True)
class Ends:
    """The first and last output of a macro, as far as known."""

    first: frozenset[Piece] | None
    last: frozenset[Piece] | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What to print instead of pieces, and which holes stand in values without quotes."""

    changed: dict[Piece, str]
    bare: dict[nodes.Node, bool]
    """By expression, whether it is the whole of its value, which may then be empty."""


class Judge:
    """Looks at a body from all sides."""

    def __init__(
        self, scanned: Scanned, links: Links, macros: Mapping[str, Ends], *, page: bool
    ) -> None:
        self._scanned = scanned
        self._links = links
        self._macros = macros
        self._page = page
        """Whether the body ends where the page ends."""

    def decide(self) -> Verdict:
        """Return the changes that leave superfluous text out."""
        changed: dict[Piece, str] = {}
        for item in self._links.after:
            if isinstance(item, Piece) and (shown := self._shown(item)) != item.text:
                changed[item] = shown
        bare: dict[nodes.Node, bool] = {}
        for attribute in self._scanned.attributes:
            if self._needs_no_quotes(attribute):
                changed |= {attribute.opening: "", attribute.closing: ""}
                holes = [part.node for part in attribute.parts if isinstance(part, Hole)]
                bare |= {node: len(attribute.parts) == 1 for node in holes if node}
        return Verdict(changed, bare)

    def ends(self) -> Ends:
        """Return how the body begins and ends."""
        return Ends(
            _pieces(self._around(self._links.start, self._links.after)),
            _pieces(self._around(self._links.finish, self._links.before)),
        )

    def _shown(self, piece: Piece) -> str:
        match piece.kind:
            case PieceKind.SPACE:
                return self._space(piece)
            case PieceKind.END:
                return "" if self._may_be_left_out(piece) else piece.text
            case PieceKind.GAP:
                return " "
            case PieceKind.CLOSE if "/" not in piece.text or piece.name in html.VOID:
                return ">"
            case _:
                return piece.text

    # ---- White space ----
    def _space(self, piece: Piece) -> str:
        items = self._around(piece, self._links.before), self._around(piece, self._links.after)
        before, after = set(map(_behind, items[0])), set(map(_ahead, items[1]))
        if any(map(_ends_newer, items[0])) or any(map(_starts_newer, items[1])):
            inside = all(map(_opens, items[0])) or all(map(_ends, items[1]))
            again = all(map(_is_space, self._links.before[piece]))
            breaks = all(map(_starts_older, items[1]))
            return "" if inside or again or breaks else " "
        if before == {Side.BLOCK} or after == {Side.BLOCK}:
            return ""
        loose = {Side.BLOCK, Side.LOOSE}
        if piece.stack[-1:] in {("html",), ("head",)}:
            loose.add(Side.EDGE)
        if before | after <= loose:
            return ""
        if html.BLOCK.isdisjoint(piece.stack):  # its caller may put it into a <pre>
            return piece.text
        if all(map(_is_space, self._links.before[piece])):
            return ""
        return piece.text if len(piece.text) == 1 else " "

    def _around(self, item: Item, links: Mapping[Item, frozenset[Item]]) -> set[Item]:
        """Return the nearest parts on one side that are no white space."""
        neighbours, seen = set[Item](), {item}
        waiting = list(links.get(item, ()))
        while waiting:
            near = waiting.pop()
            if near in seen:
                continue
            seen.add(near)
            if isinstance(near, Piece) and near.kind is PieceKind.SPACE:
                waiting += links.get(near, ())
            elif isinstance(near, Hole) and (known := self._known(near, links)) is not None:
                neighbours |= known
            else:
                neighbours.add(near)
        return neighbours

    def _known(self, hole: Hole, links: Mapping[Item, frozenset[Item]]) -> frozenset[Piece] | None:
        node = hole.node
        if not isinstance(node, nodes.Call) or not isinstance(node.node, nodes.Name):
            return None
        ends = self._macros.get(node.node.name)
        if ends is None:
            return None
        return ends.first if links is self._links.after else ends.last

    # ---- End tags ----
    def _may_be_left_out(self, tag: Piece) -> bool:
        rule = html.OMISSIONS.get(tag.name)
        if rule is None or tag.stack[-1:] != (tag.name,):
            return False
        parent = tag.stack[-2:-1]
        near = self._around(tag, self._links.after)
        return bool(near) and all(self._allows(item, tag, rule, parent) for item in near)

    def _allows(self, item: Item, tag: Piece, rule: html.Omission, parent: tuple[str, ...]) -> bool:
        if isinstance(item, Hole):
            return self._page and item is self._links.finish and tag.name in {"body", "html"}
        if item.kind is PieceKind.OPEN:
            return item.name in rule.starts
        return item.kind is PieceKind.END and item.name in rule.parents and parent == (item.name,)

    # ---- Quotes ----
    def _needs_no_quotes(self, attribute: Attribute) -> bool:
        fixed = [part.text for part in attribute.parts if isinstance(part, Piece)]
        holes = [part.node for part in attribute.parts if isinstance(part, Hole)]
        if not attribute.parts or not _BARE.fullmatch("".join(fixed)):
            return False
        if not all(node and _is_plain(node) for node in holes):
            return False
        behind = self._links.after[attribute.closing]
        last = all(isinstance(item, Piece) and item.kind is PieceKind.CLOSE for item in behind)
        filled = fixed or len(holes) == 1 or any(map(_is_root, holes))
        if not filled and not last:  # all of them could be empty
            return False
        return all(map(_ends_value, behind))


def _is_space(item: Item) -> bool:
    return isinstance(item, Piece) and item.kind is PieceKind.SPACE


def _ends_value(item: Item) -> bool:
    if not isinstance(item, Piece):
        return False
    if item.kind is PieceKind.CLOSE:
        return not item.text.startswith("/") or item.name in html.VOID
    return item.kind is PieceKind.GAP


def _is_plain(node: nodes.Node) -> bool:
    if isinstance(node, nodes.Getattr):
        return node.attr in PLAIN
    return isinstance(node, nodes.Name) and node.name in PLAIN


def _is_root(node: nodes.Node | None) -> bool:
    """Tell whether an expression is the way back to the site's root, which is never empty."""
    return isinstance(node, nodes.Name) and node.name == "root"


def _pieces(items: set[Item]) -> frozenset[Piece] | None:
    pieces = frozenset(item for item in items if isinstance(item, Piece))
    return pieces if pieces and len(pieces) == len(items) else None


def _ahead(item: Item) -> Side:
    """Return a part as the white space before it meets it."""
    if isinstance(item, Hole):
        return Side.EDGE if item.node is None else Side.LINE
    if item.kind is PieceKind.END:
        return _side(item.name, inside=True)
    return _side(item.name, inside=False) if item.kind is PieceKind.OPEN else Side.LINE


def _behind(item: Item) -> Side:
    """Return a part as the white space behind it meets it."""
    if isinstance(item, Hole):
        return Side.EDGE if item.node is None else Side.LINE
    if item.kind is PieceKind.CLOSE:
        return _side(item.name, inside=True)
    return _side(item.name, inside=False) if item.kind is PieceKind.END else Side.LINE


def _opens(item: Item) -> bool:
    return isinstance(item, Piece) and item.kind is PieceKind.CLOSE and item.name in html.BLOCK


def _ends(item: Item) -> bool:
    return isinstance(item, Piece) and item.kind is PieceKind.END and item.name in html.BLOCK


def _starts_newer(item: Item) -> bool:
    return isinstance(item, Piece) and item.kind is PieceKind.OPEN and item.name in html.NEWER


def _starts_older(item: Item) -> bool:
    older = html.BLOCK - html.NEWER
    return isinstance(item, Piece) and item.kind is PieceKind.OPEN and item.name in older


def _ends_newer(item: Item) -> bool:
    return isinstance(item, Piece) and item.kind is PieceKind.END and item.name in html.NEWER


def _side(name: str, *, inside: bool) -> Side:
    if name in html.BLOCK or (inside and name == "select"):
        return Side.BLOCK
    if name in html.META | html.SHAPE or (inside and name == "svg"):
        return Side.LOOSE
    return Side.LINE
