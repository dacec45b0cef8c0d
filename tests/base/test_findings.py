"""Findings and errors as values: said once, in one form, whole after a journey."""

from __future__ import annotations

import pickle

import pytest

from dayleaf.base.errors import ConfigError, DayleafError, Finding, LayoutError, nearest
from dayleaf.base.validator import Document, Rule


@pytest.mark.parametrize(
    ("finding", "text"),
    [
        (Finding("the end"), "the end"),
        (Finding("3", "text"), "expected text, found 3"),
        (Finding("3", "text", "see the docs"), "expected text, found 3; see the docs"),
        (Finding("3", "text", about="title"), "title: expected text, found 3"),
        (Finding("the end", file="a.md"), "a.md: the end"),
        (Finding("x", "y", "z", "title", "a.md", 7), "a.md:7: title: expected y, found x; z"),
    ],
)
def test_a_finding_is_said_in_one_form(finding: Finding, text: str) -> None:
    assert finding.text() == str(finding) == str(DayleafError(finding)) == text


def test_what_strangers_wrote_stays_on_a_line() -> None:
    assert str(Finding("a\nb", file="x")) == r"x: a\x0ab"


def test_errors_survive_the_way_from_another_process() -> None:
    """Workers and the reader of the preview send them."""
    found = Finding("unknown", advice="did you mean 'a'?", file="layouts/day.html", line=3)
    error = LayoutError(found, (("/x/day.html", 3),), callers=("layouts/a.html:1",), page="a/")
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own
    assert (again.finding, again.places) == (found, (("/x/day.html", 3),))
    assert str(again) == str(error)
    assert str(again).endswith("'a'? (called from layouts/a.html:1) (while rendering /a/)")


def test_advice_names_the_nearest_or_what_is_known() -> None:
    assert nearest("titel", ["name", "title"]) == "did you mean 'title'?"
    assert nearest("zzz", ["name", "title"]) == "known: name, title"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[b]\nx = 1\n[a]\nn = 0", "f.toml:4: a.n: expected 1 or more, found 0"),
        ("a = {n = 0}", "f.toml:1: a.n: expected 1 or more, found 0"),
        ("[a]\nn = 'most'", "f.toml:2: a.n: expected a whole number or \"auto\", found 'most'"),
        ("[a]\nl = ['x', ' ']", "f.toml:2: a.l: expected a list, [\"...\"], found ['x', ' ']"),
        ("[a]\n\nm = 1\n[b]\nn = 2", "f.toml:3: a: unknown key 'm'; known: n, l"),
    ],
)
def test_the_validator_names_the_line_within_the_table(text: str, message: str) -> None:
    """A key of the same name in another table is none of its business."""
    document = Document("f.toml", text)
    table = document.tables()["a"]
    assert isinstance(table, dict)
    rules = {"n": Rule(int, instead="auto"), "l": Rule(list)}
    with pytest.raises(ConfigError) as error:
        document.check(table, rules, about="a")
    assert str(error.value) == message
