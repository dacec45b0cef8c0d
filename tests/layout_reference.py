"""The tables in docs/layouts.md, made from the registry of kinds and from the views' source.

`python -m tests.layout_reference` writes them anew, from the project's folder.
"""

from __future__ import annotations

import ast
import inspect
import re
import sys
from pathlib import Path

from dayleaf.site import views
from dayleaf.site.pages import registry

DOCUMENT = Path(__file__).parents[1] / "docs/layouts.md"
_PAGES = "dayleaf.site.pages"
_PART = r"(<!-- {name} begin: [^>]* -->\n).*?(<!-- {name} end -->)"


def layouts() -> str:
    """Return the table of the layouts: what each makes, and its own variable."""
    rows = ["| layout | makes | its own variable |", "|---|---|---|"]
    for layout in registry.layouts().values():
        variable = f"`{layout.variable}`: {layout.view.__name__}" if layout.view else "none"
        rows.append(f"| `{layout.file}` | {layout.makes} | {variable} |")
    return "\n".join([*rows, ""])


def reference() -> str:
    """Return a section for every view: its fields, their types and what they hold."""
    shared = _classes(Path(views.__file__))
    own: dict[str, ast.ClassDef] = {}
    for layout in registry.layouts().values():
        if layout.view and layout.view.__module__.startswith("dayleaf."):
            source = Path(inspect.getfile(sys.modules[layout.view.__module__]))
            own |= _reached(layout.view.__name__, _classes(source))
    return "\n".join(map(_section, {**shared, **own}.values()))


def _classes(file: Path) -> dict[str, ast.ClassDef]:
    """Return the classes of a module, and those that it imports from its own package, by name."""
    found: dict[str, ast.ClassDef] = {}
    for node in ast.parse(file.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ClassDef):
            found[node.name] = node
        elif isinstance(node, ast.ImportFrom) and node.module == f"{_PAGES}.{_stem(node)}":
            beside = _classes(file.with_name(f"{_stem(node)}.py"))
            found |= {one.name: beside[one.name] for one in node.names if one.name in beside}
    return found


def _stem(node: ast.ImportFrom) -> str:
    return (node.module or "").rpartition(".")[2]


def _reached(name: str, classes: dict[str, ast.ClassDef]) -> dict[str, ast.ClassDef]:
    """Return a view and those of the classes that its fields hold, by name."""
    found = {name: classes[name]}
    for node in classes[name].body:
        if isinstance(node, ast.AnnAssign):
            for part in ast.walk(node.annotation):
                if isinstance(part, ast.Name) and part.id in classes and part.id not in found:
                    found |= _reached(part.id, classes)
    return found


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


def current(document: str) -> str:
    """Return a document with its tables made anew."""
    for name, text in (("layouts", layouts()), ("reference", reference())):
        part = re.compile(_PART.format(name=name), re.DOTALL)
        assert part.search(document), f"docs/layouts.md has no place for its {name}"
        begin, end = part.search(document).groups()  # type: ignore[union-attr]
        document = part.sub(lambda _, new=f"{begin}{text}{end}": new, document)  # type: ignore[misc]
    return document


def main() -> None:
    """Write the tables into the document."""
    DOCUMENT.write_text(current(DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
