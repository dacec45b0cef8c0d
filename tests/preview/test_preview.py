"""The live preview: what it serves, what an edit does to it, what it refuses, how it ends."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from watchdog.observers import Observer

import dayleaf
from dayleaf import render
from dayleaf.assets import offline
from dayleaf.base import config, lock
from dayleaf.base.errors import PreviewError
from dayleaf.build import BuildOptions, progress
from dayleaf.preview import app, editor, server
from dayleaf.preview import watcher as watching
from dayleaf.preview.reading import CatalogReading
from dayleaf.preview.watcher import Sources, Watcher
from tests.patience import PATIENCE, ends
from tests.sites import Site, digest, path, record, small

GOLDEN = Path(__file__).parents[1] / "golden/site"
# Layouts of the test's own, so that the site's may change as they like.
DAY = """<!doctype html><title>{{ page.title }}</title>
<link rel=stylesheet href="{{ root }}assets/style.css">
<h1>Day: {{ page.title }}</h1>
{% for number in range(40) %}<section id="s{{ number }}">Section {{ number }}</section>
{% endfor %}"""
STYLE = "section { height: 100px } h1 { color: rgb(1, 2, 3) }"


@dataclass
class Preview:
    """A running `dayleaf serve`."""

    site: Site
    process: subprocess.Popen[str]
    lines: list[str] = field(default_factory=list)
    port: int = 0

    def get(
        self, address: str, *, method: str = "GET", body: str | None = None, **headers: str
    ) -> tuple[int, http.client.HTTPMessage, bytes]:
        """Return the status, the headers and the body of an answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request(method, address, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            connection.close()

    def status(self, request: str) -> int:
        """Return the status of the answer to a request as it goes over the wire."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE) as connection:
            connection.sendall(request.encode())
            answer = connection.makefile("rb").readline()
        return int(answer.split()[1])

    def etag(self, address: str) -> str | None:
        """Return the fingerprint of a page."""
        return self.get(address, method="HEAD")[1]["ETag"]

    def states(self) -> Generator[dict[str, Any], None, None]:
        """Yield the states that a browser is told."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        end = time.monotonic() + PATIENCE
        try:
            connection.request("GET", app.EVENTS)
            for line in connection.getresponse():  # one now and then, even where nothing happens
                assert time.monotonic() < end, "".join(self.lines)
                if line.startswith(b"data: "):
                    yield json.loads(line.removeprefix(b"data: "))
        finally:
            connection.close()

    def until(self, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """Wait for a state."""
        with contextlib.closing(self.states()) as states:
            return next(state for state in states if wanted(state))

    def settle(self) -> Preview:
        """Wait until the whole archive is shown."""
        self.until(lambda state: state["ready"] and not state["doing"])
        return self

    def version(self) -> int:
        """Count the changes that browsers were told of."""
        return int(self.until(lambda _: True)["version"])

    def failure(self, containing: str = "") -> dict[str, Any]:
        """Wait until something is wrong, and return what."""
        state = self.until(lambda state: any(containing in str(f) for f in state["failures"]))
        return next(f for f in state["failures"] if containing in str(f))

    def mended(self) -> None:
        """Wait until nothing is wrong."""
        self.until(lambda state: not state["failures"])

    def end(self, number: int = signal.SIGINT) -> int:
        """Send a signal and return the exit code."""
        self.process.send_signal(number)
        return self.process.wait(PATIENCE)


def wait(condition: Callable[[], object], about: Preview) -> None:
    """Wait until a condition holds."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "".join(about.lines)
        assert about.process.poll() is None, "".join(about.lines)
        time.sleep(0.02)


def command(*options: str) -> list[str]:
    """Return the command line of a preview."""
    return [sys.executable, "-m", "dayleaf", "serve", "--jobs", "1", *options]


def environment() -> dict[str, str]:
    """Return an environment in which Python finds the program."""
    return {**os.environ, "PYTHONPATH": str(Path(dayleaf.__file__).parents[1])}


@contextlib.contextmanager
def serving(site: Site, *options: str) -> Iterator[Preview]:
    """Run a preview of a site; it is killed at the end if it still runs."""
    with subprocess.Popen(
        command("--port", "0", *options),
        cwd=site.folder,
        env=environment(),
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as process:
        found = Preview(site, process)
        reader = threading.Thread(target=lambda: found.lines.extend(process.stderr or ()))
        reader.start()
        try:
            wait(lambda: found.lines, found)
            match = re.search(r":(\d+)/", found.lines[0])
            assert match, found.lines
            found.port = int(match[1])
            yield found
        finally:
            if process.poll() is None:
                process.terminate()
            process.wait(PATIENCE)
            reader.join(PATIENCE)


def with_layouts(folder: Path) -> Site:
    """Return a small site with two layouts of its own."""
    made = small(folder)
    return made.edit("layouts/day.html", DAY).edit("layouts/assets/style.css", STYLE)


@pytest.fixture
def preview(tmp_path: Path) -> Iterator[Preview]:
    """A preview of a small site, to be edited."""
    with serving(with_layouts(tmp_path), "--no-search") as found:
        yield found.settle()


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """A preview with search of a built site; not to be edited."""
    made = small(tmp_path_factory.mktemp("shared"))
    made.build(search=True)
    with serving(made) as found:
        yield found.settle()


# ---- What it serves ----------------------------------------------------------------------------


def pages_are_the_builds(preview: Preview) -> None:
    """Compare every file of the built site, but for the mark of the output folder."""
    for name, data in preview.site.files().items():
        if name in {".nojekyll", offline.WORKER}:  # nothing stands between it and its pages
            continue
        status, headers, body = preview.get("/" + name.replace("%", "%25"))
        assert status == 200, name
        assert headers["Cache-Control"] == "no-store"
        if not name.endswith(".html"):
            assert body == data, name
            continue
        assert body.startswith(data), name
        assert re.fullmatch(
            rb'\n<script src="/-/reload.js" data-page="\w+" data-boot="\w+" data-version="\d+"'
            rb' data-token="[\w-]+"></script>\n',
            body.removeprefix(data),
        ), name


def test_it_serves_what_the_build_writes(shared: Preview) -> None:
    """Byte for byte, but for the script at the end of pages, and the search index with it."""
    pages_are_the_builds(shared)


def test_it_serves_the_golden_site_as_it_is_built(tmp_path: Path) -> None:
    """Below a base path too, where links of 404.html lead."""
    shutil.copytree(GOLDEN, tmp_path, dirs_exist_ok=True)
    made = Site(tmp_path).edit("site.toml", 'base_url = "https://a.example/papers/"\n')
    made.build()
    with serving(made, "--no-search") as preview:
        pages_are_the_builds(preview.settle())
        assert preview.get("/papers/2021/12/19/")[2] == preview.get("/2021/12/19/")[2]
        assert preview.get("/papers")[1]["Location"] == "/papers/"


def test_nothing_is_written_but_the_catalog(tmp_path: Path) -> None:
    made = small(tmp_path)
    with serving(made, "--no-search") as preview:
        for address in ("/", "/2021/12/19/", "/authors/ada-quill.html", "/nothing"):
            preview.settle().get(address)
        made.edit("layouts/day.html", DAY)
        wait(lambda: b"Day: " in preview.get("/2021/12/19/")[2], preview)
    assert not made.public.exists()
    assert {file.name for file in (tmp_path / ".dayleaf").iterdir()} == {"catalog.sqlite", "lock"}


def test_the_built_site_stays_as_it_was(tmp_path: Path) -> None:
    """Neither its files nor the next build's knowledge of them suffer from a preview."""
    made = small(tmp_path)
    made.build()
    before = made.files()
    with serving(made, "--no-search") as preview:
        preview.settle()
    assert made.files() == before
    assert made.build().pages().written == 0


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/2021/12/19/", "text/html; charset=utf-8"),
        ("/authors/ada-quill.html", "text/html; charset=utf-8"),
        ("/assets/style.css", "text/css; charset=utf-8"),
        ("/assets/site.js", "text/javascript; charset=utf-8"),
        ("/feed.json", "application/json"),
        ("/feed.xml", "application/xml"),
        ("/robots.txt", "text/plain; charset=utf-8"),
        ("/search/shards.json", "application/json"),
        ("/-/reload.js", "text/javascript; charset=utf-8"),
    ],
)
def test_files_have_their_media_type(shared: Preview, address: str, kind: str) -> None:
    status, headers, body = shared.get(address)
    assert (status, headers["Content-Type"]) == (200, kind)
    assert body
    assert headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("en.wasm", "application/wasm"),
        ("en_1.pf_meta", "application/octet-stream"),
        ("wasm.en.pagefind", "application/octet-stream"),
        ("LICENSE", "application/octet-stream"),
        ("a.png", "image/png"),
    ],
)
def test_media_types(name: str, kind: str) -> None:
    assert app.media_type(name) == kind


def test_an_address_without_a_page_gets_the_sites_own_404(shared: Preview) -> None:
    status, _, body = shared.get("/2031/01/01/")
    assert status == 404
    assert body.startswith(shared.site.files()["404.html"])
    assert b"reload.js" in body


def test_a_folder_without_its_slash_leads_to_the_folder(shared: Preview) -> None:
    status, headers, _ = shared.get("/2021/12/19")
    assert (status, headers["Location"]) == (307, "/2021/12/19/")


def test_the_fingerprint_is_the_pages_own(shared: Preview) -> None:
    """HEAD tells whether a page is still the one that is shown."""
    _, headers, body = shared.get("/2021/12/19/")
    assert headers["ETag"] == shared.etag("/2021/12/19/")
    assert headers["ETag"].strip('"').encode() in body
    assert headers["ETag"] != shared.etag("/2021/12/20/")


# ---- What it refuses ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:8000", ""]
)
def test_foreign_hosts_are_refused(shared: Preview, host: str) -> None:
    """A name that was made to resolve to this machine must not read the site."""
    for address in ("/", app.EVENTS, app.STATE, app.ORIGIN, "/-/reload.js"):
        status, _, body = shared.get(address, Host=host)
        assert status in {400, 403}
        assert b"teacup" not in body


def test_its_own_hosts_are_answered(shared: Preview) -> None:
    for host in ("localhost", f"127.0.0.1:{shared.port}", "[::1]:8000", "LOCALHOST:1"):
        assert shared.get("/", Host=host)[0] == 200


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("x-8142.app.github.dev", True),
        ("APP.github.dev.evil.example", False),
        ("app.github.dev", False),
        ("evilapp.github.dev", False),
        ("Box.lan:8000", True),
        ("other.lan", False),
        ("papers.localhost:8000", True),
        ("localhost.", True),
    ],
)
def test_hosts_that_somebody_allowed(name: str, answer: bool) -> None:
    allow = (".app.github.dev", "box.lan")
    assert app.allowed([name], serving="127.0.0.1", allow=allow) is answer


def test_a_watcher_looks_by_itself_where_the_system_tells_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Because all instances of inotify are taken, or because it was told to."""

    def full(_: object) -> None:
        raise OSError(24, "inotify instance limit reached")

    config_ = config.load(small(tmp_path).folder)
    for poll in (False, True):
        with monkeypatch.context() as patch:
            patch.setattr(Observer, "start", full)
            patch.setattr(watching, "_POLL", 0.05)
            watcher = Watcher(quiet=0.01, poll=poll)
            try:
                watcher.follow(Sources.of(config_))
                time.sleep(0.2)
                (tmp_path / path("2021-12-19")).write_text(digest(record()))
                found = watcher.take(10)
                assert found
                assert any(change.role == "content" for change in found)
            finally:
                watcher.close()


@pytest.mark.parametrize(
    ("hosts", "serving_on", "answer"),
    [
        (["localhost:8000"], "127.0.0.1", True),
        (["[::1]:8000"], "127.0.0.1", True),
        (["box.lan"], "box.lan", True),
        (["BOX.lan:80"], "box.lan", True),
        (["box.lan"], "127.0.0.1", False),
        (["192.168.1.5:8000"], "127.0.0.1", False),
        (["192.168.1.5:8000"], "0.0.0.0", True),
        (["[fe80::1]:8000"], "::", True),
        (["evil.example"], "0.0.0.0", False),
        (["localhost", "evil.example"], "127.0.0.1", False),
        (["localhost:8000@evil.example"], "127.0.0.1", False),
        (["localhost:"], "127.0.0.1", False),
        ([], "127.0.0.1", False),
    ],
)
def test_hosts(hosts: list[str], serving_on: str, answer: bool) -> None:
    assert app.allowed(hosts, serving=serving_on) is answer


@pytest.mark.parametrize(
    "address",
    [
        "/../site.toml",
        "/%2e%2e/site.toml",
        "/assets/../../catalog.sqlite",
        "/assets/%2e%2e/%2e%2e/catalog.sqlite",
        "/..%2f..%2fsite.toml",
        "/..%5c..%5csite.toml",
        "//etc/passwd",
        "///etc/passwd",
        "/c:/windows",
        "/a%00b",
        "/./index.html",
    ],
)
def test_climbing_out_is_refused(shared: Preview, address: str) -> None:
    status, _, body = shared.get(address)
    assert status == 400
    assert b"SQLite" not in body


def test_nothing_is_taken(shared: Preview) -> None:
    """Writing methods, bodies, long addresses and endless headers are refused."""
    assert shared.status("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\n\r\nx") == 405
    huge = "GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9000000000\r\n\r\n"
    assert shared.status(huge) == 413
    chunked = "GET / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
    assert shared.status(chunked) == 413
    assert shared.status(f"GET /?{'x' * 5000} HTTP/1.1\r\nHost: localhost\r\n\r\n") == 414
    assert shared.status(f"GET / HTTP/1.1\r\nHost: localhost\r\nX: {'x' * 40_000}") == 400
    assert shared.status("GET / HTTP/1.1\r\n\r\n") in {400, 403}
    assert shared.status("GET / HTTP/1.0\r\n\r\n") == 403
    assert shared.status("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n") == 200


# ---- What an edit does -------------------------------------------------------------------------


def test_a_layout_edit_reloads_the_pages_it_touches(preview: Preview) -> None:
    day, month = preview.etag("/2021/12/19/"), preview.etag("/2021/12/")
    with contextlib.closing(preview.states()) as states:
        before = next(states)
        preview.site.edit("layouts/day.html", DAY.replace("Day:", "Date:"))
        assert next(states)["pages"] > before["pages"]
    assert b"Date: " in preview.get("/2021/12/19/")[2]
    assert preview.etag("/2021/12/19/") != day
    assert preview.etag("/2021/12/") == month


def test_a_new_digest_appears_and_a_removed_one_goes(preview: Preview) -> None:
    new = path("2022-01-04")
    text = digest(record("2201.00009", title="Wide Plains", day="2022-01-04"), day="2022-01-04")
    preview.site.edit(new, text)
    wait(lambda: preview.get("/2022/01/04/")[0] == 200, preview)
    assert b"Wide Plains" in preview.get("/")[2]
    assert b"Wide Plains" in preview.get("/authors/ada-quill.html")[2]
    preview.site.remove(new)
    wait(lambda: preview.get("/2022/01/04/")[0] == 404, preview)
    assert b"Wide Plains" not in preview.get("/authors/ada-quill.html")[2]


def test_rules_of_the_site_are_followed(preview: Preview) -> None:
    """Whom `authors.toml` joins, what `venues.toml` adds, topics; a mistake keeps what was."""
    site = preview.site
    site.edit("authors.toml", '[quill]\nname = "Ada Quill"\n')
    wait(lambda: preview.get("/authors/quill.html")[0] == 200, preview)
    assert b"quill.html" in preview.get("/authors/ada-quill.html")[2]
    site.edit("site.toml", '[[topics]]\ntitle = "Rivers"\nany = ["slow rivers"]\n')
    wait(lambda: preview.get("/topics/rivers/")[0] == 200, preview)
    assert b"Slow Rivers" in preview.get("/topics/rivers/")[2]
    site.edit("authors.toml", "[quill]\n")
    wait(lambda: any("authors.toml:1" in line for line in preview.lines), preview)
    assert preview.get("/authors/quill.html")[0] == 200
    site.remove("authors.toml")
    wait(lambda: preview.get("/authors/quill.html")[0] == 404, preview)


def test_folders_of_digests_come_and_go(preview: Preview) -> None:
    """A whole year that is moved away is gone, and is there again when it comes back."""
    year = preview.site.folder / "content/cs.CV/2021"
    aside = preview.site.folder / "aside"
    year.rename(aside)
    wait(lambda: preview.get("/2021/12/19/")[0] == 404, preview)
    assert preview.get("/2022/01/03/")[0] == 200
    aside.rename(year)
    wait(lambda: preview.get("/2021/12/19/")[0] == 200, preview)
    wait(lambda: preview.get("/2021/12/20/")[0] == 200, preview)


def test_a_build_after_a_preview_follows_its_edits(tmp_path: Path) -> None:
    """The catalog that the preview has amended is the build's own: incremental equals clean."""
    made = small(tmp_path / "site")
    made.build()
    text = digest(record("2201.00009", day="2022-01-04"), day="2022-01-04")
    with serving(made, "--no-search") as preview:
        made.edit(path("2022-01-04"), text).remove(path("2021-12-20"))
        wait(lambda: preview.settle().get("/2022/01/04/")[0] == 200, preview)
        wait(lambda: preview.get("/2021/12/20/")[0] == 404, preview)
    made.build()
    other = small(tmp_path / "other").edit(path("2022-01-04"), text).remove(path("2021-12-20"))
    other.build()
    assert made.files() == other.files()


def test_a_stylesheet_alone_leaves_pages_as_they_are(preview: Preview) -> None:
    day = preview.etag("/2021/12/19/")
    before = preview.until(lambda state: state["ready"])
    preview.site.edit("layouts/assets/style.css", STYLE + "h1 { color: red }")
    after = preview.until(lambda state: state["version"] != before["version"])
    assert after["pages"] == before["pages"]
    assert after["assets"] == {"assets/style.css": after["version"]}
    assert preview.etag("/2021/12/19/") == day
    assert b"red" in preview.get("/assets/style.css")[2]


def test_a_script_in_a_folder_is_an_edit_of_its_address(preview: Preview) -> None:
    """And of the script that carries it, which alone a page has loaded."""

    def edited(text: str) -> set[str]:
        before = preview.version()
        preview.site.edit("layouts/assets/reader/skim.js", text)
        after = preview.until(lambda state: state["version"] > before)
        return {name for name, version in after["assets"].items() if version == after["version"]}

    script = "// @ts-check\nexport const addSkim = () => {};\n"
    assert edited(script) == {"assets/skim.js", "assets/day.js"}
    assert edited(f"{script}const edited = 1;\n") == {"assets/skim.js", "assets/day.js"}
    assert preview.get("/assets/skim.js")[2].endswith(b"edited = 1;\n")
    assert b"edited = 1;" in preview.get("/assets/day.js")[2]
    assert preview.get("/assets/reader/skim.js")[0] == 404


def test_two_assets_of_one_address_are_told_and_the_last_good_ones_stay(preview: Preview) -> None:
    preview.site.edit("layouts/assets/shared/style.css", "p { color: red }")
    failure = preview.failure()
    assert failure["what"] == (
        "expected no other file for /assets/style.css, found layouts/assets/shared/style.css"
    )
    assert failure["advice"] == "rename or delete one of the two"
    assert preview.get("/assets/style.css")[2].decode() == STYLE
    preview.site.remove("layouts/assets/style.css")
    preview.mended()
    assert b"red" in preview.get("/assets/style.css")[2]


def test_a_setting_and_the_about_page_count(preview: Preview) -> None:
    preview.site.edit("site.toml", 'title = "Tidings"\n')
    wait(lambda: b"Tidings" in preview.get("/")[2], preview)
    preview.site.edit("about.md", "# Who we are\n")
    wait(lambda: b"Who we are" in preview.get("/about/")[2], preview)


def test_a_burst_is_one_rebuild(preview: Preview) -> None:
    """50 digests that come at once, as in a checkout, are one change."""
    made, days = preview.site, [f"2022-02-{day:02}" for day in range(1, 26)]
    days += [day.replace("-02-", "-03-") for day in days]
    for number, day in enumerate(days):
        made.edit(f"aside/{day}", digest(record(f"2202.{number:05}", day=day), day=day))
        (made.folder / path(day)).parent.mkdir(parents=True, exist_ok=True)
    time.sleep(1)  # the new folders are a change too
    before = preview.version()
    for day in days:
        (made.folder / "aside" / day).replace(made.folder / path(day))
    wait(lambda: preview.version() > before, preview)
    time.sleep(1)
    assert preview.version() == before + 1
    assert all(preview.get(f"/{day.replace('-', '/')}/")[0] == 200 for day in days)


def test_editors_temporary_files_are_no_edit(preview: Preview) -> None:
    wait(lambda: any("digests: " in line for line in preview.lines), preview)  # ends the start
    said, before = len(preview.lines), preview.version()
    for name in (".day.html.swp", "day.html~", "#day.html#", "4913", ".#day.html"):
        preview.site.edit(f"layouts/{name}", "{% nonsense")
    preview.site.edit("content/cs.CV/notes.txt", "none of ours")
    preview.site.edit("public/index.html", "none of ours")
    time.sleep(1)
    assert len(preview.lines) == said
    assert preview.version() == before


def test_a_mere_touch_disturbs_nobody(preview: Preview) -> None:
    before = preview.version()
    (preview.site.folder / "layouts/assets/style.css").touch()
    time.sleep(0.5)
    assert preview.version() == before


def test_a_save_by_renaming_is_an_edit(preview: Preview) -> None:
    aside = preview.site.edit("layouts/day.html.tmp", DAY.replace("Day:", "Tag:")).folder
    (aside / "layouts/day.html.tmp").replace(aside / "layouts/day.html")
    wait(lambda: b"Tag: " in preview.get("/2021/12/19/")[2], preview)


def test_a_broken_layout_is_told_and_the_last_good_page_stays(preview: Preview) -> None:
    before = preview.get("/2021/12/19/")[2].split(b'\n<script src="/-/')[0]
    preview.site.edit("layouts/day.html", DAY + "\n{% if %}")
    failure = preview.failure()
    assert failure["title"] == "A mistake in a layout"
    assert failure["place"] == "layouts/day.html:6"
    assert [6, "{% if %}"] in failure["lines"]
    assert preview.get("/2021/12/19/")[2].startswith(before)
    said = "".join(preview.lines)
    assert "layouts/day.html:6" in said
    assert "> 6 │ {% if %}" in said
    preview.site.edit("layouts/day.html", DAY.replace("page.title", "page.titel"))
    failure = preview.failure("titel")
    assert failure["advice"] == "did you mean 'title'?"
    assert preview.get("/2021/12/20/")[2].startswith(b"<!doctype html><title>Monday")
    preview.site.edit("layouts/day.html", DAY)
    preview.mended()
    assert preview.get("/2021/12/19/")[2].startswith(before)
    assert "mended" in "".join(preview.lines)


def test_a_mistake_in_a_partial_names_who_included_it(preview: Preview) -> None:
    """The page is the same until it is mended, and the chain leads to the layout in hand."""
    preview.site.edit("layouts/partials/mine.html", "\n{{ page.nothing.here }}")
    preview.site.edit("layouts/day.html", DAY + "{% include 'partials/mine.html' %}")
    wait(lambda: preview.get("/2021/12/19/")[0] and "nothing" in "".join(preview.lines), preview)
    failure = preview.failure("nothing")
    assert failure["place"] == "layouts/partials/mine.html:2"
    assert failure["chain"] == ["layouts/day.html:5"]
    assert failure["page"] == "2021/12/19/"
    preview.site.edit("layouts/partials/mine.html", "\n{{ page.title }}")
    preview.mended()


def test_a_layout_that_is_not_there_is_told_once(preview: Preview) -> None:
    """By the page that wants it, and by the look over all layouts."""
    preview.site.edit("layouts/day.html", DAY + "{% include 'partials/daz.html' %}")
    preview.get("/2021/12/19/")
    preview.failure("there is no layout 'partials/daz.html'")
    time.sleep(1)
    found = preview.until(lambda _: True)["failures"]
    assert [failure["place"] for failure in found] == ["layouts/day.html:5"]


def test_a_page_that_never_was_says_why(tmp_path: Path) -> None:
    made = with_layouts(tmp_path).edit("layouts/day.html", "{% if %}")
    made.edit("layouts/dya.html", "nobody uses this")
    with serving(made, "--no-search") as preview:
        preview.settle()
        status, headers, body = preview.get("/2021/12/19/")
        assert status == 503
        assert headers["ETag"] is None
        assert b"layouts/day.html:1" in body
        assert b"reload.js" in body
        assert preview.get("/feed.json")[0] == 200
        made.edit("layouts/day.html", DAY).remove("layouts/dya.html")
        preview.mended()
        assert preview.get("/2021/12/19/")[0] == 200


def test_a_mistake_in_a_digest_is_told_with_its_line(preview: Preview) -> None:
    bad = digest(record("2201.00009", day="2022-01-04"), day="2022-01-04")
    preview.site.edit(path("2022-01-04"), bad.replace("abs/2201.00009v1", "abs/"))
    failure = preview.failure()
    assert failure["place"] == "cs.CV/2022/01/20220104.md:3"
    assert failure["lines"]
    preview.site.edit(path("2022-01-04"), bad)
    preview.mended()
    assert preview.get("/2022/01/04/")[0] == 200


def test_a_wrong_setting_is_told(preview: Preview) -> None:
    preview.site.edit("site.toml", "\ntitel = 1\n")
    failure = preview.failure()
    assert failure["title"] == "A mistake in the settings"
    assert failure["place"] == "site.toml:2"
    assert failure["advice"] == "did you mean 'title'?"
    preview.site.edit("site.toml", "title = \n")
    assert preview.failure("TOML")["line"] == 1
    (preview.site.folder / "site.toml").write_bytes(b"title = '\xff'\n")
    preview.failure("UTF-8")
    preview.site.remove("site.toml")
    preview.mended()


def test_the_content_folder_may_go_and_come_back(preview: Preview) -> None:
    content, away = preview.site.folder / "content", preview.site.folder / "away"
    content.rename(away)
    assert preview.failure()["title"] == "The digests cannot be read"
    assert preview.get("/2021/12/19/")[0] == 200
    away.rename(content)
    preview.mended()
    preview.site.edit(path("2022-01-04"), digest(record("2201.00009"), day="2022-01-04"))
    wait(lambda: preview.get("/2022/01/04/")[0] == 200, preview)


def test_layouts_may_come_later(tmp_path: Path) -> None:
    """A site without layouts of its own gets its first one, folder and all."""
    made = small(tmp_path)
    with serving(made, "--no-search") as preview:
        preview.settle()
        made.edit("layouts/day.html", DAY)
        wait(lambda: b"Day: " in preview.get("/2021/12/19/")[2], preview)
        shutil.rmtree(made.folder / "layouts")
        wait(lambda: b"Day: " not in preview.get("/2021/12/19/")[2], preview)


def test_content_beside_what_we_write_does_not_change_for_ever(tmp_path: Path) -> None:
    """Where the site's folder is the content folder, our own files lie inside it."""
    made = small(tmp_path).edit("site.toml", 'content = "."\n')
    made.build()
    with serving(made, "--no-search") as preview:
        before = preview.settle().version()
        made.edit("site.toml", 'content = "."\ntitle = "Tidings"\n')
        wait(lambda: b"Tidings" in preview.get("/")[2], preview)
        after = preview.settle().version()  # on a busy machine an edit may count twice
        time.sleep(1)
        assert preview.version() == after > before


def test_content_behind_a_link_is_watched(tmp_path: Path) -> None:
    made = small(tmp_path / "site")
    archive = made.folder / "content/cs.CV"
    archive.rename(tmp_path / "elsewhere")
    archive.symlink_to(tmp_path / "elsewhere")
    with serving(made, "--no-search") as preview:
        preview.settle()
        text = digest(record("2201.00009", day="2022-01-04"), day="2022-01-04")
        (tmp_path / "elsewhere/2022/01/20220104.md").write_text(text, encoding="utf-8")
        wait(lambda: preview.get("/2022/01/04/")[0] == 200, preview)


def test_options_outlive_an_edit_of_the_settings(tmp_path: Path) -> None:
    made = small(tmp_path / "site")
    other = small(tmp_path / "other").remove(path("2022-01-03"))
    with serving(made, "--no-search", "--content", str(other.folder / "content")) as preview:
        preview.settle()
        made.edit("site.toml", 'content = "content"\ntitle = "Tidings"\n')
        wait(lambda: b"Tidings" in preview.get("/")[2], preview)
        assert preview.get("/2022/01/03/")[0] == 404
        assert preview.get("/2021/12/19/")[0] == 200


def test_a_build_from_the_command_line_is_waited_for(tmp_path: Path) -> None:
    """And says of whom; the newest digests are shown already."""
    made = small(tmp_path)
    with contextlib.ExitStack() as held:
        held.enter_context(lock.site(tmp_path / ".dayleaf", made.public, wait=None))
        preview = held.enter_context(serving(made, "--no-search"))
        doing = preview.until(lambda state: "another build" in state["doing"])["doing"]
        assert f"process {os.getpid()}, since" in doing
        assert preview.get("/2022/01/03/")[0] == 200


def test_edits_wait_for_a_build_and_are_not_lost(preview: Preview) -> None:
    text = digest(record("2201.00009", day="2022-01-04"), day="2022-01-04")
    with lock.site(preview.site.folder / ".dayleaf", preview.site.public, wait=None):
        preview.site.edit(path("2022-01-04"), text)
        wait(lambda: "another build" in "".join(preview.lines), preview)
        assert preview.get("/2022/01/04/")[0] == 404
    wait(lambda: preview.get("/2022/01/04/")[0] == 200, preview)


def test_pages_are_served_while_the_archive_is_read(tmp_path: Path) -> None:
    """The newest days at once, and an older one as soon as its digest is read."""
    made = Site(tmp_path)
    days = [f"2021-{month:02}-{day:02}" for month in range(1, 11) for day in range(1, 29)]
    for number, day in enumerate(days):
        made.edit(path(day), digest(record(f"21{day[5:7]}.{number:05}", day=day), day=day))
    with contextlib.ExitStack() as held:
        held.enter_context(lock.site(tmp_path / ".dayleaf", made.public, wait=None))
        preview = held.enter_context(serving(made, "--no-search"))
        wait(lambda: preview.get("/2021/10/28/")[0] == 200, preview)
        assert preview.get("/2021/01/07/")[0] == 200
        assert preview.get("/2020/01/07/")[0] == 503
        assert preview.until(lambda state: state["ready"])["doing"]


# ---- Search ------------------------------------------------------------------------------------


def test_search_uses_the_last_build_and_says_so(shared: Preview) -> None:
    shards = shared.get("/search/shards.json")[2]
    assert shards == (shared.site.public / "search/shards.json").read_bytes()
    assert "of the last build, of" in shared.until(lambda state: state["search"])["search"]


def test_without_a_build_the_newest_papers_are_searched(tmp_path: Path) -> None:
    made = small(tmp_path)
    with serving(made) as preview:
        preview.settle()
        shards = json.loads(preview.get("/search/shards.json")[2])["shards"]
        assert [shard["path"] for shard in shards] == ["search/2022-01/"]
        assert preview.get("/search/2022-01/pagefind-entry.json")[0] == 200
        assert preview.get("/search/pagefind.js")[0] == 200
        assert preview.get("/search/2021-12/pagefind-entry.json")[0] == 404
        assert (
            "newest 1 papers only, from 3 January 2022 on"
            in preview.until(lambda state: "2022" in state["search"])["search"]
        )
    assert not made.public.exists()


def test_the_newest_papers_may_be_of_two_months(tmp_path: Path) -> None:
    made = Site(tmp_path)
    for number, day in enumerate(("2022-01-31", "2022-02-01")):
        made.edit(path(day), digest(record(f"2201.{number:05}", day=day), day=day))
    with serving(made) as preview:
        preview.settle()
        shards = json.loads(preview.get("/search/shards.json")[2])["shards"]
        assert [(shard["path"], shard["papers"]) for shard in shards] == [("search/2022-01/", 2)]


# ---- Where does this come from? ----------------------------------------------------------------


def test_a_page_tells_what_made_it(shared: Preview) -> None:
    origin = json.loads(shared.get("/-/origin?path=/2021/12/19/")[2])
    assert origin["layouts"][0]["name"] == "day.html"
    assert {"base.html", "partials/paper.html"} <= {one["name"] for one in origin["layouts"]}
    assert [value["name"] for value in origin["values"]] == ["day", "page", "root", "site", "urls"]
    day = {part["name"]: part for part in origin["values"][0]["parts"]}
    assert (day["count"]["kind"], day["count"]["text"]) == ("int", "2")
    assert day["papers"]["kind"] == "tuple of 2"
    assert day["papers"]["parts"][0]["kind"] == "Paper"
    assert origin["rendered"] > 0
    assert shared.get("/-/origin?path=/feed.json")[0] == 404
    assert shared.get("/-/origin?path=/../site.toml")[0] == 404


def token_of(preview: Preview) -> str:
    """Return the token that a page of the preview carries."""
    match = re.search(rb'data-token="([^"]+)"', preview.get("/")[2])
    assert match
    return match[1].decode()


def test_a_layout_is_opened_in_the_editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = tmp_path / "editor.py"
    script.write_text("import pathlib, sys\npathlib.Path('opened').write_text(sys.argv[-1])\n")
    monkeypatch.setenv("VISUAL", f"{sys.executable} {script}")
    made = with_layouts(tmp_path / "site")
    with serving(made, "--no-search") as preview:
        preview.settle()
        ours = {"Origin": f"http://127.0.0.1:{preview.port}", app.TOKEN: token_of(preview)}
        asked = f"{app.EDIT}?layout=day.html"
        for headers in (
            {},
            {**ours, "Origin": "http://evil.example"},
            {**ours, app.TOKEN: "guessed"},
            {**ours, "Sec-Fetch-Site": "cross-site"},
            {app.TOKEN: ours[app.TOKEN]},
        ):
            assert preview.get(asked, method="POST", **headers)[0] == 403
        assert preview.get(asked, **ours)[0] == 403
        assert preview.get(asked, method="POST", body="x", **ours)[0] == 413
        assert not (made.folder / "opened").exists()
        for name in ("../site.toml", "/etc/passwd", "nothing.html"):
            answer = preview.get(f"{app.EDIT}?layout={name}", method="POST", **ours)
            assert b"There is no layout" in answer[2]
        status, _, said = preview.get(asked, method="POST", **ours)
        assert (status, said[:9]) == (200, b"Opened in")
        opened = made.folder / "opened"
        wait(lambda: opened.is_file() and opened.read_text(), preview)
        assert opened.read_text() == str(made.folder / "layouts/day.html")


@pytest.mark.parametrize(
    ("command", "said"),
    [("", "Neither"), ("vim -p", "vim wants a terminal"), ("/no/such/editor", "not be started")],
)
def test_editors_that_cannot_be_opened(
    monkeypatch: pytest.MonkeyPatch, command: str, said: str
) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", command)
    assert said in editor.open_file(Path("layouts/day.html"), 3)


# ---- How it starts and ends --------------------------------------------------------------------


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_cleanly(preview: Preview, number: int) -> None:
    """With code 0, at once although a browser listens, and with nothing said of errors."""
    with contextlib.closing(preview.states()) as states:
        next(states)
        with ends():
            assert preview.end(number) == 0
        assert list(states) == []
    assert "Traceback" not in "".join(preview.lines)


def test_it_ends_cleanly_while_the_archive_is_read(tmp_path: Path) -> None:
    made = small(tmp_path)
    with serving(made) as preview:
        assert preview.end() == 0
    assert "Traceback" not in "".join(preview.lines)
    made.build()  # no lock is in the way


def test_edits_without_events_are_seen_when_a_page_is_asked_for(tmp_path: Path) -> None:
    """Of layouts, settings and digests that are links elsewhere, or in a swapped folder."""
    made = small(tmp_path / "site")
    away = tmp_path / "away"
    shutil.copytree(made.folder / "content", away / "content")
    shutil.copytree(made.folder / "content", away / "other")
    (away / "day.html").write_text("first {{ page.title }}")
    (away / "site.toml").write_text('title = "First"\n')
    shutil.rmtree(made.folder / "content")
    (made.folder / "layouts").mkdir()
    made.edit("layouts/day.html", "").remove("layouts/day.html")
    digest_at = "cs.CV/2021/12/20211219.md"
    (made.folder / "layouts/day.html").symlink_to(away / "day.html")
    (made.folder / "site.toml").symlink_to(away / "site.toml")
    real = made.folder / "content/cs.CV/2021/12"
    real.mkdir(parents=True)
    for name in ("20211219.md", "20211220.md"):
        (real / name).symlink_to(away / "content/cs.CV/2021/12" / name)

    with serving(made, "--no-search") as preview:
        preview.settle()

        def shows(address: str, text: bytes) -> None:
            wait(lambda: text in preview.get(address)[2], preview)

        shows("/2021/12/19/", b"first")
        (away / "day.html").write_text("second {{ day.papers[0].title }}")
        shows("/2021/12/19/", b"second Tides")
        (away / "site.toml").write_text('title = "Second"\n')
        shows("/", b"Second")
        (away / "content" / digest_at).write_text(digest(record(title="Slower Tides")))
        shows("/2021/12/19/", b"Slower Tides")
        shutil.rmtree(made.folder / "content")
        (away / "other" / digest_at).write_text(digest(record(title="Other Tides")))
        (made.folder / "content").symlink_to(away / "other")
        shows("/2021/12/19/", b"Other Tides")


def test_it_opens_a_browser_when_asked_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = tmp_path / "browser.py"
    script.write_text("import pathlib, sys\npathlib.Path('opened').write_text(sys.argv[1])\n")
    monkeypatch.setenv("BROWSER", f"{sys.executable} {script} %s")
    made = small(tmp_path / "site")
    with serving(made, "--no-search", "--open") as preview:
        opened = made.folder / "opened"
        wait(lambda: opened.is_file() and opened.read_text(), preview)
        assert opened.read_text() == f"http://127.0.0.1:{preview.port}/"


def test_a_port_in_use_is_told_with_a_free_one(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = subprocess.run(
            command("--port", str(port)),
            cwd=small(tmp_path).folder,
            env=environment(),
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
    assert done.returncode == 1
    assert f"port {port} of 127.0.0.1 is in use" in done.stderr
    assert "Traceback" not in done.stderr
    match = re.search(r"--port (\d+)", done.stderr)
    assert match
    server.listen("127.0.0.1", int(match[1])).close()


@pytest.mark.parametrize(("host", "port"), [("no.such.host.invalid", 0), ("127.0.0.1", 99999)])
def test_impossible_addresses_are_told(host: str, port: int) -> None:
    with pytest.raises(PreviewError, match=r"--host|--port"):
        server.listen(host, port)


def test_reading_that_is_killed_is_an_error_of_ours(tmp_path: Path) -> None:
    """And leaves no lock behind: the next build heals. A pipe without a writer keeps it reading."""
    made = small(tmp_path)
    pipe = tmp_path / "content/cs.CV/2021/12/20211231.md"
    os.mkfifo(pipe)
    reading = CatalogReading()

    class Killer(progress.Silent):
        def phase(self, name: str, total: int) -> None:
            reading.kill()

    with pytest.raises(PreviewError, match="ended from outside"):
        reading.read(config.load(made.folder), BuildOptions(1, search=False), Killer())
    pipe.unlink()
    made.build()


# ---- What the watcher sees ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("content/cs.CV/2021/12/20211219.md", "content"),
        ("content/cs.CV/2021/12/20211219.MD", "content"),
        ("content/notes.markdown", "content"),
        ("content/cs.CV/table.csv", "content"),
        ("content/cs.CV/table.ods", None),
        ("content/.git/x.md", None),
        ("content/cs.CV/.20211219.md.swp", None),
        ("layouts/day.html", "layout"),
        ("layouts/partials/paper.html", "layout"),
        ("layouts/assets/style.css", "style"),
        ("layouts/assets/fonts/a.woff2", "asset"),
        ("layouts/assets/search/query.js", "asset"),
        ("layouts/day.html~", None),
        ("layouts/assets/style.css___jb_tmp___", None),
        ("site.toml", "settings"),
        ("about.md", "settings"),
        ("README.md", None),
        ("public/index.html", None),
        (".dayleaf/catalog.sqlite", None),
    ],
)
def test_roles_of_files(tmp_path: Path, name: str, role: str | None) -> None:
    sources = Sources.of(config.load(tmp_path))
    assert sources.role(tmp_path.resolve() / name, folder=False) == role


def test_what_we_write_is_no_change_even_inside_the_content(tmp_path: Path) -> None:
    made = config.load(tmp_path, overrides={"content": tmp_path, "output": tmp_path / "out"})
    sources = Sources.of(made)
    assert sources.role(made.output / "llms.md", folder=False) is None
    assert sources.role(made.site / "2021/20211219.md", folder=False) == "content"


def test_builtin_layouts_are_watched(tmp_path: Path) -> None:
    sources = Sources.of(config.load(tmp_path))
    assert sources.folders()[render.builtin_layouts()] is True
    assert sources.role(render.builtin_layouts() / "day.html", folder=False) == "layout"


def test_a_burst_ends_with_quiet(tmp_path: Path) -> None:
    """500 files that follow each other faster than the quiet time are taken together."""
    (tmp_path / "content").mkdir()
    watcher = Watcher(quiet=1.0)
    try:
        watcher.follow(Sources.of(config.load(tmp_path)))
        for number in range(500):
            (tmp_path / f"content/{number}.md").touch()
        burst = watcher.take()
    finally:
        watcher.close()
    assert burst is not None
    assert {change.path.name for change in burst} == {f"{number}.md" for number in range(500)}
    assert watcher.take() is None


def test_a_burst_without_quiet_ends_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    watcher = Watcher(quiet=2.0 * PATIENCE, longest=0.5)
    try:
        watcher.follow(Sources.of(config.load(tmp_path)))
        (tmp_path / "content/a.md").touch()
        with ends():
            assert watcher.take()
    finally:
        watcher.close()
