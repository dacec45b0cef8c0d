"""Papers that were withdrawn: what says so, and where the site does."""

from __future__ import annotations

from pathlib import Path

import pytest

from dayleaf.archive.withdrawals import is_withdrawn
from tests.sites import Site, digest, path, record

WITHDRAWN = [
    "This paper has been withdrawn",
    "This paper has been withdrawn by the author due to a crucial sign error",
    "12 pages. The manuscript was temporarily withdrawn, for revision",
    "arXiv admin note: submission has been withdrawn by arXiv administrators",
    "Withdrawn by arXiv administrators",
    "Withdrawn",
    "Paper withdrawn from arXiv",
    "We would like to withdraw this paper because of a mistake in equation 3",
    "THIS PAPER HAS BEEN WITHDRAWN",
    "This submission needs to be withdrawn",
    "The authors have withdrawn this paper",
    "Retracted by the authors",
]
STANDS = [
    None,
    "4 pages, 2 figures",
    "A note revised from a withdrawn one",
    "This paper has been withdrawn from a workshop at ECCV 2018 for want of a registration",
    "An earlier version of this paper was withdrawn; this one is complete",
    "Version 1 has been withdrawn. This is version 2",
    "Accepted at a conference, the same as arXiv:1910.00001, which has been withdrawn",
    "Troops withdrawn, data retracted",
    "On how users withdraw data that has been used for training",
]


@pytest.mark.parametrize("comment", WITHDRAWN)
def test_a_comment_withdraws_its_paper(comment: str) -> None:
    """In the words that authors and arXiv use."""
    assert is_withdrawn(comment, "We look into a teacup.")


@pytest.mark.parametrize("comment", STANDS)
def test_a_comment_on_other_things_does_not(comment: str | None) -> None:
    """Other versions, other places, other matters."""
    assert not is_withdrawn(comment, "We look into a teacup.")


def test_an_abstract_may_say_it_where_it_begins() -> None:
    """It stands in the place of the abstract then."""
    assert is_withdrawn(None, "This paper has been withdrawn by the author.")
    assert not is_withdrawn(None, "Troops are withdrawn by night; the paper by which they do so.")


def test_it_is_marked_wherever_it_is_listed(tmp_path: Path) -> None:
    """On the day, among an author's and a category's papers and in the feed, without a PDF."""
    site = Site(tmp_path)
    kept = record("2112.10047", title="Slow Rivers")
    gone = record(comment="This paper has been withdrawn by the authors")
    site.edit(path("2021-12-19"), digest(gone, kept))
    site.build()
    _, _, day = site.read("2021/12/19/index.html").partition("<main")
    assert day.count("<strong>withdrawn") == 1
    assert day.index("<strong>withdrawn") < day.index("Slow Rivers")
    assert "pdf/2112.10046" not in day
    assert "pdf/2112.10047" in day
    for listed in ("authors/ada-quill.html", "categories/cs.LG/", "index.html"):
        assert site.read(listed).count("<strong>withdrawn") == 1, listed
    assert "<title>Withdrawn: Tides in a Teacup</title>" in site.read("feed.xml")


def test_the_newest_version_decides(tmp_path: Path) -> None:
    """A paper that came back is there; one that was withdrawn later is not."""
    site = Site(tmp_path)
    gone = "This paper has been withdrawn by the authors"
    site.edit(path("2021-12-19"), digest(record(comment=gone), record("2112.10047", version=1)))
    later = digest(
        record(version=2), record("2112.10047", version=2, comment=gone), day="2021-12-20"
    )
    site.edit(path("2021-12-20"), later)
    site.build()
    day = site.read("2021/12/19/index.html")
    assert day.index("2112.10047") < day.index("<strong>withdrawn")
    assert day.count("<strong>withdrawn") == 1
