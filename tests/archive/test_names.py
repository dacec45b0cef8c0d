"""Folding, slugs and sorting of names."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dayleaf.archive import names

SAME = [
    ("Luc Van Gool", "luc van gool", "LUC VAN GOOL"),
    ("Jean-Luc É. Moreau", "Jean Luc E Moreau", "Jean-luc E. Moreau"),
    ("C. -C. Jay Kuo", "C-C Jay Kuo", "C.C. Jay Kuo"),
    ("Łukasz Øvergård", "Lukasz Overgard"),
    ("Camilo Mari{ñ}o", "Camilo Marino"),
    ("Matthew O'Brien", "Matthew O`Brien", "Matthew OBrien"),
    ("Yulong Cao*", "Yulong Cao"),
    ("B\x7färbel Mertsching", "Bärbel Mertsching"),
]


@pytest.mark.parametrize("spellings", SAME)
def test_spellings_of_one_name_share_a_page(spellings: tuple[str, ...]) -> None:
    assert len({names.slug(spelling) for spelling in spellings}) == 1


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Luc Van Gool", "luc-van-gool"),
        ("Émile Ødegaard", "emile-odegaard"),
        ("Con", "con-"),
        ("张伟", "name-"),
        ("Wei 张", "wei-"),
    ],
)
def test_slugs(name: str, slug: str) -> None:
    """Plain names read plainly; what a file system cannot hold gets a hash behind it."""
    found = names.slug(name)
    assert found == slug or (slug.endswith("-") and re.fullmatch(f"{slug}[0-9a-f]{{10}}", found))


@given(st.text(min_size=1), st.text(min_size=1))
def test_slugs_are_safe_and_tell_folds_apart(one: str, other: str) -> None:
    """A slug is a plain file name, and equal exactly when the folded names are."""
    first, second = names.slug(one), names.slug(other)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", first)
    assert len(first) < 120
    assert (first == second) == (names.fold(one) == names.fold(other))


@pytest.mark.parametrize(
    ("field", "found"),
    [
        ("A B, C D", ("A B", "C D")),
        ("John Smith, Jr., Ann Lee", ("John Smith, Jr.", "Ann Lee")),
        ("The LSST Collaboration, :, A. Person", ("The LSST Collaboration", "A. Person")),
        ("A B, and C D", ("A B", "C D")),
        ("), Ann Lee (LAB)", ("Ann Lee",)),
        ("Ann Lee (LAB, ORG), Bo Fenn and Cy Dell, et al.", ("Ann Lee", "Bo Fenn", "Cy Dell")),
        ("Ann Lee (1), Bo Fenn ((2) Org, Town)", ("Ann Lee", "Bo Fenn")),
        ("(for the Dust, Grain Collaboration)", ("Dust, Grain Collaboration",)),
        (
            "Ann Lee, The Dust and Grain Collaboration",
            ("Ann Lee", "The Dust and Grain Collaboration"),
        ),
        ("Fenn, Bo; Quill, Ada; Una Brook, Jr.", ("Bo Fenn", "Ada Quill", "Una Brook, Jr.")),
        ("Bo Fenn, Esq., Cy Dell, 3rd", ("Bo Fenn, Esq.", "Cy Dell, 3rd")),
        ("Bo Fenn and others", ("Bo Fenn",)),
        ("Bo Fenn, et.al.", ("Bo Fenn",)),
        ("others", ()),
        ("Sand Andersen, Rand And", ("Sand Andersen", "Rand And")),
        ("Bo (Fenn, Cy Dell", ("Bo (Fenn", "Cy Dell")),
        ("Bo Fenn), Cy Dell (Lamps, Tides", ("Bo Fenn)", "Cy Dell (Lamps, Tides")),
        (
            "The Lantern Collaboration: Ada Quill, Bo Fenn",
            ("The Lantern Collaboration", "Ada Quill", "Bo Fenn"),
        ),
        ("Tide Team : A. Quill; B. Fenn", ("Tide Team", "A. Quill", "B. Fenn")),
        ("Quill Lamps, LLC; Fenn, Jr., Bo", ("Quill Lamps, LLC", "Bo Fenn, Jr.")),
        ("Ada Quill, Tide Group：Bo Fenn", ("Ada Quill", "Tide Group", "Bo Fenn")),
        ("Authors: Ada Quill, Bo Fenn", ("Ada Quill", "Bo Fenn")),
        ("Ada Quill and the Lantern Group", ("Ada Quill", "the Lantern Group")),
        ("Quill Lamps, LLC, Ada Quill", ("Quill Lamps, LLC", "Ada Quill")),
        ("Johnson & Johnson, Ada Quill & Bo Fenn", ("Johnson & Johnson", "Ada Quill", "Bo Fenn")),
        ("Centre for Lamps and Tides, Bo Fenn", ("Centre for Lamps and Tides", "Bo Fenn")),
        ("Ada Quill1,2, Bo Fenn3,*, Cy Dell†", ("Ada Quill", "Bo Fenn", "Cy Dell")),
        ("Ada Quill <ada@example.org>, Bo Fenn", ("Ada Quill", "Bo Fenn")),
        ("Wei Wong 0033, Qwen2, Tide Team 3", ("Wei Wong 0033", "Qwen2", "Tide Team 3")),
        ("", ()),
    ],
)
def test_splitting(field: str, found: tuple[str, ...]) -> None:
    assert names.split(field).names == found


@pytest.mark.parametrize(
    ("entry", "found"),
    [
        ("Organization for Tides and Development", None),
        ("Women and Lamps in Vision", None),
        ("Johnson & Johnson", None),
        ("Quill Lamps, LLC", None),
        ("Quill GmbH & Co. KG", None),
        ("Department of Cups, Saucers and Spoons", None),
        ("Lamps, Tides and Cups Foundation", None),
        ("Society for Tea and Its Drinkers", None),
        ("Dust, Grain Collaboration", None),
        ("Wei Wong 0033", None),
        ("Mohammad (Mo) Tarn", None),
        ("Fenn, Bo", "Bo Fenn"),
        ("Fenn, Jr., Bo", "Bo Fenn, Jr."),
        ("Fenn, Bo, Jr.", "Bo Fenn, Jr."),
        ("Bo Fenn, Tide Institute", "Bo Fenn"),
        ("Fenn, Bo, Tide Institute", "Bo Fenn"),
        ("Bo Fenn (Tide Institute)", "Bo Fenn"),
        ("Bo Fenn1", "Bo Fenn"),
        ("Bo Fenn Jr.*", "Bo Fenn Jr."),
        ("Bo Fenn²,³", "Bo Fenn"),
        ("Bo Fenn1,2*", "Bo Fenn"),
        ("Bo Fenn <bo@example.org>", "Bo Fenn"),
        ("bo@example.org (Bo Fenn)", "Bo Fenn"),
        ("Bo Fenn 0000-0002-1825-0097", "Bo Fenn"),
        ("Bo Fenn (on behalf of the Tide Team)", "Bo Fenn"),
    ],
)
def test_an_entry_of_a_list_is_one_author(entry: str, found: str | None) -> None:
    assert names.of_entry(entry) == (found or entry,)


def test_an_entry_may_name_several_all_the_same() -> None:
    assert names.of_entry("Tide Team: A. Quill, B. Fenn") == ("Tide Team", "A. Quill", "B. Fenn")
    assert names.of_entry("Ada Quill, Bo Fenn, Cy Dell") == ("Ada Quill", "Bo Fenn", "Cy Dell")
    assert names.of_entry("†") == ()


# Spellings that many names share, so that the quick ways are taken as often as not.
LISTS = st.lists(
    st.sampled_from(
        [
            "Ada", "Quill", "van", "Jr.", "III", "Ph.D.", "Con", "index", "J.", "A.-B.", "-C.", "é",
            "O'Hara", "and", "Wu", "Li", " ", "  ", "-", ".", ",", ", ", "\x7f", "\u0301", "3", ":",
        ]
    ),
    max_size=12,
).map(" ".join)  # fmt: skip


@given(LISTS)
@example("Ada Wu, Jr.")
@example("Ada Quill, and Wu Li-Quill")
@example(f"Ada {'Quill' * 20}")
@example("Con, Index")
def test_quick_ways_give_the_same(field: str) -> None:
    """Splitting a tidy field, and the slugs of plain names, are only short cuts."""
    for text in (field, field.replace(" , ", ", ").strip()):
        found = names.split(text)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(names, "split_tidy", lambda _field: None)
            assert found == names.split(text)
        assert names.slugs(found.names) == [names.slug(name) for name in found.names]


@given(st.text(st.characters(max_codepoint=127)))
def test_ascii_folds_as_any_text_does(name: str) -> None:
    """A mark is dropped, and its presence alone sends a name the long way round."""
    assert names.fold(name) == names.fold(name + "\u0301")


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Luc Van Gool", "gool-luc-van"),
        ("John Smith, Jr.", "smith-john-jr"),
        ("Ada Quill, Jr., PhD", "quill-ada-jr-phd"),
        ("Plato", "plato"),
        ("Jr.", "jr"),
        ("Zoë O'Hara", "ohara-zoe"),
        ("Анна Li", "li"),
        ("Анна", ""),
    ],
)
def test_lists_go_by_the_family_name(name: str, key: str) -> None:
    assert names.sort_key(names.fold(name)) == key


def test_bylines_are_cut() -> None:
    assert names.byline(("A", "B")) == "A, B"
    assert names.byline(("A", "B", "C")) == "A et al."


@given(st.text(max_size=120) | st.text("aé ж-. ", max_size=160))
@example("a" * 96)
@example("a" * 107)  # as long as a slug with a hash
@example(f"Ada {'Brook ' * 15}Quill")  # whose slug ends within the family name
def test_a_slug_tells_the_words_that_lists_go_by(name: str) -> None:
    """Of an author whom no paper names any more nothing else is left."""
    key = names.sort_key(names.fold(name))
    slug = names.slug(name)
    words = names.words(slug)
    assert words is None or set(filter(None, key.split("-"))) <= set(words)
    assert names.is_plain(slug, key) == (slug == names.fold(name).replace(" ", "-"))


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Ada Quill", ("Ada ", "Quill", "")),
        ("Luc Van Gool", ("Luc Van ", "Gool", "")),
        ("Una Brook, Jr.", ("Una ", "Brook", ", Jr.")),
        ("Bo Fenn III", ("Bo ", "Fenn", " III")),
        ("Lia Ott-Ådal", ("Lia Ott-", "Ådal", "")),
        ("Plato", ("", "Plato", "")),
        ("王伟", ("", "王伟", "")),
        (":", ("", ":", "")),
        ("Jr.", ("", "Jr.", "")),
    ],
)
def test_a_name_is_divided_where_lists_sort_it(name: str, parts: tuple[str, str, str]) -> None:
    assert names.parted(name) == parts
    assert names.fold(parts[1]).split() == names.sort_key(names.fold(name)).split("-")[:1] or (
        not names.sort_key(names.fold(name))
    )


def test_whole_fields_are_read_at_a_look() -> None:
    """Before Python 3.11.5 possessive groups matched none of them, and every field took long."""
    assert names.split_tidy("Ada Quill, Bo van der Fenn, J. R. Li") is not None
    assert names._PLAIN_LINES.match("Ada Quill\nBo van der Fenn\nJ. R. Li")
