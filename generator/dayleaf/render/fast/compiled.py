"""Layouts, compiled flat: each once for every depth of address."""

from __future__ import annotations

import jinja2
from jinja2 import nodes

from dayleaf.render.environment import Environment
from dayleaf.render.fast import codes, flatten, known


class FastTemplates:
    """Flat templates, by name and way back to the site's root."""

    def __init__(self, environment: Environment) -> None:
        self._environment = environment
        self._quick = environment.overlay()
        self._quick.code_generator_class = codes.QuickCodeGenerator
        self._found: dict[tuple[str, str], jinja2.Template] = {}

    def get(self, name: str, root: str) -> jinja2.Template:
        """Return a layout that holds all that it extends; as it is written where that fails.

        It reads attributes quickly, and holds what is known of every page with this way back to
        the site's root. Where rendering fails, the layout as written has the last word.
        """
        if (name, root) not in self._found:
            try:
                tree = flatten.flatten(name, self._environment.tree)
            except flatten.NotFlattened:
                self._found[name, root] = self._environment.get_template(name)
            else:
                self._found[name, root] = self._compiled(name, tree, root)
        return self._found[name, root]

    def _compiled(self, name: str, tree: nodes.Template, root: str) -> jinja2.Template:
        quick, everywhere = self._quick, self._environment.globals
        tree, macros = known.take_imports(tree, lambda other: quick.get_template(other).module)
        tree = known.settle(tree, {"root": root, **everywhere})
        # A plain dictionary: Jinja copies it for every page, and would a chain of several.
        names = {**everywhere, **macros}
        return jinja2.Template.from_code(quick, quick.compile(tree, name), names)
