"""Layouts, compiled flat: each once for every depth of address."""

from __future__ import annotations

import jinja2
from jinja2 import nodes

from dayleaf.render.environment import Environment
from dayleaf.render.fast import codes, flatten, known
from dayleaf.render.fast.code_cache import CodeCache, Compiled


class FastTemplates:
    """Flat templates, by name and way back to the site's root; kept in a cache, if there is one."""

    def __init__(self, environment: Environment, cache: CodeCache | None = None) -> None:
        self._environment = environment
        self._cache = cache
        self._quick = environment.overlay()
        self._quick.code_generator_class = codes.QuickCodeGenerator
        self._quick.bytecode_cache = cache.macros() if cache else None
        self._templates: dict[tuple[str, str], jinja2.Template] = {}

    def get(self, name: str, root: str) -> jinja2.Template:
        """Return a layout that holds all that it extends; as it is written where that fails.

        It reads attributes quickly, and holds what is known of every page with this way back to
        the site's root. Where rendering fails, the layout as written has the last word.
        """
        if (name, root) not in self._templates:
            self._templates[name, root] = self._made(name, root)
        return self._templates[name, root]

    def _made(self, name: str, root: str) -> jinja2.Template:
        compiled = self._cache.read(name, root) if self._cache else None
        if compiled is None:
            try:
                tree = flatten.flatten(name, self._environment.tree)
            except flatten.NotFlattened:
                return self._environment.get_template(name)
            compiled = self._compiled(name, tree, root)
            if self._cache:
                self._cache.write(name, root, compiled)
        macros = {
            alias: getattr(self._module(other), macro) for other, macro, alias in compiled.macros
        }
        # A plain dictionary: Jinja copies it for every page, and would a chain of several.
        names = {**self._environment.globals, **macros}
        return jinja2.Template.from_code(self._quick, compiled.code, names)

    def _compiled(self, name: str, tree: nodes.Template, root: str) -> Compiled:
        tree, macros = known.take_imports(tree, self._module)
        tree = known.settle(tree, {"root": root, **self._environment.globals})
        return Compiled(self._quick.compile(tree, name), macros)

    def _module(self, name: str) -> object:
        return self._quick.get_template(name).module
