"""axe-core finds nothing on a page of each kind, nor on each dialog."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from benchmarks.hosting import Host, serve
from tests.gallery import PAGES, gallery

pytestmark = pytest.mark.browser

AXE = Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js"
RUN = """axe.run(document, {
  rules: { "target-size": { enabled: true } },
  resultTypes: ["violations"],
}).then(found => found.violations.flatMap(
  one => one.nodes.map(node => `${one.id}: ${node.target.join(" ")}`)
))"""


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    """Serve a page of every kind."""
    made = gallery(tmp_path_factory.mktemp("axe") / "site")
    made.build(search=True)
    with serve(made.public, base="/golden/") as served:
        yield served


@pytest.fixture(
    scope="module",
    params=[(scheme, width) for scheme in ("light", "dark") for width in (1280, 390)],
    ids=lambda given: f"{given[0]}-{given[1]}",
)
def page(chromium: Any, request: pytest.FixtureRequest) -> Iterator[Any]:
    """A window of some width, in some colours; the narrow one is touched."""
    if not AXE.is_file():
        pytest.skip("axe-core is not installed: make lint installs it")
    scheme, width = request.param
    phone = width < 600
    context = chromium.new_context(
        color_scheme=scheme,
        viewport={"width": width, "height": 900},
        service_workers="block",
        has_touch=phone,
        is_mobile=phone,
    )
    # A page that leads on at once would be gone before it is looked at.
    context.route("**/adele-quill.html", _held)
    yield context.new_page()
    context.close()


def _held(route: Any) -> None:
    answer = route.fetch()
    route.fulfill(response=answer, body=answer.text().replace('"0;', '"90000;'))


def findings(page: Any) -> list[str]:
    """Return what axe finds in a page as it stands."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[str] = page.evaluate(RUN)
    return found


@pytest.mark.parametrize("kind", PAGES)
def test_nothing_is_found_on_a_page(page: Any, host: Host, kind: str) -> None:
    """With what its script adds to it."""
    answer = page.goto(host.url + PAGES[kind])
    assert answer.status == 200
    page.wait_for_selector(".scheme")
    if kind == "search":
        page.wait_for_selector("#search-results a")
    if "day" in kind.split():
        page.wait_for_selector("button.save")
    assert findings(page) == []


def _overlay(page: Any) -> None:
    page.keyboard.press("/")
    page.wait_for_selector("dialog.over[open]")
    page.keyboard.type("tides")
    page.wait_for_selector(".over .found li a")


def _said(page: Any) -> None:
    page.locator("button.save").first.click()
    page.wait_for_selector(".said button")


def _export(page: Any) -> None:
    page.locator("button", has_text="Export").click()
    page.wait_for_selector("dialog[open] pre")


def _titles(page: Any) -> None:
    page.locator("button.skim").click()
    page.wait_for_selector(".titles .unfold")


def _for_you(page: Any) -> None:
    page.evaluate("""for (const n of [1, 2, 3]) localStorage.setItem(`saved:${n}`, JSON.stringify({
        id: `${n}`, title: document.querySelector("article h2").textContent, place: n }));""")
    page.reload()
    page.get_by_role("button", name="For you").click()
    page.locator("article .because").first.wait_for()


def _interests(page: Any) -> None:
    page.evaluate("""localStorage.setItem("interests", JSON.stringify([
        { sort: "words", value: "tides", label: "tides", hide: false },
        { sort: "category", value: "cs.CV", label: "cs.CV", hide: true },
    ]))""")
    page.reload()
    page.wait_for_selector(".reason")


def _list(page: Any) -> None:
    _said(page)
    page.locator("footer a", has_text="Reading list").click()
    page.wait_for_selector(".saved textarea")


def _new(page: Any) -> None:
    page.locator("footer a", has_text="What is new").click()
    page.wait_for_selector("article .cite")


def _followed(page: Any) -> None:
    _interests(page)
    page.locator("footer a", has_text="Interests").click()
    page.wait_for_selector(".interests button")


def _keys(page: Any) -> None:
    page.locator("button", has_text="Keys").click()
    page.wait_for_selector("dialog[open] kbd")


def _offer(page: Any) -> None:
    page.evaluate(
        "import(new URL('../../../assets/update.js', location).href)"
        ".then(it => it.offer({ postMessage() {} }))"
    )
    page.wait_for_selector(".offer button")


@pytest.mark.parametrize(
    "opened",
    [
        *(_overlay, _said, _export, _titles, _for_you, _interests, _list, _new, _followed),
        *(_keys, _offer),
    ],
)
def test_nothing_is_found_on_a_dialog(page: Any, host: Host, opened: Callable[[Any], None]) -> None:
    """And on what a reader makes of the papers."""
    page.goto(host.url + PAGES["day"])
    page.evaluate("localStorage.clear()")
    page.reload()
    page.wait_for_selector("button.save")
    opened(page)
    assert findings(page) == []


def test_every_button_of_a_paper_has_a_name_of_its_own(page: Any, host: Host) -> None:
    """So that a list of buttons says what each is for."""
    page.goto(host.url + PAGES["crowded day"])
    page.wait_for_selector("button.read")
    names = page.evaluate("[...document.querySelectorAll('article button')].map(b => b.ariaLabel)")
    assert len(set(names)) == len(names) == 28
    assert "Cite: Tides of cs.RO in a teacup, seen from quite near" in names
    page.locator("button.save").first.click()
    page.wait_for_selector("button.save[aria-pressed=true][aria-label^='Saved: Tides of cs.CV']")
    page.evaluate("localStorage.clear()")


@pytest.mark.parametrize("kind", ["crowded day", "search", "offline", "categories"])
def test_the_keyboard_goes_everywhere_and_is_seen(page: Any, host: Host, kind: str) -> None:
    """Every stop of the Tab key is in view and has an outline."""
    page.goto(host.url + PAGES[kind])
    page.wait_for_selector(".scheme")
    page.wait_for_load_state("networkidle")  # results that come later move what has the focus
    stops = []
    for _ in range(40):
        page.keyboard.press("Tab")
        stops.append(
            page.evaluate("""() => {
              const at = document.activeElement;
              const { top, bottom, left } = at.getBoundingClientRect();
              const { outlineStyle, outlineWidth } = getComputedStyle(at);
              const seen = bottom > 0 && top < innerHeight && left > -1;
              const drawn = outlineStyle !== "none" && outlineWidth !== "0px";
              return at === document.body || (seen && drawn) ? "" : at.outerHTML.slice(0, 80);
            }""")
        )
    assert set(stops) == {""}
