"""The floor: processes that hold a site's files in memory and write them to fresh folders.

No program can build a site in less than it takes to write it. The folders are there already, and
reading the files into memory is not counted.
"""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    _Pipe = Connection[float | None, float | None]


@dataclass(frozen=True, slots=True)
class Floor:
    """What writing the files has cost."""

    seconds: float
    processor: float
    files: int
    size: int
    """Bytes."""


def measure(public: Path, into: Path, *, jobs: int) -> Floor:
    """Write the files of a site once more, below another folder that does not exist yet."""
    names = [
        f"{folder[len(str(public)) :]}{os.sep}{name}"
        for folder, _, found in os.walk(public)
        for name in found
    ]
    for folder in sorted({os.path.dirname(name) for name in names}):  # noqa: PTH120 - quarter million
        Path(f"{into}{folder}").mkdir(parents=True, exist_ok=True)
    # Neighbours stay together, so that processes do not wait for each other at a folder.
    batch = -(-len(names) // jobs)
    context = get_context("spawn")  # nothing of this process's memory, on any system
    pipes: list[_Pipe] = []
    processes = []
    for at in range(0, len(names), batch):
        ours, theirs = context.Pipe()
        part = names[at : at + batch]
        process = context.Process(target=_write, args=(theirs, str(public), str(into), part))
        process.start()
        pipes.append(ours)
        processes.append(process)
    size = sum(int(pipe.recv() or 0) for pipe in pipes)
    os.sync()
    since = time.perf_counter()
    for pipe in pipes:
        pipe.send(None)
    used = sum(pipe.recv() or 0.0 for pipe in pipes)
    seconds = time.perf_counter() - since
    for process in processes:
        process.join()
    return Floor(seconds, used, len(names), size)


def _write(pipe: _Pipe, public: str, into: str, names: list[str]) -> None:
    """Read files; say how many bytes; when told, write them; say what processor time it took."""
    held = [(into + name, Path(public + name).read_bytes()) for name in names]
    pipe.send(sum(len(data) for _, data in held))
    pipe.recv()
    since = time.process_time()
    for name, data in held:
        with open(name, "wb", buffering=0) as file:  # noqa: PTH123 - as the build does it
            file.write(data)
    pipe.send(time.process_time() - since)
