"""Jinja as it comes."""

from __future__ import annotations

import jinja2
from jinja2 import nodes


class Environment(jinja2.Environment):
    """Compiles layouts, and gives their trees to those who would rather do it themselves."""

    def tree(self, name: str) -> nodes.Template:
        """Return what is compiled of a layout: a tree of its own for each caller."""
        if self.loader is None:
            raise jinja2.TemplateNotFound(name)
        source, file, _ = self.loader.get_source(self, name)
        return self.parse(source, name, file)
