"""The reference in docs/layouts.md, made from `views.py`, so that the two cannot part.

`python -m tests.layout_reference` writes it anew, from the project's folder.
"""

from __future__ import annotations

import ast
from pathlib import Path

_ROOT = Path(__file__).parents[1]
VIEWS = _ROOT / "generator/dayleaf/views.py"
DOCUMENT = _ROOT / "docs/layouts.md"
_BEGIN = "<!-- reference: made from generator/dayleaf/views.py -->\n"


def reference() -> str:
    """Return a section for every view: its fields, their types and what they hold."""
    tree = ast.parse(VIEWS.read_text(encoding="utf-8"))
    views = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    return "\n".join(_section(view) for view in views)


def _section(view: ast.ClassDef) -> str:
    rows: list[str] = []
    for node, following in zip(view.body, [*view.body[1:], None], strict=True):
        if not isinstance(node, ast.AnnAssign):
            continue
        kind = ast.unparse(node.annotation).replace("views.", "").replace("|", "or")
        rows.append(f"| `{ast.unparse(node.target)}` | {kind} | {_text(following)} |")
    head = f"### {view.name}\n\n{' '.join((ast.get_docstring(view) or '').split())}\n"
    return "\n".join([head, "| field | type | holds |", "|---|---|---|", *rows, ""])


def _text(node: ast.stmt | None) -> str:
    """Return the docstring behind a field, on one line; empty where it has none."""
    match node:
        case ast.Expr(value=ast.Constant(value=str(text))):
            return " ".join(text.split())
        case _:
            return ""


def written() -> str:
    """Return the reference as the document has it."""
    return DOCUMENT.read_text(encoding="utf-8").partition(_BEGIN)[2]


def main() -> None:
    """Write the reference into the document."""
    before = DOCUMENT.read_text(encoding="utf-8").partition(_BEGIN)[0]
    DOCUMENT.write_text(before + _BEGIN + reference(), encoding="utf-8")


if __name__ == "__main__":
    main()
