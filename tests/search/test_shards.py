"""How the archive is shared out among search indexes."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import example, given
from hypothesis import strategies as st

from dayleaf.search.shards import plan

DAYS = st.dictionaries(
    st.integers(0, 900).map(lambda n: (date(2019, 1, 1) + timedelta(days=n)).isoformat()),
    st.integers(1, 40),
    min_size=1,
).map(lambda found: sorted(found.items()))


@given(DAYS, st.sampled_from([25, 100, 2_000]))
@example([(f"2021-01-{day:02}", 40) for day in range(1, 20)], 2_000)
def test_every_day_is_in_exactly_one_shard(days: list[tuple[str, int]], part: int) -> None:
    found = plan(days, most=100, part=part)
    assert sum(shard.papers for shard in found) == sum(count for _, count in days)
    for shard in found:
        inside = [count for day, count in days if shard.first <= day <= shard.last]
        assert sum(inside) == shard.papers
        assert shard.papers <= 100
    assert len({shard.path for shard in found}) == len(found)
    assert [s.first for s in found] == sorted((s.first for s in found), reverse=True)


@given(DAYS)
def test_a_new_day_changes_the_newest_shard(days: list[tuple[str, int]]) -> None:
    """Or is one by itself; the quarters of a part are joined when it is full, and the others are
    packed when a year begins, or is a very large one. The first few papers of an archive change
    the dictionary of all.
    """
    more = [*days, (_after(days, 1), 7)]
    before, after = plan(days, most=100, part=25), plan(more, most=100, part=25)
    indexed = sorted(set(after) - set(before), key=lambda shard: shard.first)
    assert indexed.pop() == after[0]
    if more[-1][0][:4] == days[-1][0][:4] and before[-1].learned == after[-1].learned:
        packs = [shard for shard in indexed if shard.papers > 25]
        assert len(packs) <= 1  # the first of many
        assert [shard.last for shard in indexed if shard not in packs] in ([], [days[-1][0]])


@given(DAYS)
def test_a_year_that_is_over_stays_as_it_is(days: list[tuple[str, int]]) -> None:
    following = int(days[-1][0][:4]) + 1
    later = [(f"{following}-02-{day:02}", 7) for day in range(1, 20)]
    packed = plan([*days, *later[:1]], most=100, part=25)[1:]
    assert plan([*days, *later], most=100, part=25)[-len(packed) :] == packed


def _after(days: list[tuple[str, int]], many: int) -> str:
    return (date.fromisoformat(days[-1][0]) + timedelta(days=many)).isoformat()


def test_years_are_packed_when_they_are_over() -> None:
    days = [("2019-11-05", 60), ("2020-02-05", 30), ("2020-03-05", 20), ("2020-04-01", 1)]
    assert _shown(days, part=50) == [
        ("2020-04", "2020-04-01", 1),
        ("2020-02", "2020-03-05", 50),
        ("2019-11", "2019-11-05", 60),
    ]
    assert _shown([*days, ("2021-01-01", 5)], part=50) == [
        ("2021-01", "2021-01-01", 5),
        ("2020-03", "2020-04-01", 21),
        ("2019-11", "2020-02-05", 90),
    ]


def test_parts_of_a_year_are_stretches_of_days() -> None:
    days = [("2021-04-01", 30), ("2021-04-02", 30), ("2021-04-03", 10), ("2021-05-04", 10)]
    assert _shown(days, part=50) == [
        ("2021-05", "2021-05-04", 10),  # the newest part in quarters
        ("2021-04-03", "2021-04-03", 10),
        ("2021-04-02", "2021-04-02", 30),
        ("2021-04", "2021-04-01", 30),
    ]


def test_a_very_large_year_is_packed_while_it_lasts() -> None:
    """All but three packs' worth of parts, and the newest."""
    days = [(f"2021-{month:02}-01", 50) for month in range(1, 11)]
    assert _shown(days, part=50) == [
        *((f"2021-{month:02}", f"2021-{month:02}-01", 50) for month in range(10, 4, -1)),
        ("2021-03", "2021-04-01", 100),
        ("2021-01", "2021-02-01", 100),
    ]


def test_a_large_month_is_divided() -> None:
    days = [("2021-04-01", 60), ("2021-04-02", 60), ("2022-01-01", 1)]
    assert _shown(days, part=70)[1:] == [
        ("2021-04-02", "2021-04-02", 60),
        ("2021-04", "2021-04-01", 60),
    ]


def _shown(days: list[tuple[str, int]], *, part: int) -> list[tuple[str, str, int]]:
    return [(shard.name, shard.last, shard.papers) for shard in plan(days, most=100, part=part)]


def test_shards_share_the_dictionary_of_the_first_of_four_packs() -> None:
    """Made from its last papers; parts of the newest year have that of the last pack."""
    days = [(f"{year}-{month:02}-01", 30) for year in range(2011, 2017) for month in (1, 2, 3)]
    days += [("2017-01-01", 50), ("2017-02-01", 1)]
    found = plan(days, most=100, part=80)[::-1]
    assert [shard.papers for shard in found] == [90] * 6 + [50, 1]
    assert [shard.learned for shard in found] == [
        *([("2011-01-01", "2011-03-01")] * 4),
        *([("2015-01-01", "2015-03-01")] * 4),
    ]


def test_a_young_archive_has_the_dictionary_of_its_first_papers() -> None:
    days = [("2017-01-01", 25), ("2017-01-02", 30), ("2017-01-03", 30)]
    for end in (2, 3):
        learned = {shard.learned for shard in plan(days[:end], most=100, part=80)}
        assert learned == {("2017-01-01", "2017-01-02")}
    assert plan(days, most=100, part=50)[0].learned == ("2017-01-01", "2017-01-01")  # 25 of 50
