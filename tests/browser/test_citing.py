"""Citing a paper and taking many along: every format, from every kind of page, and for Zotero."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest

from benchmarks.hosting import Host, serve
from tests.sites import Site, digest, path, record

pytestmark = pytest.mark.browser

DAYS = ("2021-12-18", "2021-12-19", "2022-01-03")
FORMATS = {"bibtex": "bib", "biblatex": "bib", "ris": "ris", "csl": "json", "text": "txt"}


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    """Serve three days of Ada Quill's papers, of which some have appeared."""
    made = Site(tmp_path_factory.mktemp("citing"))
    for n, day in enumerate(DAYS):
        papers = [
            record(
                f"{day[2:4]}{day[5:7]}.1000{n}",
                day=day,
                title="Tides in a $\\beta$-VAE Teacup: 50% of {Lakes} & Rivers_1",
                authors="Ada Quill, Bo van der Fenn, Jr., The Dust and Grain Collaboration",
                comment="CVPR 2022 (oral)" if n == 1 else "None",
                summary="We look at <b>tea</b>.",
            ),
            record(f"{day[2:4]}{day[5:7]}.2000{n}", day=day, title="Rivers", authors="Ada Quill"),
        ]
        made.edit(path(day), digest(*papers, day=day))
    made.build(search=True)
    with serve(made.public) as served:
        yield served


def copied(page: Any) -> str:
    page.wait_for_selector(".said:not([hidden])")
    return str(page.evaluate("navigator.clipboard.readText()"))


def test_a_citation_is_copied_in_the_format_chosen_last(page: Any, host: Host) -> None:
    page.goto(f"{host.url}2021/12/19/")
    page.locator("[id='2112.10001'] .cite").click()
    entry = copied(page)
    assert entry.startswith("@inproceedings{quill2021tidesvaeteacup50")
    assert "title = {{Tides in a $\\beta$-VAE Teacup: 50\\% of Lakes" in entry
    people = "Quill, Ada and van der Fenn, Jr., Bo and {The Dust and Grain Collaboration}"
    assert people in entry
    assert "primaryclass = {cs.CV}" in entry
    page.get_by_role("button", name="Other formats").click()
    page.select_option("dialog select", "ris")
    assert page.inner_text("dialog pre").startswith("TY  - CPAPER")
    page.keyboard.press("Escape")
    page.locator("[id='2112.20001'] .cite").click()
    page.wait_for_function("document.querySelector('.said').textContent.includes('RIS')")
    assert copied(page).startswith("TY  - UNPB\r\nTI  - Rivers\r\nAU  - Quill, Ada\r\n")


@pytest.mark.parametrize(
    ("address", "count"),
    [
        ("2021/12/19/", 2),
        ("authors/ada-quill.html", 6),
        ("categories/cs.CV/", 6),
        ("venues/cvpr/", 1),
        ("search/?q=rivers", 6),
    ],
)
def test_every_kind_of_page_exports_what_it_lists(
    page: Any, host: Host, address: str, count: int
) -> None:
    page.goto(host.url + address)
    if count == 1:  # a single paper is cited, by the key
        page.locator("main ol > li > a").first.focus()
        page.keyboard.press("c")
        assert copied(page).startswith("@inproceedings{")
        return
    if "search" in address:
        page.wait_for_selector(f"#search-results > li:nth-child({count})")
    page.get_by_role("button", name="Export").click()
    page.wait_for_selector("dialog[open] pre")
    for name, ending in FORMATS.items():
        page.select_option("dialog select", name)
        with page.expect_download() as download:
            page.get_by_role("button", name="Download").click()
        assert download.value.suggested_filename.endswith(f".{ending}")
        text = Path(download.value.path()).read_text(encoding="utf-8")
        counted = {
            "bibtex": text.count("\n@") + text.startswith("@"),
            "biblatex": text.count("\n@") + text.startswith("@"),
            "ris": text.count("ER  - "),
            "csl": text.count('"type": '),
            "text": len(text.strip().split("\n\n")),
        }[name]
        assert counted == count, (name, text)
    if address.startswith("authors"):
        page.select_option("dialog select", "bibtex")
        text = page.inner_text("dialog pre")
        keys = [line.split("{")[1] for line in text.splitlines() if line.startswith("@")]
        assert len(set(keys)) == count


def test_csl_has_names_in_parts(page: Any, host: Host) -> None:
    page.goto(f"{host.url}2021/12/19/")
    page.get_by_role("button", name="Export").click()
    page.select_option("dialog select", "csl")
    first, second = json.loads(page.inner_text("dialog pre"))
    assert first["author"] == [
        {"family": "Quill", "given": "Ada"},
        {"family": "van der Fenn", "given": "Bo", "suffix": "Jr."},
        {"literal": "The Dust and Grain Collaboration"},
    ]
    assert first["type"] == "paper-conference"
    assert first["issued"] == {"date-parts": [[2022]]}
    assert second["issued"] == {"date-parts": [[2021, 12, 19]]}
    assert second["number"] == "arXiv:2112.20001"


def test_zotero_is_told_of_every_paper(page: Any, host: Host) -> None:
    """As COinS, when somebody reaches for the browser's buttons."""
    page.goto(f"{host.url}2021/12/19/")
    page.wait_for_selector(".tools button")
    assert page.locator(".Z3988").count() == 0
    page.evaluate(
        "document.addEventListener('ZoteroItemUpdated', () => { window.told = true });"
        "document.documentElement.dispatchEvent(new MouseEvent('mouseleave'))"
    )
    page.wait_for_function("window.told")
    spans = page.eval_on_selector_all(".Z3988", "spans => spans.map(span => span.title)")
    first, second = map(parse_qs, spans)
    assert first["rft.type"] == ["conferencePaper"]
    assert list(first).index("rft.title") < list(first).index("rft.type")
    assert second["rft.type"] == ["preprint"]
    assert second["rft.title"] == ["Rivers"]
    assert first["rft.au"][:2] == ["Quill, Ada", "van der Fenn, Bo, Jr."]
    assert second["rft.identifier"] == ["https://arxiv.org/abs/2112.20001"]
    assert second["rft.date"] == ["2021-12-19"]
    assert first["rft.description"] == ["We look at <b>tea</b>."]


def test_what_cannot_be_fetched_is_said(page: Any, host: Host) -> None:
    page.goto(f"{host.url}2021/12/19/")
    host.lost = "papers.bin"
    page.locator(".cite").first.click()
    page.get_by_text("could not be fetched (404)").wait_for()
    host.reset()
