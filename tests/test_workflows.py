"""The workflows, a new site's too: what they run is named by its commit, and may do little."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[1] / ".github/workflows"
WORKFLOWS = [
    *sorted(FOLDER.glob("*.yml")),
    Path(__file__).parents[1] / "generator/dayleaf/commands/workflow.yml",
]


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: str(file.name))
def test_actions_are_pinned_by_commit(file: Path) -> None:
    """With the version beside it: a tag can be moved to other code, a commit cannot."""
    used = re.findall(r"uses: *(.+)", file.read_text(encoding="utf-8"))
    assert used
    for one in used:
        assert re.fullmatch(r"[\w-]+/[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", one), one


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: str(file.name))
def test_a_workflow_may_do_nothing_but_what_a_job_asks_for(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    text = file.read_text(encoding="utf-8")
    assert re.search(r"^permissions:(?: \{\}|\n  contents: read\n\n)", text, re.MULTILINE)
