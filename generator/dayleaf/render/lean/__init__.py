"""Layouts as designers write them -> layouts without text that browsers do not need.

It takes away white space that is not shown, end tags that HTML lets one leave out, quotes around
values that need none, and comments, all from the fixed text of a layout's tree, before Jinja
compiles it: pages cost nothing more, and lines keep their numbers. A body (a layout, a block, a
macro) that it cannot follow stays as it is written. It never looks at what a page prints.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import jinja2
from jinja2 import nodes

from dayleaf.render.lean.judge import Ends, Judge
from dayleaf.render.lean.parts import BlockPlace, UnsupportedLayout
from dayleaf.render.lean.scan import Links, scan
from dayleaf.render.lean.values import BARE, BARE_OR_EMPTY, FILTERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from dayleaf.render.lean.parts import Scanned

__all__ = ["BARE", "BARE_OR_EMPTY", "FILTERS", "Trimmer"]


@dataclass(frozen=True, slots=True)
class _Summary:
    """What other layouts need to know of one."""

    places: Mapping[str, BlockPlace]
    """Of its blocks."""
    macros: Mapping[str, Ends]


@dataclass(frozen=True, slots=True)
class _Body:
    scanned: Scanned
    links: Links
    macro: str | None
    page: bool


_NAMING = (nodes.Extends, nodes.FromImport, nodes.Import, nodes.Macro, nodes.Name)
_NOTHING = _Summary({}, {})


class Trimmer:
    """Trims the layouts of one site; `load` parses one by name. Each is looked at once."""

    def __init__(self, load: Callable[[str], nodes.Template]) -> None:
        self._load = load
        self._summaries: dict[str, _Summary] = {}
        self._trimmed: dict[str, tuple[str | bool | None, ...]] = {}
        """What becomes of all that a layout prints, in its order: of fixed text another, of a value
        whether it is all that stands between no quotes, and None of what stays as it is."""

    def trim(self, tree: nodes.Template, name: str) -> nodes.Template:
        """Take from the tree of a layout, in its place, what can go."""
        outputs = list(tree.find_all(nodes.Output))
        if name not in self._trimmed:
            self._trimmed[name] = self._look(tree, name, outputs)
        become = iter(self._trimmed[name])
        for output in outputs:
            output.nodes = [_printed(node, next(become)) for node in output.nodes]
        return tree

    def _look(
        self, tree: nodes.Template, name: str, outputs: Sequence[nodes.Output]
    ) -> tuple[str | bool | None, ...]:
        """Look at a layout from all sides, and note what others need to know of it."""
        self._summaries[name] = _NOTHING  # should it come back to itself
        named = list(tree.find_all(_NAMING))
        places = self._places([node for node in named if isinstance(node, nodes.Extends)])
        defined = [node for node in named if isinstance(node, nodes.Macro)]
        bodies = list(_bodies(tree, defined, places))
        own = _defined(tree, bodies)
        blocks = {block: place for body in bodies for block, place in body.scanned.places.items()}
        self._summaries[name] = _Summary({**blocks, **(places or {})}, own)
        macros = self._imported(tree) | own
        _drop_doubtful(named, macros)
        become: dict[int, str | bool] = {}
        for body in bodies:
            verdict = Judge(body.scanned, body.links, macros, page=body.page).decide()
            for data, pieces in body.scanned.texts:
                become[id(data)] = "".join(verdict.changed.get(each, each.text) for each in pieces)
            become |= {id(node): alone for node, alone in verdict.bare.items()}
        return tuple(become.get(id(node)) for output in outputs for node in output.nodes)

    def _places(self, extends: Sequence[nodes.Extends]) -> Mapping[str, BlockPlace] | None:
        """Return the places of the blocks of what a layout extends; None where it extends none."""
        if not extends:
            return None
        template = extends[0].template
        if len(extends) > 1 or not isinstance(template, nodes.Const):
            return {}
        return self._summary(str(template.value)).places

    def _imported(self, tree: nodes.Template) -> dict[str, Ends]:
        by_alias: dict[str, Ends] = {}
        for node in tree.body:
            if isinstance(node, nodes.FromImport) and isinstance(node.template, nodes.Const):
                macros = self._summary(str(node.template.value)).macros
                for pair in node.names:
                    name, alias = (pair, pair) if isinstance(pair, str) else pair
                    if name in macros:
                        by_alias[alias] = macros[name]
        return by_alias

    def _summary(self, name: str) -> _Summary:
        if name not in self._summaries:
            try:
                self.trim(self._load(name), name)
            except (jinja2.TemplateError, UnicodeDecodeError, OSError):
                return _NOTHING  # rendering it reports the error
        return self._summaries[name]


def _bodies(
    tree: nodes.Template, macros: Sequence[nodes.Macro], places: Mapping[str, BlockPlace] | None
) -> Iterator[_Body]:
    """Yield the bodies of a layout that can be followed."""
    waiting: list[tuple[list[nodes.Node], tuple[str, ...], str | None, bool]] = []
    if places is None:
        waiting.append((tree.body, (), None, True))
    else:
        for node in tree.body:
            place = places.get(node.name) if isinstance(node, nodes.Block) else None
            if isinstance(node, nodes.Block) and place and place.in_text:
                waiting.append((node.body, place.stack, None, False))
    waiting += [(macro.body, (), macro.name, False) for macro in macros]
    while waiting:
        body, stack, macro, page = waiting.pop()
        try:
            scanned = scan(body, stack)
        except UnsupportedLayout:
            continue
        yield _Body(scanned, Links(scanned.parts), macro, page)
        for block in scanned.blocks:
            place = (places or {}).get(block.name, scanned.places[block.name])
            if place.in_text:
                waiting.append((block.body, place.stack, None, False))


def _defined(tree: nodes.Template, bodies: list[_Body]) -> dict[str, Ends]:
    """Return how the macros at the top of a layout begin and end."""
    top = {node.name for node in tree.body if isinstance(node, nodes.Macro)}
    return {
        body.macro: Judge(body.scanned, body.links, {}, page=False).ends()
        for body in bodies
        if body.macro is not None and body.macro in top
    }


def _drop_doubtful(named: Sequence[nodes.Node], macros: dict[str, Ends]) -> None:
    """Forget macros whose names may mean something else somewhere in a layout."""
    assigned: list[str] = []
    for node in named:
        if isinstance(node, nodes.Macro) or (isinstance(node, nodes.Name) and node.ctx != "load"):
            assigned.append(node.name)
        elif isinstance(node, nodes.FromImport):
            assigned += [pair if isinstance(pair, str) else pair[1] for pair in node.names]
        elif isinstance(node, nodes.Import):
            assigned.append(node.target)
    for name in set(macros):
        if assigned.count(name) != 1:
            del macros[name]


def _printed(node: nodes.Expr, become: str | bool | None) -> nodes.Expr:  # noqa: FBT001 - see there
    """Return what to print instead: other text, or a value through the filter of bare ones."""
    if isinstance(node, nodes.TemplateData):
        node.data = become if isinstance(become, str) else node.data
        return node
    if become is None:
        return node
    name = BARE_OR_EMPTY if become else BARE
    return nodes.Filter(
        node, name, [], [], None, None, lineno=node.lineno, environment=node.environment
    )
