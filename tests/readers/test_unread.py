"""What a file names and no record took is said, with its line and its number."""

from __future__ import annotations

import pytest

from dayleaf import readers
from dayleaf.archive.model import Digest

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
    assert found.unread == count
    assert len(found.problems) == bool(count)


def test_a_file_that_is_passed_over_is_counted() -> None:
    data = b"# Us\n\nWe wrote [a paper](https://arxiv.org/abs/2101.00002) about how it is made.\n"
    assert readers.read(data, source="README.md") == (None, None)
    papers, problem = readers.passed_over(data, source="README.md")
    assert (papers, problem.line if problem else None) == (1, 3)
    assert readers.passed_over(b"# Us\n", source="README.md").problem is None


def test_a_dated_file_with_links_is_no_day_without_papers() -> None:
    data = b"# 2026-05-01\n\n```\nhttps://arxiv.org/abs/2101.00002\n```\n"
    assert readers.read(data, source="2026-05-01.md") == (None, None)
    assert readers.passed_over(data, source="2026-05-01.md").papers == 1
