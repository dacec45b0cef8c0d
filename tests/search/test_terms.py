"""Names that papers give, the words they use, and what the archive makes of both."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dayleaf.base.errors import ConfigError
from dayleaf.search import known, lexicon, terms


def line(day: str, anchor: str, title: str, abstract: str = "", comment: str = "") -> bytes:
    path = f"{day.replace('-', '/')}/#{anchor}"
    return json.dumps([path, "cs.CV", "", title, ["Ina Tal"], abstract, comment]).encode()


def learned(*lines: bytes) -> terms.Terms:
    return terms.read(terms.learn(lines))


def given(title: str, abstract: str = "") -> set[str]:
    """Kinds and keys of the names that one paper gives."""
    found = learned(line("2020-03-19", "2003.1", title, abstract)).names
    return {f"{one[0]} {name}" for name, places in found.items() for one in places}


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("TeaNet: Brewing Fields", "teanet"),
        ("Tea-Net++ \u2013 Brewing", "teanet"),
        ("Mask R-CNN", "maskrcnn"),
        ("\u03b2-TEA: Cups", "betatea"),
        ("Tea Transformer: Windows of Leaves", "teatransformer"),
    ],
)
def test_a_title_gives_a_name_before_its_colon(title: str, name: str) -> None:
    assert f"t {name}" in given(title)


@pytest.mark.parametrize(
    "title",
    [
        "On the Brewing of Tea",
        "What a Long Sentence This Is Before: Tea",
        "Is This Tea? A Study: Yes",
    ],
)
def test_a_title_without_a_name_gives_none(title: str) -> None:
    assert not [one for one in given(title) if one.startswith("t")]


@pytest.mark.parametrize(
    ("abstract", "name"),
    [
        ("The frame, called TEa TRansformer or TETR, is slow.", "tetr"),
        ("We use a tea brewing network (TBN) here.", "tbn"),
        ("Our method, dubbed LeafNet, is green.", "leafnet"),
        ("We present Tea3D, a cup.", "tea3d"),
        ("We call it \u201cBrewGAN\u201d for short.", "brewgan"),
    ],
)
def test_an_abstract_introduces_a_name(abstract: str, name: str) -> None:
    assert f"i {name}" in given("A Study of Cups and Leaves", abstract)


@pytest.mark.parametrize(
    "abstract",
    [
        "It is good (see Fig. 2) and fast (XYZ).",  # abbreviates nothing before it
        "We present a cup of tea.",
        "Black or green tea is served.",
        "It is called (a) tea.",
    ],
)
def test_an_abstract_without_a_name_introduces_none(abstract: str) -> None:
    assert not [one for one in given("A Study of Cups and Leaves", abstract) if one.startswith("i")]


def test_words_are_counted_once_a_paper_and_their_first_is_known() -> None:
    found = learned(
        line("2020-01-01", "1", "Plain Cups", "steeping steeping"),
        line("2020-01-02", "2", "Steeping Leaves", "leaves"),
        line("2021-01-02", "3", "Leaves"),
    )
    assert found.papers == 3
    assert tuple(found.words["steeping"]) == (2, "")  # its first has it in the abstract alone
    assert tuple(found.words["leaves"]) == (2, "2020-01-02 2")
    assert found.frequent["2021"] == {"leaves": 1}


def shards() -> list[terms.Terms]:
    old = [line(f"2019-01-{n:02}", f"o{n}", "Old Cups", "cups of everyday") for n in range(1, 9)]
    new = [
        line("2020-01-01", "n1", "Steeping: the Slow Way", "steeping"),
        line("2020-01-02", "n2", "TeaNet: Steeping Leaves", "steeping everyday"),
        line("2020-01-03", "n3", "TeaNet: Another", "steeping everyday"),
        line("2020-01-04", "n4", "More", "We present TeaNet. Steeping, steeping."),
        line("2020-01-05", "n5", "Even More", "steeping"),
    ]
    return [learned(*old), learned(*new)]


def test_names_list_their_papers_the_likeliest_first() -> None:
    whole = lexicon.put_together(shards(), {"brew": ["2019-01-02 o2"], "teanet": ["2020-01-03 n3"]})
    assert whole.names["brew"] == ["k2019-01-02 o2"]
    # Well known, then by title from the oldest on, then introduced; each paper once.
    assert whole.names["teanet"] == ["k2020-01-03 n3", "t2020-01-02 n2", "i2020-01-04 n4"]
    assert whole.names["steeping"] == ["t2020-01-01 n1"]
    assert "cups" not in whole.names  # of the oldest papers all words are new


def test_what_is_written_can_be_read_again() -> None:
    whole = lexicon.put_together(shards(), {})
    found = {letters: json.loads(data) for letters, data in lexicon.buckets(whole)}
    assert found["te"]["teanet"].split("\n")[0] == "t2020-01-02 n2"
    classes = dict(json.loads(lexicon.vocabulary(whole)))
    assert "cups" in classes[3].split()
    assert "steeping" in classes[2].split()


def test_words_of_most_papers_are_counted_by_year() -> None:
    many = [line(f"20{year}-01-01", f"{year}.{n}", "Tea") for year in (19, 20) for n in range(40)]
    whole = lexicon.put_together([learned(*many)], {})
    assert whole.common == {"tea": {"2019": 40, "2020": 40}}
    assert not lexicon.put_together([learned(*many[:20])], {}).common


def test_our_own_names_can_be_read(tmp_path: Path) -> None:
    ours = known.names(tmp_path)
    assert "ResNet" in ours["1512.03385"]
    (tmp_path / known.FILE).write_text('"1512.03385" = ["Deep One"]\n"x-1" = ["Mine"]\n')
    both = known.names(tmp_path)
    assert both == ours | {"1512.03385": ["Deep One"], "x-1": ["Mine"]}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('"1" = ["a"]\n"2" = "b"\n', r"names.toml:2: 2: expected a list of names"),
        ('"1" = [""]\n', r"names.toml:1: 1: expected a list of names"),
        ("[tea]\n", r"names.toml:1: tea: expected a list of names"),
        ('"1" = ["a" "b"]\n', r"names.toml:1: expected TOML, found a mistake: .*line 1"),
    ],
)
def test_a_mistake_in_the_names_is_told_with_its_line(text: str, message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        known.parse(text)
