"""A layout and all that it extends -> one template, which renders in a fraction of the time.

Jinja calls every block of a chain of layouts as a generator of its own, and for a page of 700 bytes
those calls cost more than the printing. What each block holds is known before rendering, so its
contents can stand where the block stood. The plain chain of layouts stays the authority: where
flattening is not sure to mean the same, it is refused, and mistakes are explained by the plain one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2 import nodes
from jinja2.visitor import NodeTransformer

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_BOUNDS = (nodes.For, nodes.Macro, nodes.CallBlock, nodes.FilterBlock, nodes.With)
"""Whose names the blocks inside them do not see."""

_NAMING = (nodes.Assign, nodes.AssignBlock, nodes.Import, nodes.FromImport, nodes.Macro)


class NotFlattened(Exception):  # noqa: N818 - no error: the caller takes the plain way
    """What cannot be flattened with the same meaning."""


def flatten(name: str, parse: Callable[[str], nodes.Template]) -> nodes.Template:
    """Return a layout with the contents of all blocks in their places; `parse` reads one by name.

    Raises NotFlattened where a layout calls `self`, or `super` as a part of an expression, has a
    block inside a loop, or chooses what it extends while rendering, and where the one that extends
    no other sets variables, which its blocks see only from there on.
    """
    tree, before = parse(name), list[nodes.Node]()
    blocks: dict[str, list[nodes.Block]] = {}
    while True:
        _refuse(tree)
        for block in tree.find_all(nodes.Block):
            blocks.setdefault(block.name, []).append(block)
        parent = _parent(tree)
        if parent is None:
            break
        # What a child prints outside its blocks goes nowhere; what it imports and sets counts.
        kept = [node for node in tree.body if not isinstance(node, (nodes.Block, nodes.Output))]
        before = [node for node in kept if not isinstance(node, nodes.Extends)] + before
        tree = parse(parent)
    if any(isinstance(node, (nodes.Assign, nodes.AssignBlock)) for node in tree.body):
        raise NotFlattened
    flat = nodes.Template([*before, *_filled(_Filler(blocks, []), tree.body)], lineno=1)
    if tree.environment is not None:
        flat.set_environment(tree.environment)
    return flat


def _parent(tree: nodes.Template) -> str | None:
    """Return the name of the layout that another extends."""
    statements = list(tree.find_all(nodes.Extends))
    if not statements:
        return None
    (extends, *others) = statements
    if others or extends not in tree.body or not isinstance(extends.template, nodes.Const):
        raise NotFlattened
    return str(extends.template.value)


def _refuse(tree: nodes.Template) -> None:
    """Raise NotFlattened for a construct whose meaning needs the plain chain of layouts."""
    printed = {
        id(part) for output in tree.find_all(nodes.Output) for part in output.nodes if _super(part)
    }
    for call in tree.find_all(nodes.Call):
        if _super(call) and id(call) not in printed:
            raise NotFlattened
    if any(name.name == "self" for name in tree.find_all(nodes.Name)):
        raise NotFlattened
    if any(node.find(nodes.Block) for node in tree.find_all(_BOUNDS)):
        raise NotFlattened


def _super(node: nodes.Node) -> bool:
    return (
        isinstance(node, nodes.Call)
        and isinstance(node.node, nodes.Name)
        and node.node.name == "super"
    )


def _filled(filler: _Filler, body: Sequence[nodes.Node]) -> list[nodes.Node]:
    """Return nodes with every block among them, and below, replaced by what it holds."""
    filled: list[nodes.Node] = []
    for node in body:
        replacement = filler.visit(node)
        filled += replacement if isinstance(replacement, list) else [replacement]
    return _merged(filled)


class _Filler(NodeTransformer):
    """Puts the contents of blocks in their places."""

    def __init__(self, blocks: dict[str, list[nodes.Block]], above: list[nodes.Block]) -> None:
        self._blocks = blocks
        self._above = above
        """The versions of the block being filled that `super` goes to, the nearest first."""

    def visit_Block(self, node: nodes.Block) -> list[nodes.Node]:  # noqa: N802 - Jinja's naming
        """Put the innermost child's version of a block in its place."""
        return self._version(self._blocks[node.name])

    def visit_Output(self, node: nodes.Output) -> list[nodes.Node]:  # noqa: N802
        """Put what `super()` prints in its place."""
        printed: list[nodes.Node] = []
        for part in node.nodes:
            if _super(part):
                printed += self._version(self._above)
            else:
                printed.append(nodes.Output([part], lineno=node.lineno))
        return _merged(printed)

    def _version(self, versions: list[nodes.Block]) -> list[nodes.Node]:
        if not versions:
            raise NotFlattened
        first, *above = versions
        filled = _filled(_Filler(self._blocks, above), first.body)
        if any(_sets(node) for node in filled):  # a block's own names end with it
            return [nodes.Scope(filled, lineno=first.lineno)]
        return filled


def _sets(node: nodes.Node) -> bool:
    return isinstance(node, _NAMING) or any(node.find_all(_NAMING))


def _merged(body: Sequence[nodes.Node]) -> list[nodes.Node]:
    """Join neighbours that print, so that fixed text runs on across the seams of blocks."""
    merged: list[nodes.Node] = []
    for node in body:
        last = merged[-1] if merged else None
        if isinstance(node, nodes.Output) and isinstance(last, nodes.Output):
            merged[-1] = nodes.Output([*last.nodes, *node.nodes], lineno=last.lineno)
        else:
            merged.append(node)
    return merged
