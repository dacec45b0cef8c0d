"""What a file names and no record took is said, with its line and its number."""

from __future__ import annotations

from pathlib import Path

import pytest

from dayleaf import readers
from dayleaf.archive.model import Digest
from tests.sites import Site

PAPER = "# Papers 2026-05-01\n\n## Tides\n\n[paper](https://arxiv.org/abs/2605.00001)\n\n"


@pytest.mark.parametrize(
    ("more", "count"),
    [
        ("", 0),
        ("As [others](https://arxiv.org/abs/2101.00002) said, and in that long before us.\n", 0),
        ("## Rivers\n\n```\nhttps://arxiv.org/abs/2101.00002\n```\n", 1),
        ("```\nhttps://doi.org/10.1000/a\narXiv:2101.00003 arxiv:2605.00001\n```\n", 2),
    ],
)  # fmt: skip
def test_what_no_record_took_is_counted(more: str, count: int) -> None:
    """What is spoken of in what is said of a paper belongs to that paper."""
    _, found = readers.read((PAPER + more).encode(), source="2026-05-01.md")
    assert isinstance(found, Digest)
    assert len(found.unread) == count


def test_a_file_that_is_passed_over_is_counted() -> None:
    data = b"# Us\n\nWe wrote [a paper](https://arxiv.org/abs/2101.00002) about how it is made.\n"
    assert readers.read(data, source="README.md") == (None, None)
    assert readers.passed_over(data, source="README.md") == (("2101.00002", 3),)
    assert readers.passed_over(b"# Us\n", source="README.md") == ()


def test_a_dated_file_with_links_is_no_day_without_papers() -> None:
    data = b"# 2026-05-01\n\n```\nhttps://arxiv.org/abs/2101.00002\n```\n"
    assert readers.read(data, source="2026-05-01.md") == (None, None)
    assert len(readers.passed_over(data, source="2026-05-01.md")) == 1


def test_the_report_says_what_no_record_of_the_archive_took(tmp_path: Path) -> None:
    """A paper that another file lists is not lost; the count of the others stands at the end."""
    readme = "# Us\n\n```\narXiv:2605.00001\narXiv:2101.00002 arXiv:2101.00003\n```\n"
    site = Site(tmp_path).edit("content/2026-05-01.md", PAPER).edit("content/README.md", readme)
    report = site.build()
    (problem,) = report.problems
    assert str(problem) == (
        "README.md:5: expected every paper that a file names in a record, found 2 that no record "
        "took, the first 2101.00002; `dayleaf init --explain README.md` shows how the file is read"
    )
    assert report.totals.unread == 2
    site.edit("content/README.md", "# Us\n")
    assert site.build().totals.unread == 0
