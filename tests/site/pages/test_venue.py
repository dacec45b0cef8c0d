"""Pages of venues and of their years."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.sites import Site, digest, path, record

if TYPE_CHECKING:
    from pathlib import Path

VENUES = """\
[tea]
name = "TEA"
field = "tea"
[tea-leaves]
name = "TEA Leaves"
field = "tea"
"""


def test_a_venue_whose_slug_begins_another(tmp_path: Path) -> None:
    """A hyphen sorts before the slash of its years: all of them are its own."""
    made = Site(tmp_path).edit("venues.toml", VENUES)
    comments = ("Accepted at TEA 2020", "Accepted at TEA 2021", "Accepted at TEA Leaves 2021")
    papers = (record(f"2112.1000{n}", comment=said) for n, said in enumerate(comments))
    made.edit(path("2021-12-19"), digest(*papers)).build()
    assert "2 papers" in made.read("/venues/tea/")
    assert [(made.public / f"venues/tea/{year}").is_dir() for year in (2020, 2021)] == [True, True]
    assert "1 paper" in made.read("/venues/tea-leaves/2021/")
