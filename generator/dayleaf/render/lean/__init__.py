"""Layouts as designers write them -> layouts without what browsers do not need.

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
from dayleaf.render.lean.parts import Place, Refused
from dayleaf.render.lean.scan import Links, scan
from dayleaf.render.lean.values import BARE, BARE_OR_EMPTY, FILTERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from dayleaf.render.lean.judge import Verdict
    from dayleaf.render.lean.parts import Scanned

__all__ = ["BARE", "BARE_OR_EMPTY", "FILTERS", "Trimmer"]


@dataclass(frozen=True, slots=True)
class _Summary:
    """What other layouts need to know of one."""

    places: Mapping[str, Place]
    """Of its blocks."""
    macros: Mapping[str, Ends]


@dataclass(frozen=True, slots=True)
class _Body:
    scanned: Scanned
    links: Links
    macro: str | None
    page: bool


_NOTHING = _Summary({}, {})


class Trimmer:
    """Trims the layouts of one site; `load` parses one by name."""

    def __init__(self, load: Callable[[str], nodes.Template]) -> None:
        self._load = load
        self._summaries: dict[str, _Summary] = {}

    def trim(self, tree: nodes.Template) -> nodes.Template:
        """Take from a layout, in its place, what can go."""
        places = self._places(tree)
        macros = self._imported(tree)
        bodies = list(_bodies(tree, places))
        macros |= _defined(tree, bodies)
        _drop_doubtful(tree, macros)
        verdicts = [
            Judge(body.scanned, body.links, macros, page=body.page).decide() for body in bodies
        ]
        for body, verdict in zip(bodies, verdicts, strict=True):
            for data, pieces in body.scanned.texts:
                data.data = "".join(verdict.changed.get(piece, piece.text) for piece in pieces)
        _unquote(tree, verdicts)
        return tree

    def _places(self, tree: nodes.Template) -> Mapping[str, Place] | None:
        """Return the places of the blocks of what a layout extends; None where it extends none."""
        extends = list(tree.find_all(nodes.Extends))
        if not extends:
            return None
        template = extends[0].template
        if len(extends) > 1 or not isinstance(template, nodes.Const):
            return {}
        return self._summary(str(template.value)).places

    def _imported(self, tree: nodes.Template) -> dict[str, Ends]:
        found: dict[str, Ends] = {}
        for node in tree.body:
            if isinstance(node, nodes.FromImport) and isinstance(node.template, nodes.Const):
                macros = self._summary(str(node.template.value)).macros
                for pair in node.names:
                    name, alias = (pair, pair) if isinstance(pair, str) else pair
                    if name in macros:
                        found[alias] = macros[name]
        return found

    def _summary(self, name: str) -> _Summary:
        if name not in self._summaries:
            self._summaries[name] = _NOTHING  # should it come back to itself
            try:
                tree = self._load(name)
            except (jinja2.TemplateError, UnicodeDecodeError, OSError):
                return _NOTHING  # whoever renders it is told
            above = self._places(tree)
            bodies = list(_bodies(tree, above))
            places = {n: p for body in bodies for n, p in body.scanned.places.items()}
            macros = _defined(tree, bodies)
            self._summaries[name] = _Summary({**places, **(above or {})}, macros)
        return self._summaries[name]


def _bodies(tree: nodes.Template, places: Mapping[str, Place] | None) -> Iterator[_Body]:
    """Yield the bodies of a layout that can be followed."""
    waiting: list[tuple[list[nodes.Node], tuple[str, ...], str | None, bool]] = []
    if places is None:
        waiting.append((tree.body, (), None, True))
    else:
        for node in tree.body:
            place = places.get(node.name) if isinstance(node, nodes.Block) else None
            if isinstance(node, nodes.Block) and place and place.in_text:
                waiting.append((node.body, place.stack, None, False))
    waiting += [(macro.body, (), macro.name, False) for macro in tree.find_all(nodes.Macro)]
    while waiting:
        body, stack, macro, page = waiting.pop()
        try:
            scanned = scan(body, stack)
        except Refused:
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


def _drop_doubtful(tree: nodes.Template, macros: dict[str, Ends]) -> None:
    """Forget macros whose names may mean something else somewhere in a layout."""
    names = [macro.name for macro in tree.find_all(nodes.Macro)]
    names += [name.name for name in tree.find_all(nodes.Name) if name.ctx != "load"]
    names += [node.target for node in tree.find_all(nodes.Import)]
    for node in tree.find_all(nodes.FromImport):
        names += [pair if isinstance(pair, str) else pair[1] for pair in node.names]
    for name in set(macros):
        if names.count(name) != 1:
            del macros[name]


def _unquote(tree: nodes.Template, verdicts: list[Verdict]) -> None:
    """Print values that stand without quotes through a filter that lets them."""
    bare = {node: alone for verdict in verdicts for node, alone in verdict.bare.items()}
    for output in tree.find_all(nodes.Output):
        output.nodes = [
            _filtered(node, alone=bare[node]) if node in bare else node for node in output.nodes
        ]


def _filtered(node: nodes.Expr, *, alone: bool) -> nodes.Expr:
    name = BARE_OR_EMPTY if alone else BARE
    return nodes.Filter(
        node, name, [], [], None, None, lineno=node.lineno, environment=node.environment
    )
