"""`granularity = "day"`: the same page, where a record is a day and its papers parts of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from benchmarks.hosting import Host, serve
from tests.sites import small

pytestmark = pytest.mark.browser

SETTLED = "document.getElementById('search-status').ariaBusy === 'false'"


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    made = small(tmp_path_factory.mktemp("days"))
    made.edit("site.toml", '[search]\ngranularity = "day"\n')
    made.build(search=True)
    with serve(made.public) as found:
        yield found


@pytest.fixture
def page(chromium: Any, host: Host) -> Iterator[Any]:
    context = chromium.new_context()
    faults: list[str] = []
    opened = context.new_page()
    opened.set_default_timeout(10_000)
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("console", lambda message: faults.append(message.text))
    yield opened
    context.close()
    assert faults == []


def test_a_day_shows_the_papers_that_match(page: Any, host: Host) -> None:
    page.goto(f"{host.url}search/?q=slow+rivers")
    page.wait_for_function(SETTLED)
    assert page.inner_text("#search-status") == "1 day found"
    assert page.locator("#search-results > li > a").all_inner_texts() == [
        "Sunday, 19 December 2021"
    ]
    first = page.locator("#search-results li li").first
    assert first.locator("a").inner_text() == "Slow Rivers"
    assert first.locator("a mark").all_inner_texts() == ["Slow Rivers"]
    assert first.locator(".excerpt").inner_text().startswith("Ada Quill, Bo Fenn")
    first.locator("a").click()
    page.wait_for_url(f"{host.url}2021/12/19/#2112.10047")


def test_filters_count_days(page: Any, host: Host) -> None:
    page.goto(f"{host.url}search/?q=teacup&year=2021")
    page.wait_for_function(SETTLED)
    assert page.inner_text("#search-status") == "2 days found"
    page.click(".facets summary")
    page.focus("[name=category]")
    page.wait_for_function("document.querySelector('#category').options[1].text.endsWith('(2)')")
    page.select_option("[name=order]", "newest")
    page.wait_for_function(SETTLED)
    days = page.locator("#search-results > li > a").all_inner_texts()
    assert days == ["Monday, 20 December 2021", "Sunday, 19 December 2021"]


def test_an_identifier_leads_to_its_paper(page: Any, host: Host) -> None:
    page.goto(f"{host.url}search/?q=cs/9901001")
    page.wait_for_url(f"{host.url}2021/12/20/#cs/9901001")
