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
    found = plan(days, most=100, part=25)
    assert sum(shard.papers for shard in found) == sum(count for _, count in days)
    for shard in found:
        inside = [count for day, count in days if shard.first <= day <= shard.last]
        assert sum(inside) == shard.papers
        assert shard.papers <= 100
    assert len({shard.path for shard in found}) == len(found)
    assert [s.first for s in found] == sorted((s.first for s in found), reverse=True)


@given(DAYS)
def test_a_new_day_changes_few_shards(days: list[tuple[str, int]]) -> None:
    """As a rule the newest; seldom the part before it with it; and once in a while a pack."""
    newest = date.fromisoformat(days[-1][0])
    more = [*days, ((newest + timedelta(days=1)).isoformat(), 7)]
    before, after = plan(days, most=100, part=25), plan(more, most=100, part=25)
    indexed = sorted(shard.papers for shard in set(after) - set(before))
    assert len(indexed) <= 3
    assert sum(indexed[:-1]) <= 2 * max(25, *(count for _, count in more))


def test_packs_are_made_when_they_are_full() -> None:
    days = [("2021-01-05", 60), ("2021-02-05", 30), ("2021-03-05", 20), ("2021-04-01", 1)]
    shown = [(s.name, s.last, s.papers) for s in plan(days, most=100, part=50)]
    assert shown == [
        ("2021-04", "2021-04-01", 1),
        ("2021-03", "2021-03-05", 20),
        ("2021-01", "2021-02-05", 90),
    ]
    assert [s.name for s in plan(days[:2] + days[3:], most=100, part=50)] == [
        "2021-04",
        "2021-02",
        "2021-01",
    ]


def test_a_large_month_is_divided() -> None:
    days = [("2021-04-01", 30), ("2021-04-02", 30), ("2021-04-03", 10), ("2021-04-04", 10)]
    shown = [(s.path, s.first, s.papers) for s in plan(days, most=100, part=50)]
    assert shown == [
        ("search/2021-04-02/", "2021-04-02", 50),
        ("search/2021-04/", "2021-04-01", 30),
    ]
