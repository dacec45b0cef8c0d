"""Addresses: what layouts may rely on when they print one."""

import re

from hypothesis import given
from hypothesis import strategies as st

from dayleaf.archive import names, urls

_UNQUOTED = re.compile(r"[\w.~/#%-]+\Z", re.ASCII)
"""What an attribute may hold without quotes, and paths are made of."""


@given(st.text(min_size=1))
def test_the_path_of_any_category_needs_no_quotes(code: str) -> None:
    for system in ("arxiv", "msc", "acm"):
        assert _UNQUOTED.match(urls.category(code, system=system))


@given(st.text())
def test_the_path_of_any_author_needs_no_quotes(name: str) -> None:
    assert _UNQUOTED.match(urls.author(names.slug(name)))


def test_the_path_of_any_paper_needs_no_quotes() -> None:
    for arxiv_id in ("2112.10046", "cs/9901001", "math.NA/0301001"):
        assert _UNQUOTED.match(urls.paper("2021-12-19", arxiv_id))


@given(
    st.sets(
        st.sampled_from([f"{start}{end}" for start in urls.DEVICES for end in ("", "-", "-a", "1")])
    )
)
def test_lists_of_names_have_addresses_of_their_own(prefixes: set[str]) -> None:
    """`nul` and `nul-` are both lists where many are called Nul."""
    assert len({urls.names(prefix) for prefix in prefixes}) == len(prefixes)
