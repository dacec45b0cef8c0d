"""How the archive is shared out among search indexes."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from dayleaf.search.shards import plan

DAYS = st.dictionaries(
    st.integers(0, 900).map(lambda n: (date(2019, 1, 1) + timedelta(days=n)).isoformat()),
    st.integers(1, 40),
    min_size=1,
).map(lambda found: sorted(found.items()))


@given(DAYS)
def test_every_day_is_in_exactly_one_shard(days: list[tuple[str, int]]) -> None:
    found = plan(days, most=100)
    assert sum(shard.papers for shard in found) == sum(count for _, count in days)
    for shard in found:
        inside = [count for day, count in days if shard.first <= day <= shard.last]
        assert sum(inside) == shard.papers
    assert len({shard.path for shard in found}) == len(found)
    assert [s.first for s in found] == sorted((s.first for s in found), reverse=True)


@given(DAYS)
def test_a_new_day_changes_few_shards(days: list[tuple[str, int]]) -> None:
    """Of the shards there were, only the newest two can change when a day is added at the end."""
    newest = date.fromisoformat(days[-1][0])
    more = [*days, ((newest + timedelta(days=1)).isoformat(), 7)]
    before, after = plan(days, most=100), plan(more, most=100)
    assert set(before[2:]) <= set(after)


def test_months_are_packed_and_the_newest_stands_alone() -> None:
    days = [("2021-01-05", 60), ("2021-02-05", 30), ("2021-03-05", 20), ("2021-04-01", 1)]
    assert [(s.first, s.last, s.papers) for s in plan(days, most=100)] == [
        ("2021-04-01", "2021-04-01", 1),
        ("2021-03-05", "2021-03-05", 20),
        ("2021-01-05", "2021-02-05", 90),
    ]
