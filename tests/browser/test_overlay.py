"""The search over any page: opened, used and closed by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from benchmarks.hosting import Host, serve
from tests.sites import small

pytestmark = pytest.mark.browser

FOCUSED = "document.activeElement.name || document.activeElement.textContent"
SETTLED = "document.querySelector('dialog .standing').ariaBusy === 'false'"


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    made = small(tmp_path_factory.mktemp("overlay"))
    made.build(search=True)
    with serve(made.public) as found:
        yield found


@pytest.fixture
def visit(chromium: Any, host: Host) -> Iterator[Callable[[str], Any]]:
    context = chromium.new_context()
    faults: list[str] = []

    def open_page(path: str) -> Any:
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda message: faults.append(message.text))
        page.goto(host.url + path)
        page.wait_for_selector("body > header [aria-haspopup]")
        return page

    host.reset()
    yield open_page
    context.close()
    assert faults == []


@pytest.mark.parametrize("keys", ["/", "Control+k"])
@pytest.mark.parametrize("path", ["", "2021/12/19/", "authors/", "authors/ada-quill.html"])
def test_keys_open_it_and_escape_gives_the_focus_back(
    visit: Callable[[str], Any], host: Host, path: str, keys: str
) -> None:
    page = visit(path)
    assert not [address for address in host.asked if "search" in address]
    page.focus("nav a")
    page.keyboard.press(keys)
    page.wait_for_selector("dialog.over[open]")
    assert page.evaluate(FOCUSED) == "q"
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog.over", state="hidden")
    assert page.evaluate(FOCUSED) == "Days"


@pytest.mark.parametrize("path", ["days/", "authors/ada-quill.html"])
def test_results_come_while_typing_and_arrows_go_through_them(
    visit: Callable[[str], Any], path: str
) -> None:
    page = visit(path)
    page.click("body > header > nav + a")
    page.keyboard.type("slow rive", delay=10)
    page.wait_for_selector("dialog li")
    page.wait_for_function(SETTLED)
    assert page.inner_text("dialog .standing") == "1 paper found"
    page.keyboard.press("ArrowDown")
    assert page.evaluate(FOCUSED) == "Slow Rivers"
    page.keyboard.press("Enter")
    page.wait_for_url("**/2021/12/19/#2112.10047")
    assert page.locator("dialog.over[open]").count() == 0


def test_the_masthead_of_an_author_is_that_of_any_page(visit: Callable[[str], Any]) -> None:
    links = "links => links.map(link => link.href + link.textContent + link.ariaHasPopup)"
    said = [
        visit(path).eval_on_selector_all("body > header a", links)
        for path in ("days/", "authors/ada-quill.html")
    ]
    assert said[0] == said[1]


def test_it_is_whole_before_the_page_has_come(chromium: Any, host: Host) -> None:
    page = chromium.new_page()
    # Behind what waits for the page to be parsed, and before anything is painted.
    count = "queueMicrotask(() => { links = document.querySelectorAll('body > header a').length })"
    page.add_init_script(f"addEventListener('DOMContentLoaded', () => {{ {count} }}, true)")
    page.goto(f"{host.url}authors/ada-quill.html")
    assert page.evaluate("links") == 6
    page.close()


def test_all_results_are_on_the_search_page(visit: Callable[[str], Any], host: Host) -> None:
    page = visit("")
    page.keyboard.press("/")
    page.keyboard.type("teacup")
    page.wait_for_selector("dialog li")
    assert page.get_attribute("dialog .foot a", "href").endswith("search/?q=teacup")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{host.url}search/?q=teacup")
    page.wait_for_selector("#search-results > li")


def test_an_identifier_leads_to_its_paper(visit: Callable[[str], Any], host: Host) -> None:
    page = visit("2022/01/03/")
    page.keyboard.press("/")
    page.keyboard.type("cs/9901001v3")
    page.wait_for_selector("dialog li")
    assert page.inner_text("dialog li .t") == "Old Ways"
    page.keyboard.press("Enter")
    page.wait_for_url(f"{host.url}2021/12/20/#cs/9901001")


def test_authors_are_found_with_their_number_of_papers(visit: Callable[[str], Any]) -> None:
    page = visit("")
    page.keyboard.press("/")
    page.keyboard.type("adal zo")
    page.wait_for_selector("dialog .people a")
    assert page.inner_text("dialog .people") == "Author Zoë Ådal 1"


def test_an_unknown_name_leaves_the_console_empty(visit: Callable[[str], Any], host: Host) -> None:
    page = visit("authors/")
    page.fill("#find", "xylophagos")
    page.wait_for_function("document.querySelector('#find-status').textContent === 'No names'")
    assert not [address for address in host.asked if "find/xyl" in address]
