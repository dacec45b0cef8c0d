"""Incremental equals clean, byte for byte, after any sequence of edits; and it does little."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import jinja2
import pytest

from dayleaf.catalog import Catalog
from dayleaf.site.pages import authors, periods
from tests.sites import Site, digest, path, record, small

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dayleaf.catalog import ListedAuthor, ListedRow


def contents(folder: Path) -> dict[str, str]:
    """Return everything that a site is made from."""
    return {
        file.relative_to(folder).as_posix(): file.read_text(encoding="utf-8")
        for part in (
            *("content", "layouts", "site.toml", "about.md", "authors.toml", "venues.toml"),
        )
        for file in [folder / part, *(folder / part).rglob("*")]
        if file.is_file()
    }


def test_a_topic_whose_spelling_changes_is_called_so_on_all_its_pages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(periods, "MOST", 1)
    monkeypatch.setattr(periods, "NEWEST", 1)
    made = small(tmp_path)
    row = "|**2020-0{0}-01**|**Tides**|Ada Quill|[200{0}.00001](http://arxiv.org/abs/200{0}.00001)|"
    for topic in ("slam", "SLAM"):
        rows = "\n".join(row.format(number) for number in range(1, 6))
        made.edit(
            "content/table.md", f"## {topic}\n\n|Date|Title|Authors|PDF|\n|-|-|-|-|\n{rows}\n"
        )
        made.build()
        pages = [made.read(f"/topics/slam/{part}") for part in ("", "2020/", "2020/01/")]
        assert all(f"{topic}, " in page or f">{topic}<" in page for page in pages)


def changes(made: Site, before: dict[str, bytes]) -> set[str]:
    """Return the files that a build has changed, made or removed."""
    after = made.files()
    return {name for name in {*before, *after} if before.get(name) != after.get(name)}


def test_a_new_day_changes_what_it_must_and_nothing_else(tmp_path: Path) -> None:
    """The day, its neighbours, its month and year, its authors, its categories, and overviews."""
    made = small(tmp_path)
    made.build()
    before = made.files()
    new = record("2112.10300", day="2021-12-21", authors="Bo Fenn", categories="**cs.LG**")
    made.edit(path("2021-12-21"), digest(new, day="2021-12-21"))
    report = made.build()
    assert changes(made, before) == {
        "abs/2112.json",
        "2021/12/21/index.html",
        "2021/12/21/papers.bin",
        "2021/12/20/index.html",
        "2022/01/03/index.html",
        "2021/12/index.html",
        "2021/index.html",
        "authors/bo-fenn.html",
        "authors/f/index.html",
        "authors/find/bo_.json",
        "authors/find/fe_.json",
        "authors/find/fen_.json",
        "authors/index.html",
        "categories/cs.LG/index.html",
        "categories/cs.LG/feed.xml",
        "categories/index.html",
        "days/index.html",
        "days/feed.json",
        "days/feed.xml",
        "statistics/index.html",
        "feed.json",
        "feed.xml",
        "index.html",
        "llms.txt",
        "new/days.json",
    }
    assert report.pages().written == 25


def test_a_changed_layout_renders_only_what_it_makes(tmp_path: Path) -> None:
    made = small(tmp_path)
    made.build(search=True)
    before = made.files()
    made.edit("layouts/author.html", "<p>{{ author.name }}")
    report = made.build(search=True)
    assert changes(made, before) == {
        "authors/ada-quill.html",
        "authors/bo-fenn.html",
        "authors/zoe-adal.html",
    }
    assert report.indexed == 0


def test_an_address_leads_on_as_soon_as_the_page_is_there_and_no_longer(tmp_path: Path) -> None:
    made = small(tmp_path)
    made.edit("authors.toml", '[una-holm]\nname = "Una Holm"\nspellings = ["U. Holm"]\n')
    made.edit("site.toml", "[authors]\nminimum = 2\n")
    was = []
    for numbers in ([], [1], [1, 2], [1]):
        records = [record(f"2201.0010{n}", day="2022-01-05", authors="U. Holm") for n in numbers]
        if records:
            made.edit(path("2022-01-05"), digest(*records, day="2022-01-05"))
        made.build()
        file = made.public / "authors/u-holm.html"
        was.append("people/" in file.read_text("utf-8") if file.exists() else None)
    assert was == [None, True, False, True]


def test_somebody_is_found_by_a_name_that_the_address_does_not_hold(tmp_path: Path) -> None:
    made = small(tmp_path)
    made.edit("authors.toml", '[holm]\nname = "U. Holm"\nspellings = ["Una Holm"]\n')
    for number in (1, 2):
        day = f"2022-01-0{number + 4}"
        made.edit(
            path(day), digest(record(f"2201.0010{number}", day=day, authors="Una Holm"), day=day)
        )
        made.build()
        found = json.loads(made.read("/authors/find/u_.json"))
        assert ["U. Holm", number, "holm"] in found


DOI = "- **DOI**: 10.1000/tides"
TOPIC = '[[topics]]\ntitle = "Water"\nany = ["rivers"]\n'


@pytest.mark.parametrize(
    "edit",
    [
        {path("2021-12-20"): None},
        {path("2022-01-03"): None},
        {path("2021-12-19"): digest(record())},
        {path("2021-12-01"): digest(record("2201.00001", day="2021-12-01"), day="2021-12-01")},
        {"site.toml": TOPIC},
        {"site.toml": TOPIC, path("2021-12-19"): digest(record(title="Slow Rivers"))},
        {"authors.toml": '[quill]\nname = "A. Quill"\nspellings = ["Ada Quill"]\n'},
        {"authors.toml": '[ada-quill]\nname = "A. Quill"\nspellings = ["Ada Quill"]\n'},
        {path("2021-12-21"): digest(record(version=2, authors="Cy Dell"), day="2021-12-21")},
    ],
    ids=[
        "a day goes", "the newest day goes", "an identifier goes", "a paper moves to another shard",
        "a topic comes", "a topic comes with a title", "an author moves",
        "an author is called otherwise", "a second record comes",
    ],
)  # fmt: skip
def test_an_edit_equals_a_clean_build(tmp_path: Path, edit: dict[str, str | None]) -> None:
    """And so does taking it back; the search index included."""
    made, clean = small(tmp_path / "made"), tmp_path / "clean"
    made.edit(
        path("2021-12-19"),
        digest(record().replace("- **DOI**: None", DOI), record("2112.10047", title="Slow Rivers")),
    )
    made.build(search=True)
    before = made.files()
    was = contents(made.folder)
    for changed in (edit, {name: was.get(name) for name in edit}):
        for name, text in changed.items():
            if text is None:
                made.remove(name)
            else:
                made.edit(name, text)
        made.build(search=True)
        shutil.rmtree(clean, ignore_errors=True)
        other = Site(clean)
        for name, text in contents(made.folder).items():
            other.edit(name, text)
        other.build(search=True)
        assert changes(made, other.files()) == set()
    assert changes(made, before) == set()


@pytest.mark.parametrize("removed", ["2021/12/19/index.html", "authors/ada-quill.html"])
def test_a_page_that_somebody_deleted_comes_back(tmp_path: Path, removed: str) -> None:
    made = small(tmp_path)
    made.build()
    before = made.files()
    (made.public / removed).unlink()
    made.build()
    assert made.files() == before


def test_two_output_folders_of_one_catalog_both_follow(tmp_path: Path) -> None:
    """What one of them has seen of an update does not make the other miss it."""
    made = small(tmp_path)
    made.build()
    made.edit(path("2022-01-04"), digest(record("2201.00002", day="2022-01-04"), day="2022-01-04"))
    made.settings["output"] = str(tmp_path / "other")
    made.build()
    del made.settings["output"]
    made.build()
    assert (made.public / "2022/01/04/index.html").exists()


def test_layouts_that_have_made_the_site_are_not_compiled_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A build with nothing to do does not even parse them; a changed one is looked at."""
    made = small(tmp_path)
    made.build(search=True)

    def parsed(*_: object, **__: object) -> None:
        pytest.fail("a layout was parsed")

    monkeypatch.setattr(jinja2.Environment, "_parse", parsed)
    made.build(search=True)
    made.edit("layouts/partials/new.html", "")
    with pytest.raises(pytest.fail.Exception, match="parsed"):
        made.build(search=True)


def test_what_no_update_touches_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a category's many periods only those of the new day, of the lists only its authors'."""
    for place, name in ((periods, "MOST"), (periods, "NEWEST"), (authors, "_MOST")):
        monkeypatch.setattr(place, name, 1)
    made = small(tmp_path)
    made.build()
    spans: list[tuple[str, ...]] = []
    papers, people = Catalog.code_papers, Catalog.people_earlier

    def code_papers(self: Catalog, *span: str) -> Iterator[tuple[str, list[ListedRow]]]:
        spans.append(span)
        return papers(self, *span)

    def read_people(self: Catalog, first: str, last: str) -> Iterator[tuple[ListedAuthor, int]]:
        spans.append((first, last))
        return people(self, first, last)

    monkeypatch.setattr(Catalog, "code_papers", code_papers)
    monkeypatch.setattr(Catalog, "people_earlier", read_people)
    new = record("2112.10300", day="2021-12-21", authors="Bo Fenn", categories="**cs.CV**")
    made.edit(path("2021-12-21"), digest(new, day="2021-12-21"))
    made.build()
    assert spans == [
        ("fenn-bo", "fenn-bo"),
        ("arxiv", "cs.CV", "2022", "2022"),  # the category's own page, which tells the total
        ("arxiv", "cs.CV", "2021-12-21", "2021-12-21"),
        ("arxiv", "cs.CV", "2021-12-20", "2021-12-20"),  # which links to the new one
    ]


def test_the_sizes_in_the_report_stay_true(tmp_path: Path) -> None:
    """They are kept up by differences, and must equal those of a clean build."""
    made = small(tmp_path / "made")
    made.build(search=True)
    made.edit(path("2021-12-21"), digest(record("2112.10300", day="2021-12-21"), day="2021-12-21"))
    made.remove(path("2021-12-20"))
    report = made.build(search=True)
    clean = Site(tmp_path / "clean")
    for name, text in contents(made.folder).items():
        clean.edit(name, text)
    wanted = clean.build(search=True)
    assert report.as_json()["bytes"] == wanted.as_json()["bytes"]
    assert {kind: files.count for kind, files in report.kinds.items()} == {
        kind: files.count for kind, files in wanted.kinds.items()
    }
    of_the_index = {"search", "search lists", "landmarks"}
    assert made.build().kinds.keys() == wanted.kinds.keys() - of_the_index
