"""`dayleaf init`, in an empty folder and in a repository of digests."""

from __future__ import annotations

from pathlib import Path

import pytest

from dayleaf.base import config
from dayleaf.base.errors import ContentError, OutputError
from dayleaf.commands import explain, scaffold
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


NOTE = "---\nlayout: paper\ntitle: Tides {0}\nauthors: Ada Quill\narxiv_id: '2606.0100{0}'\n---\n"
UNREAD = "# Notes\n\n```\nhttps://arxiv.org/abs/2606.01001 arXiv:2606.01002\n```\n"


def test_a_folder_with_files_gets_no_invented_paper(tmp_path: Path) -> None:
    """It learns which files are not read, the first of each form, and how to see why."""
    made = Site(tmp_path).edit("posts/a.md", UNREAD).edit("posts/b.md", UNREAD)
    said = list(scaffold.create(tmp_path))
    assert said[0] == "2 files look like digests: 0 read, 2 not"
    assert said[1].startswith("  not read: posts/a.md and 1 beside it: names 2 papers")
    assert "dayleaf init --explain posts/a.md" in said[1]
    assert not (tmp_path / "content").exists()
    with pytest.raises(ContentError):
        made.build()


def test_tests_feeds_and_poorer_copies_are_left_aside(tmp_path: Path) -> None:
    made = Site(tmp_path)
    made.edit("tests/fixtures/a.json", '[{"id": "2606.09999", "title": "Made Up", "authors": []}]')
    for n in (1, 2, 3):
        made.edit(f"_posts/2026-06-2{n}-tides.md", NOTE.format(n) + "\n## In short\n\nTides.\n")
        made.edit(f"data/2026-06-2{n}.json", f'[{{"id": "2606.0100{n}", "title": "Tides {n}"}}]')
    said = list(scaffold.create(tmp_path))
    assert said[0] == "found digests in _posts: 3 of markdown"
    assert config.load(tmp_path).content == tmp_path / "_posts"
    assert made.build().totals.papers == 3


def test_a_public_folder_of_the_keeper_is_left_alone(tmp_path: Path) -> None:
    made = Site(tmp_path).edit("public/mine.txt", "x").edit("notes/2026-06-21.md", NOTE.format(1))
    said = list(scaffold.create(tmp_path))
    assert any("the site goes into site" in line for line in said)
    assert "site/" in (tmp_path / ".gitignore").read_text()
    made.build()
    assert (tmp_path / "site/index.html").exists()
    assert [file.name for file in (tmp_path / "public").iterdir()] == ["mine.txt"]


def test_a_file_is_explained(tmp_path: Path) -> None:
    text = (
        "# Digest 2026-06-21\n\n## Tides\n\n[paper](https://arxiv.org/abs/2606.01001)\n\n" + UNREAD
    )
    Site(tmp_path).edit("notes/2026-06-21.md", text)
    path = "notes/2026-06-21.md"
    said = list(explain.explain(tmp_path, Path(path)))
    assert said[0] == f"{path}: read as markdown; 2026-06-21; 1 of 1 papers"
    assert "     3  heading 2: Tides" in said
    assert "paper: line 3: 2606.01001: Tides" in said
    assert "  missing: authors, abstract" in said
    assert said[-1] == "not understood: line 10: 2606.01002"
    with pytest.raises(ContentError, match="expected a file"):
        list(explain.explain(tmp_path, Path("none.md")))


def test_a_file_is_explained_by_the_formats_of_its_site(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.edit("content/lab/2026-06-21.md", "== Tides\nwhere: 2606.01001\n")
    site.edit("site.toml", "[[formats]]\nfiles = 'lab/*'\npaper = '^== (.+)$'\nid = 'where: (.+)'")
    first, *_ = explain.explain(tmp_path, Path("content/lab/2026-06-21.md"))
    assert first == "lab/2026-06-21.md: read as own; 2026-06-21; 1 of 1 papers"
