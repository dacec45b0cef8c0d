"""The pages where colours are forced, on paper, and on a phone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from benchmarks.hosting import Host, serve
from tests.sites import Site, digest, path, record

pytestmark = pytest.mark.browser

CODES = ("cs.CV", "cs.LG", "eess.IV", "cs.RO", "physics.med-ph", "cond-mat.mtrl-sci", "q-bio.NC")


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    """Serve a day of papers in many fields."""
    made = Site(tmp_path_factory.mktemp("media"))
    papers = [
        record(
            f"2112.{number:05}", categories=f"**{code}**, {', '.join(CODES[:number])}".rstrip(", ")
        )
        for number, code in enumerate(CODES)
    ]
    made.edit(path("2021-12-19"), digest(*papers))
    made.build()
    with serve(made.public) as served:
        yield served


def test_marks_stand_out_where_colours_are_forced(chromium: Any, host: Host) -> None:
    """A marked word, and the filter that is pressed."""
    page = chromium.new_page(forced_colors="active")
    page.goto(f"{host.url}2021/12/19/")
    page.wait_for_selector(".fields [aria-pressed]")
    page.evaluate("document.querySelector('article > p + p').innerHTML = '<mark>tea</mark> water'")
    ground, mark = page.evaluate(
        "[document.body, document.querySelector('mark')]"
        ".map(e => getComputedStyle(e).backgroundColor)"
    )
    assert mark not in {ground, "rgba(0, 0, 0, 0)"}
    pressed = page.locator(".fields [aria-pressed]").first
    pressed.click()
    assert pressed.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
    page.close()


def test_paper_is_used_from_edge_to_edge(chromium: Any, host: Host) -> None:
    """Abstracts take more than nine tenths of a printed page's width, and say where papers live."""
    page = chromium.new_page(viewport={"width": 720, "height": 1000})
    page.emulate_media(media="print")
    page.goto(f"{host.url}2021/12/19/")
    width, whole = page.evaluate(
        "[document.querySelector('article > p + p').getBoundingClientRect().width, innerWidth]"
    )
    assert width > 0.9 * whole
    said = page.evaluate(
        "getComputedStyle(document.querySelector('article h2 a'), '::after').content"
    )
    assert "arxiv.org/abs/2112.00000" in said
    page.close()


@pytest.mark.parametrize("width", [320, 390])
def test_nothing_is_cut_off_on_a_phone(chromium: Any, host: Host, width: int) -> None:
    """All fields of a day can be seen, and no code breaks in the middle."""
    page = chromium.new_page(viewport={"width": width, "height": 800})
    page.goto(f"{host.url}2021/12/19/")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    cut, broken = page.evaluate(
        """() => [
          [...document.querySelectorAll('.fields')].some(e => e.scrollWidth > e.clientWidth + 1),
          [...document.querySelectorAll('article footer a')].filter(
            e => e.getClientRects().length > 1 || e.getBoundingClientRect().height > 40
          ).map(e => e.textContent)
        ]"""
    )
    assert not cut
    assert broken == []
    page.close()


def test_paper_is_white_whatever_colours_were_chosen(chromium: Any, host: Host) -> None:
    """With everything unfolded."""
    page = chromium.new_page(color_scheme="dark")
    page.goto(f"{host.url}2021/12/19/")
    page.evaluate("localStorage.setItem('scheme', 'dark')")
    page.reload()
    page.wait_for_selector(".scheme")
    page.evaluate("""document.querySelector('article').insertAdjacentHTML('beforeend',
      '<p><details><summary>and 2 more</summary><i>Una Brook</i></details>')""")
    page.emulate_media(media="print")
    ground, ink, title = page.evaluate(
        """[['html', 'backgroundColor'], ['html', 'color'], ['h1', 'color']].map(
          ([name, what]) => getComputedStyle(document.querySelector(name))[what])"""
    )
    assert (ground, ink, title) == ("rgb(255, 255, 255)", "rgb(0, 0, 0)", "rgb(0, 0, 0)")
    quiet = page.evaluate("getComputedStyle(document.querySelector('h1 + p')).color")
    assert quiet == "rgb(86, 94, 102)"  # the light scheme's
    assert page.locator("details i").bounding_box()["width"] > 0
    page.close()


@pytest.mark.parametrize("width", [300, 356, 390, 412])
def test_no_line_begins_with_what_closes_behind_a_formula(
    chromium: Any, tmp_path: Path, width: int
) -> None:
    """Nor ends with what opens before it; and a displayed formula has a line of its own."""
    made = Site(tmp_path / "site")
    said = " ".join(f"so we see ($x_{n}^2$), then" for n in range(9))
    made.edit(path("2021-12-19"), digest(record(summary=f"{said} $$y = x^2$$. It ends.")))
    made.build()
    page = chromium.new_page(viewport={"width": width, "height": 800})
    page.goto((made.public / "2021/12/19/index.html").as_uri())
    heights = page.evaluate(
        "[...document.querySelectorAll('.f')].map(e => e.getClientRects().length)"
    )
    assert heights == [1] * 9
    block, whole = page.evaluate(
        "['math[display]', 'article > p + p'].map("
        "s => document.querySelector(s).getBoundingClientRect().width)"
    )
    assert block > 0.9 * whole
    page.close()
