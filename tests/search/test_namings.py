"""How many later papers name a paper."""

from __future__ import annotations

import pytest

from dayleaf.search import namings, terms
from tests.search.test_terms import learned, line


def _mentions(day: str, many: int, text: str) -> list[bytes]:
    return [line(day, f"{day}-{n}", "On the brewing of tea", text) for n in range(many)]


def _counted(*shards: list[bytes], **known: list[str]) -> dict[str, tuple[str, int]]:
    """Paper by its place, with the name and how many name it."""
    read = [learned(*shard) for shard in shards]
    found = namings.count(read, known)
    return {read[one.shard].order[one.number]: (one.name, one.papers) for one in found}


GIVEN = line("2020-03-19", "2003.1", "TeaNet: Brewing Fields", "We brew.")


def test_a_paper_counts_those_that_name_it_later_in_all_shards() -> None:
    """Whatever stands around the name, but only as it is written, and once a paper."""
    said = [
        "We extend TeaNet, and TeaNet's leaves.",
        "As (TeaNets) do.",
        "A TeaNet-50 is large.",
        "A teanet is a net for tea.",
        "TEANET shouts.",
    ]
    later = [
        line(f"2020-05-{n + 1:02}", f"2005.{n}", "On tea", text) for n, text in enumerate(said)
    ]
    own = [GIVEN, *_mentions("2020-03-20", 2, "Like TeaNet.")]
    assert _counted(own, later) == {"2020-03-19 2003.1": ("TeaNet", 5)}


@pytest.mark.parametrize("before", [0, 1, 2, 30])
def test_what_stood_in_papers_before_is_no_name_of_one(before: int) -> None:
    """A single paper may have it by chance."""
    earlier = _mentions("2020-01-01", before, "A TeaNet (TN) is a net.")
    later = _mentions("2020-05-01", 40, "Like TeaNet.")
    expected = {"2020-03-19 2003.1": ("TeaNet", 40)} if before < 2 else {}
    assert _counted([*earlier, GIVEN], later) == expected
    if earlier:
        assert _counted(earlier, [GIVEN], later) == expected


def test_fewer_than_three_name_nobody() -> None:
    assert _counted([GIVEN, *_mentions("2020-05-01", 2, "Like TeaNet.")]) == {}


@pytest.mark.parametrize("title", ["Brewing: A Study of Tea", "Tea: Leaves", "TN: A Net", "X-ray"])
def test_words_and_short_names_are_not_counted(title: str) -> None:
    name = title.partition(":")[0]
    later = _mentions("2020-05-01", 9, f"Like {name} here, and the {name}.")
    assert _counted([line("2020-03-19", "2003.1", title), *later]) == {}


def test_a_well_known_name_counts_for_its_paper_whatever_it_says() -> None:
    """Of several names the one that most papers use."""
    unnamed = line("2020-03-19", "2003.1", "On the brewing of deep leaves")
    earlier = _mentions("2020-01-01", 5, "A LeafNet by chance.")
    later = _mentions("2020-05-01", 4, "Like LeafNet and the Green Leaf.")
    more = _mentions("2020-06-01", 3, "Like the Green Leaf of spring.")
    place = ["2020-03-19 2003.1"]
    counted = _counted(earlier, [unnamed, *later, *more], LeafNet=place, **{"Green Leaf": place})
    assert counted == {"2020-03-19 2003.1": ("Green Leaf", 7)}
    assert _counted([unnamed], LeafNet=["2020-04-01 2004.9"]) == {}


def test_of_names_that_as_many_papers_use_the_order_of_the_list_chooses_none() -> None:
    """Or two builds would count for a paper by different names."""
    unnamed = line("2020-03-19", "2003.1", "On the brewing of deep leaves")
    later = _mentions("2020-05-01", 4, "Like LeafNet and TeaNet.")
    names = ["LeafNet", "TeaNet"]
    for order in (names, names[::-1]):
        counted = _counted([unnamed, *later], **{name: ["2020-03-19 2003.1"] for name in order})
        assert counted == {"2020-03-19 2003.1": ("TeaNet", 4)}


@pytest.mark.parametrize(
    ("name", "proper"),
    [
        ("NeRF", True),
        ("U-Net", True),
        ("Mask R-CNN", True),
        ("nuScenes", True),
        ("word2vec", True),
        ("CLIP-Adapter", True),
        ("Dropout", False),
        ("X-ray", False),
        ("Low-Rank", False),
        ("GAN-based", False),
        ("Action Recognition", False),
        ("mask R-CNN", False),
    ],
)
def test_a_name_has_capitals_where_words_have_none(name: str, *, proper: bool) -> None:
    assert terms.is_proper(name) is proper
