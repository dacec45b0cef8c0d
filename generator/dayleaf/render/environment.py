"""Jinja as it comes, for layouts that get their addresses, and are trimmed, before compiling."""

from __future__ import annotations

from functools import cached_property
from types import CodeType

import jinja2
from jinja2 import nodes
from jinja2.visitor import NodeTransformer

from dayleaf.render import lean
from dayleaf.site import views

ADDRESSES = views.Addresses()
"""`urls` in every layout."""


class Environment(jinja2.Environment):
    """Compiles HTML layouts without text that browsers do not need, others as they are."""

    def parse(
        self, source: str, name: str | None = None, filename: str | None = None
    ) -> nodes.Template:
        """Return a layout's tree, in which the addresses that it prints are fixed text.

        So they cost a page nothing, and are trimmed like text. A layout that gives `urls` a meaning
        of its own keeps it.
        """
        tree = super().parse(source, name, filename)
        uses = (each.ctx for each in tree.find_all(nodes.Name) if each.name == "urls")
        if {"load"}.issuperset(uses):
            _Addresses().visit(tree)
        return tree

    def compile(  # type: ignore[override] # of Jinja's two forms, the one that gives code
        self,
        source: str | nodes.Template,
        name: str | None = None,
        filename: str | None = None,
    ) -> CodeType:
        """Compile a layout."""
        tree = source
        if isinstance(source, str):
            tree = self._trimmed(self.parse(source, name, filename), name)
        return super().compile(tree, name, filename)

    def tree(self, name: str) -> nodes.Template:
        """Return what is compiled of a layout: a tree of its own for each caller."""
        return self._trimmed(self._parsed(name), name)

    def _trimmed(self, tree: nodes.Template, name: str | None) -> nodes.Template:
        return self._trimmer.trim(tree, name) if name and name.endswith(".html") else tree

    @cached_property
    def _trimmer(self) -> lean.Trimmer:
        self.filters.update(lean.FILTERS)
        return lean.Trimmer(self._parsed)

    def _parsed(self, name: str) -> nodes.Template:
        if self.loader is None:
            raise jinja2.TemplateNotFound(name)
        source, file, _ = self.loader.get_source(self, name)
        return self.parse(source, name, file)


class _Addresses(NodeTransformer):
    """Writes the site's addresses into the fixed text around them."""

    def visit_Output(self, node: nodes.Output) -> nodes.Output:  # noqa: N802 - Jinja's naming
        """Put `urls.search` and its like in writing, and join the pieces of text."""
        joined: list[nodes.Expr] = []
        for part in node.nodes:
            text = part.data if isinstance(part, nodes.TemplateData) else _address(part)
            before = joined[-1] if joined else None
            if text is None:
                joined.append(part)
            elif isinstance(before, nodes.TemplateData):
                before.data += text
            else:
                joined.append(nodes.TemplateData(text, lineno=part.lineno))
        node.nodes = joined
        return node


def _address(node: nodes.Expr) -> str | None:
    """Return the address that an expression is; None if it is anything else."""
    match node:
        case nodes.Getattr(node=nodes.Name(name="urls"), attr=str(name)):
            address: str | None = getattr(ADDRESSES, name, None)
            return address if name in ADDRESSES._fields else None
        case _:
            return None
