"""The floors: each room imports downwards only, and no module comes back to itself.

A room is a package at the top of `dayleaf`, or `cli`. An import counts wherever it stands, inside a
function and below `TYPE_CHECKING` too.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
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
FLOOR = {room: level for level, floor in enumerate(FLOORS) for room in floor}
ROOT = {"__init__", "__main__"}
"""Modules that are no rooms: one names the version, the other calls `cli`."""
OWNERS = {
    "jinja2": {"render"},
    "sqlite3": {"catalog", "build.manifest"},
    "pagefind_bin": {"search"},
    "cbor2": {"search"},
    "markdown_it": {"text", "readers.structure.markdown"},
    "yaml": {"readers.structure.front"},
    "bibtexparser": {"readers.references"},
    "rispy": {"readers.references"},
    "latex2mathml": {"text"},
    "watchdog": {"preview"},
    "starlette": {"preview"},
    "uvicorn": {"preview"},
    "rich": {"build.progress"},
    "argparse": {"cli"},
}
KNOWN = {
    # Types alone: a column says how it is merged, and what merges it takes papers.
    ("catalog.merge", "catalog.columns"),
    # Inside a function: the sitemap is a kind of page that lists all kinds.
    ("site.pages.sitemap", "site.pages.registry"),
}
"""Imports that close a circle. One more needs a reason as good; better, move what both need."""


def rooms() -> list[str]:
    """List the packages and modules at the top of the package."""
    found = (path.stem for path in PACKAGE.iterdir() if path.suffix == ".py" or path.is_dir())
    return sorted(set(found) - {*ROOT, "__pycache__", "layouts"})


@cache
def modules() -> dict[str, Path]:
    """Return the file of each module, by its name below `dayleaf`."""
    found: dict[str, Path] = {}
    for file in sorted(PACKAGE.rglob("*.py")):
        parts = file.relative_to(PACKAGE).with_suffix("").parts
        name = parts[:-1] if len(parts) > 1 and parts[-1] == "__init__" else parts
        found[".".join(name)] = file
    return found


def imported(file: Path) -> Iterator[str]:
    """Yield the names of what a file imports: modules of ours by file, others by package."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            full = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            full = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        for name in full:
            package, _, rest = name.partition(".")
            if package != "dayleaf":
                yield package
            elif rest in modules():
                yield rest
            elif rest.rpartition(".")[0]:
                yield rest.rpartition(".")[0]


@cache
def edges() -> list[tuple[str, str]]:
    """List which module imports which, and what from outside."""
    found = {(name, target) for name, file in modules().items() for target in imported(file)}
    return sorted((name, target) for name, target in found if name != target and name not in ROOT)


def within(name: str, place: str) -> bool:
    return name == place or name.startswith(f"{place}.")


def part(name: str, depth: int) -> str:
    return ".".join(name.split(".")[:depth])


def circle(arrows: list[tuple[str, str]], depth: int) -> list[str]:
    """Return a way that leads back to where it began, over names of so many parts; empty if none.

    A module of a package stands for itself, not for the package: `build` is the module that
    `build/__init__.py` holds.
    """
    graph: dict[str, set[str]] = {}
    for name, target in arrows:
        if part(name, depth) != part(target, depth):
            graph.setdefault(part(name, depth), set()).add(part(target, depth))
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def test_every_room_has_a_floor() -> None:
    assert rooms() == sorted(FLOOR)
    assert len(FLOORS) <= 10


@pytest.mark.parametrize(
    ("room", "target"),
    sorted(
        {(part(name, 1), part(target, 1)) for name, target in edges() if target in modules()}
        - {(room, room) for room in FLOOR}
    ),
)
def test_imports_go_downwards(room: str, target: str) -> None:
    """A room may import from floors below; within a floor nobody knows the others."""
    assert FLOOR[target] < FLOOR[room]


@pytest.mark.parametrize("depth", [2, 9], ids=["packages", "modules"])
def test_no_import_comes_back(depth: int) -> None:
    """Neither the packages inside rooms nor their modules import each other in a circle."""
    ours = [edge for edge in edges() if edge[1] in modules()]
    assert circle([edge for edge in ours if edge not in KNOWN], depth) == []


@pytest.mark.parametrize("edge", sorted(KNOWN), ids="-".join)
def test_each_known_circle_is_one(edge: tuple[str, str]) -> None:
    others = [(name, target) for name, target in edges() if (name, target) not in KNOWN]
    assert circle([*others, edge], 9) != []


def test_a_circle_is_found() -> None:
    arrows = [("a.b.c", "a.d"), ("a.d", "a.e"), ("a.e", "a.b.f"), ("g", "a.d")]
    assert circle(arrows, 9) == []
    assert set(circle(arrows, 2)) == {"a.b", "a.d", "a.e"}
    assert set(circle([*arrows, ("a.b.f", "a.b.c")], 9)) == {"a.b.c", "a.b.f", "a.d", "a.e"}


@pytest.mark.parametrize("package", sorted(OWNERS))
def test_each_outside_thing_has_its_owner(package: str) -> None:
    users = {name for name, target in edges() if target == package}
    owners = OWNERS[package]
    assert {owner for owner in owners if any(within(name, owner) for name in users)} == owners
    assert {name for name in users if not any(within(name, owner) for owner in owners)} == set()


def test_the_document_draws_the_same_floors() -> None:
    text = DOCUMENT.read_text(encoding="utf-8").partition("\n## Floors\n")[2].partition("\n## ")[0]
    drawn = " → ".join(", ".join(f"`{room}`" for room in floor) for floor in FLOORS)
    assert drawn in text
    rows = [line.split("`")[1] for line in text.splitlines() if line.startswith("| `")]
    assert rows == [room for floor in FLOORS for room in floor]


def listed(file: Path) -> list[str]:
    """Return the modules that the list in a docstring names."""
    return re.findall(r"^(\w+)(?:/|\.py) ", docstring(file), re.MULTILINE)


def docstring(file: Path) -> str:
    text = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""
    return re.sub(r"^    ", "", text, flags=re.MULTILINE)


def test_the_package_lists_its_rooms() -> None:
    assert listed(PACKAGE / "__init__.py") == [room for floor in FLOORS for room in floor]


@pytest.mark.parametrize("room", ["archive", "assets", "base", "build", "commands", "site"])
def test_a_room_of_single_modules_lists_them(room: str) -> None:
    """The other rooms are one machine each, and explain how its parts work together."""
    beside = {part(name, 2).partition(".")[2] for name in modules() if within(name, room)}
    assert sorted(listed(modules()[room])) == sorted(beside - {""})


@pytest.mark.parametrize("room", sorted(FLOOR))
def test_a_room_says_what_it_owns(room: str) -> None:
    assert docstring(modules()[room])


def test_no_class_name_stands_twice() -> None:
    counts = Counter(
        node.name
        for file in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
    )
    assert {name for name, count in counts.items() if count > 1} == set()
