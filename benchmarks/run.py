"""Builds, each in a process of its own, and their figures."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict, cast

from benchmarks.memory import Peaks, Watch

GENERATOR = Path(__file__).parents[1] / "generator"
Files = dict[str, tuple[int, int]]


class Report(TypedDict):
    """What `dayleaf build --json` prints, as far as it is used here."""

    papers: int
    days: int
    authors: int
    pages: dict[str, int]
    search: dict[str, int]
    bytes: dict[str, int]
    seconds: dict[str, float]


@dataclass(frozen=True, slots=True)
class Step:
    """One measured build."""

    name: str
    seconds: float
    """On the clock, the start of Python included."""
    processor: float
    """Seconds of processor time, of all its processes."""
    peaks: Peaks
    report: Report
    written: int
    """Files in the output folder that came or changed, search included."""
    deleted: int


class Site:
    """A site's folder, and builds of it. Nothing in it is deleted before the last of them."""

    def __init__(self, folder: Path, *, jobs: int) -> None:
        self.folder = folder
        self.public = folder / "public"
        self._jobs = jobs
        self._files: Files = {}

    def build(self, name: str, *, search: bool) -> Step:
        """Build the site and take the figures; raises where the build fails."""
        command = [sys.executable, "-m", "dayleaf", "build", "--json", f"--jobs={self._jobs}"]
        if not search:
            command.append("--no-search")
        path = os.pathsep.join([str(GENERATOR), os.environ.get("PYTHONPATH", "")])
        os.sync()  # what was written before shall not be paid for now
        used, since = processor(), time.perf_counter()
        process = subprocess.Popen(
            command,
            cwd=self.folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": path},
        )
        watch = Watch(process.pid)
        printed, said = process.communicate()
        seconds = time.perf_counter() - since
        if process.returncode:
            raise SystemExit(f"{name}: {' '.join(command)} failed:\n{said}")
        peaks = watch.stop()
        report = cast("Report", json.loads(printed.splitlines()[-1]))
        before, self._files = self._files, _files(self.public)
        changed = [
            path for path, fingerprint in self._files.items() if before.get(path) != fingerprint
        ]
        return Step(
            name=name,
            seconds=seconds,
            processor=processor() - used,
            peaks=peaks,
            report=report,
            written=len(changed),
            deleted=len(before.keys() - self._files.keys()),
        )


def processor() -> float:
    """Return the processor time, in seconds, of all processes that have ended below this one."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _files(public: Path) -> Files:
    """Return the files below a folder with what changes when they are written."""
    found: Files = {}
    folders = [str(public)]
    while folders:
        with os.scandir(folders.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    folders.append(entry.path)
                else:
                    stat = entry.stat(follow_symlinks=False)
                    # The inode tells a file that was put in the place of another.
                    found[entry.path] = stat.st_mtime_ns, stat.st_ino
    return found
