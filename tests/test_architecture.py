"""The floors: each module imports downwards only, and each outside thing has one owner."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "generator/dayleaf"
DOCUMENT = Path(__file__).parents[1] / "docs/architecture.md"

FLOORS = (
    ("base", "text"),
    ("archive",),
    ("readers",),
    ("catalog",),
    ("site",),
    ("render", "search"),
    ("assets",),
    ("build",),
    ("commands", "preview"),
    ("cli",),
)
ROOT = {"__init__", "__main__"}
"""Modules that are no rooms: one names the version, the other calls `cli`."""
OWNERS = {
    "jinja2": {"render"},
    "sqlite3": {"catalog", "build"},
    "pagefind_bin": {"search"},
    "cbor2": {"search"},
    "markdown_it": {"text"},
    "latex2mathml": {"text"},
    "watchdog": {"preview"},
    "starlette": {"preview"},
    "uvicorn": {"preview"},
    "rich": {"build"},
    "argparse": {"cli"},
}


def rooms() -> list[str]:
    """List the modules and packages at the top of the package."""
    return sorted(path.stem for path in PACKAGE.iterdir() if path.suffix == ".py" or path.is_dir())


def imports(file: Path) -> set[str]:
    """Return the dotted names of what a file imports."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def edges() -> list[tuple[str, str]]:
    """List who imports whom, by room, and what from outside."""
    found: set[tuple[str, str]] = set()
    for file in PACKAGE.rglob("*.py"):
        room = file.relative_to(PACKAGE).parts[0].removesuffix(".py")
        if room in ROOT:
            continue
        for name in imports(file):
            parts = name.split(".")
            target = parts[1] if parts[0] == "dayleaf" and len(parts) > 1 else parts[0]
            if target not in {room, "__version__"}:
                found.add((room, target))
    return sorted(found)


FLOOR = {room: level for level, floor in enumerate(FLOORS) for room in floor}


def test_every_room_has_a_floor() -> None:
    known = {room for room in rooms() if room not in {*ROOT, "__pycache__", "layouts"}}
    assert known == set(FLOOR)


@pytest.mark.parametrize(("room", "target"), [edge for edge in edges() if edge[1] in FLOOR])
def test_imports_go_downwards(room: str, target: str) -> None:
    """A room may import from floors below; within a floor nobody knows the others."""
    assert FLOOR[target] < FLOOR[room]


@pytest.mark.parametrize("package", sorted(OWNERS))
def test_each_outside_thing_has_its_owner(package: str) -> None:
    assert {room for room, target in edges() if target == package} == OWNERS[package]


def test_the_document_draws_the_same_floors() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    drawn = " → ".join(", ".join(f"`{room}`" for room in floor) for floor in FLOORS)
    assert drawn in text
