"""Reading alone: digests of the first format beside as large a file of arXiv's metadata snapshot.

`python -m benchmarks.reading DIGESTS --papers 1000000` makes up the snapshot, reads both into
catalogs with as many processes, and says records a second and the peak memory of each. Both run in
a process of their own, one after the other, so that the ratio means something on a busy machine.
"""

from __future__ import annotations

import argparse
import json
import resource
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from multiprocessing import get_context
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, NamedTuple

from dayleaf.base import parallel
from dayleaf.catalog import Catalog, compare, load, pieces, prepare

if TYPE_CHECKING:
    from collections.abc import Iterator

_WORDS = (
    "we look into a teacup and see the tide of slow rivers which run where lakes are deep with"
    " graphs nets models learn fast sparse dense attention across many scenes under light rain for"
    " robots that walk over hills using data from sensors in cities by night"
).split()
_GIVEN = ("Ada", "Bo", "Una", "Cy", "Di", "Zoë")
_FIELDS = ("cs.CV", "cs.CV cs.LG", "math.NA cs.LG stat.ML", "hep-th")
_FIRST_YEAR, _YEARS = 2015, 12
_SELF, _CHILDREN = resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN


class Figures(NamedTuple):
    """What reading a folder took."""

    records: int
    seconds: float
    parent: int
    """Peak memory in kB, as the system counts."""
    worker: int


def snapshot(file: Path, papers: int, *, seed: int = 1) -> None:
    """Write made-up papers in the shape of arXiv's metadata snapshot, a line each."""
    random = Random(seed)
    with file.open("w", encoding="utf-8") as out:
        out.writelines(f"{json.dumps(one)}\n" for one in _papers(papers, random))


def _papers(count: int, random: Random) -> Iterator[dict[str, object]]:
    per_month = count // (_YEARS * 12) + 1
    for place in range(count):
        month, number = divmod(place, per_month)
        year, month = _FIRST_YEAR + month // 12, month % 12 + 1
        people = [
            [f"Quill{random.randrange(30_000)}", random.choice(_GIVEN), ""]
            for _ in range(random.randint(1, 6))
        ]
        yield {
            "id": f"{year % 100:02}{month:02}.{number:05}",
            "submitter": "Ada Quill",
            "authors": ", ".join(f"{given} {family}" for family, given, _ in people),
            "title": " ".join(random.choices(_WORDS, k=9)).capitalize(),
            "comments": "8 pages",
            "journal-ref": None,
            "doi": None,
            "categories": random.choice(_FIELDS),
            "abstract": f"  {' '.join(random.choices(_WORDS, k=150))}.\n",
            "versions": [
                {"version": "v1", "created": f"Mon, {1 + place % 28} Jan {year} 10:00:00 GMT"}
            ],
            "update_date": f"{year}-01-{1 + place % 28:02}",
            "authors_parsed": people,
        }


def read(content: Path, jobs: int) -> Figures:
    """Read a folder of digests into a catalog that is thrown away."""
    start = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder, parallel.pool(jobs) as pool:
        file = Path(folder) / "catalog.sqlite"
        difference = compare(file, content, program="")
        every = (piece for one in difference.read for piece in pieces(content, one))
        load(difference, pool.map(prepare, every))
        seconds = time.perf_counter() - start
        with closing(Catalog(file)) as catalog:
            records = catalog.totals().records
    peaks = (resource.getrusage(who).ru_maxrss for who in (_SELF, _CHILDREN))
    return Figures(records, seconds, *peaks)


def main() -> None:
    """Measure both, and print a line for each."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reading", description=__doc__)
    parser.add_argument("digests", type=Path, metavar="DIGESTS")
    parser.add_argument("--papers", type=int, default=1_000_000, metavar="N")
    parser.add_argument("--jobs", type=int, default=2, metavar="N")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        snapshot(Path(folder) / "arxiv-metadata.json", options.papers)
        rates = []
        for name, content in (("digests", options.digests), ("snapshot", Path(folder))):
            with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as alone:
                found = alone.submit(read, content, options.jobs).result()
            rates.append(found.records / found.seconds)
            print(
                f"{name}: {found.records:,} records in {found.seconds:.1f} s, {rates[-1]:,.0f}/s;"
                f" parent {found.parent / 1024:.0f} MB, worker {found.worker / 1024:.0f} MB"
            )
        print(f"snapshot to digests: {rates[1] / rates[0]:.2f}")


if __name__ == "__main__":
    main()
