"""Landmarks: who is named by later papers, by year and field, and said on the paper's day."""

from __future__ import annotations

import json
import re
from pathlib import Path

from tests.sites import Site, digest, path, record


def archive(folder: Path) -> Site:
    """Lay out two papers that later ones name, and one that nobody does."""
    made = Site(folder)
    for day, anchor, title in (
        ("2019-03-01", "1903.00001", "TeaNet: Brewing Fields"),
        ("2019-03-02", "1903.00002", "CupFormer: Handles & Attention"),
        ("2020-03-03", "2003.00003", "SpoonGAN: Stirring"),
    ):
        made.edit(path(day), digest(record(anchor, day=day, title=title), day=day))
    for number in range(9):
        day = f"2020-05-0{number + 1}"
        text = "We extend TeaNet." if number < 5 else "We extend CupFormer and TeaNet."
        later = record(f"2005.0000{number}", day=day, title=f"On Tea {number}", summary=text)
        made.edit(path(day), digest(later, day=day))
    last = record("2201.00001", day="2022-01-01", title="On Saucers")  # what is full counts
    return made.edit(path("2022-01-01"), digest(last, day="2022-01-01"))


def named(page: str) -> list[tuple[str, str]]:
    """Return what each line says of a name, in order."""
    found: list[tuple[str, str]] = re.findall(
        r"q=[^>]*>([^<]+)</a>( in [\d,]+ later papers?)", page
    )
    return found


def test_papers_are_listed_by_how_many_later_ones_name_them(tmp_path: Path) -> None:
    made = archive(tmp_path)
    made.build(search=True)
    page = made.read("/landmarks/")
    tea, cup = ("TeaNet", " in 9 later papers"), ("CupFormer", " in 4 later papers")
    assert named(page) == [tea, cup, tea, cup]  # of all, and of 2019
    assert "2 papers that three later ones or more name" in page
    assert ">CupFormer: Handles &amp; Attention</a>" in page
    assert re.search(r"<h2 id=\"?2019\"?><a href=\"?../2019/\"?>2019</a></h2>", page)
    assert "SpoonGAN" not in page
    assert "</a> 2 Mar 2019" in page  # words stay apart without the stylesheet


def test_a_field_is_listed_from_three_landmarks_on(tmp_path: Path) -> None:
    made = archive(tmp_path)
    for number in range(3):
        day = f"2020-06-0{number + 1}"
        later = record(f"2006.0000{number}", day=day, summary="SpoonGAN stirs.")
        made.edit(path(day), digest(later, day=day))
    made.build(search=True)
    page = made.read("/landmarks/")
    assert re.search(
        r"<h2 id=\"?cs.CV\"?><a href=\"?../categories/cs.CV/\"?>Computer Vision</a>", page
    )
    assert named(page)[-1] == ("SpoonGAN", " in 3 later papers")


def test_scripts_get_the_figures_of_a_year(tmp_path: Path) -> None:
    made = archive(tmp_path)
    made.build(search=True)
    found = {year: json.loads(made.read(f"/landmarks/{year}.json")) for year in (2019, 2020, 2022)}
    assert found == {
        2019: {"1903.00001": [9, "TeaNet"], "1903.00002": [4, "CupFormer"]},
        2020: {},
        2022: {},
    }
    assert "data-landmarks" in made.read("/2019/03/01/")
    assert "landmarks/" in made.read("/days/")


def test_without_an_index_there_is_no_such_page_and_nothing_leads_there(tmp_path: Path) -> None:
    made = archive(tmp_path)
    made.settings["base_url"] = "https://a.example/"
    made.build(search=True)
    assert "/landmarks/" in made.read("/sitemap.xml")
    made.build(search=False)
    assert not (made.public / "landmarks").exists()
    pages = {name: data for name, data in made.files().items() if name.endswith(("html", "xml"))}
    assert not [name for name, data in pages.items() if b"landmarks/" in data]
    assert "data-landmarks" not in made.read("/2019/03/01/")


def test_an_update_makes_what_a_clean_build_makes(tmp_path: Path) -> None:
    made = archive(tmp_path / "made")
    made.build(search=True)
    for number in range(2):
        day = f"2021-01-0{number + 1}"
        later = record(f"2101.0000{number}", day=day, summary="CupFormer, again.")
        made.edit(path(day), digest(later, day=day)).build(search=True)
    clean = Site(tmp_path / "clean")
    for file in (made.folder / "content").rglob("*.md"):
        clean.edit(file.relative_to(made.folder).as_posix(), file.read_text(encoding="utf-8"))
    clean.build(search=True)
    names = [name for name in clean.files() if name.startswith("landmarks/")]
    assert len(names) == 5
    assert made.files() == clean.files()
