"""The words to avoid that the glossary lists are in no identifier and no sentence."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
_ENDINGS = {".py", ".js", ".html", ".css", ".xml", ".md"}
_ALLOWED = {("wording.py", "edition")}
"""A word of papers that the program looks for."""


def avoided() -> list[str]:
    """Return the words of the glossary's last table."""
    _, _, table = (ROOT / "docs/glossary.md").read_text("utf-8").partition("| avoid | use |\n")
    rows = [row.split("|")[1] for row in table.splitlines()[1:]]
    return [word for row in rows for word in re.findall(r"`([^`]+)`", row)]


def parted(text: str) -> str:
    """Return a text with identifiers as words: `LazyPage` and `lazy_page` become two."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])|_", " ", text)


def uses(word: str, text: str) -> bool:
    """Tell whether a text uses a word; one with a capital is looked for as it is written."""
    flags = 0 if word != word.lower() else re.IGNORECASE
    pattern = r"\s+".join(map(re.escape, word.split()))
    return re.search(rf"\b{pattern}s?\b", parted(text), flags) is not None


def sources() -> dict[Path, str]:
    """Return code, layouts and documents, but for the glossary."""
    files = [
        *(ROOT / "generator").rglob("*"),
        *(ROOT / "layouts").rglob("*"),
        *(ROOT / "docs").rglob("*"),
        *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md")),
    ]
    glossary = ROOT / "docs/glossary.md"
    return {
        file: file.read_text(encoding="utf-8")
        for file in files
        if file.suffix in _ENDINGS and file != glossary
    }


def test_no_word_to_avoid_is_used() -> None:
    words, texts = avoided(), sources()
    assert len(words) > 5
    assert len(texts) > 200
    used = [
        f"{file.relative_to(ROOT)}: {word}"
        for file, text in texts.items()
        for word in words
        if (file.name, word) not in _ALLOWED and uses(word, text)
    ]
    assert used == []


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("sketch", "class LazySketch"),
        ("sketch", "two sketches of it, a sketch"),
        ("given up", "def given_up("),
        ("is told", "it is\n    told of"),
        ("Turn", "PublishTurn"),
    ],
)
def test_a_word_is_seen_in_identifiers_and_across_lines(word: str, text: str) -> None:
    assert uses(word, text)


def test_other_words_are_left_alone() -> None:
    assert not uses("Turn", "return it in turn")
    assert not uses("hall", "CHALLENGE shall")
