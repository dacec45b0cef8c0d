"""DOIs as fields of digests hold them."""

from __future__ import annotations

import pytest

from dayleaf.archive.identifiers import DOI, Identifier, dois


@pytest.mark.parametrize(
    ("field", "found"),
    [
        (r"10.1007/978-3-642-41914-0\_55", "10.1007/978-3-642-41914-0_55"),
        (r"10.1007/978-3-642-41914-0\\_55", "10.1007/978-3-642-41914-0_55"),
        (r"10.1007/a$\_$1", "10.1007/a_1"),
        (r"10.1007/a{\_}1", "10.1007/a_1"),
        (r"10.1007/a\textunderscore 1", "10.1007/a_1"),
        (r"10.1002/a\&b, see the web", "10.1002/a&b"),
    ],
)
def test_tex_is_no_part_of_a_doi(field: str, found: str) -> None:
    assert dois(field) == (found,)
    assert "%5C" not in str(Identifier(DOI, found).address)
