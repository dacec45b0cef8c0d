"""How a category's papers are shared out among its pages."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from dayleaf.site.pages import periods

DAYS = st.dictionaries(
    st.integers(0, 900).map(lambda n: (date(2019, 1, 1) + timedelta(days=n)).isoformat()),
    st.integers(1, 250),
    min_size=1,
    max_size=60,
).map(lambda found: sorted(found.items()))


@given(DAYS)
def test_every_paper_is_in_exactly_one_leaf(days: list[tuple[str, int]]) -> None:
    whole = periods.divide(days)
    leaves = list(whole.leaves())
    assert sum(leaf.count for leaf in leaves) == sum(count for _, count in days)
    assert all(leaf.count <= periods.MOST or len(leaf.iso) == 10 for leaf in leaves)
    assert [leaf.newest for leaf in leaves] == sorted((p.newest for p in leaves), reverse=True)


@given(DAYS, st.integers(0, 900), st.integers(1, 250))
def test_an_address_stays_when_papers_are_added(
    days: list[tuple[str, int]], place: int, count: int
) -> None:
    """A period that has a page keeps one, wherever in time papers are added."""

    def addresses(found: list[tuple[str, int]]) -> set[str]:
        whole = periods.divide(found)
        return {p.iso for p in (*whole.leaves(), *whole.inner())}

    more = dict(days)
    day = (date(2019, 1, 1) + timedelta(days=place)).isoformat()
    more[day] = more.get(day, 0) + count
    before, after = addresses(days), addresses(sorted(more.items()))
    assert before - {""} <= after


def test_a_period_gives_way_to_parts_when_it_holds_too_many() -> None:
    days = [("2021-11-30", periods.MOST - 1), ("2021-12-01", 1)]
    assert periods.divide(days).parts == ()
    parts = periods.divide([*days, ("2021-12-02", 1)]).parts
    assert [part.iso for part in parts] == ["2021"]
    assert [part.iso for part in parts[0].parts] == ["2021-12", "2021-11"]


def test_a_categorys_own_page_lists_enough_of_the_newest() -> None:
    leaves = [
        periods.Period(f"2021-{month:02}", periods.NEWEST // 2, f"2021-{month:02}-01", ())
        for month in range(12, 0, -1)
    ]
    assert periods.inline(leaves) == leaves[:2]
    assert periods.inline(leaves[:1]) == leaves[:1]
