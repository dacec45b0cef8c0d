"""A day in the order of its reader, and what the browser keeps for it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from benchmarks.hosting import Host, serve
from tests.sites import Site, digest, path, record

pytestmark = pytest.mark.browser

SUBJECTS = ("tides in cups", "lamps of brass", "samovar valves", "paper kites")
TEXT = "We study {0} with patience. Of {0} little is known, and {0} matter. We measure for a year."


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    """Serve two days of twelve papers on four subjects in turn, and a third of one paper."""
    made = Site(tmp_path_factory.mktemp("for-you"))
    for place, (day, count) in enumerate(
        (("2021-12-18", 12), ("2021-12-19", 12), ("2021-12-20", 1))
    ):
        papers = [
            record(
                f"2112.{place + 1}{n:04}",
                day=day,
                title=f"Paper {n} on {SUBJECTS[n % 4]}",
                authors="Ada Quill",
                summary=TEXT.format(SUBJECTS[n % 4]),
            )
            for n in range(count)
        ]
        made.edit(path(day), digest(*papers, day=day))
    made.build(search=True)
    with serve(made.public) as served:
        yield served


def titles(page: Any) -> list[str]:
    found: list[str] = page.locator("article > h2").all_text_contents()
    return found


def save_samovars(page: Any, host: Host) -> None:
    """Save the three papers of the first day on the third subject."""
    page.goto(f"{host.url}2021/12/18/")
    for n in (2, 6, 10):
        page.locator("article .save").nth(n).click()


def test_a_day_is_ordered_by_what_was_saved_with_the_reason(page: Any, host: Host) -> None:
    page.goto(f"{host.url}2021/12/19/")
    page.locator("button.like").first.wait_for()
    assert page.locator("button.for-you").count() == 0  # nothing is known of the reader yet
    before = titles(page)
    save_samovars(page, host)
    page.goto(f"{host.url}2021/12/19/")
    page.get_by_role("button", name="For you").click()
    page.locator(".by-whom", has_text="3 papers saved").wait_for()
    assert [title.split(" on ")[1] for title in titles(page)[:3]] == ["samovar valves"] * 3
    reason = page.locator("article .because").first
    assert reason.inner_text().startswith("Because of: ")
    assert "samovar valves" in reason.inner_text().split(" · ")[0]
    assert " · like Paper 10 on samovar valves, which you saved" in reason.inner_text()
    assert reason.locator("a").get_attribute("href").endswith("2021/12/18/#2112.10010")
    page.reload()  # the order is remembered
    page.locator(".by-whom", has_text="3 papers saved").wait_for()
    assert titles(page)[0].endswith("samovar valves")
    slider = page.get_by_role("slider", name="Order, from newest to likest")
    assert slider.get_attribute("aria-valuetext") == "likest first"
    slider.focus()
    for _ in range(4):
        page.keyboard.press("ArrowLeft")
    page.wait_for_function("document.querySelectorAll('.because').length === 0")
    assert titles(page) == before
    assert page.get_by_role("button", name="For you").get_attribute("aria-pressed") == "false"
    assert page.evaluate("localStorage.getItem('for-you')") is None


def test_what_is_new_is_one_list_with_dates(page: Any, host: Host) -> None:
    save_samovars(page, host)
    page.evaluate("localStorage.setItem('seen-to', '2021/12/01')")
    page.goto(f"{host.url}new/")
    page.get_by_role("button", name="For you").click()
    page.locator(".by-whom", has_text="3 papers saved").wait_for()
    assert all(title.endswith("samovar valves") for title in titles(page)[:6])
    assert page.locator(".day-of > h2:visible").count() == 0
    assert page.locator(".because", has_text="19 December 2021 · Because of").count() >= 3
    assert page.locator("article:visible").count() == 25
    page.get_by_role("button", name="For you").click()
    page.wait_for_function("document.querySelectorAll('.because').length === 0")
    assert page.locator(".day-of > h2:visible").count() == 3
    assert page.locator(".day-of").nth(1).locator("article").count() == 12


def test_papers_that_were_opened_count_and_those_scrolled_past_do_not(
    page: Any, host: Host
) -> None:
    page.goto(f"{host.url}2021/12/18/")
    page.locator("article button.read").nth(2).click()
    page.locator("article button.read").nth(3).click()
    page.locator("article button.read").nth(3).click()
    kept = "Object.keys(localStorage).filter((key) => key.startsWith('words:')).join()"
    assert page.evaluate(kept) == "words:2112.10002"
    page.wait_for_timeout(600)
    page.evaluate("document.querySelectorAll('article')[9].scrollIntoView()")
    page.wait_for_function("document.querySelectorAll('article.read').length > 1")
    assert page.evaluate(kept) == "words:2112.10002"


def test_a_list_of_words_that_fails_leaves_the_order_and_says_so(page: Any, host: Host) -> None:
    save_samovars(page, host)
    page.goto(f"{host.url}2021/12/19/")
    before = titles(page)
    page.route("**/search/words.json", lambda route: route.abort())
    page.get_by_role("button", name="For you").click()
    page.get_by_text("The papers stay as listed").wait_for()
    assert titles(page) == before
    page.unroute("**/search/words.json")
    page.get_by_role("button", name="Try again").click()
    page.locator("article .because").first.wait_for()


def test_the_profile_travels_with_the_list(
    page: Any, chromium: Any, host: Host, tmp_path: Path
) -> None:
    save_samovars(page, host)
    page.locator("article button.read").nth(11).click()  # below all that was scrolled past
    page.goto(f"{host.url}reading-list/")
    with page.expect_download() as download:
        page.get_by_role("button", name="Save with notes").click()
    file = tmp_path / "reading-list.json"
    download.value.save_as(file)
    other = chromium.new_page()
    other.goto(f"{host.url}reading-list/")
    other.set_input_files("#file", file)
    other.get_by_text("knows the words of 4 papers").wait_for()
    other.goto(f"{host.url}2021/12/19/")
    other.get_by_role("button", name="For you").click()
    other.locator(".by-whom", has_text="3 papers saved, 1 paper opened").wait_for()
    assert titles(other)[0].endswith("samovar valves")
    entries = json.loads(file.read_text("utf-8"))
    entries[-1]["profile"] += [{"id": "x"}, 7]
    file.write_text(json.dumps(entries), encoding="utf-8")
    other.goto(f"{host.url}reading-list/")
    other.set_input_files("#file", file)
    other.get_by_text("2 made no sense").wait_for()
    other.close()


def test_more_like_a_paper_is_a_search_for_its_words(page: Any, host: Host) -> None:
    page.goto(f"{host.url}2021/12/19/")
    page.get_by_role("button", name="More like this: Paper 2 on samovar valves").click()
    page.wait_for_url("**/search/?q=*samovar*")
    page.locator("#search-results > li").first.wait_for()
    assert "samovar" in page.locator("#search-results > li").first.inner_text()
    page.locator("#search-results > li .like").first.click()
    page.wait_for_url("**/search/?q=*samovar*")
