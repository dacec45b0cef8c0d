"""The words to avoid that the glossary lists are in no identifier and no sentence."""

from __future__ import annotations

import ast
import re
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
_ENDINGS = {".py", ".js", ".html", ".css", ".xml", ".md"}
_ALLOWED = {("wording.py", "edition")}
"""A word of papers that the program looks for."""

_VAGUE = {"found": 9, "given": 9, "one": 0, "said": 0}
"""Names that say nothing of what they hold -> how often they may stand. Never raise a number: those
that are left say something, the `found` of a finding and the `given` names of people.
"""


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


def vague(source: str) -> Counter[str]:
    """Count the vague names in a module: variables, parameters, fields and functions."""
    parts = ("id", "arg", "attr", "name")
    names = (getattr(node, part, None) for node in ast.walk(ast.parse(source)) for part in parts)
    return Counter(name for name in names if name in _VAGUE)


def test_vague_names_never_become_more() -> None:
    files = (ROOT / "generator").rglob("*.py")
    counts = sum((vague(file.read_text("utf-8")) for file in files), Counter[str]())
    more = {name: count for name, count in counts.items() if count > _VAGUE[name]}
    assert more == {}, "say what it holds: `match`, `paper`, `path`, `message`"


def test_a_vague_name_is_seen_wherever_it_stands() -> None:
    assert vague("def found(one): return one.said") == {"found": 1, "one": 2, "said": 1}
    assert vague("given = f'{given}'; use(given=1)") == {"given": 3}
    assert not vague("'found' in {match.start(): one_by_one for match in matches}")


def test_other_words_are_left_alone() -> None:
    assert not uses("Turn", "return it in turn")
    assert not uses("hall", "CHALLENGE shall")
