"""What rises: terms that a month has more of than the time before."""

from __future__ import annotations

import doctest

from dayleaf.archive import rising
from dayleaf.archive.rising import Term

BEFORE = ["Deep lakes", "Rivers and lakes", "Tea in general", "Cups for tea"] * 25


def test_the_example_holds() -> None:
    assert doctest.testmod(rising).failed == 0


def test_what_was_as_frequent_before_does_not_rise() -> None:
    assert rising.rising(BEFORE, BEFORE, most=9) == ()


def test_a_phrase_stands_for_its_words() -> None:
    month = ["Gaussian Splatting for lakes"] * 10 + ["Rivers"] * 30
    assert rising.rising(month, BEFORE, most=9)[0] == Term("Gaussian Splatting", 10)
    words = [one.words for one in rising.rising(month, BEFORE, most=9)]
    assert "Gaussian" not in words
    assert "Splatting" not in words


def test_a_term_is_written_as_its_newest_title_writes_it_and_counts_once_a_title() -> None:
    month = ["mamba and mamba"] * 6 + ["MAMBA"] + ["Rivers"] * 30
    assert Term("MAMBA", 7) in rising.rising(month, BEFORE, most=9)


def test_few_papers_are_chance() -> None:
    assert rising.rising(["Samovars"] * 4 + BEFORE, BEFORE, most=9) == ()


def test_nothing_rises_without_a_time_before() -> None:
    assert rising.rising(["Samovars"] * 40, [], most=9) == ()
    assert rising.rising([], BEFORE, most=9) == ()
