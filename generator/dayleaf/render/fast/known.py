"""What is known before a page is rendered -> constants in a flat layout.

The site's settings and the way back to its root are the same on 190,000 authors' pages, and so are
the macros that a layout imports. Looked up when a layout is compiled, not once a page, they become
part of the fixed text around them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2 import nodes
from jinja2.visitor import NodeTransformer

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_CONSTANT = (str, bool, int, type(None))


def settle(tree: nodes.Template, known: Mapping[str, object]) -> nodes.Template:
    """Return a layout with the known values, and their attributes, in place of their names.

    A name to which the layout gives a meaning of its own anywhere stays a name.
    """
    assigned = {name.name for name in tree.find_all(nodes.Name) if name.ctx != "load"}
    free = {name: value for name, value in known.items() if name not in assigned}
    settled = _Settler(free).visit(tree)
    assert isinstance(settled, nodes.Template)  # noqa: S101 - for the types alone
    return settled


Macros = tuple[tuple[str, str, str], ...]
"""The layout that a macro is taken from, its name there, and its name here."""


def take_imports(
    tree: nodes.Template, load: Callable[[str], object]
) -> tuple[nodes.Template, Macros]:
    """Return a layout without the macros that it imports, and these.

    `load` returns the module of a layout. An import stays where it is conditional, where it passes
    its variables on, and where it names what is not there or has two meanings.
    """
    taken: dict[str, tuple[str, str, str]] = {}
    body: list[nodes.Node] = []
    for node in tree.body:
        imports = _imported(node, load)
        if imports is None or any(taken.get(entry[2], entry) != entry for entry in imports):
            body.append(node)
        else:
            taken |= {entry[2]: entry for entry in imports}
    stored = {name.name for name in tree.find_all(nodes.Name) if name.ctx != "load"}
    stored |= {macro.name for macro in tree.find_all(nodes.Macro)}
    kept = (name for node in body for name in node.find_all((nodes.FromImport, nodes.Import)))
    if any(kept) or not taken.keys().isdisjoint(stored):
        return tree, ()
    return nodes.Template(body, lineno=1, environment=tree.environment), tuple(taken.values())


def _imported(node: nodes.Node, load: Callable[[str], object]) -> list[tuple[str, str, str]] | None:
    """Return the macros that an import brings; None for what must stay."""
    if not isinstance(node, nodes.FromImport) or node.with_context:
        return None
    if not isinstance(node.template, nodes.Const):
        return None
    layout = str(node.template.value)
    module = load(layout)
    pairs = [name if isinstance(name, tuple) else (name, name) for name in node.names]
    if not all(hasattr(module, name) for name, _ in pairs):
        return None
    return [(layout, name, alias) for name, alias in pairs]


class _Settler(NodeTransformer):
    """Puts known values in the places of names."""

    def __init__(self, known: Mapping[str, object]) -> None:
        self._known = known

    def visit_Name(self, node: nodes.Name) -> nodes.Node:  # noqa: N802 - Jinja's naming
        """Put a value in the place of its name."""
        return _constant(node, self._known.get(node.name, node))

    def visit_Getattr(self, node: nodes.Getattr) -> nodes.Node:  # noqa: N802
        """Put a value's attribute in its place."""
        if isinstance(node.node, nodes.Name) and node.node.name in self._known:
            return _constant(node, getattr(self._known[node.node.name], node.attr, node))
        self.generic_visit(node)
        return node


def _constant(node: nodes.Node, value: object) -> nodes.Node:
    """Return a node for a value; the node itself where the value is not simple."""
    if type(value) not in _CONSTANT:
        return node
    return nodes.Const(value, lineno=node.lineno, environment=node.environment)
