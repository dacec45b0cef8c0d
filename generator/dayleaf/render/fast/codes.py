"""Jinja's compiler, with plain escaping and attributes. The only user of its private parts."""

from __future__ import annotations

import keyword
import re
from typing import TYPE_CHECKING

from jinja2 import nodes
from jinja2.compiler import CodeGenerator
from markupsafe import Markup, escape

from dayleaf.render.lean import BARE, BARE_OR_EMPTY

if TYPE_CHECKING:
    from jinja2.compiler import Frame

PRIVATE = ("_output_child_pre", "_output_child_post", "visit_Filter", "visit_Getattr")
"""What is overridden here. `fast` looks whether it is there."""

_signs = re.compile("[&<>\"']").search
_PRINTERS = {BARE: "bare", BARE_OR_EMPTY: "bare_or_empty"}


def escape_text(value: object) -> str:
    """Escape for HTML, as markupsafe does, but give a plain string, or Markup as it is.

    Layouts print some twenty million values for a large archive, nearly all of them free of signs
    to escape: to look is cheaper than to wrap each in Markup, only to join them at once.
    """
    if type(value) is str:
        return str(escape(value)) if _signs(value) else value
    return value if type(value) is Markup else str(escape(value))


class QuickCodeGenerator(CodeGenerator):
    """Compiles `{{ … }}` to a call of `escape_text`, and `paper.title` to just that.

    The latter fails where there is no such attribute; Jinja goes on to an item of that name, and
    then to what is undefined.
    """

    def visit_Template(  # noqa: N802 - Jinja's naming
        self, node: nodes.Template, frame: Frame | None = None
    ) -> None:
        """Begin a template's module."""
        self.writeline(f"from {__name__} import escape_text")
        self.writeline("from dayleaf.render.lean.values import bare, bare_or_empty")
        super().visit_Template(node, frame)

    # Jinja types a part of `finalize` as Any.
    def _output_child_pre(  # type: ignore[explicit-any]
        self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> None:
        if not _is_plain(frame) or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        elif isinstance(node, nodes.Filter) and node.name in _PRINTERS:
            self.write("(")
        else:
            self.write("escape_text(")

    def visit_Filter(self, node: nodes.Filter, frame: Frame) -> None:  # noqa: N802
        """Print a value without quotes, which is escaped for that, or apply a filter."""
        if node.name in _PRINTERS and node.node is not None and _is_plain(frame):
            self.write(f"{_PRINTERS[node.name]}(")
            self.visit(node.node, frame)
            self.write(")")
        else:
            super().visit_Filter(node, frame)

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        """Look an attribute up."""
        if keyword.iskeyword(node.attr) or node.attr.startswith("_"):
            super().visit_Getattr(node, frame)
        else:
            self.write("(")
            self.visit(node.node, frame)
            self.write(f").{node.attr}")


def _is_plain(frame: Frame) -> bool:
    """Return whether values are surely escaped here."""
    return bool(frame.eval_ctx.autoescape and not frame.eval_ctx.volatile)
