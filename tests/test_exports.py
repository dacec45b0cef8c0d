"""How far back feeds reach."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sites import Site, digest, path, record


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
