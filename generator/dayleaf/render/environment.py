"""Jinja, set up for hundreds of thousands of small pages: plain escaping, flat templates."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import jinja2
from jinja2 import nodes
from jinja2.compiler import CodeGenerator
from markupsafe import escape

from dayleaf.render import flatten

if TYPE_CHECKING:
    from jinja2.compiler import Frame

_signs = re.compile("[&<>\"']").search


def escape_text(value: object) -> str:
    """Escape for HTML, as markupsafe does, but give a plain string.

    Layouts print some twenty million values for a large archive, nearly all of them free of signs
    to escape: to look is cheaper than to wrap each in Markup, only to join them at once.
    """
    return value if type(value) is str and not _signs(value) else str(escape(value))


class _CodeGenerator(CodeGenerator):
    """Compiles `{{ … }}` to a call of `escape_text`."""

    # Jinja types a part of `finalize` as Any.
    def _output_child_pre(  # type: ignore[explicit-any]
        self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.escape_text(")


class Environment(jinja2.Environment):
    """Compiles layouts, each once: as they are written, and flat."""

    code_generator_class = _CodeGenerator
    escape_text = staticmethod(escape_text)
    _flat: dict[str, jinja2.Template] | None = None

    def flat(self, name: str) -> jinja2.Template:
        """Return a layout that holds all that it extends; as it is written where that fails."""
        self._flat = {} if self._flat is None else self._flat
        if name not in self._flat:
            try:
                tree = flatten.flatten(name, self._tree)
            except flatten.Refused:
                self._flat[name] = self.get_template(name)
            else:
                # A plain dictionary: Jinja copies it for every page, and would a chain of several.
                code, names = self.compile(tree, name), dict(self.globals)
                self._flat[name] = jinja2.Template.from_code(self, code, names)
        return self._flat[name]

    def _tree(self, name: str) -> nodes.Template:
        if self.loader is None:
            raise jinja2.TemplateNotFound(name)
        source, file, _ = self.loader.get_source(self, name)
        return self.parse(source, name, file)
