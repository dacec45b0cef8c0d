"""Fragments have one form, and a release collects all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests import changelog

if TYPE_CHECKING:
    from pathlib import Path

VERSION = "## 1.0.0 (2026-01-01)\n\n- The first.\n"


def test_every_fragment_has_the_form() -> None:
    for file in changelog.fragments(changelog.ROOT):
        assert changelog.fault(file) is None, file.name


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Fix.md", "A page is found.\n"),
        ("fix.txt", "A page is found.\n"),
        ("fix.md", "A page is found.\n\nAnother too.\n"),
        ("fix.md", "- A page is found.\n"),
        ("fix.md", "A page is found\n"),
        ("fix.md", ""),
    ],
)
def test_another_form_is_a_fault(tmp_path: Path, name: str, text: str) -> None:
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    assert changelog.fault(file) is not None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            f"# Changes\n\n## Unreleased\n\nFirst version.\n\n- Old.\n\n{VERSION}",
            f"# Changes\n\n## Unreleased\n\nFirst version.\n\n- A.\n- B.\n- Old.\n\n{VERSION}",
        ),
        (
            f"# Changes\n\n## Unreleased\n\n{VERSION}",
            f"# Changes\n\n## Unreleased\n\n- A.\n- B.\n\n{VERSION}",
        ),
        (f"# Changes\n\n{VERSION}", f"# Changes\n\n## Unreleased\n\n- A.\n- B.\n\n{VERSION}"),
    ],
)
def test_a_release_collects_fragments(tmp_path: Path, before: str, after: str) -> None:
    """They stand first below *Unreleased*, by name, and their files go."""
    folder = tmp_path / changelog.FOLDER
    folder.mkdir()
    (folder / changelog.README).write_text("How to write one.\n", encoding="utf-8")
    (folder / "b.md").write_text("B.\n", encoding="utf-8")
    (folder / "a.md").write_text("A.\n", encoding="utf-8")
    (tmp_path / changelog.CHANGELOG).write_text(before, encoding="utf-8")
    assert changelog.collect(tmp_path) == 2
    assert (tmp_path / changelog.CHANGELOG).read_text(encoding="utf-8") == after
    assert [file.name for file in folder.iterdir()] == [changelog.README]
    assert changelog.collect(tmp_path) == 0
    assert (tmp_path / changelog.CHANGELOG).read_text(encoding="utf-8") == after
