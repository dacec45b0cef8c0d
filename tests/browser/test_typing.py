"""Keys and names as keyboards of many countries type them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from benchmarks.hosting import Host, serve
from tests.sites import Site

pytestmark = pytest.mark.browser

AUTHORS = (
    "Bo D'Harcy",
    "Una D\u2019Marcy",
    "Cy O\u2019Bramble",
    "J\u00fcrgen M\u00fclbach",
    "\u00c5se \u00d8sterfjord",
    "Ada H\u00e4m\u00e4l\u00e4son",
)
PRESS = """([key, code, more]) => document.activeElement.dispatchEvent(
    new KeyboardEvent("keydown", { key, code, bubbles: true, cancelable: true, ...more }))"""


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    made = Site(tmp_path_factory.mktemp("typing"))
    papers = (
        {
            "id": f"2511.9950{n}",
            "title": f"Kettle {n}",
            "authors": [name],
            "categories": ["cs.CV"],
            "summary": "Plain.",
        }
        for n, name in enumerate(AUTHORS)
    )
    made.edit("content/2025-11-15.jsonl", "\n".join(map(json.dumps, papers)))
    made.build(search=True)
    with serve(made.public) as served:
        yield served


@pytest.mark.parametrize(
    ("query", "paper"),
    [
        ("D Marcy", 1),
        ("D'Marcy", 1),
        ("O Bramble", 2),
        ("O\u2019Bramble", 2),
        ("D\u2019Harcy", 0),
        ("Muelbach", 3),
        ("Mulbach", 3),
        ("Oesterfjord", 4),
        ("Haemaelaeson", 5),
    ],
)
def test_a_name_is_found_as_it_is_typed(page: Any, host: Host, query: str, paper: int) -> None:
    page.goto(f"{host.url}search/?q={query}")
    page.wait_for_selector("#search-results li")
    page.wait_for_function("document.querySelectorAll('#search-results li').length === 1")
    assert f"Kettle {paper}" in page.inner_text("#search-results")
    page.goto(f"{host.url}authors/?name={query}")
    page.wait_for_function(
        "name => document.querySelector('main').textContent.includes(name)", arg=AUTHORS[paper]
    )


@pytest.mark.parametrize(
    ("key", "code"),
    [("j", "KeyJ"), ("J", "KeyJ"), ("\u043e", "KeyJ"), ("\u3153", "KeyJ"), ("\u05d7", "KeyJ")],
)
def test_a_key_of_another_layout_counts_by_its_place(
    page: Any, host: Host, key: str, code: str
) -> None:
    page.goto(f"{host.url}2025/11/15/")
    page.get_by_role("button", name="Export").wait_for()
    for title in ("Kettle 0", "Kettle 1"):
        page.evaluate(PRESS, [key, code, {}])
        assert page.evaluate("document.activeElement.textContent") == title
    page.evaluate(PRESS, [key, code, {"altKey": True}])
    assert page.evaluate("document.activeElement.textContent") == "Kettle 1"


def test_an_arrow_that_chooses_a_candidate_stays_in_the_field(page: Any, host: Host) -> None:
    page.goto(f"{host.url}authors/?name=una")
    field = page.locator("main input").first
    page.wait_for_function("document.querySelector('main').textContent.includes('Marcy')")
    field.focus()
    page.evaluate(PRESS, ["ArrowDown", "ArrowDown", {"isComposing": True}])
    assert page.evaluate("document.activeElement.localName") == "input"
    page.evaluate(PRESS, ["ArrowDown", "ArrowDown", {}])
    assert page.evaluate("document.activeElement.localName") == "a"
