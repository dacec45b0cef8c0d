"""`dayleaf init`, in an empty folder and in a repository of digests."""

from __future__ import annotations

from pathlib import Path

import pytest

from dayleaf.base import config
from dayleaf.base.errors import OutputError
from dayleaf.commands import scaffold
from tests.sites import Site, digest, record


def test_an_empty_folder_gets_a_digest_and_builds(tmp_path: Path) -> None:
    said = list(scaffold.create(tmp_path))
    assert not any("found digests" in line for line in said)
    assert not (tmp_path / ".github").exists()
    assert Site(tmp_path).build().totals.papers == 1
    with pytest.raises(OutputError, match=r"without a site, found site\.toml"):
        list(scaffold.create(tmp_path))


def test_a_repository_keeps_its_files_and_its_digests_are_recognised(tmp_path: Path) -> None:
    """And built from where they lie, beside a README and the output folder."""
    made = Site(tmp_path)
    made.edit(".gitignore", "node_modules").edit("README.md", "# A collector\n")
    made.edit(".git/HEAD", "ref: refs/heads/main\n")
    made.edit(".github/workflows/update.yml", "name: 'Run Update'\non: push\n")
    made.edit(".github/workflows/other.yml", "on: push\n")
    for day in (19, 20):
        text = digest(record(f"2112.100{day}", day=f"2021-12-{day}"), day=f"2021-12-{day}")
        made.edit(f"cs.CV/2021/12/202112{day}.md", text)
    said = list(scaffold.create(tmp_path))
    assert said[0] == "found digests in .: 2 of arxiv-daily"
    ignored = (tmp_path / ".gitignore").read_text()
    assert ignored == "node_modules\npublic/\n.dayleaf/\n"
    workflow = (tmp_path / ".github/workflows/pages.yml").read_text()
    assert 'workflows: [".github/workflows/other.yml", "Run Update"]' in workflow
    assert "@VERSION@" not in workflow
    assert "@AFTER@" not in workflow
    for _ in range(2):  # the second time beside the site itself
        assert made.build().totals.papers == 2


def test_one_folder_of_them_is_the_content(tmp_path: Path) -> None:
    made = Site(tmp_path).edit("data/2021-12-19.jsonl", '{"id": "2112.10046", "title": "Tides"}\n')
    list(scaffold.create(tmp_path))
    assert config.load(tmp_path).content == tmp_path / "data"
    assert made.build().totals.papers == 1
