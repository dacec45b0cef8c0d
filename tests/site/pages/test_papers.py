"""Papers as layouts see them: what is shown of one, and what is not."""

from __future__ import annotations

import pytest

from dayleaf.archive.identifiers import ARXIV, Identifier
from dayleaf.archive.model import Categories, Digest, Extras, Record, SummarySection
from dayleaf.archive.rules import VENUE, Membership
from dayleaf.catalog import PaperRow
from dayleaf.catalog.packed import pack_memberships
from dayleaf.catalog.rows import rows_of
from dayleaf.site import views
from dayleaf.site.pages import papers

TIDES = Record(
    1,
    Identifier(ARXIV, "2112.10046"),
    1,
    "Tides in a Teacup",
    ("Ada Quill",),
    published="2021-12-19T02:50:23Z",
    updated="2021-12-19T02:50:23Z",
)


def row(record: Record) -> PaperRow:
    (paper,), _ = rows_of(Digest("", "2021-12-19", (record,), 1))
    return paper


def shown(record: Record) -> views.Paper:
    return papers.full(row(record))


@pytest.mark.parametrize(("many", "open_", "folded"), [(12, 12, 0), (13, 13, 0), (14, 12, 2)])
def test_nobody_is_folded_alone(many: int, open_: int, folded: int) -> None:
    names = tuple(f"Ada Quill {chr(ord('A') + number)}" for number in range(many))
    found = shown(TIDES._replace(authors=names))
    assert (len(found.authors), len(found.more_authors)) == (open_, folded)
    assert tuple(one.name for one in (*found.authors, *found.more_authors)) == names


@pytest.mark.parametrize(
    ("version", "updated", "revised"),
    [
        (1, "2021-12-19", None),
        (1, "2021-12-24", None),
        (2, "2021-12-24", "24 December 2021"),
        (0, "2021-12-19", None),
        (0, "2021-12-24", "24 December 2021"),
    ],
)
def test_a_later_version_says_when_it_came(version: int, updated: str, revised: str | None) -> None:
    """Where no version is named, a later date of the digest's stands for one."""
    found = shown(TIDES._replace(version=version, updated=f"{updated}T02:50:23Z"))
    assert found.revised == revised


def test_one_category_is_the_primary_one() -> None:
    """Not a topic that is called the same."""
    categories = Categories("hep-th", ("hep-th", "cs.CV"))
    found = shown(TIDES._replace(categories=categories, topics=("hep-th",))).tags
    assert [(tag.code, tag.primary) for tag in found] == [
        ("hep-th", True),
        ("cs.CV", False),
        ("hep-th", False),
    ]


@pytest.mark.parametrize(("made_from", "outdated"), [(1, "v1"), (2, None), (0, None)])
def test_a_summary_of_an_older_version_says_so(made_from: int, outdated: str | None) -> None:
    extras = Extras((SummarySection("Motivation", "Cups."),), made_from)
    (section,) = shown(TIDES._replace(version=2, extras=extras)).sections
    assert section.outdated == outdated


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "https://ada:tea@a.example/", "a/b"]
)
def test_only_addresses_of_the_web_are_links(address: str) -> None:
    """Whatever field a digest has them in."""
    extras = Extras(code=address, links=(("Project", address),))
    found = shown(TIDES._replace(url=address, pdf=address, extras=extras))
    assert (found.code_url, found.pdf_url, found.links) == (None, None, ())
    assert found.abs_url == "https://arxiv.org/abs/2112.10046"
    safe = extras._replace(code="https://a.example/c", links=(("Project", "https://a.example/"),))
    found = shown(TIDES._replace(extras=safe))
    assert (found.code_url, found.links[0].path) == ("https://a.example/c", "https://a.example/")


def test_venues_are_counted_by_name_whatever_the_year() -> None:
    """Of equally many the first by address; those of fewer papers than asked for are left out."""
    places = [("iccv/2023", "ICCV 2023"), ("cvpr/2024", "CVPR 2024"), ("iccv/2021", "ICCV 2021")]
    places += [("cvpr/2023", "CVPR 2023"), ("acl", "ACL")]
    packed = [pack_memberships([Membership(VENUE, *place)]) for place in places]
    found = papers.venues(packed, most=9)
    assert [(one.label, one.count) for one in found] == [("CVPR", 2), ("ICCV", 2), ("ACL", 1)]
    assert papers.venues(packed, most=9, least=2) == found[:2]
    assert papers.venues(packed, most=1) == found[:1]


def test_a_feed_holds_at_least_three_days() -> None:
    days = [(f"2021-12-{day:02}", 10) for day in range(1, 10)]
    assert papers.feed_since(days, 5) == "2021-12-07"
    assert papers.feed_since(days, 40) == "2021-12-06"
    assert papers.feed_since(days, 400) == "2021-12-01"
