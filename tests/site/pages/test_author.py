"""What an author's page says, by the number of papers."""

from __future__ import annotations

import re
from pathlib import Path

from dayleaf.site.pages import papers
from tests.sites import Site, digest, path, record

NAMESAKES = "A name may stand for several people."


def page(folder: Path, *fields: str, years: int = 1, authors: str = "Ada Quill") -> str:
    """Return the page of an author with a paper in each of some categories, over some years."""
    made = Site(folder)
    for place, code in enumerate(fields):
        day = f"{2020 + place % years}-01-{place + 1:02}"
        one = record(f"2001.{place:05}", authors=authors, categories=f"**{code}**", day=day)
        made.edit(path(day), digest(one, day=day))
    made.build()
    return made.read("/authors/ada-quill.html")


def said(html: str) -> list[str]:
    """Return the categories that the lines of a page say."""
    return re.findall(r"<b>(.*?)</b>", html)


def test_a_single_paper_is_not_counted(tmp_path: Path) -> None:
    assert "<main><h1>Ada Quill</h1> <ol><li>" in page(tmp_path, "cs.CV")


def test_three_papers_say_their_fields_themselves(tmp_path: Path) -> None:
    html = page(tmp_path, "cs.CV", "cs.CV", "cs.LG")
    assert "Fields" not in html
    assert said(html) == ["Machine Learning", "Computer Vision", "Computer Vision"]
    assert NAMESAKES not in html


def test_four_papers_say_where_they_differ_from_the_most_frequent_field(tmp_path: Path) -> None:
    html = page(tmp_path, "cs.CV", "cs.CV", "cs.LG", "cs.CV")
    assert "Fields" in html
    assert said(html) == ["cs.LG"]
    assert NAMESAKES in html


def test_papers_of_one_field_do_not_say_it(tmp_path: Path) -> None:
    assert not said(page(tmp_path / "few", *["cs.LG"] * 3))
    html = page(tmp_path / "many", *["cs.LG"] * 4)
    assert not said(html)
    assert "Fields" not in html


def test_a_field_too_many_to_be_counted_is_still_said_by_its_papers(tmp_path: Path) -> None:
    codes = ["cs.AI", "cs.CL", "cs.CV", "cs.GR", "cs.HC", "cs.LG", "cs.RO"]
    html = page(tmp_path, *codes, "cs.AI")
    assert html.count("<a href=../categories/") == 6
    assert said(html) == codes[:0:-1]


def test_years_say_their_numbers_where_a_chart_shows_them(tmp_path: Path) -> None:
    few = page(tmp_path / "few", *["cs.CV"] * 9, years=3)
    assert "<svg" not in few
    assert re.findall("<h2>(.*?)</h2>", few) == ["2022", "2021", "2020"]
    many = page(tmp_path / "many", *["cs.CV"] * 10, years=3)
    assert "the headings below say the numbers" in many
    assert re.findall("<small>(.*?)</small>", many) == ["3 papers", "3 papers", "4 papers"]


def test_at_most_six_coauthors_are_named(tmp_path: Path) -> None:
    people = "Ada Quill, Bo Fenn, Una Brook, Cy Dell, Di Elm, Ed Fox, Flo Gill, Gus Hay"
    html = page(tmp_path, *["cs.CV"] * 4, authors=people)
    found = re.search("Works most with</h2>(.*?)<h2>", html)
    assert found
    assert found[1].count("<a ") == 6


def test_a_collaboration_counts_its_authors_once(tmp_path: Path) -> None:
    """And each of its members is left out on their own page only."""
    made = Site(tmp_path)
    people = ", ".join(f"{given} Quill" for given in ("Ada", "Bo", "Cy", "Di", "Una", "Zoë"))
    for number in range(1, 10):
        day = f"2021-12-0{number}"
        one = record(f"2112.0000{number}", authors=people, day=day)
        made.edit(path(day), digest(one, day=day))
    papers.frequent.cache_clear()
    made.build()
    assert papers.frequent.cache_info().misses == 2  # once for them all, once for the category
    for slug, others in (("ada-quill", "Bo Quill"), ("zoe-quill", "Ada Quill")):
        page = made.read(f"/authors/{slug}.html")
        assert others in page
        assert f"{slug}.html" not in page
