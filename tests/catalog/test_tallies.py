"""Months and categories that an update counts again have the numbers of a clean load."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from tests.sites import Site, digest, path, record

if TYPE_CHECKING:
    from pathlib import Path

DAY = "2021-12-19"


def tallies(made: Site) -> list[tuple[object, ...]]:
    """Return every row, of months and of categories, venues and topics in them."""
    connection = sqlite3.connect(made.folder / ".dayleaf/catalog.sqlite")
    rows = connection.execute("SELECT * FROM month_tally ORDER BY month").fetchall()
    rows += connection.execute("SELECT * FROM code_tally ORDER BY system, code, month").fetchall()
    connection.close()
    return rows


def site(folder: Path, *days: str) -> Site:
    """Return a site with two papers a day, one of them at a venue."""
    made = Site(folder)
    for number, day in enumerate(days):
        papers = (
            record(f"2112.0{number}001", day=day, comment="CVPR 2022"),
            record(f"2112.0{number}002", day=day, version=2, categories="**eess.IV**, 68T45"),
        )
        made.edit(path(day), digest(*papers, day=day))
    return made


def test_an_update_counts_what_a_clean_load_counts(tmp_path: Path) -> None:
    made = site(tmp_path / "made", "2021-11-02", DAY, "2022-01-03")
    made.build()
    made.remove(path("2021-11-02"))
    moved = record("2112.01001", day="2021-12-20", authors="Ada Quill")  # merged with DAY's
    made.edit(path("2021-12-20"), digest(moved, day="2021-12-20"))
    made.build()
    found = tallies(made)
    clean = Site(tmp_path / "clean")
    clean.folder.mkdir()
    (tmp_path / "made/content").rename(tmp_path / "clean/content")
    clean.build()
    assert found == tallies(clean)
    assert [row[1] for row in found if row[0] == "2021-12"] == [2]
    assert ("msc", "68T45", "2022-01", 1, "2022-01-03") in found
    assert ("2022-01", 2, 4, 1) in found  # four authors, one revision
    assert not [row for row in found if "2021-11" in row]
