"""`/abs/<id>` on a static host: 404.html leads on to the paper's place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from benchmarks.hosting import Host, serve
from dayleaf.archive import urls
from dayleaf.base.hosts import HOSTS
from tests.sites import digest, path, record, small

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    made = small(tmp_path_factory.mktemp("abs"))
    made.settings["base_url"] = "https://example.org/archive/"
    made.build()
    with serve(made.public) as found:
        yield found


@pytest.fixture
def visit(chromium: Any, host: Host) -> Iterator[Callable[[str], Any]]:
    context = chromium.new_context()

    def open_page(path: str) -> Any:
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.goto(host.url + path)
        return page

    yield open_page
    context.close()


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("2112.10046", "2021/12/19/#2112.10046"),
        ("2112.10100v12", "2021/12/20/#2112.10100"),
        ("2112.10047/", "2021/12/19/#2112.10047"),
        ("cs/9901001", "2021/12/20/#cs/9901001"),
        ("cs/9901001v2", "2021/12/20/#cs/9901001"),
        ("cs.AI/9901001", "2021/12/20/#cs/9901001"),
    ],
)
def test_an_identifier_leads_to_its_paper(
    visit: Callable[[str], Any], host: Host, asked: str, found: str
) -> None:
    page = visit(f"abs/{asked}")
    page.wait_for_url(host.url + found)
    assert page.locator(":target h2").count() == 1


@pytest.mark.parametrize("asked", ["2112.99999", "9912.00001", "hep-th/9901001"])
def test_an_unknown_identifier_is_said_with_a_way_on(
    visit: Callable[[str], Any], asked: str
) -> None:
    page = visit(f"abs/{asked}")
    page.wait_for_selector("#missing a")
    assert page.inner_text("#missing").startswith(f"This archive does not hold {asked}.")
    assert page.get_attribute("#missing a", "href") == f"https://arxiv.org/abs/{asked}"


def test_other_addresses_are_left_alone(visit: Callable[[str], Any], host: Host) -> None:
    page = visit("2112.10046")
    page.wait_for_load_state("networkidle")
    assert page.url == f"{host.url}2112.10046"
    assert page.inner_text("#missing").startswith("The address may be mistyped")


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    """A site on which authors of three papers have pages; Zoë Ådal has one, Bo Fenn all four."""
    made = small(tmp_path_factory.mktemp("few"))
    made.edit("site.toml", "[authors]\nminimum = 3\n")
    two = record("2201.00002", day="2022-01-04", title="Two by Dell", authors="Cy Dell, Bo Fenn")
    one = record("2201.00003", day="2022-01-04", title="One by Dell", authors="Cy Dell")
    made.edit(path("2022-01-04"), digest(two, one, day="2022-01-04"))
    made.settings["base_url"] = "https://example.org/archive/"
    made.build()
    with serve(made.public) as found:
        yield found


def shared(slug: str) -> str:
    """Return the place of an author on a shared page."""
    return urls.person(slug, HOSTS["github-pages"].shared_pages)


def test_the_address_of_an_author_without_a_page_leads_to_the_place(
    chromium: Any, few: Host
) -> None:
    page = chromium.new_page()
    page.goto(f"{few.url}authors/cy-dell.html")
    page.wait_for_url(few.url + shared("cy-dell"))
    assert page.locator(":target h2").inner_text() == "Cy Dell"
    assert page.title().startswith("Cy Dell · ")
    assert page.locator("h2:visible").count() == 1  # nobody else who shares the page, if anybody
    links = [link.get_attribute("href") for link in page.query_selector_all(":target li a")]
    assert links == [f"../2022/01/04/#2201.0000{number}" for number in (3, 2)]
    page.goto(f"{few.url}authors/nobody-here.html")
    page.wait_for_selector("text=no author of that name")
    page.close()


def test_the_place_of_an_author_with_a_page_leads_on(chromium: Any, few: Host) -> None:
    """Days from before there were enough papers link there."""
    page = chromium.new_page()
    page.goto(few.url + shared("bo-fenn"))
    page.wait_for_url(f"{few.url}authors/bo-fenn.html")
    page.close()


def test_a_place_on_a_page_that_is_gone_leads_to_the_author(chromium: Any, few: Host) -> None:
    page = chromium.new_page()
    page.goto(f"{few.url}people/ffff.html#zoe-adal")
    page.wait_for_url(few.url + shared("zoe-adal"))
    page.close()


def test_the_finder_leads_to_the_place(chromium: Any, few: Host) -> None:
    page = chromium.new_page()
    page.goto(f"{few.url}authors/")
    page.fill("#find", "zoe adal")
    page.click("#find-results a")
    page.wait_for_url(few.url + shared("zoe-adal"))
    page.close()


def test_an_author_on_a_shared_page_can_be_followed(chromium: Any, few: Host) -> None:
    page = chromium.new_page()
    page.goto(few.url + shared("cy-dell"))
    page.click("button.follow")
    page.wait_for_selector("button.follow[aria-pressed=true]")
    page.goto(f"{few.url}2022/01/04/")
    page.wait_for_selector("text=You follow Cy Dell")
    page.close()
