"""`make bench`: build an archive, change it, and measure each build beside the least it could cost.

Machines are noisy, so what counts are the ratios: to processes that write the same files from
memory, and to Pagefind's program fed with the same records, both in the same run.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks import binary, floor, inputs, table
from benchmarks.run import Site
from dayleaf import search
from dayleaf.base import parallel

_ROOT = Path(__file__).parents[1]
_LAYOUT = "author.html"
_BLOCK = re.compile(r"{%-? block main -?%}")


def main() -> None:
    """Measure and print."""
    options = _options()
    with _scratch(options.keep) as folder:
        result = measure(folder, options)
    print(table.as_json(result) if options.json else table.as_text(result))


def measure(folder: Path, options: argparse.Namespace) -> table.Result:
    """Build a site in a folder that is empty, change it, and build it again."""
    site, wanted = Site(folder / "site", jobs=options.jobs), not options.no_search
    content = site.folder / "content"
    archive = inputs.lay_pinned(content) if options.pinned else inputs.lay(options.content, content)
    cold = site.build("cold, without search", search=False)
    ground = floor.measure(site.public, folder / "floor", jobs=options.jobs)
    index, program = None, None
    if wanted:
        index = site.build("cold search", search=True)
        shards = binary.prepare(site.folder, folder / "messages")
        program = binary.measure(shards, jobs=options.jobs)
    later = [site.build("nothing to do", search=wanted)]
    archive.add_day()
    later.append(site.build("a new day", search=wanted))
    archive.add_year()
    later.append(site.build("a new year's first day", search=wanted))
    _change(site.folder / "layouts")
    later.append(site.build(f"a changed {_LAYOUT}", search=wanted))
    name = "pinned input" if options.pinned else str(options.content)
    return table.Result(_machine(options.jobs), name, cold, ground, index, program, tuple(later))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument(
        "--content", type=Path, default=_ROOT / "content", metavar="DIR", help="the digests"
    )
    parser.add_argument("--jobs", type=int, default=min(2, parallel.processors()), metavar="N")
    parser.add_argument("--no-search", action="store_true", help="leave the search index out")
    parser.add_argument(
        "--pinned", action="store_true", help="build a small invented archive, always the same"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument(
        "--keep", type=Path, metavar="DIR", help="work in DIR, an empty folder, and leave it there"
    )
    return parser.parse_args()


@contextmanager
def _scratch(keep: Path | None) -> Iterator[Path]:
    """Make a folder to work in. It is deleted when all is measured: deleting slows what follows."""
    if keep is None:
        with tempfile.TemporaryDirectory(prefix="dayleaf-bench-") as folder:
            yield Path(folder)
        return
    keep.mkdir(parents=True, exist_ok=True)
    if any(keep.iterdir()):
        raise SystemExit(f"--keep: expected an empty folder, found files in {keep}")
    yield keep.resolve()


def _change(layouts: Path) -> None:
    """Give the site a layout of its own: ours, with a rule across the page."""
    text = (_ROOT / "layouts" / _LAYOUT).read_text("utf-8")
    changed = _BLOCK.sub(r"\g<0><hr>", text, count=1)
    assert changed != text
    layouts.mkdir()
    (layouts / _LAYOUT).write_text(changed, encoding="utf-8")


def _machine(jobs: int) -> str:
    """Describe what the figures were measured on, and of what."""
    commit = subprocess.run(
        ["git", "describe", "--always", "--dirty"],
        cwd=_ROOT, capture_output=True, text=True, check=False,
    ).stdout.strip()  # fmt: skip
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    return (
        f"{jobs} jobs on {parallel.processors()} processors ({_processor()}), {memory:.0f} GB, "
        f"{platform.system()} {platform.release()}; Python {platform.python_version()}, "
        f"Pagefind {search.pagefind.version()}; commit {commit or 'unknown'}"
    )


def _processor() -> str:
    try:
        text = Path("/proc/cpuinfo").read_text("utf-8")
    except OSError:
        return platform.machine()
    names = [line for line in text.splitlines() if line.startswith("model name")]
    return names[0].partition(":")[2].strip() if names else platform.machine()


if __name__ == "__main__":
    main()
