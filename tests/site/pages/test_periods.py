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
