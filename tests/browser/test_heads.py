"""What a script adds to the head of a page, for those who ask once the page stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from benchmarks.hosting import Host, serve
from tests.sites import Site, digest, path, record

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    """Serve a day with an author of one paper, and one of two."""
    made = Site(tmp_path_factory.mktemp("heads"))
    papers = [
        record(f"2112.{number:05}", authors="Ada Quill, Bo Fenn" if number else "Ada Quill")
        for number in range(2)
    ]
    made.edit(path("2021-12-19"), digest(*papers)).build()
    with serve(made.public) as served:
        yield served


@pytest.mark.parametrize(
    ("address", "described"),
    [
        ("authors/ada-quill.html", ["Ada Quill: 2 papers"]),
        ("authors/bo-fenn.html", ["Bo Fenn: 1 paper"]),
        ("search/", ["Search Daily digests by words, authors, years, categories and venues"]),
    ],
)  # fmt: skip
def test_a_page_has_one_description_and_icons(
    chromium: Any, host: Host, address: str, described: list[str]
) -> None:
    """Of authors' pages by the script: there are too many of them to say it in each."""
    page = chromium.new_page()
    page.goto(f"{host.url}{address}")
    found = "[...document.querySelectorAll('meta[name=description]')].map(e => e.content)"
    assert page.evaluate(found) == described
    icons = page.evaluate(
        "Promise.all([...document.querySelectorAll('link[rel=icon], link[rel=apple-touch-icon]')]"
        ".map(async e => (await fetch(e.href)).status))"
    )
    assert icons == [200, 200]
    page.close()
