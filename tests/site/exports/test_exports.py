"""How far back feeds reach."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dayleaf.site.exports import references
from tests.sites import Site, digest, path, record, small


@pytest.mark.parametrize(
    ("days", "papers", "whole", "category"),
    [(60, 1, 50, 20), (6, 9, 54, 27), (4, 30, 90, 90)],
)
def test_a_feed_holds_three_days_and_enough_papers(
    tmp_path: Path, days: int, papers: int, whole: int, category: int
) -> None:
    made = Site(tmp_path)
    for place in range(days):
        day = f"2021-{place // 28 + 1:02}-{place % 28 + 1:02}"
        ids = [f"2101.{place * papers + number:05}" for number in range(papers)]
        records = (record(one, categories="**cs.LG**", day=day) for one in ids)
        made.edit(path(day), digest(*records, day=day))
    made.build()
    assert made.read("/feed.xml").count("<entry>") == whole
    assert made.read("/categories/cs.LG/feed.xml").count("<entry>") == category


def test_feeds_hold_the_summaries_that_digests_have(tmp_path: Path) -> None:
    made = Site(tmp_path, {"base_url": "https://a.example/"})
    paper = {
        "id": "2112.10046", "title": "Tides", "authors": ["Ada Quill"], "summary": "We look.",
        "AI": {"tldr": "Cups <b> have tides.", "method": "Looking."},
    }  # fmt: skip
    made.edit("content/data/2021-12-19.jsonl", json.dumps(paper)).build()
    (item,) = json.loads(made.read("/feed.json"))["items"]
    assert item["summary"] == "Cups <b> have tides."
    assert item["content_html"] == (
        "<p>We look.</p><p><b>TL;DR</b> Cups &lt;b&gt; have tides.</p><p><b>Method</b> Looking.</p>"
    )
    assert "Looking." in made.read("/feed.xml")


def test_without_a_base_url_feeds_hold_no_address_that_is_wrong(tmp_path: Path) -> None:
    """Ids are URIs, links lead to the papers' own pages, and nothing begins at the root."""
    made = small(tmp_path)
    made.build()
    feed = made.read("feed.xml")
    assert "<id>urn:uuid:" in feed
    assert 'href="/' not in feed
    assert 'href="https://arxiv.org/abs/2201.00001"' in feed
    found = json.loads(made.read("feed.json"))
    assert "feed_url" not in found
    assert {item["url"].partition("abs/")[0] for item in found["items"]} == {"https://arxiv.org/"}
    assert made.read("categories/cs.LG/feed.xml").count("<id>urn:uuid:") == 1


def test_references_say_what_a_paper_is_cited_by(tmp_path: Path) -> None:
    made = small(tmp_path)
    made.edit(
        path("2022-01-05"),
        digest(
            record(
                "2201.00005",
                day="2022-01-05",
                title="On $x^2$ in Schr\\\"odinger's tea",
                authors="Ada Quill, Bo Fenn, et al.",
                comment="CVPR 2022 Workshop",
            ),
            day="2022-01-05",
        ),
    )
    made.edit(
        "content/notes-2022-01-06.md",
        "# Papers of 2022-01-06\n\n## [Tides](https://openreview.net/forum?id=AbCdEf12)\n\n"
        "**Authors:** Ada Quill\n",
    )
    made.build()
    (paper,) = read_references(made, "2022/01/05/")
    assert paper["title"] == "On x² in Schrödinger's tea"
    assert str(paper["formulas"]).startswith("On <math>")
    assert paper["authors"] == ["Ada Quill", "Bo Fenn"]
    assert paper["venue"] == "cvpr\t2022\tworkshop"
    assert paper["published"] == ""  # on the page's day
    assert paper["address"] == ""  # follows from its arXiv id
    (other,) = read_references(made, "2022/01/06/")
    assert other["address"] == "https://openreview.net/forum?id=AbCdEf12"
    assert "others" not in other  # what says nothing at the end is left out


def read_references(made: Site, day: str) -> list[dict[str, object]]:
    rows = references.unpack((made.public / day / "papers.bin").read_bytes())
    return [dict(zip(references.FIELDS, row, strict=False)) for row in rows]
