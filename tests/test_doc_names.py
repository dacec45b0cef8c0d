"""Every file, module, function and class that the documents name exists.

A name counts if its last parts do: modules may move between folders.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
DOCUMENTS = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
]
_FENCE = re.compile(r"^ *```.*?^ *```", re.MULTILINE | re.DOTALL)
_FOLDERS = ("generator", "layouts", "tests", "benchmarks", "docs", "changelog.d", ".github", ".ci")
_FILE = re.compile(r"(?:[\w.-]+/)*[\w-]+\.(?:py|js|html|xml|css|md|tsv|txt|yml|lock|toml|svg)")
_FOLDER = re.compile(r"(?:generator|layouts|tests|benchmarks|docs|changelog\.d)/[\w./-]*")
_DOTTED = re.compile(r"[A-Za-z]\w+(?:\.\w+)+(?:\(\))?")
# Files of a site or of a build, and those that a recipe makes.
_ELSEWHERE = re.compile(
    r"(authors|names|site|venues)\.toml|about\.md|feed\.(xml|json)|(index|main|x)\.html|robots\.txt"
    r"|(authors/x|authors/<name>)\.html|sitemap\.xml|opensearch\.xml|sw\.js|search/.*|facts\.js"
    r"|assets/facts\.js|\.github/workflows/.*|.*(journal\.(py|html)|tab_separated\.(py|txt)|csv\.py)"
    r"|changelog\.d/.*|.*[0-9]{4}.*|favicon\.ico|v1\.2\.3|.*\.(csv|json|bin|webmanifest)"
)
# Names of a site's settings, of layouts' variables and of other programs.
_OTHERS = (
    "authors.", "search.", "publish.to", "site.", "page.", "paper.", "collection.", "row.",
    "html.parser", "http.server", "concurrent.futures", "functools.partial", "cs.CV",
    "self.", "cs.", "eess.", "math.", "econ.", "stat.", "arXiv.org", "server.",
)  # fmt: skip


def prose(file: Path) -> str:
    """Return a document without its blocks of code and tables that tests write."""
    text = _FENCE.sub("", file.read_text(encoding="utf-8"))
    return re.sub(r"<!-- (\w+) begin.*?<!-- \1 end -->", "", text, flags=re.DOTALL)


def named(pattern: re.Pattern[str]) -> set[tuple[str, str]]:
    """Return what the documents name between backticks, with the document, by a pattern."""
    return {
        (file.relative_to(ROOT).as_posix(), name)
        for file in DOCUMENTS
        for name in re.findall(r"`([^`\n]+)`", prose(file))
        if pattern.fullmatch(name)
    }


def existing() -> set[str]:
    """Return the project's files and folders, relative to its own."""
    files = {ROOT / name for name in _FOLDERS}
    for folder in _FOLDERS:
        files.update((ROOT / folder).rglob("*"))
    files.update(ROOT.iterdir())
    return {f"/{file.relative_to(ROOT).as_posix()}" for file in files}


def defined() -> set[str]:
    """Return the names of all modules, and of what they and their classes define, by two parts."""
    names = set()
    for file in (ROOT / "generator/dayleaf").rglob("*.py"):
        module = file.parent.name if file.stem == "__init__" else file.stem
        above = file.parents[1] if file.stem == "__init__" else file.parent
        names.update({module, f"{above.name}.{module}"})
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and file.stem == "__init__":
                names.update(f"{module}.{alias.name}" for alias in node.names)
            if isinstance(node, ast.ClassDef | ast.FunctionDef):
                names.add(f"{module}.{node.name}")
            if isinstance(node, ast.ClassDef):
                names.update(f"{node.name}.{name}" for name in _members(node))
    return names


def _members(node: ast.ClassDef) -> list[str]:
    fields = [one.target for one in node.body if isinstance(one, ast.AnnAssign)]
    members = [one.id for one in fields if isinstance(one, ast.Name)]
    for one in node.body:
        if isinstance(one, ast.FunctionDef):
            members.append(one.name)
        if isinstance(one, ast.Assign):
            members += [target.id for target in one.targets if isinstance(target, ast.Name)]
    return members


def test_every_file_exists() -> None:
    files = existing()
    wanted = {(doc, name) for doc, name in named(_FILE) if not _ELSEWHERE.fullmatch(name)}
    assert len(wanted) > 80
    assert [
        (doc, name)
        for doc, name in sorted(wanted)
        if not any(file.endswith(f"/{name}") for file in files)
    ] == []


def test_every_folder_exists() -> None:
    wanted = {(doc, name) for doc, name in named(_FOLDER) if name.endswith("/")}
    assert len(wanted) > 10
    assert [(doc, name) for doc, name in sorted(wanted) if not (ROOT / name).is_dir()] == []


def test_every_dotted_name_exists() -> None:
    names = defined()
    wanted = {
        (doc, name.removesuffix("()").removeprefix("dayleaf."))
        for doc, name in named(_DOTTED)
        if not (name.startswith(_OTHERS) or _FILE.fullmatch(name) or _ELSEWHERE.fullmatch(name))
    }
    assert len(wanted) > 40
    assert [
        (doc, name) for doc, name in sorted(wanted) if ".".join(name.split(".")[-2:]) not in names
    ] == []


def test_the_reference_lists_what_exists() -> None:
    text = (ROOT / "docs/reference.md").read_text(encoding="utf-8")
    modules = re.findall(r"^::: ([\w.]+)\n(?: +options:\n +members: \[(.*)\])?", text, re.MULTILINE)
    assert len(modules) > 5
    folder = ROOT / "generator"
    for module, members in modules:
        path = folder.joinpath(*module.split("."))
        file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
        source = file.read_text(encoding="utf-8")
        for member in filter(None, members.split(", ")):
            assert re.search(rf"\b{member}\b", source), f"{module}.{member}"


def test_every_target_and_module_of_a_command_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    text = "\n".join(file.read_text(encoding="utf-8") for file in DOCUMENTS)
    commands = re.findall(r"(?:^|`)make((?: [a-z]+)+)", text, re.MULTILINE)
    asked = {name for command in commands for name in command.split()}
    assert len(asked) > 8
    assert asked <= targets
    for module in re.findall(r"python -m ((?:tests|benchmarks)[\w.]*)", text):
        path = ROOT.joinpath(*module.split("."))
        assert path.with_suffix(".py").is_file() or (path / "__main__.py").is_file(), module
