"""A site and a volume of it on one host, in a browser."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from benchmarks.hosting import Host, serve
from dayleaf.base import config
from dayleaf.build import BuildOptions, build, progress
from tests.sites import digest, path, record, small

pytestmark = pytest.mark.browser

OLD = "papers-to-2020/"
SETTINGS = """base_url = "{0}papers/"
[[volumes]]
until = 2020
base_url = "{0}papers-to-2020/"
"""


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    root = tmp_path_factory.mktemp("volumes")
    with serve(root / "www", base="/") as served:
        made = small(root).edit("site.toml", SETTINGS.format(served.url))
        papers = [record(f"2007.0000{n}", day="2020-07-03", title=f"Kettle {n}") for n in range(3)]
        made.edit(path("2020-07-03"), digest(*papers, day="2020-07-03"))
        output = root / "www" / "papers"
        site = config.load(made.folder, overrides={"output": output})
        volume = config.of_volume(site, OLD[:-1], output=root / "www" / OLD[:-1])
        for settings in (site, volume):
            build(settings, BuildOptions(1), progress.Silent())
        yield served


def test_an_old_address_leads_on_to_the_paper(page: Any, host: Host) -> None:
    page.goto(f"{host.url}papers/2020/07/03/#2007.00002")
    page.wait_for_url(f"{host.url}{OLD}2020/07/03/#2007.00002")
    page.get_by_role("heading", name="Kettle 2").wait_for()


def test_a_paper_of_a_volume_is_saved_by_its_place_in_the_site(page: Any, host: Host) -> None:
    page.goto(f"{host.url}{OLD}2020/07/03/")
    page.get_by_role("button", name="Save").first.click()
    page.get_by_text("On the reading list.").wait_for()
    page.wait_for_function("JSON.parse(localStorage.getItem('saved:2007.00000'))?.authors.length")
    saved = "JSON.parse(localStorage.getItem('saved:2007.00000'))"
    assert page.evaluate(f"{saved}.path") == "2020/07/03/#2007.00000"
    page.goto(f"{host.url}papers/reading-list/")
    page.get_by_role("link", name="Kettle 0").click()
    page.wait_for_url(f"{host.url}{OLD}2020/07/03/#2007.00000")


def test_a_search_finds_papers_of_the_volume(page: Any, host: Host) -> None:
    page.goto(f"{host.url}papers/search/?q=kettle")
    page.get_by_text("3 papers").first.wait_for()
    page.get_by_role("link", name="Kettle 1", exact=True).click()
    page.wait_for_url(f"{host.url}{OLD}2020/07/03/#2007.00001")


def test_a_search_names_the_years_of_a_volume_that_is_missing(page: Any, host: Host) -> None:
    host.lost = f"{OLD}search"
    try:
        page.goto(f"{host.url}papers/search/?q=tides")
        page.get_by_text("Could not be loaded: July 2020", exact=False).wait_for()
        page.get_by_role("link", name="Tides in a Teacup").first.wait_for()
    finally:
        host.lost = ""


def test_without_a_script_the_months_of_the_site_lead_there(chromium: Any, host: Host) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{host.url}papers/2020/07/")
    page.locator(f"a[href$='{OLD}2020/07/03/']").first.click()
    page.get_by_role("heading", name="Kettle 0").wait_for()
    assert page.url.startswith(f"{host.url}{OLD}2020/07/03/")
    context.close()
