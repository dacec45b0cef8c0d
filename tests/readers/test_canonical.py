"""Both ways of reading a record, the quick one and the careful one, give the same."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dayleaf.readers import arxiv_daily
from dayleaf.readers.arxiv_daily import canonical
from tests.sites import digest, record

if TYPE_CHECKING:
    import re

    from dayleaf.archive.model import Record

SAMPLE = Path(__file__).parents[2] / "content"
SOURCE = "cs.CV/2021/12/20211219.md"
WHOLE = digest(
    record(),
    record("cs/9901001", comment="text that may go on\n  on indented lines\n\tand on"),
    record("2112.10047", authors="Zoé Ådal, John Smith, Jr., and Bo Fenn, :, M. {\\O}ster, Li Wu"),
    record("2112.10048", categories="**cs.CV**, I.4.6; I.4.9\n  68T45"),
    record("2112.10049", categories="**cs.CV**, I.4.6; I.4.9", title="$\\ell_1$"),
)
LINES = [
    "", " ", "  folded", "\t", "### ", "###", "### Another title", "## no title", "None", "x\r",
    "- **Arxiv ID**: http://arxiv.org/abs/2112.00001v2", "- **Abstract**: x",
]  # fmt: skip
VALUES = [
    "", " ", "  None ", "None", "\t10.1000/1", "\u00a0", "\u2028 \x1c", "2112.00001", "[PDF](http://x)",
    "2021-02-30 02:50:23+00:00", "2021-12-19 24:50:23+00:00", "2021-12-19T02:50:23+05:30", ":, A",
]  # fmt: skip
ENDS = ["\n  folded", "\n    ", "\n \t\n  more", " ", "\r", "\x85", "\n", "\n\n", ", Jr."]


def altered(line: str, kind: int, choice: int) -> str:
    """Return a line with another value, with something behind it, or another line."""
    match kind:
        case 0:
            return f"{line.partition(': ')[0]}: {VALUES[choice % len(VALUES)]}"
        case 1:
            return line + ENDS[choice % len(ENDS)]
        case _:
            return LINES[choice % len(LINES)]


def agree(text: str) -> int:
    """Read a text both ways; return how many records were canonical."""
    taken = 0
    original = canonical.record

    def counting(match: re.Match[str], line: int) -> Record | None:
        nonlocal taken
        found = original(match, line)
        taken += found is not None
        return found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(canonical, "record", counting)
        quick = arxiv_daily.parse(text, source=SOURCE)
        patch.setattr(canonical, "match", lambda _text, _at: None)
        assert quick == arxiv_daily.parse(text, source=SOURCE)
    return taken


def test_most_records_are_canonical() -> None:
    """Folded comments and TeX are; folded categories, and a name that is none, are not."""
    assert agree(WHOLE) == 3


@settings(max_examples=300)
@given(st.lists(st.tuples(st.integers(1, 56), st.integers(0, 2), st.integers(0, 99)), max_size=4))
def test_they_agree_on_damaged_lines(edits: list[tuple[int, int, int]]) -> None:
    lines = WHOLE.split("\n")
    for at, kind, choice in edits:
        lines[at] = altered(lines[at], kind, choice)
    agree("\n".join(lines))


def test_they_agree_on_every_single_damage() -> None:
    lines = WHOLE.split("\n")[:18]
    for at, line in enumerate(lines):
        for kind, choices in enumerate((VALUES, ENDS, LINES)):
            for choice in range(len(choices)):
                agree("\n".join([*lines[:at], altered(line, kind, choice), *lines[at + 1 :]]))


@given(
    st.integers(0, len(WHOLE)),
    st.integers(0, 40),
    st.text("\n\r\t -*#:[]()None,+0123456789T\x85\u2028", max_size=6),
)
def test_they_agree_on_damaged_letters(at: int, count: int, put: str) -> None:
    agree(WHOLE[:at] + put + WHOLE[at + count :])


def test_they_agree_on_the_sample() -> None:
    agree_below(SAMPLE)


@pytest.mark.archive
@pytest.mark.skipif("DIGESTS" not in os.environ, reason="DIGESTS names no archive")
def test_they_agree_on_the_real_archive() -> None:
    agree_below(Path(os.environ["DIGESTS"]))


def agree_below(folder: Path) -> None:
    """Compare all digests of a folder, of whose records nearly all must be canonical."""
    seen = taken = 0
    for file in sorted(folder.rglob("*.md")):
        text = file.read_bytes().decode()
        taken += agree(text)
        seen += text.count("\n### ")
    assert seen
    assert taken > 0.97 * seen
