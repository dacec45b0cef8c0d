"""The lists behind `/abs/<id>`: every paper is in one, and an update changes few of them."""

from __future__ import annotations

import json
from pathlib import Path

from tests.sites import Site, digest, path, record, small


def lists(made: Site) -> dict[str, dict[str, str]]:
    """The lists below abs/, by file name."""
    return {file.name: json.loads(file.read_text()) for file in (made.public / "abs").iterdir()}


def with_doi(doi: str, arxiv_id: str = "2112.10046") -> str:
    return record(arxiv_id).replace("**DOI**: None", f"**DOI**: {doi}")


def test_each_id_is_listed_by_month_and_day(tmp_path: Path) -> None:
    made = small(tmp_path)
    made.build()
    assert lists(made) == {
        "2112.json": {"2021-12-19": "10046 10047", "2021-12-20": "10100"},
        "2201.json": {"2022-01-03": "00001"},
        "9901.json": {"2021-12-20": "cs/9901001"},
    }


def test_dois_are_listed_by_their_last_figures(tmp_path: Path) -> None:
    """In small letters, several in a field each; those that arXiv gives hold the id themselves."""
    made = small(tmp_path)
    made.edit(
        path("2021-12-19"),
        digest(
            with_doi("10.1109/CVPR.2017.603 10.1145/3.2_1-x"),
            with_doi("10.1109/cvpr.2017.603", "2112.10047"),
            with_doi("10.48550/arXiv.2112.10048", "2112.10048"),
        ),
    )
    made.build()
    found = lists(made)
    assert found["doi-03.json"] == {"10.1109/cvpr.2017.603": "2112.10046"}
    assert found["doi-21.json"] == {"10.1145/3.2_1-x": "2112.10046"}
    assert len(found) == 5


def test_a_new_day_changes_the_lists_of_its_months(tmp_path: Path) -> None:
    """And a day that goes takes its lists along; what is left is what a clean build makes."""
    made = small(tmp_path)
    made.build()
    before = {file: file.stat().st_mtime_ns for file in (made.public / "abs").iterdir()}
    day = "2022-01-04"

    made.edit(path(day), digest(record("2201.00002", day=day), day=day))
    made.build()
    after = {file: file.stat().st_mtime_ns for file in (made.public / "abs").iterdir()}
    assert {file.name for file in after if after[file] != before.get(file)} == {"2201.json"}
    assert lists(made)["2201.json"] == {"2022-01-03": "00001", day: "00002"}
    for gone in (day, "2022-01-03"):
        made.remove(path(gone))
    made.build()
    assert set(lists(made)) == {"2112.json", "9901.json"}


def test_a_revision_leaves_the_paper_on_its_day(tmp_path: Path) -> None:
    made = small(tmp_path)
    made.build()
    before = lists(made)
    again = record("2112.10047", version=2, day="2022-01-04")
    made.edit(path("2022-01-04"), digest(again, day="2022-01-04"))
    made.build()
    assert lists(made) == before
