"""Which journals are servers of preprints."""

from __future__ import annotations

from pathlib import Path

import pytest

from dayleaf.archive.venues import is_server
from tests.sites import Site


@pytest.mark.parametrize(
    "journal",
    [
        "arXiv", "arXiv.org", "ArXiv", "CoRR", "bioRxiv", "medRxiv", "ChemRxiv", "EarthArXiv",
        "arXiv preprint arXiv:2603.01003", "arXiv e-prints (2021)", "ArXiv, abs/2101.00001, 2021",
        "CoRR abs/2101.00001", "arXiv:2603.01003 [cs.CV]", "arXiv: Machine Learning",
        "arXiv (Cornell University)", "bioRxiv (Cold Spring Harbor Laboratory)",
        "medRxiv preprint doi: https://doi.org/10.1101/2020.01.01.123456", "OpenReview.net", "HAL",
        "Cryptology ePrint Archive, 2020/123", "SSRN Electronic Journal", "Research Square",
        "Preprint at https://arxiv.org/abs/2101.00001",
    ],
)  # fmt: skip
def test_a_server_is_known_by_its_many_names(journal: str) -> None:
    assert is_server(journal)


@pytest.mark.parametrize(
    "journal",
    [
        "", "Journal of Tides", "HAL Journal 3 (2020)", "Arxiv of Leaves", "arXiv and Leaves",
        "Corr. Leaf Sci. 3, 4 (2020)", "Research Square Tides", "10.1000/182",
        "Journal of Tides 3 (2020), arXiv:2101.00001",
    ],
)  # fmt: skip
def test_a_journal_is_none(journal: str) -> None:
    assert not is_server(journal)


def test_papers_on_servers_are_preprints(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.edit(
        "content/2026-03-06.jsonl",
        '{"id": "2603.01001", "title": "Tides", "authors": ["Ada Quill"], "venue": "arXiv.org"}\n'
        '{"id": "2603.01002", "title": "Wells", "authors": ["Ada Quill"], "venue": "J. Wells"}\n',
    )
    site.build()
    page = site.read("2026/03/06/")
    assert "arXiv.org" not in page
    assert "J. Wells" in page
