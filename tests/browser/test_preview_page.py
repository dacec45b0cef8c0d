"""The preview in a real browser: reloads, swapped stylesheets, mistakes, the panel, many tabs."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.preview.test_preview import DAY, STYLE, Preview, serving, wait, with_layouts
from tests.sites import digest, path, record, small

pytestmark = pytest.mark.browser


@pytest.fixture
def preview(tmp_path: Path) -> Iterator[Preview]:
    """A preview of a small site, to be edited."""
    with serving(with_layouts(tmp_path), "--no-search") as found:
        yield found.settle()


@pytest.fixture
def tab(chromium: Any, preview: Preview) -> Iterator[Any]:
    """A day of the preview in a browser, marked so that a reload shows."""
    page = chromium.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    visit(page, preview)
    yield page
    page.close()
    assert faults == []


def visit(page: Any, preview: Preview) -> None:
    """Open a day of the preview and mark the page."""
    page.goto(f"http://127.0.0.1:{preview.port}/2021/12/19/")
    page.evaluate("window.marked = true")


COLOUR = "getComputedStyle(document.querySelector('h1')).color"


def test_it_reloads_and_stays_where_it_was(preview: Preview, tab: Any) -> None:
    """The element at the top stays there, although what is above it has grown."""
    tab.evaluate("scrollTo(0, document.getElementById('s20').getBoundingClientRect().top - 30)")
    where = "document.getElementById('s20').getBoundingClientRect().top"
    before = tab.evaluate(where)
    taller = DAY.replace("<h1>", "<h1 style='height: 700px'>Edited ")
    since = time.perf_counter()
    preview.site.edit("layouts/day.html", taller)
    tab.wait_for_function("document.querySelector('h1')?.textContent.includes('Edited')")
    print(f"\nlayout: {time.perf_counter() - since:.2f} s from save to screen")
    assert tab.evaluate("window.marked") is None
    tab.wait_for_function(f"Math.abs({where} - {before}) < 2")


def test_it_swaps_a_stylesheet_in_place(preview: Preview, tab: Any) -> None:
    since = time.perf_counter()
    preview.site.edit("layouts/assets/style.css", STYLE.replace("1, 2, 3", "4, 5, 6"))
    tab.wait_for_function(f"{COLOUR} == 'rgb(4, 5, 6)'")
    print(f"\nstylesheet: {time.perf_counter() - since:.2f} s from save to screen")
    assert tab.evaluate("window.marked") is True
    tab.wait_for_function("document.querySelectorAll('link[rel=stylesheet]').length == 1")


def test_it_is_not_disturbed_by_what_it_does_not_show(preview: Preview, tab: Any) -> None:
    preview.site.edit("layouts/month.html", "<!doctype html><title>Month</title>")
    preview.site.edit("layouts/assets/authors.js", "// other")
    wait(lambda: b"<title>Month" in preview.get("/2021/12/")[2], preview)
    time.sleep(0.5)
    assert tab.evaluate("window.marked") is True


def test_it_shows_a_failure_until_it_is_mended(preview: Preview, tab: Any) -> None:
    preview.site.edit("layouts/day.html", "{{ page.titel }}")
    overlay = tab.locator("dayleaf-failure section").first  # in its shadow root
    overlay.wait_for()
    assert "layouts/day.html:1" in overlay.inner_text()
    assert "did you mean 'title'?" in overlay.inner_text()
    assert "Day: " in tab.inner_text("h1")
    tab.reload()
    overlay.wait_for()
    tab.evaluate("window.marked = true")
    preview.site.edit("layouts/day.html", DAY)
    overlay.wait_for(state="detached")
    assert tab.evaluate("window.marked") is True


def test_the_lines_around_a_mistake_stand_below_one_another(preview: Preview, tab: Any) -> None:
    preview.site.edit("layouts/day.html", "one\ntwo\n{{ page.titel }}\nfour\nfive\n")
    lines = tab.locator("dayleaf-failure pre > *")
    lines.first.wait_for()
    boxes = [line.bounding_box() for line in lines.all()]
    assert len(boxes) > 4
    assert all(box["x"] == boxes[0]["x"] for box in boxes)
    assert len({box["y"] for box in boxes}) == len(boxes)


def test_it_waits_for_the_first_build(tmp_path: Path, chromium: Any) -> None:
    made = with_layouts(tmp_path).edit("layouts/day.html", "{% if %}")
    with serving(made, "--no-search") as preview, contextlib.closing(chromium.new_page()) as page:
        visit(page, preview)
        page.get_by_text("layouts/day.html:1").first.wait_for()
        made.edit("layouts/day.html", DAY)
        page.get_by_text("Day: ").first.wait_for()


def test_all_tabs_are_kept_up_to_date(preview: Preview, tab: Any, chromium: Any) -> None:
    """More tabs than a browser opens connections to a host, and another browser; tabs come and go.

    The first tab, through which the others hear, goes in between.
    """
    with contextlib.closing(chromium.new_context()) as context:
        pages = [context.new_page() for _ in range(9)]
        for page in pages:
            visit(page, preview)
        preview.site.edit("layouts/day.html", DAY.replace("Day:", "Jour:"))
        for page in (tab, *pages):
            page.get_by_text("Jour: ").first.wait_for()
        pages.pop(0).close()
        preview.site.edit("layouts/day.html", DAY.replace("Day:", "Tag:"))
        for page in (tab, *pages):
            page.get_by_text("Tag: ").first.wait_for()


def test_a_new_digest_shows(preview: Preview, tab: Any, chromium: Any) -> None:
    """On the home page at once, while the page of another day is left alone."""
    with contextlib.closing(chromium.new_page()) as home:
        home.goto(f"http://127.0.0.1:{preview.port}/")
        text = digest(record("2201.00009", title="Wide Plains", day="2022-01-04"), day="2022-01-04")
        preview.site.edit(path("2022-01-04"), text)
        home.get_by_text("Wide Plains").first.wait_for()
        home.wait_for_timeout(300)
    assert tab.evaluate("window.marked") is True


def test_a_script_reloads_only_pages_that_use_it(tmp_path: Path, chromium: Any) -> None:
    made = small(tmp_path).edit("layouts/assets/papers.js", "window.version = 1;")
    with serving(made, "--no-search") as preview, contextlib.closing(chromium.new_page()) as page:
        visit(page, preview.settle())
        made.edit("layouts/assets/papers.js", "window.version = 2;")
        page.wait_for_function("window.version == 2")
        # In a page of its own: the other may still be busy reloading.
        with contextlib.closing(chromium.new_page()) as about:
            about.goto(f"http://127.0.0.1:{preview.port}/about/")
            about.evaluate("window.marked = true")
            made.edit("layouts/assets/papers.js", "window.version = 3;")
            page.wait_for_function("window.version == 3")
            assert about.evaluate("window.marked") is True


def test_a_script_that_comes_after_its_change_was_told_is_old(
    tmp_path: Path, chromium: Any
) -> None:
    made = small(tmp_path).edit("layouts/assets/papers.js", "window.version = 1;")
    with serving(made, "--no-search") as preview, contextlib.closing(chromium.new_page()) as page:
        preview.settle()

        def overtake(route: Any) -> None:
            old = route.fetch()
            made.edit("layouts/assets/papers.js", "window.version = 2;")
            wait(lambda: b"papers.js" in preview.get("/-/state")[2], preview)
            page.wait_for_timeout(500)  # it is told to the page as well
            route.fulfill(response=old)

        page.route("**/assets/papers.js", overtake, times=1)
        visit(page, preview)
        page.wait_for_function("window.version == 2")


def test_a_mistake_put_away_stays_away_until_it_is_another(preview: Preview, tab: Any) -> None:
    preview.site.edit("layouts/day.html", "{{ page.titel }}")
    overlay = tab.locator("dayleaf-failure .box")
    overlay.wait_for()
    tab.get_by_role("button", name="Hide").click()
    overlay.wait_for(state="detached")
    preview.site.edit("layouts/assets/style.css", STYLE + "p { margin: 0 }")
    tab.wait_for_timeout(500)
    assert overlay.count() == 0
    preview.site.edit("layouts/day.html", "{{ page.pathh }}")
    tab.get_by_text("did you mean 'path'?").wait_for()


def test_the_panel_tells_where_a_page_comes_from(
    tmp_path: Path, chromium: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Values are text, whatever they hold, and there are not too many of them."""
    monkeypatch.setenv("EDITOR", "vim")
    monkeypatch.delenv("VISUAL", raising=False)
    made = small(tmp_path).edit("site.toml", 'title = "<img src=x onerror=alert(1)>"\n')
    with serving(made, "--no-search") as preview, contextlib.closing(chromium.new_page()) as page:
        visit(page, preview.settle())
        page.keyboard.press("Alt+i")
        panel = page.locator("dayleaf-panel .box")
        panel.get_by_text("layouts/partials/paper.html").wait_for()
        panel.get_by_text("Tides in a Teacup").first.wait_for(state="attached")
        panel.get_by_text("site", exact=True).click()
        assert panel.get_by_text("<img src=x onerror=alert(1)>").count()
        assert panel.locator("img").count() == 0
        assert page.locator("dayleaf-panel *").count() < 5000
        panel.get_by_role("button", name="Edit day.html").click()
        panel.get_by_text("vim wants a terminal of its own").wait_for()
        page.keyboard.press("Alt+i")
        panel.wait_for(state="detached")


def test_the_search_page_says_what_it_searches(tmp_path: Path, chromium: Any) -> None:
    """And finds the newest papers, though there was no build."""
    made = small(tmp_path)
    with serving(made) as preview, contextlib.closing(chromium.new_page()) as page:
        preview.settle()
        page.goto(f"http://127.0.0.1:{preview.port}/search/?q=teacup")
        page.locator("#search-results a").first.wait_for()
        page.get_by_text(
            "this searches the newest 1 papers only, from 3 January 2022 on"
        ).wait_for()
