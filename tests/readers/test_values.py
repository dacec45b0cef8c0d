"""Dates, names, texts and categories as files of any format write them."""

from __future__ import annotations

import pytest

from dayleaf.archive import identifiers
from dayleaf.archive.model import Categories
from dayleaf.readers import values


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("21.06.2026", "2026-06-21"),
        ("21/06/2026", "2026-06-21"),
        ("06/21/2026", "2026-06-21"),
        ("06/07/2026", "2026-06-07"),
        ("07.06.2026", "2026-06-07"),
        ("2026-W12", "2026-03-22"),
        ("week 12, 2026", "2026-03-22"),
        ("2026-W12-3", "2026-03-18"),
        ("2026-W60", None),
        ("31.06.2026", None),
        ("W12", None),
    ],
)
def test_a_day_has_many_forms(text: str, day: str | None) -> None:
    """A week is filed under its Sunday; of two numbers one may be no month."""
    assert values.day(text) == day


@pytest.mark.parametrize(
    ("text", "ambiguous"),
    [
        ("03/04/2026", True),
        ("04/04/2026", False),
        ("03.04.2026", False),
        ("13/04/2026", False),
        ("2026-03-04", False),
    ],
)
def test_a_month_that_may_as_well_be_the_day(text: str, *, ambiguous: bool) -> None:
    assert values.is_ambiguous(text) is ambiguous


def test_of_several_days_in_a_path_the_last_counts() -> None:
    assert values.day_of_path("weekly/20260308-20260317.md") == "2026-03-17"
    assert values.day_of_path("weekly/20260317-from-20260308.md") == "2026-03-17"


@pytest.mark.parametrize(
    "seconds", [1763510400, "1763510400", "1763510400000", 1763510400.5], ids=repr
)
def test_seconds_and_milliseconds_of_an_epoch(seconds: object) -> None:
    assert values.of_epoch(seconds) == "2025-11-19T00:00:00Z"


@pytest.mark.parametrize("value", [True, False, None, 5, "5", "x", [1763510400]], ids=repr)
def test_other_values_are_no_time(value: object) -> None:
    assert values.of_epoch(value) is None


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (" a\n b ", "a b"),
        (7, "7"),
        (7.5, "7.5"),
        (True, None),
        (None, None),
        ("None", None),
        ("N/A", None),
        ("-", None),
        ("Unknown waters", "Unknown waters"),
        (["a"], None),
    ],
    ids=repr,
)
def test_what_means_absent_is_no_text(value: object, text: str | None) -> None:
    assert values.text(value) == text


@pytest.mark.parametrize(
    ("name", "month"),
    [
        ("hep-th/9108001", "1991-08"),
        ("cs/9901001", "1999-01"),
        ("0704.0001", "2007-04"),
        ("2112.10046", "2021-12"),
        ("10.1000/2112.10046", None),
    ],
)
def test_an_id_of_arxiv_names_its_month(name: str, month: str | None) -> None:
    named = identifiers.parse(name)
    assert named
    assert values.month_of(named.identifier) == month


@pytest.mark.parametrize(
    ("value", "names", "others"),
    [
        ("Quill, A., Fenn, B.", "A. Quill; B. Fenn", False),
        ("Quill, A., Fenn, B. and Dell, C.", "A. Quill; B. Fenn; C. Dell", False),
        ("Quill, A., Bo Fenn, Cy Dell", "Quill; A.; Bo Fenn; Cy Dell", False),
        ("Ada Quill, Bo Fenn and 3 others", "Ada Quill; Bo Fenn", True),
        (["Ada Quill et al.", "Bo Fenn"], "Ada Quill; Bo Fenn", True),
        (["Ada Quill", {"name": "Bo Fenn"}, ["Dell", "Cy", ""]], "Ada Quill; Bo Fenn; Cy Dell",
         False),
    ],
)  # fmt: skip
def test_authors_come_in_fields_and_lists(value: object, names: str, *, others: bool) -> None:
    """A family name before initials is turned, in a field that holds nothing else."""
    assert values.people(value) == (tuple(names.split("; ")), others)


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("cs.CV cs.LG", Categories("cs.CV", ("cs.CV", "cs.LG"))),
        ("cs.CV; cs.LG", Categories("cs.CV", ("cs.CV", "cs.LG"))),
        (["cs.CV", None, "cs.LG"], Categories("cs.CV", ("cs.CV", "cs.LG"))),
        ("Seas, Lakes (of tea)", Categories(other=("Seas", "Lakes (of tea)"))),
    ],
)
def test_categories_come_apart_in_several_ways(value: object, found: Categories) -> None:
    assert values.categories(value) == found


def test_a_primary_category_that_is_named_stands_first() -> None:
    found = values.categories("cs.CV cs.LG", "cs.LG")
    assert (found.primary, found.arxiv) == ("cs.LG", ("cs.LG", "cs.CV"))
