"""Addresses that digests give in fields of their own."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from tests.sites import Site, digest, path, record


@pytest.mark.parametrize(
    "address", ["https://ada:secret@a.example/x", "https://a.example/[TODO]", "http://to-come"]
)
def test_what_leads_nowhere_or_holds_a_password_is_no_link(tmp_path: Path, address: str) -> None:
    made = Site(tmp_path)
    paper = {
        "title": "Tides", "authors": ["Ada Quill"], "summary": "We look.", "doi": "10.1234/t",
        "pdf_url": address, "code_url": address, "project": address,
    }  # fmt: skip
    made.edit("content/data/2021-12-19.jsonl", json.dumps(paper)).build()
    page = made.read("/2021/12/19/")
    assert "Tides" in page
    assert address not in page


def test_no_id_stands_twice_on_the_year_of_a_venue(tmp_path: Path) -> None:
    """Years have pages of their own where a venue has more than forty papers."""
    made = Site(tmp_path)
    papers = [record(f"2112.{number:05}", comment="CVPR 2021") for number in range(41)]
    papers.append(record("2112.09999", comment="CVPR 2021 Workshop"))
    made.edit(path("2021-12-19"), digest(*papers)).build()
    ids = Counter(re.findall(r" id=\"?([\w-]+)", made.read("/venues/cvpr/2021/")))
    assert {"main", "papers", "workshop"} <= set(ids)
    assert max(ids.values()) == 1
