"""Hosts that change addresses: without `.html`, without last slashes, with `index.html` by name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from benchmarks.hosting import Host, serve
from tests.browser.test_offline import CONTROLLED, until
from tests.sites import Site, small

pytestmark = pytest.mark.browser

DAY = "2021/12/19/"
AUTHOR = "authors/ada-quill.html"
HOSTS = {
    "plain": ("/", "", 308),
    "stripped by 307": ("/", "stripped", 307),
    "stripped by 308": ("/", "stripped", 308),
    "index by name": ("/", "named", 302),
    "without slashes": ("/", "slashless", 308),
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Site:
    site = small(tmp_path_factory.mktemp("hosts"))
    site.edit("site.toml", "[authors]\nminimum = 1\n")
    site.build()
    return site


@pytest.fixture(params=HOSTS)
def host(request: pytest.FixtureRequest, made: Site) -> Iterator[Host]:
    base, manner, status = HOSTS[request.param]
    with serve(made.public, base=base) as served:
        served.manner, served.redirect = manner, status
        yield served


@pytest.fixture
def page(chromium: Any) -> Iterator[Any]:
    context = chromium.new_context()
    yield context.new_page()
    context.close()


def test_a_day_offers_what_it_offers_anywhere(page: Any, host: Host) -> None:
    """Cite, Save, Mark read and Export, which know the day's papers by its address."""
    page.goto(host.url + DAY)
    page.get_by_role("button", name="Export").wait_for()
    for name in ("Cite", "Save", "Mark read"):
        buttons = page.get_by_role("button", name=name)
        buttons.nth(1).wait_for()
        assert buttons.count() == 2, name
    page.locator(".read").first.click()
    page.locator(".save").first.click()
    page.get_by_text("On the reading list.").wait_for()
    assert page.evaluate("localStorage.getItem('read:2021/12/19')") == "2112.10046"
    saved = "JSON.parse(localStorage.getItem('saved:2112.10046'))"
    until(page, f"{saved}.authors.length > 0")
    assert page.evaluate(f"{saved}.path") == "2021/12/19/#2112.10046"
    page.get_by_role("button", name="Export").click()
    page.get_by_text("Export 2 papers").wait_for()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download").click()
    assert download.value.suggested_filename.startswith("2021-12-19.")
    page.goto(f"{host.url}reading-list/")
    page.locator(".saved > li > a").wait_for()
    assert page.locator(".saved > li > a").get_attribute("href") == f"{host.url}{DAY}#2112.10046"


def test_an_author_is_followed(page: Any, host: Host) -> None:
    page.goto(host.url + AUTHOR)
    page.get_by_role("button", name="Follow", exact=True).click()
    page.get_by_role("button", name="Following").wait_for()
    assert '"value":"ada-quill"' in page.evaluate("localStorage.getItem('interests')")
    page.goto(f"{host.url}categories/cs.CV/")
    page.get_by_role("button", name="Follow", exact=True).click()
    page.get_by_role("button", name="Following").wait_for()
    assert '"value":"cs.CV"' in page.evaluate("localStorage.getItem('interests')")
    page.goto(f"{host.url}authors/")
    page.wait_for_selector("footer >> text=Keys")
    assert page.get_by_role("button", name="Follow").count() == 0


def test_pages_that_were_visited_are_there_without_a_network(page: Any, host: Host) -> None:
    page.goto(host.url + DAY)
    page.wait_for_function(CONTROLLED)
    page.goto(host.url + AUTHOR)
    page.goto(host.url)
    until(page, "caches.keys().then(names => names.some(name => name.endsWith(' days')))")
    page.goto(host.url + DAY)
    page.wait_for_load_state("networkidle")
    page.context.set_offline(True)
    for path, title in ((AUTHOR, "Ada Quill"), (DAY, "Sunday, 19"), ("", "2022")):
        page.goto(host.url + path)
        assert "not kept" not in page.inner_text("main"), path
        assert title in page.inner_text("main"), path
    page.goto(f"{host.url}offline/")
    page.wait_for_function("document.querySelector('#kept-pages li')")
    assert page.inner_text("h1") == "Kept on this device"


def test_a_permalink_by_a_doi_leads_to_the_paper_that_the_doi_holds(
    page: Any, tmp_path: Path
) -> None:
    """It stood there before the DOI counted as the Anthology's id."""
    made = Site(tmp_path)
    made.edit(
        "content/2026-03-06.json",
        '[{"title": "Tides", "doi": "10.18653/v1/2026.acl-long.12", "authors": ["Ada Quill"]}]',
    ).build()
    with serve(made.public) as host:
        page.goto(f"{host.url}2026/03/06/#doi-10.18653/v1/2026.acl-long.12")
        page.wait_for_function("location.hash === '#acl-2026.acl-long.12'")
        assert page.is_visible("article:target")


def test_an_author_without_a_page_is_told_of(page: Any, host: Host) -> None:
    """The script of 404.html looks for the author, not for a page."""
    page.goto(f"{host.url}authors/nobody-here.html")
    page.get_by_text("This archive has no author of that name.").wait_for()
