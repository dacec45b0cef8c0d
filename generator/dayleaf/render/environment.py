"""Jinja as it comes, for layouts that are trimmed before they are compiled."""

from __future__ import annotations

from functools import cached_property
from types import CodeType

import jinja2
from jinja2 import nodes

from dayleaf.render import lean


class Environment(jinja2.Environment):
    """Compiles HTML layouts without what browsers do not need; any other as it is written."""

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
