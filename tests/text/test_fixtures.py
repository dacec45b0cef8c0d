"""What each way of writing becomes: the pairs in `fixtures/*.txt`.

A case is its name, the text, its HTML and its plain text, each followed by a line with a dot.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from dayleaf.text import to_html, to_plain

FIXTURES = Path(__file__).parent / "fixtures"


class Case(NamedTuple):
    """One text and what must become of it."""

    name: str
    text: str
    html: str
    plain: str


def cases() -> Iterator[Case]:
    for path in sorted(FIXTURES.glob("*.txt")):
        parts = path.read_text(encoding="utf-8").split("\n.\n")
        for start in range(0, len(parts) - 1, 4):
            name, text, html, plain = parts[start : start + 4]
            yield Case(f"{path.stem}: {name.strip()}", text, html, plain)


CASES = tuple(cases())


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_text_becomes_what_the_fixture_says(case: Case) -> None:
    """Both forms, to the letter."""
    assert to_html(case.text) == case.html
    assert to_plain(case.text) == case.plain


def test_the_fixtures_are_found() -> None:
    """An empty folder would make the test above pass with nothing tested."""
    assert len(CASES) > 80
    assert len({case.name for case in CASES}) == len(CASES)
