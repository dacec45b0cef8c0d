"""`python -m benchmarks.budget CONTENT`: what each producer takes of a build and of a new day.

Printed are its share of the processor time, its bytes and its files. An addition that costs more
than two of a hundred of any of them has to bring a saving with it (CONTRIBUTING.md).
"""

from __future__ import annotations

import argparse
import resource
import tempfile
from collections import Counter, defaultdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from unittest import mock

from benchmarks import inputs
from dayleaf.base import config
from dayleaf.build import BuildOptions, build, progress, work

if TYPE_CHECKING:
    from dayleaf.build.work import Setup, TaskResult
    from dayleaf.site.pages.planner import Task

_LEAST = 0.001
"""The share of a line that is worth printing."""
_OTHER = "reading, planning, publishing"


class Line(NamedTuple):
    """What a producer takes."""

    producer: str
    seconds: float
    """Processor time, that of Pagefind's program included."""
    size: int
    files: int
    """Files written."""


def measure(site: Path, *, search: bool) -> list[Line]:
    """Build a site in this process, and return what each producer took, the dearest first."""
    seconds: defaultdict[str, float] = defaultdict(float)
    size, files = Counter[str](), Counter[str]()
    do = work.do

    def timed(setup: Setup, task: Task) -> TaskResult:
        before = _processor_time()
        done = do(setup, task)
        seconds[task.producer] += _processor_time() - before
        size[task.producer] += sum(file.size for file in done.files)
        files[task.producer] += done.written
        return done

    since = _processor_time()
    with mock.patch.object(work, "do", timed):
        build(config.load(site), BuildOptions(1, search=search), progress.Silent())
    seconds[_OTHER] = _processor_time() - since - sum(seconds.values())
    found = [Line(name, spent, size[name], files[name]) for name, spent in seconds.items()]
    return sorted(found, key=lambda line: -line.seconds)


def _processor_time() -> float:
    both = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(used.ru_utime + used.ru_stime for used in both)


def as_text(lines: list[Line]) -> str:
    """Return a table of shares in Markdown."""
    totals = [sum(values) or 1 for values in zip(*(line[1:] for line in lines), strict=True)]
    rows = ["| producer | processor time, % | bytes, % | files written |", "|---|---|---|---|"]
    for line in lines:
        time, size, _ = (part / total for part, total in zip(line[1:], totals, strict=True))
        if max(time, size) >= _LEAST:
            rows.append(f"| {line.producer} | {time:.1%} | {size:.1%} | {line.files:,} |")
    return "\n".join([*rows, f"| all: {totals[0]:.1f} s | | {totals[1]:,} bytes | {totals[2]:,} |"])


def main() -> None:
    """Build the archive without its last day, add that, and print both."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.budget", description=__doc__)
    parser.add_argument("content", type=Path, help="a folder of digests, which is copied")
    parser.add_argument("--no-search", action="store_true", help="leave the search index out")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder)
        archive = inputs.lay(options.content, site / "content")
        tell = partial(print, flush=True)
        tell("From nothing\n\n" + as_text(measure(site, search=not options.no_search)))
        archive.add_day()
        tell("\nA new day\n\n" + as_text(measure(site, search=not options.no_search)))


if __name__ == "__main__":
    main()
