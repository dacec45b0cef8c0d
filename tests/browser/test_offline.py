"""What readers keep on their devices: pages without a network, and new versions of the site."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from benchmarks.hosting import Host, serve
from tests.sites import Site, small

pytestmark = pytest.mark.browser

DAY = "2021/12/19/"
NOT_KEPT = "This page is not kept on this device"
CONTROLLED = "navigator.serviceWorker.controller !== null"


@pytest.fixture
def made(tmp_path: Path) -> Site:
    """A small site of its own, since deployments follow."""
    site = small(tmp_path / "site")
    site.build(search=True)
    return site


@pytest.fixture
def host(made: Site) -> Iterator[Host]:
    """Serve it below a path."""
    with serve(made.public, base="/papers/") as served:
        yield served


@pytest.fixture
def context(chromium: Any) -> Iterator[Any]:
    """A browser of one reader."""
    context = chromium.new_context()
    yield context
    context.close()


def until(page: Any, promise: str, given: object = None) -> None:
    """Wait until what a promise gives is true; a promise itself is true for wait_for_function."""
    for _ in range(200):
        if page.evaluate(promise, given):
            return
        page.wait_for_timeout(50)
    raise AssertionError(promise)


def kept(page: Any, path: str) -> None:
    """Wait until a page, or a file, stands in one of the caches."""
    until(page, "path => caches.match(new URL(path, location).href).then(Boolean)", path)


def settled(context: Any, host: Host) -> Any:
    """Visit a day for the first time, and wait for the worker to have taken over."""
    page = context.new_page()
    page.goto(host.url + DAY)
    page.wait_for_function(CONTROLLED)
    kept(page, host.url + DAY)
    return page


def deploy(made: Site, *, style: str = "") -> None:
    """Build the site again, with a stylesheet that has changed."""
    text = (made.public / "assets/style.css").read_text(encoding="utf-8")
    made.edit("layouts/assets/style.css", f"{text}\n/* {style} */\n")
    made.build(search=True)


def updated(page: Any) -> None:
    """Have the browser look for a new worker, and wait for it to stand ready."""
    page.evaluate("navigator.serviceWorker.getRegistration().then(r => r.update())")
    page.wait_for_selector(".offer")


def test_a_visited_page_is_there_without_a_network(context: Any, host: Host) -> None:
    """The first page that somebody sees, with its style; and one that was visited later."""
    page = settled(context, host)
    page.goto(f"{host.url}authors/ada-quill.html")
    kept(page, f"{host.url}authors/ada-quill.html")
    context.set_offline(True)
    for path, heading in ((DAY, "19\u00a0December\u00a02021"), ("authors/ada-quill.html", "Ada")):
        page.goto(host.url + path)
        assert heading in page.text_content("h1")
        assert page.evaluate(
            "getComputedStyle(document.querySelector('h1')).fontFamily"
        ).startswith("Charter")
    page.goto(host.url + DAY + "?from=elsewhere#2112.10047")
    assert page.is_visible("article:target")


def test_a_page_that_is_not_kept_says_so(context: Any, host: Host) -> None:
    """With its address as it was, links that lead somewhere, and what is kept."""
    page = settled(context, host)
    context.set_offline(True)
    answer = page.goto(f"{host.url}2021/12/20/")
    assert answer.status == 503
    assert page.url == f"{host.url}2021/12/20/"
    assert page.text_content("h1") == NOT_KEPT
    link = page.wait_for_selector("#kept-pages a")
    assert link.get_attribute("href") == host.url + DAY
    assert page.locator("body > header > a").first.get_attribute("href") == "/papers/"
    link.click()
    page.wait_for_selector("article")
    page.go_back()
    context.set_offline(False)
    page.click("text=Try again")
    page.wait_for_selector("article")
    assert "20\u00a0December" in page.text_content("h1")


def test_home_brings_the_newest_days(context: Any, host: Host) -> None:
    """They can be read although nobody opened them."""
    page = settled(context, host)
    page.goto(host.url)
    kept(page, f"{host.url}2022/01/03/")
    context.set_offline(True)
    page.goto(f"{host.url}2022/01/03/")
    assert page.locator("article").count() == 1
    page.get_by_text("this is the copy kept on this device").wait_for()


def test_what_is_new_can_be_read_and_cited_without_a_network(context: Any, host: Host) -> None:
    """The days that home brought, and what they are cited by, though nobody asked for either."""
    page = settled(context, host)
    page.goto(host.url)
    kept(page, f"{host.url}venues/known.json")
    page.evaluate("localStorage.setItem('seen-to', '2021/12/19')")
    context.set_offline(True)
    page.goto(f"{host.url}new/")
    page.wait_for_selector("article")
    assert page.get_by_text("3 new papers in 2 days").is_visible()
    assert page.locator("article").count() == 3
    page.get_by_role("button", name="Cite:").first.click()
    page.get_by_text("Copied as BibTeX").wait_for()
    page.locator(".save").first.click()
    page.goto(f"{host.url}reading-list/")
    page.wait_for_selector(".saved > li")


def test_a_day_is_ordered_for_its_reader_without_a_network(context: Any, host: Host) -> None:
    """Once the archive's list of words has been fetched; before, nobody's device has it."""
    page = settled(context, host)
    page.evaluate(
        """for (const n of [1, 2, 3]) localStorage.setItem(`saved:${n}`, JSON.stringify({
          id: `${n}`, title: document.querySelector("article h2").textContent, place: n }));"""
    )
    page.reload()
    page.get_by_role("button", name="For you").wait_for()
    assert page.evaluate("caches.match(new URL('../../../search/words.json', location))") is None
    page.get_by_role("button", name="For you").click()
    page.locator(".because").first.wait_for()
    kept(page, f"{host.url}search/words.json")
    context.set_offline(True)
    page.reload()
    page.get_by_text("this is the copy kept on this device").wait_for()
    page.locator(".because").first.wait_for()


def test_search_is_kept_only_for_those_who_ask(context: Any, host: Host) -> None:
    """And finds the newest papers without a network."""
    page = settled(context, host)
    page.goto(f"{host.url}search/?q=teacup")
    page.wait_for_selector("#search-results a")
    assert page.evaluate("caches.match(new URL('../search/shards.json', location).href)") is None
    page.goto(f"{host.url}offline/")
    page.click("button:text('Keep the newest papers')")
    page.wait_for_selector("text=can be searched without")
    context.set_offline(True)
    page.goto(f"{host.url}search/?q=teacup")
    page.wait_for_selector("#search-results a")
    assert "/2022/01/03/" in page.get_attribute("#search-results a", "href")
    page.goto(f"{host.url}offline/")
    page.click("button:text('Forget')")
    page.wait_for_selector("text=Searching needs a network")
    page.wait_for_selector("text=Nothing yet")


def test_a_new_version_is_offered_and_not_forced(context: Any, host: Host, made: Site) -> None:
    """It takes over when somebody agrees; the old one's files are gone then."""
    page = settled(context, host)
    (before,) = page.evaluate("caches.keys().then(ks => ks.filter(k => k.includes(' frame ')))")
    deploy(made, style="mended")
    updated(page)
    assert page.evaluate(
        "navigator.serviceWorker.getRegistration().then(r => r.active && r.waiting && true)"
    )
    page.click(".offer >> text=Later")
    assert page.locator(".offer").count() == 0
    page.reload()
    page.wait_for_selector(".offer")
    with page.expect_navigation():
        page.click(".offer >> text=Use it")
    until(page, "before => caches.keys().then(ks => ks.length && !ks.includes(before))", before)
    context.set_offline(True)
    page.goto(host.url + DAY)
    assert page.locator("article").count() == 2


def test_a_broken_deployment_strands_nobody(context: Any, host: Host, made: Site) -> None:
    """Files that are lost come from what is kept; a new worker does not come without its files."""
    page = settled(context, host)
    deploy(made, style="half there")
    host.lost = "style.css|site.js"
    page.reload()
    assert page.evaluate("document.documentElement.className") == "js"
    assert page.evaluate("getComputedStyle(document.querySelector('article')).display") != "inline"
    done = "navigator.serviceWorker.getRegistration().then(r => r.update().then(() => r))"
    page.evaluate(
        f"{done}.then(r => r.installing && new Promise(done => r.installing.onstatechange = done))"
    )
    assert page.evaluate("navigator.serviceWorker.getRegistration().then(r => r.waiting)") is None
    host.reset()
    updated(page)


def test_new_pages_are_shown_at_once(context: Any, host: Host, made: Site) -> None:
    """What is kept never stands before what the network has."""
    page = settled(context, host)
    file = made.public / DAY / "index.html"
    file.write_text(file.read_text(encoding="utf-8").replace("Slow Rivers", "Swift Rivers"))
    page.reload()
    assert page.locator("text=Swift Rivers").count() == 1


def test_a_worker_that_is_gone_removes_itself(context: Any, host: Host) -> None:
    """And all that it kept."""
    page = settled(context, host)
    page.evaluate("caches.open('of another site')")
    host.lost = "sw.js"
    page.goto(f"{host.url}2021/12/20/")  # the worker that took over is asked the first time
    until(page, "navigator.serviceWorker.getRegistrations().then(found => found.length === 0)")
    until(page, "caches.keys().then(names => names.join() === 'of another site')")


def test_a_site_may_take_it_all_back(context: Any, host: Host, made: Site) -> None:
    """`offline = false` removes what was kept, and pages ask for no worker any more."""
    page = settled(context, host)
    made.edit("site.toml", "offline = false\n")
    made.build(search=True)
    page.goto(f"{host.url}2021/12/20/")
    until(page, "navigator.serviceWorker.getRegistrations().then(found => found.length === 0)")
    until(page, "caches.keys().then(names => names.length === 0)")
    assert page.locator("link[rel=manifest]").count() == 0


def test_only_a_bounded_number_of_pages_is_kept(context: Any, host: Host) -> None:
    """Sound answers alone, of pages alone."""
    page = settled(context, host)
    page.evaluate("""async () => {
      const [name] = (await caches.keys()).filter(key => key.endsWith(' pages'));
      const cache = await caches.open(name);
      for (let n = 0; n < 80; n++) await cache.put(`/papers/${n}/`, new Response('x'));
    }""")
    page.goto(f"{host.url}abs/none")
    page.goto(f"{host.url}2021/")
    kept(page, f"{host.url}2021/")
    until(
        page,
        """async () => {
      const [name] = (await caches.keys()).filter(key => key.endsWith(' pages'));
      const keys = await (await caches.open(name)).keys();
      return keys.length === 60 && keys.at(-1).url.endsWith('/2021/');
    }""",
    )
    assert not page.evaluate(f"caches.match('{host.url}abs/none').then(Boolean)")


def test_the_site_can_be_installed(context: Any, host: Host) -> None:
    """The manifest is one that the browser finds no fault with."""
    page = settled(context, host)
    session = context.new_cdp_session(page)
    found = session.send("Page.getAppManifest")
    assert found["errors"] == []
    assert found["url"] == f"{host.url}manifest.webmanifest"
    faults = session.send("Page.getInstallabilityErrors")["installabilityErrors"]
    assert [one["errorId"] for one in faults if one["errorId"] != "in-incognito"] == []
