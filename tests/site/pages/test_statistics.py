"""The archive in figures, and overviews of categories."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.sites import Site, digest, path, record


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """Two years of a paper a month, half of them with code and in a venue."""
    made = Site(tmp_path)
    for number in range(30):
        day = f"{2020 + number // 12}-{1 + number % 12:02}-15"
        even = number % 2 == 0
        one = record(
            f"2001.{number:05}",
            version=2 if number < 6 else 1,
            day=day,
            categories="**cs.CV**, cs.LG" if even else "**cs.LG**, cs.CV",
            comment="ICCV 2021" if even else "None",
            summary="Code: https://github.com/ada/tides" if even else "No code.",
        )
        made.edit(path(day), digest(one, day=day))
    made.build()
    return made


def numbers(page: str) -> list[list[str]]:
    """Return the cells of every row of a page's tables, as text."""
    tables = re.findall(r"<table.*?</table>", page, re.DOTALL)
    rows = [row for table in tables for row in table.split("<tr>")[1:]]
    cells = [re.split(r"<t[hd][^>]*>", row)[1:] for row in rows]
    return [[re.sub(r"<[^>]+>", "", cell).strip() for cell in row] for row in cells]


def test_every_chart_has_its_numbers(site: Site) -> None:
    """Papers, authors, revisions and code by year, venues by name."""
    rows = numbers(site.read("/statistics/"))
    assert ["2020", "12"] in rows
    assert ["2021", "2.0"] in rows
    assert ["2020", "6", "50.0 %"] in rows  # of each, revised and with code
    assert rows.count(["2020", "6", "50.0 %"]) == 2
    assert ["ICCV", "15"] in rows


def test_gaps_are_told(tmp_path: Path) -> None:
    """In words, with their days; a day of few papers, with what is usual."""
    made = Site(tmp_path)
    for number in range(70):
        if 30 <= number < 37:
            continue
        month, day = 1 + number // 28, 1 + number % 28
        iso = f"2021-{month:02}-{day:02}"
        many = 1 if number == 50 else 20
        papers = [record(f"2101.{number:03}{n:02}", day=iso) for n in range(many)]
        made.edit(path(iso), digest(*papers, day=iso))
    made.build()
    page = made.read("/statistics/")
    assert "No digests from 3 February 2021 to 9 February 2021: 7 days." in page
    assert "1 paper, where 20 are usual" in page


def test_the_overview_of_a_category(site: Site) -> None:
    """What it is, its months, who is active, what it is crossed with, and its venues."""
    page = site.read("/categories/cs.CV/")
    assert "What computers can tell from images and videos." in page
    assert "15 have it as their primary category" in page
    assert page.count("M") > 30
    for wanted in ("Most active", "Also in", "Venues", "Ada Quill", "Machine Learning"):
        assert wanted in page
    overview = page.partition("Most active")[2].partition("Also in")[0]
    assert re.search(r"Ada Quill</a>\s*13", overview)  # of twelve months, both ends included


def test_the_table_of_categories(site: Site) -> None:
    """Those with most papers first, with share, the last year, and growth."""
    rows = numbers(site.read("/categories/"))
    assert rows[1][:4] == ["cs.CV", "Computer Vision and Pattern Recognition", "30", "100.0 %"]
    assert rows[1][4:6] == ["12", "+0 %"]
