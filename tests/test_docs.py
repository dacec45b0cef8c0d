"""The documents say what the program does."""

from __future__ import annotations

import argparse
import pkgutil
import re
from pathlib import Path

import pytest

from dayleaf import cli, readers
from dayleaf.archive.model import Digest
from dayleaf.base import config
from dayleaf.commands import scaffold
from dayleaf.render import faults
from dayleaf.site.pages import registry
from tests import layout_reference
from tests.sites import Site

ROOT = Path(__file__).parents[1]
ROOMS = {folder.name for folder in (ROOT / "generator/dayleaf").iterdir() if folder.is_dir()}
_TO_BE = re.compile(r"\b(tab_separated|journal|test_journal|csv|test_csv)\b")
"""Files that a recipe has its reader write."""


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("setting", config.SETTINGS, ids=lambda setting: setting.key)
def test_every_setting_is_documented(setting: config.Setting) -> None:
    """Each has its row, which names every value that it may take."""
    rows = [r for r in text("docs/settings.md").splitlines() if r.startswith(f"| `{setting.key}`")]
    assert len(rows) == 1
    assert all(choice in rows[0] for choice in setting.choices if choice != "paper")


def test_every_command_and_option_is_documented() -> None:
    commands = next(
        action.choices
        for action in cli.parser()._actions
        if isinstance(action, argparse._SubParsersAction)
    )
    readme = text("README.md")
    for name, command in commands.items():
        assert f"`dayleaf {name}" in readme
        for action in command._actions:
            for option in action.option_strings:
                if option not in {"-h", "--help"}:
                    assert option in readme, f"dayleaf {name} {option}"


def test_the_tables_of_the_layouts_are_current() -> None:
    """`python -m tests.layout_reference` writes them anew."""
    written = text("docs/layouts.md")
    assert written == layout_reference.current(written)


def test_every_layout_that_makes_pages_exists_and_no_other() -> None:
    found = {f.name for f in (ROOT / "layouts").iterdir() if f.suffix in {".html", ".xml"}}
    assert found - {"base.html"} == set(registry.layouts())


def test_every_block_filter_and_function_is_documented() -> None:
    """What base.html offers to be filled, and what Dayleaf adds to Jinja."""
    document = text("docs/layouts.md")
    rows = "\n".join(row for row in document.splitlines() if row.startswith("| `"))
    blocks = re.findall(r"{%-? block (\w+)", text("layouts/base.html"))
    assert len(blocks) > 5
    for name in {*blocks, *faults.COMMON, "thousands"}:
        assert re.search(rf"^\| (?:`\w+`, )*`{name}[`(]", rows, re.MULTILINE), name


@pytest.mark.parametrize("reader", readers.READERS, ids=lambda reader: reader.name)
def test_every_format_is_documented(reader: readers.Reader) -> None:
    """With the example that `dayleaf init --format` writes, which is read without complaint."""
    document = text("docs/formats.md")
    assert f"\n## {reader.name}\n" in document
    assert f"| `{reader.name}` |" in document
    if reader.example:
        path, example = reader.example
        assert f"`{path}`:\n\n```\n{example.rstrip()}\n```\n" in document
        name, digest = readers.read(example.encode(), source=path)
        assert name == reader.name
        assert isinstance(digest, Digest)
        assert digest.problems == ()
        assert len(digest.records) == digest.seen > 0


def test_a_new_site_may_begin_with_an_example(tmp_path: Path) -> None:
    for name in scaffold.formats():
        made = Site(tmp_path / name)
        list(scaffold.create(made.folder, format_=name))
        assert made.build().totals.papers > 0


def test_a_new_sites_settings_are_all_valid(tmp_path: Path) -> None:
    """What `dayleaf init` writes is read without complaint, comments taken off too."""
    list(scaffold.create(tmp_path / "site"))
    settings = (tmp_path / "site/site.toml").read_text(encoding="utf-8")
    found = config.parse(settings, site=tmp_path)
    assert found == config.parse("", site=tmp_path)
    for setting in config.SETTINGS:
        assert setting.key.rpartition(".")[2] in settings


def test_files_of_ours_that_documents_name_exist() -> None:
    """Named from the project's folder, `tests/text/`, or from the program's, `catalog/rows.py`."""
    count = 0
    for document in [ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")]:
        for name in re.findall(r"[\w./-]+/[\w./-]*", document.read_text(encoding="utf-8")):
            first = name.partition("/")[0]
            module = first in ROOMS and name.endswith(".py")
            if _TO_BE.search(name) or not (module or first in {"benchmarks", "generator", "tests"}):
                continue
            place = ROOT / "generator/dayleaf" / name if module else ROOT / name
            assert place.exists(), f"{document.name}: {name}"
            count += 1
    assert count > 50


def test_modules_that_the_glossary_names_exist() -> None:
    """`archive.names.slug`: the module is there, and so is the word in it."""
    rows = re.findall(r"^\|.*\|(.*)\|$", text("docs/glossary.md"), re.MULTILINE)
    found = re.findall(r"(?<!table )`([a-z]\w+(?:\.\w+)*)`", "\n".join(rows))
    assert len(found) > 40
    for name in found:
        pkgutil.resolve_name(f"dayleaf.{name}")  # raises where there is none
