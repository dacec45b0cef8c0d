"""What papers bring along, by the addresses in their texts."""

from __future__ import annotations

import pytest

from dayleaf.archive.resources import resources


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Code: https://github.com/ada/tides.", {"code": "https://github.com/ada/tides"}),
        ("see gitlab.com/ada/tides/-/tree/main", {"code": "https://gitlab.com/ada/tides"}),
        ("https://ada.github.io/tides/.", {"project": "https://ada.github.io/tides/"}),
        (
            "\\url{https://ada.github.io/slow\\_rivers}",
            {"project": "https://ada.github.io/slow_rivers"},
        ),
        ("huggingface.co/ada/tides-base", {"model": "https://huggingface.co/ada/tides-base"}),
        (
            "https://huggingface.co/datasets/ada/tides",
            {"data": "https://huggingface.co/datasets/ada/tides"},
        ),
        ("https://hf.co/spaces/ada/tides", {"demo": "https://hf.co/spaces/ada/tides"}),
        ("https://youtu.be/a1-B_c", {"video": "https://youtu.be/a1-B_c"}),
        ("https://zenodo.org/records/123", {"data": "https://zenodo.org/records/123"}),
        ("We use github often, and youtube.", {}),
        ("https://huggingface.co/papers/2112.10046", {}),
        ("https://example.org/github.com", {}),
    ],
)
def test_the_host_tells_the_sort(text: str, expected: dict[str, str]) -> None:
    """With or without a scheme, in TeX or not; the end of a sentence is not part of it."""
    assert dict(resources(text)) == expected


def test_the_first_of_each_sort_counts_in_a_fixed_order() -> None:
    found = resources("ada.github.io github.com/a/b", "github.com/c/d https://youtu.be/x")
    assert [one.sort for one in found] == ["code", "project", "video"]
    assert found[0].address == "https://github.com/a/b"
