"""A category that nearly every paper of a large archive has leads to days, not to titles again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dayleaf.catalog import month
from dayleaf.site.pages import periods
from tests.sites import Site, digest, path, record

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

DAYS = ("2021-11-02", "2021-12-19", "2021-12-20", "2022-01-03")


def site(folder: Path) -> Site:
    """Return a site of a paper a day in cs.CV, the last of them in cs.RO instead."""
    made = Site(folder)
    for number, day in enumerate(DAYS):
        field = "cs.RO" if day == DAYS[-1] else "cs.CV"
        paper = record(
            f"2112.0000{number}", title=f"Tides {day}", day=day, categories=f"**{field}**"
        )
        made.edit(path(day), digest(paper, day=day))
    return made


def test_its_periods_list_days(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(month, "LARGE", 3)
    monkeypatch.setattr(periods, "MOST", 1)
    monkeypatch.setattr(periods, "NEWEST", 1)
    made = site(tmp_path)
    made.build()
    december = made.read("/categories/cs.CV/")  # its newest month
    assert "/cs.CV/#2021-12-20" in made.read("/categories/cs.CV/2021/")
    assert "id=2021-12-20" in december
    assert "Tides" not in december
    for day in ("19", "20"):
        assert f"href=../../2021/12/{day}/" in december
    assert "href=../../../../2021/11/02/" in made.read("/categories/cs.CV/2021/11/")
    assert not (made.public / "categories/cs.CV/2021/12/19").exists()
    assert "Tides 2022-01-03" in made.read("/categories/cs.RO/")


def test_others_list_titles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So does every category of an archive that is not large."""
    monkeypatch.setattr(periods, "MOST", 1)
    made = site(tmp_path)
    made.build()
    assert "Tides 2021-12-20" in made.read("/categories/cs.CV/")
