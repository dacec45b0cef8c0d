"""`make bench`: build an archive and write the same bytes without building, in one run.

Machines are noisy, so what counts is the ratio: the build's time over that of the floor, which is
two processes that hold the finished files in memory and write them to fresh folders.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from multiprocessing import Process
from pathlib import Path

_ROOT = Path(__file__).parents[1]


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("--content", type=Path, default=_ROOT / "content", help="the digests")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--no-search", action="store_true", help="leave the search index out")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="dayleaf-bench-") as folder:
        site = Path(folder)
        figures, seconds, memory = _build(site, options)
        floor, files, size = _floor(site, options.jobs)
        again, repeated, _ = _build(site, options)
        _print(figures, seconds, memory)
        print(f"\n{'floor: the same bytes from memory':<36}{floor:>9.2f} s")
        pages = seconds - figures["seconds"].get("search", 0.0)
        if options.no_search:
            print(f"{'build / floor':<36}{pages / floor:>9.2f}")
        print(f"{'a build with nothing to do':<36}{repeated:>9.2f} s")
        print(f"{'  pages that it wrote':<36}{again['pages']['written']:>9,}")
        print(f"\n{files:,} files, {size / 1e6:,.1f} MB; {_machine(options.jobs)}")


def _build(
    site: Path, options: argparse.Namespace
) -> tuple[dict[str, dict[str, float]], float, float]:
    """Build in a process of its own; return its figures, seconds and peak memory in MB."""
    command = [
        sys.executable,
        "-m",
        "dayleaf",
        "build",
        "--json",
        f"--content={options.content.resolve()}",
        f"--output={site / 'public'}",
        f"--jobs={options.jobs}",
        *(["--no-search"] if options.no_search else []),
    ]
    path = os.pathsep.join([str(_ROOT / "generator"), os.environ.get("PYTHONPATH", "")])
    since = time.perf_counter()
    done = subprocess.run(
        command,
        cwd=site,
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": path},
    )
    seconds = time.perf_counter() - since
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return json.loads(done.stdout.splitlines()[-1]), seconds, peak


def _floor(site: Path, jobs: int) -> tuple[float, int, int]:
    """Write the built files once more, from memory; return seconds, files and bytes."""
    public = site / "public"
    files = sorted(path for path in public.rglob("*") if path.is_file())
    shares = [
        [(str(site / "floor" / file.relative_to(public)), file.read_bytes()) for file in part]
        for part in (files[at::jobs] for at in range(jobs))
    ]
    for folder in sorted({str(Path(name).parent) for share in shares for name, _ in share}):
        Path(folder).mkdir(parents=True, exist_ok=True)
    processes = [Process(target=_write, args=(share,)) for share in shares]
    since = time.perf_counter()
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    seconds = time.perf_counter() - since
    return seconds, len(files), sum(len(data) for share in shares for _, data in share)


def _write(share: list[tuple[str, bytes]]) -> None:
    for name, data in share:
        with open(name, "wb", buffering=0) as file:  # noqa: PTH123 - as the build does it
            file.write(data)


def _print(figures: dict[str, dict[str, float]], seconds: float, memory: float) -> None:
    for phase, value in figures["seconds"].items():
        print(f"{phase:<36}{value:>9.2f} s")
    print(f"{'the whole build':<36}{seconds:>9.2f} s")
    count = figures["pages"]["written"] + figures["pages"]["unchanged"]
    rate = count / figures["seconds"]["pages"]
    print(f"{'pages a second':<36}{rate:>9,.0f}")
    print(f"{'peak memory of a process':<36}{memory:>9,.0f} MB")
    for kind, size in sorted(figures["bytes"].items(), key=lambda pair: -pair[1]):
        print(f"{'bytes of ' + kind:<36}{size / 1e6:>9,.1f} MB")


def _machine(jobs: int) -> str:
    system = f"{platform.system()}, {platform.machine()}"
    return f"{jobs} jobs, Python {platform.python_version()}, {system}"


if __name__ == "__main__":
    main()
