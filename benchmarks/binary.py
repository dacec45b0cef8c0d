"""What Pagefind's program needs by itself for the records of a site.

Every shard's messages are prepared in a file. What is timed is the program alone: several processes
take shards from one list, get the file as it is, and their answers are counted, not read.
"""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import IO, NamedTuple

import pagefind_bin

from benchmarks.memory import Peak, Watch
from benchmarks.run import processor
from dayleaf import search
from dayleaf.base import config
from dayleaf.build import work
from dayleaf.catalog import Catalog
from dayleaf.search.records import records

_CHUNK = 1 << 20


class Shard(NamedTuple):
    """The messages that make one index."""

    file: Path
    answers: int
    """How many will come, one for each message."""


@dataclass(frozen=True, slots=True)
class Binary:
    """What the program has cost."""

    seconds: float
    processor: float
    peak: Peak
    shards: int


def prepare(site: Path, into: Path) -> list[Shard]:
    """Write the messages for the shards of a site that is built, the largest first."""
    settings = config.load(site)
    into.mkdir()
    found: list[Shard] = []
    with closing(Catalog(settings.cache / work.CATALOG)) as catalog:
        for number, job in enumerate(search.jobs(catalog, settings, identity="")):
            file = into / f"{number}.txt"
            with file.open("wb") as stream:
                sent = [stream.write(message) for message in _messages(catalog, job)]
            found.append(Shard(file, len(sent)))
    return sorted(found, key=lambda shard: -shard.answers)


def measure(shards: list[Shard], *, jobs: int) -> Binary:
    """Index the shards, so many at once."""
    used, since = processor(), time.perf_counter()
    with ThreadPoolExecutor(jobs) as pool:
        peaks = list(pool.map(_index, shards))
    seconds = time.perf_counter() - since
    peak = Peak()
    for each in peaks:
        peak = peak.most(each)
    return Binary(seconds, processor() - used, peak, len(shards))


def _messages(catalog: Catalog, job: search.Job) -> Iterator[bytes]:
    def message(number: int, payload: dict[str, object]) -> bytes:
        text = json.dumps({"message_id": number, "payload": payload})
        return base64.b64encode(text.encode()) + b","

    yield message(0, {"type": "NewIndex", "config": {"force_language": job.language}})
    number = 0
    found = records(catalog, job.shard, granularity=job.granularity, language=job.language)
    for number, record in enumerate(found, 1):
        file = {"url": record.url, "file_contents": record.document}
        yield message(number, {"type": "AddFile", "index_id": 0, **file})
    yield message(number + 1, {"type": "GetFiles", "index_id": 0})


def _index(shard: Shard) -> Peak:
    """Feed one process; return its peak when it has answered everything and ended."""
    with subprocess.Popen(
        [str(pagefind_bin.get_executable()), "--service"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as process:
        assert process.stdin
        assert process.stdout
        watch = Watch(process.pid)
        feeding = threading.Thread(target=_feed, args=(shard.file, process.stdin))
        feeding.start()
        answers = 0
        while answers < shard.answers and (chunk := os.read(process.stdout.fileno(), _CHUNK)):
            answers += chunk.count(b",")
        assert answers == shard.answers, "Pagefind ended before it had answered"
        peak = watch.stop().pagefind
        feeding.join()
        process.stdin.close()
    return peak


def _feed(file: Path, stream: IO[bytes]) -> None:
    with file.open("rb") as messages:
        shutil.copyfileobj(messages, stream, _CHUNK)
    stream.flush()
