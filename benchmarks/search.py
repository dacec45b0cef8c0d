"""`python -m benchmarks.search SITE`: what a search costs a reader, and what it finds.

SITE is a site's folder, built with the search index. A local host serves it as GitHub Pages does,
compressed, and Chromium asks with nothing in its cache: bytes and seconds to the first results and
to the last, the longest time that the page could not answer. Then once more over a line as slow as
the developers' tools call "Fast 4G". Then known items.

`--queries FILE …` judges the ranking alone: a line of a file is a query, a tab, and the identifiers
of the papers that it means. Of each is printed at which place its paper stands; of each file, how
many stand first, among three and among ten. The queries of benchmarks/queries/ whose lines are odd
are there to tune by, the even ones to judge (`--half`).
"""

from __future__ import annotations

import argparse
import os
import shutil
from contextlib import closing, contextmanager
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from benchmarks import finding
from benchmarks.hosting import Host, Line, serve
from dayleaf.base import config
from dayleaf.catalog import Catalog

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

QUERIES = ("domain adaptation", "image", "diffusion model video")
# Chromium's "Fast 4G": 9 Mbit/s and 60 ms, which its tools take as 90 % and 2.75 times.
FAST_4G = Line(latency=0.060 * 2.75, rate=9e6 / 8 * 0.9)
_PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
_WATCH = """
window.blocked = 0;
new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) window.blocked = Math.max(window.blocked, duration);
}).observe({ type: "longtask", buffered: true });
const timer = setInterval(() => {
  const status = document.getElementById("search-status");
  if (!document.querySelector("#search-results > li")) return;
  window.first ??= performance.timeOrigin + performance.now();
  if (status.ariaBusy !== "false") return;
  window.last = performance.timeOrigin + performance.now();
  clearInterval(timer);
}, 5);
"""


class Cost(NamedTuple):
    """What one search costs a reader who has nothing in the cache."""

    first: float
    """Seconds from the address to the first results."""
    first_bytes: float
    last: float
    last_bytes: float
    blocked: float
    """The longest time that the page could not answer, in milliseconds; 0 where below 50."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="benchmarks.search", description=__doc__)
    parser.add_argument("site", type=Path)
    parser.add_argument("--items", type=int, default=300, help="papers and authors to look for")
    parser.add_argument("--runs", type=int, default=5, help="times that each search is measured")
    parser.add_argument("--seed", type=int, default=4)
    parser.add_argument("--queries", type=Path, nargs="+", default=(), help="queries to judge by")
    parser.add_argument("--half", choices=("tune", "judge", "both"), default="both")
    options = parser.parse_args()
    settings = config.load(options.site, overrides={})
    with serve(settings.output) as host, browser() as chromium:
        for file in options.queries:
            judge(chromium, host, file, half=options.half)
        if options.queries:
            return
        for line, name in ((None, "local"), (FAST_4G, "Fast 4G")):
            host.line = line
            for query in QUERIES:
                print(f"{name:8} {query:24} {_said(cost(chromium, host, query, options.runs))}")
        host.line = None
        if options.items:
            find(chromium, host, settings.cache / "catalog.sqlite", options)


def judge(chromium: Browser, host: Host, file: Path, *, half: str) -> None:
    """Ask the queries of a file, or half of them, and print the places of their papers."""
    queries = finding.read_queries(file.read_text(encoding="utf-8"))
    chosen = {"tune": queries[::2], "judge": queries[1::2]}.get(half, queries)
    page = chromium.new_page(bypass_csp=True)
    page.goto(f"{host.url}search/")
    places = finding.ranks(page, chosen)
    for (query, papers), place in zip(chosen, places, strict=True):
        print(f"{place or '-':>4}  {query}  {' '.join(papers)}")
    found = [place for place in places if place]
    shares = (
        f"{sum(place <= most for place in found) / len(places):.1%} in {most}"
        for most in (1, 3, 10)
    )
    print(f"{file.stem}: {', '.join(shares)}, of {len(places)}")


def find(chromium: Browser, host: Host, file: Path, options: argparse.Namespace) -> None:
    """Look for papers and authors, and print the rates."""
    page = chromium.new_page(bypass_csp=True)
    page.goto(f"{host.url}search/")
    with closing(Catalog(file)) as catalog:
        items = finding.draw(catalog, options.items, seed=options.seed)
        people = finding.names(catalog, options.items, seed=options.seed)
    share, missed = finding.rate_of_names(page, host.url, people)
    print(f"authors on top      {share:.1%}", *missed, sep="\n  ")
    found = finding.rates(page, items)
    print(f"eight words, first  {found.first:.1%}", *found.missed, sep="\n  ")
    print(f"eight words, first five {found.first_five:.1%}")
    print(f"four words, first ten   {found.four_first_ten:.1%}")


def cost(chromium: Browser, host: Host, query: str, runs: int) -> Cost:
    """Measure a search some times, and return the middle of each figure."""
    found = [_once(chromium, host, query) for _ in range(runs)]
    return Cost(*(median(column) for column in zip(*found, strict=True)))


def _once(chromium: Browser, host: Host, query: str) -> Cost:
    context = chromium.new_context(bypass_csp=True)
    context.add_init_script(_WATCH)
    page = context.new_page()
    host.sent.clear()
    page.goto(f"{host.url}search/?q={query.replace(' ', '+')}", wait_until="commit")
    page.wait_for_function("window.last", timeout=120_000)
    start, first, last, blocked = page.evaluate(
        "[performance.timeOrigin, window.first, window.last, window.blocked]"
    )
    context.close()

    def sent(until: float) -> int:
        return sum(size for moment, size in list(host.sent) if moment * 1000 <= until)

    return Cost((first - start) / 1000, sent(first), (last - start) / 1000, sent(last), blocked)


def _said(one: Cost) -> str:
    return (
        f"first {one.first:.2f} s, {one.first_bytes / 1000:,.0f} KB; all {one.last:.2f} s,"
        f" {one.last_bytes / 1000:,.0f} KB; blocked {one.blocked:.0f} ms"
    )


@contextmanager
def browser() -> Iterator[Browser]:
    """Start the Chromium of the machine."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only who measures needs it

    program = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, _PROGRAMS)), None)
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield found
        found.close()


if __name__ == "__main__":
    main()
