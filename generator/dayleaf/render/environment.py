"""Jinja, set up for hundreds of thousands of pages: plain escaping, attributes, flat templates."""

from __future__ import annotations

import keyword
import re
from functools import cached_property
from typing import TYPE_CHECKING

import jinja2
from jinja2 import nodes
from jinja2.compiler import CodeGenerator
from markupsafe import Markup, escape

from dayleaf.render import flatten, known

if TYPE_CHECKING:
    from jinja2.compiler import Frame

_signs = re.compile("[&<>\"']").search


def escape_text(value: object) -> str:
    """Escape for HTML, as markupsafe does, but give a plain string, or Markup as it is.

    Layouts print some twenty million values for a large archive, nearly all of them free of signs
    to escape: to look is cheaper than to wrap each in Markup, only to join them at once.
    """
    if type(value) is str:
        return str(escape(value)) if _signs(value) else value
    return value if type(value) is Markup else str(escape(value))


class _CodeGenerator(CodeGenerator):
    """Compiles `{{ … }}` to a call of `escape_text`."""

    def visit_Template(  # noqa: N802 - Jinja's naming
        self, node: nodes.Template, frame: Frame | None = None
    ) -> None:
        """Begin a template's module."""
        self.writeline(f"from {__name__} import escape_text")
        super().visit_Template(node, frame)

    # Jinja types a part of `finalize` as Any.
    def _output_child_pre(  # type: ignore[explicit-any]
        self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("escape_text(")


class _QuickCodeGenerator(_CodeGenerator):
    """Compiles `paper.title` to just that, which fails where there is no such attribute.

    Jinja goes on to an item of that name, and then to what is undefined.
    """

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        """Look an attribute up."""
        if keyword.iskeyword(node.attr) or node.attr.startswith("_"):
            super().visit_Getattr(node, frame)
        else:
            self.write("(")
            self.visit(node.node, frame)
            self.write(f").{node.attr}")


class Environment(jinja2.Environment):
    """Compiles layouts, each once: as they are written, and flat."""

    code_generator_class: type[CodeGenerator] = _CodeGenerator
    _flat: dict[tuple[str, str], jinja2.Template] | None = None

    def flat(self, name: str, *, root: str = "") -> jinja2.Template:
        """Return a layout that holds all that it extends; as it is written where that fails.

        It reads attributes quickly, and holds what is known of every page with this way back to
        the site's root. Where rendering fails, the layout as written has the last word.
        """
        self._flat = {} if self._flat is None else self._flat
        if (name, root) not in self._flat:
            try:
                tree = flatten.flatten(name, self._tree)
            except flatten.Refused:
                self._flat[name, root] = self.get_template(name)
            else:
                self._flat[name, root] = self._compiled(name, tree, root)
        return self._flat[name, root]

    def _compiled(self, name: str, tree: nodes.Template, root: str) -> jinja2.Template:
        quick = self._quick
        tree, macros = known.take_imports(tree, lambda other: quick.get_template(other).module)
        tree = known.settle(tree, {"root": root, **self.globals})
        # A plain dictionary: Jinja copies it for every page, and would a chain of several.
        names = {**self.globals, **macros}
        return jinja2.Template.from_code(quick, quick.compile(tree, name), names)

    @cached_property
    def _quick(self) -> jinja2.Environment:
        other = self.overlay()
        other.code_generator_class = _QuickCodeGenerator
        return other

    def _tree(self, name: str) -> nodes.Template:
        if self.loader is None:
            raise jinja2.TemplateNotFound(name)
        source, file, _ = self.loader.get_source(self, name)
        return self.parse(source, name, file)
