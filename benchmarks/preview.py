"""The preview, measured in a browser: `python -m benchmarks.preview --content DIR`.

From saving a file to the frame that shows it, by the browser's own clock; memory after many edits;
how long a start takes. It prints a table. Needs Linux, Playwright and Chromium (CHROMIUM names it).
"""

from __future__ import annotations

import argparse
import contextlib
import os
import re
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Page, sync_playwright

REPOSITORY = Path(__file__).parents[1]
PATIENCE = 120.0
NEW_DAY = "2031-01-{:02}"
BURST = 500
# Reports each text and colour of the heading in the second frame that has it: the first has been
# drawn by then.
LOOK = """
let last = "";
const look = () => {
  const head = document.querySelector("main .lead a") || document.querySelector("main h1");
  if (head) {
    const now = `${head.textContent} ${getComputedStyle(head).color}`;
    if (now !== last) {
      last = now;
      requestAnimationFrame(() => seen(now, performance.timeOrigin + performance.now()));
    }
  }
  requestAnimationFrame(look);
};
requestAnimationFrame(look);
"""


class Busiest(NamedTuple):
    """The pages that show most."""

    day: str
    papers: int
    author: str
    papers_of: int


class Server:
    """A preview of a site."""

    def __init__(self, site: Path) -> None:
        self.began = time.perf_counter()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "dayleaf", "serve", "--port", "0"],
            cwd=site,
            env={**os.environ, "PYTHONPATH": str(REPOSITORY / "generator")},
            stderr=subprocess.PIPE,
            text=True,
        )
        self.lines: list[str] = []
        self._reader = threading.Thread(target=self._read)
        self._reader.start()
        until(lambda: self.lines)
        match = re.search(r"http://[^/]+/", self.lines[0])
        assert match, self.lines
        self.address = match[0]

    def _read(self) -> None:
        self.lines.extend(iter(self.process.stderr or ()))

    def get(self, path: str) -> int:
        """Return the status of an answer."""
        try:
            with urllib.request.urlopen(f"{self.address}{path}", timeout=PATIENCE) as answer:  # noqa: S310 - its own address
                answer.read()
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code

    def first(self, path: str) -> float:
        """Return the seconds from starting the program to a whole page."""
        until(lambda: self.get(path) == 200)  # noqa: PLR2004
        return time.perf_counter() - self.began

    def memory(self) -> float:
        """Return resident memory in MB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        match = re.search(r"VmRSS:\s+(\d+) kB", status)
        assert match
        return int(match[1]) / 1000

    def processor(self) -> float:
        """Return the seconds of processor time used up by now."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def end(self) -> None:
        """End it."""
        self.process.terminate()
        self.process.wait(PATIENCE)
        self._reader.join(PATIENCE)


class Screen:
    """A page in a browser that tells what it shows, and since when."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.seen: list[tuple[str, float]] = []
        page.expose_function("seen", lambda text, at: self.seen.append((text, at)))
        page.add_init_script(LOOK)

    def edit(self, file: Path, text: str, *, shows: str) -> float:
        """Save a file; return the milliseconds until the screen shows a text."""
        before, began = len(self.seen), time.time() * 1000
        file.write_text(text, encoding="utf-8")
        return self._until(shows, before) - began

    def reload(self) -> float:
        """Let the browser reload the page; return the milliseconds until it is on the screen."""
        before, began = len(self.seen), time.time() * 1000
        self.page.evaluate("setTimeout(() => location.reload())")
        return self._until("", before) - began

    def _until(self, shows: str, before: int) -> float:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            self.page.wait_for_timeout(5)
            for found, at in self.seen[before:]:
                if shows in found:
                    return at
        raise TimeoutError(f"{shows!r} was never seen; seen: {self.seen[before:]}")


def until(condition: object) -> None:
    """Wait for something."""
    end = time.monotonic() + PATIENCE
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < end
        time.sleep(0.005)


def laid_out(content: Path, folder: Path) -> Path:
    """Make a site whose layouts and newer digests may be edited, with the archive behind a link."""
    shutil.copytree(REPOSITORY / "layouts", folder / "layouts")
    (folder / "content/added").mkdir(parents=True)
    (folder / "content/archive").symlink_to(content.resolve())
    for number in range(BURST):
        burst_file(folder, number).write_text(digest(number, "2030-01-01", "Burst"))
    return folder


def burst_file(site: Path, number: int) -> Path:
    """Return one of the digests that are touched at once: many files of one day."""
    return site / f"content/added/{number}-20300101.md"


def digest(number: int, day: str, title: str) -> str:
    """Return a digest of one paper."""
    return (
        f"# Arxiv Papers in cs.CV on {day}\n### {title} {number}\n"
        f"- **Arxiv ID**: http://arxiv.org/abs/3001.{number:05}v1\n- **DOI**: None\n"
        "- **Categories**: **cs.CV**\n"
        f"- **Links**: [PDF](http://arxiv.org/pdf/3001.{number:05}v1)\n"
        f"- **Published**: {day} 02:50:23+00:00\n- **Updated**: {day} 02:50:23+00:00\n"
        "- **Authors**: Ada Quill, Bo Fenn\n- **Comment**: None\n- **Journal**: None\n"
        "- **Summary**: Nothing much.\n\n\n\n"
    )


def busiest(site: Path) -> Busiest:
    """Look up in the catalog which pages show most, the digests added here left out."""
    with contextlib.closing(sqlite3.connect(site / ".dayleaf/catalog.sqlite")) as catalog:
        day, papers = catalog.execute(
            "SELECT day, COUNT(*) n FROM paper WHERE shown AND day < '2030' GROUP BY day"
            " ORDER BY n DESC LIMIT 1"
        ).fetchone()
        slug, of = catalog.execute(
            "SELECT slug, papers FROM author WHERE slug NOT IN ('ada-quill', 'bo-fenn')"
            " ORDER BY papers DESC LIMIT 1"
        ).fetchone()
    return Busiest(day.replace("-", "/") + "/", papers, f"authors/{slug}.html", of)


def say(name: str, values: list[float], unit: str = "ms") -> None:
    """Print a line of the table."""
    ordered = sorted(values)
    high = ordered[min(len(ordered) - 1, round(0.95 * len(ordered)))]
    middle = statistics.median(ordered)
    print(f"{name:44} {middle:9.0f} {high:9.0f} {ordered[-1]:9.0f} {unit}", flush=True)


def edits(screen: Screen, file: Path, times: int) -> Iterator[float]:
    """Change the first heading of a layout again and again."""
    text = file.read_text(encoding="utf-8")
    for number in range(times):
        changed = text.replace("<h1>", f"<h1>edit {number} ", 1)
        yield screen.edit(file, changed, shows=f"edit {number} ")
    file.write_text(text, encoding="utf-8")


def measure(site: Path, server: Server, page: Page, *, times: int, many: int) -> None:
    """Measure all that a browser sees."""
    screen = Screen(page)
    found = busiest(site)
    print(f"{'from saving to the screen':44} {'median':>9} {'95 %':>9} {'most':>9}")
    for name, address in (
        (f"day.html, a day of {found.papers} papers", found.day),
        (f"author.html, an author of {found.papers_of} papers", found.author),
    ):
        page.goto(server.address + address)
        page.wait_for_timeout(1000)
        say("  floor: the browser reloads that page", [screen.reload() for _ in range(times)])
        file = site / "layouts" / name.split(",")[0]
        say(name, list(edits(screen, file, times)))
    page.goto(server.address + found.day)
    page.wait_for_timeout(1000)
    partial = site / "layouts/base.html"
    say(f"base.html, a day of {found.papers} papers", list(framed(screen, partial, times)))
    style = site / "layouts/assets/style.css"
    text = style.read_text(encoding="utf-8")
    shown = [
        screen.edit(style, f"{text}h1{{color:rgb(1,2,{n})!important}}", shows=f"rgb(1, 2, {n})")
        for n in range(1, times + 1)
    ]
    say("style.css", shown)
    style.write_text(text, encoding="utf-8")
    page.goto(server.address)
    page.wait_for_timeout(1000)
    days = [NEW_DAY.format(number) for number in range(1, 1 + min(times, 28))]
    new = [
        screen.edit(
            site / f"content/added/{day.replace('-', '')}.md",
            digest(10_000 + number, day, "New"),
            shows=f"{int(day[-2:])}\u00a0January\u00a02031",
        )
        for number, day in enumerate(days)
    ]
    say("a new digest, the home page", new)
    said = len(server.lines)
    for number in range(BURST):
        burst_file(site, number).write_text(digest(number, "2030-01-01", "Changed"))
    until(lambda: any("digests:" in line for line in server.lines[said:]))
    page.wait_for_timeout(3000)
    taken = [line for line in server.lines[said:] if "digests:" in line]
    print(f"{BURST} digests written at once: {len(taken)} times taken in: {taken[0][10:].strip()}")
    print(f"memory of the server by now: {server.memory():.0f} MB")
    page.goto(server.address + found.day)
    page.wait_for_timeout(1000)
    list(edits(screen, site / "layouts/day.html", many))
    print(f"memory of the server after {many:,} edits more: {server.memory():.0f} MB")


def framed(screen: Screen, file: Path, times: int) -> Iterator[float]:
    """Change the frame of all pages, where the heading shows it."""
    text = file.read_text(encoding="utf-8")
    for number in range(1, times + 1):
        rule = f"<style>h1{{color:rgb(9,9,{number})}}</style>"
        changed = text.replace("<meta charset=utf-8>", f"<meta charset=utf-8>{rule}", 1)
        yield screen.edit(file, changed, shows=f"rgb(9, 9, {number})")
    file.write_text(text, encoding="utf-8")


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.preview")
    parser.add_argument("--content", type=Path, default=REPOSITORY / "content", metavar="DIR")
    parser.add_argument("--times", type=int, default=40, help="edits of each kind")
    parser.add_argument("--edits", type=int, default=1000, help="before memory is measured")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="dayleaf-preview-") as folder:
        site = laid_out(options.content, Path(folder))
        server = Server(site)
        print(f"start without a catalog, first page: {server.first('2030/01/01/'):.2f} s")
        until(lambda: any("digests:" in line for line in server.lines))
        print(f"  all digests read: {time.perf_counter() - server.began:.1f} s", flush=True)
        server.end()
        starts, work = list[float](), list[float]()
        for _ in range(5):
            server = Server(site)
            starts.append(1000 * server.first(""))
            work.append(1000 * server.processor())
            server.end()
        say("start with a catalog, first answer", starts)
        say("  of processor time", work)
        server = Server(site)
        server.first("")
        program = os.environ.get("CHROMIUM") or shutil.which("chromium")
        try:
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
                measure(
                    site,
                    server,
                    browser.new_page(bypass_csp=True),
                    times=options.times,
                    many=options.edits,
                )
                browser.close()
        finally:
            server.end()


if __name__ == "__main__":
    main()
