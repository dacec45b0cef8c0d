"""What search engines and shared links say of a page."""

from __future__ import annotations

import json
import re
import shutil
from html import unescape
from pathlib import Path
from typing import Any

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dayleaf.site.pages.descriptions import LONGEST, of_papers, shortened
from dayleaf.text import data_block
from tests.sites import Site, digest, path, record
from tests.test_golden import GOLDEN

BASE = "https://a.example/papers/"
HTML = "{http://www.w3.org/1999/xhtml}"
NASTY = ["</script><script>alert(1)</script>", "<!-- <script>", "]]>", "a & b", '"', "\u2028x"]


@pytest.mark.parametrize(
    ("said", "titles", "count", "found"),
    [
        ("142 days", ["A tide", "Slow rivers"], 142, "142 days: A tide, Slow rivers and 140 more"),
        ("2 papers", ["A", "B"], 2, "2 papers: A and B"),
        ("1 paper", ["A"], 1, "1 paper: A"),
        ("9 papers", [], 9, "9 papers"),
        ("3 papers", ["A", "B " * 90, "C"], 3, "3 papers: A and 2 more"),
        ("2 papers", ["word " * 50, "B"], 2, f"2 papers: {'word ' * 26}word… and 1 more"),
        ("so " * 70, ["A"], 1, f"{'so ' * 52}so…"),
    ],
)  # fmt: skip
def test_as_many_titles_are_named_as_there_is_room_for(
    said: str, titles: list[str], count: int, found: str
) -> None:
    assert of_papers(said, titles, count) == found


@given(st.text(max_size=400), st.lists(st.text(max_size=300), max_size=5), st.integers(0, 5_000))
def test_no_description_is_longer_than_is_shown(said: str, titles: list[str], more: int) -> None:
    assert len(of_papers(said, titles, len(titles) + more)) <= LONGEST
    assert len(shortened(said)) <= LONGEST


@pytest.mark.parametrize("text", NASTY)
def test_no_text_ends_the_data_block_that_it_stands_in(text: str) -> None:
    written = str(data_block({"name": text, text: [text]}))
    assert not re.search(r"[<>&\u2028\u2029]", written)
    assert json.loads(written) == {"name": text, text: [text]}


@pytest.fixture(scope="module")
def golden(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The golden site, with a title that would end what it stands in, and search."""
    folder = tmp_path_factory.mktemp("golden")
    shutil.copytree(GOLDEN / "site", folder, dirs_exist_ok=True)
    made = Site(folder).edit("site.toml", f'base_url = "{BASE}"\ntitle = "{NASTY[0]} & <!--"\n')
    made.build()
    return made


def head(page: str) -> tuple[dict[str, str], list[Any]]:
    """Return what a page says of itself by name, and its data."""
    tree = html5lib.parse(page)
    said: dict[str, str] = {}
    for meta in tree.iter(f"{HTML}meta"):
        for key in ("name", "property"):
            if name := meta.get(key):
                assert name not in said, f"{name} twice"
                said[name] = meta.get("content", "")
    for link in tree.iter(f"{HTML}link"):
        if link.get("rel") == "canonical":
            said["canonical"] = link.get("href", "")
    scripts = [
        one for one in tree.iter(f"{HTML}script") if one.get("type") == "application/ld+json"
    ]
    return said, [json.loads(one.text or "") for one in scripts]


def test_every_page_that_is_shared_says_what_it_is(golden: Site) -> None:
    """All but authors' pages, lists of their names, and what stands for no page or another."""
    silent = re.compile(r"authors/.+|404\.html|offline/index\.html|categories/cs\.NA/.+")
    for name, data in golden.files().items():
        if not name.endswith(".html"):
            continue
        said, _ = head(data.decode())
        if silent.fullmatch(name) and name != "authors/index.html":
            assert "description" not in said, name
            continue
        address = BASE + name.removesuffix("index.html")
        assert 0 < len(said["description"]) <= LONGEST, name
        assert said["og:description"] == said["description"], name
        assert "<math" not in said["description"]
        assert said["canonical"] == said["og:url"] == address
        assert said["og:title"]
        assert said["og:image"] == f"{BASE}assets/card.png"
        assert said["twitter:card"] == "summary_large_image"


def test_a_day_names_its_first_papers_and_its_place(golden: Site) -> None:
    said, (data,) = head(golden.read("/2021/12/19/"))
    assert said["description"] == (
        "5 papers of Sunday, 19 December 2021: Tides in a ℓ₁ Teacup, "
        '<script>alert("Rivers")</script>, A Record Without Journal and 2 more'
    )
    assert data["@type"] == "BreadcrumbList"
    crumbs = data["itemListElement"]
    assert [one["position"] for one in crumbs] == [1, 2, 3]
    assert [one.get("item") for one in crumbs] == [f"{BASE}2021/", f"{BASE}2021/12/", None]


def test_home_says_how_to_search_where_one_can(tmp_path: Path, golden: Site) -> None:
    _, (data,) = head(golden.read("/"))
    assert data["@type"] == "WebSite"
    assert data["name"] == f"{NASTY[0]} & <!--"
    assert "potentialAction" not in data
    made = Site(tmp_path, {"base_url": BASE})
    made.edit(path("2021-12-19"), digest(record())).build(search=True)
    _, (data,) = head(made.read("/"))
    action = data["potentialAction"]
    assert action["target"]["urlTemplate"] == f"{BASE}search/?q={{search_term_string}}"
    assert action["query-input"] == "required name=search_term_string"


def test_without_a_base_url_nothing_names_an_address(tmp_path: Path) -> None:
    made = Site(tmp_path)
    made.edit(path("2021-12-19"), digest(record())).build()
    said, data = head(made.read("/2021/12/19/"))
    assert said["description"] == "1 paper of Sunday, 19 December 2021: Tides in a Teacup"
    assert {"og:title", "og:description"} <= set(said)
    assert not {"canonical", "og:url", "og:image"} & set(said)
    assert not data


def test_pages_announce_the_feeds_that_are_theirs(golden: Site) -> None:
    def feeds(address: str) -> list[str]:
        page = golden.read(address)
        links = re.findall(r"<link rel=alternate [^>]*>", page)
        return [unescape(link.partition("href=")[2].strip('>"')) for link in links]

    assert feeds("/") == ["./feed.xml", "./feed.json", "./days/feed.xml", "./days/feed.json"]
    assert feeds("/days/") == ["../days/feed.xml", "../days/feed.json", "../feed.xml"]
    assert feeds("/2021/12/19/") == ["../../../feed.xml"]
    assert feeds("/statistics/") == ["../feed.xml"]
    assert feeds("/categories/cs.CV/") == ["../../categories/cs.CV/feed.xml"]
    assert feeds("/subjects/68T45/") == []
    assert feeds("/authors/bo-fenn.html") == []
