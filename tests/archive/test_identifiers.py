"""DOIs as fields of digests hold them, and papers that addresses name."""

from __future__ import annotations

import pytest

from dayleaf.archive.identifiers import DOI, Identifier, dois, parse


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


def anchor_of(text: str) -> str | None:
    """Return the anchor of what a text names."""
    named = parse(text)
    return named.identifier.anchor if named else None


@pytest.mark.parametrize(
    "address",
    [
        "dl.acm.org/doi/10.5555/tea.111",
        "dl.acm.org/doi/pdf/10.5555/tea.111",
        "dl.acm.org/doi/suppl/10.5555/tea.111/suppl_file/a.zip",
        "link.springer.com/chapter/10.5555/tea.111",
        "link.springer.com/content/pdf/10.5555/tea.111.pdf",
        "onlinelibrary.wiley.com/doi/abs/10.5555/tea.111",
        "www.tandfonline.com/doi/full/10.5555/tea.111?src=x",
        "journals.aps.org/prl/abstract/10.5555/tea.111",
        "iopscience.iop.org/article/10.5555/tea.111/meta",
        "journals.plos.org/plosone/article?id=10.5555/tea.111",
        "bmctea.biomedcentral.com/articles/10.5555/tea.111",
        "www.frontiersin.org/articles/10.5555/tea.111/full",
        "www.degruyter.com/document/doi/10.5555/tea.111/html",
        "academic.oup.com/tea/advance-article/doi/10.5555/tea.111/5823456",
        "pubs.aip.org/aip/tea/article-abstract/doi/10.5555/tea.111/2345678/Tides-in-a-Cup",
        "doi.org/10.5555/tea.111",
    ],
)
def test_a_publishers_address_holds_a_doi(address: str) -> None:
    assert anchor_of(f"https://{address}") == "doi-10.5555/tea.111"


def test_other_addresses_hold_none() -> None:
    assert anchor_of("https://example.org/on/10.5555/tea.111") is None
    assert anchor_of("https://example.org/doi/") is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("10.18653/v1/P26-1001", "https://aclanthology.org/P26-1001/"),
        ("10.18653/v1/2026.acl-long.1", "https://aclanthology.org/2026.acl-long.1.pdf"),
        (
            "10.1101/2026.01.30.927871",
            "https://www.biorxiv.org/content/10.1101/2026.01.30.927871v2",
        ),
        ("10.1101/136317", "https://www.biorxiv.org/content/early/2017/05/10/136317"),
        (
            "10.1101/2026.02.07.26021071",
            "https://medrxiv.org/content/10.1101/2026.02.07.26021071v1",
        ),
        ("10.48550/arXiv.2112.10046", "https://arxiv.org/abs/2112.10046v2"),
    ],
)
def test_a_doi_and_an_address_name_one_paper(one: str, other: str) -> None:
    assert anchor_of(one) == anchor_of(other) is not None


def test_a_journal_of_the_same_house_is_no_server() -> None:
    assert anchor_of("10.1101/gr.123456.111") == "doi-10.1101/gr.123456.111"
