"""The same input gives the same bytes, whatever machine and mood it is built in."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from functools import partial
from multiprocessing import get_all_start_methods
from pathlib import Path
from types import TracebackType
from typing import Self, cast

import pytest

from benchmarks.invented import Plan, write
from dayleaf.base import parallel
from tests.sites import Site

ROOT = Path(__file__).parents[1]
PLAN = Plan(200, seed=7, first=date(2024, 11, 27), last=date(2024, 12, 4))
OTHER = Plan(60, seed=8, first=PLAN.first, last=PLAN.last, archive="cs.LG")
"""Of the same days, and with identifiers that stand in the first one as well."""


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("invented")
    write(folder, PLAN)
    write(folder, OTHER)
    return folder


@pytest.fixture(scope="module")
def wanted(content: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The site as one process makes it."""
    made = Site(tmp_path_factory.mktemp("wanted"), {"content": str(content)})
    made.build(search=True, jobs=1)
    return made.files()


def agree(made: Site, wanted: dict[str, bytes]) -> None:
    """Compare by names, because what pytest says of two large bytes takes minutes."""
    files = made.files()
    assert set(files) == set(wanted)
    assert {name for name in files if files[name] != wanted[name]} == set()


@pytest.mark.parametrize(
    ("jobs", "environment"),
    [
        (1, {"TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1"}),
        (2, {"TZ": "America/St_Johns", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "2"}),
        # ASCII, and nothing that would make UTF-8 of it: each file must name its encoding.
        (
            2,
            {
                "TZ": "UTC",
                "LC_ALL": "C",
                "PYTHONHASHSEED": "random",
                "PYTHONUTF8": "0",
                "PYTHONCOERCECLOCALE": "0",
            },
        ),
    ],
)
def test_any_jobs_time_zone_locale_and_hash_seed(
    content: Path, wanted: dict[str, bytes], tmp_path: Path, jobs: int, environment: dict[str, str]
) -> None:
    run = [sys.executable, "-m", "dayleaf", "build", f"--content={content}", f"--jobs={jobs}"]
    paths = {"PYTHONPATH": str(ROOT / "generator")}
    done = subprocess.run(
        run,
        cwd=tmp_path,
        env={**os.environ, **paths, **environment},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode(errors="replace")
    agree(Site(tmp_path), wanted)


@pytest.mark.parametrize("start", get_all_start_methods())
def test_any_way_to_start_processes(
    content: Path,
    wanted: dict[str, bytes],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    start: str,
) -> None:
    """Linux forks, macOS and Windows spawn: a worker must not live on what it has inherited."""
    chosen = cast("parallel.Start", start)
    monkeypatch.setattr(parallel, "pool", partial(parallel.pool, start=chosen))
    made = Site(tmp_path, {"content": str(content)})
    made.build(search=True, jobs=2)
    agree(made, wanted)


class Shuffled:
    """`os.scandir`, in an order that no file system would give twice."""

    def __init__(self, folder: str | os.PathLike[str] = ".") -> None:
        with SCANDIR(folder) as entries:
            found = list(entries)
        random.shuffle(found)
        self._found = iter(found)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        pass

    def close(self) -> None:
        pass

    def __iter__(self) -> Iterator[os.DirEntry[str]]:
        return self._found

    def __next__(self) -> os.DirEntry[str]:
        return next(self._found)


SCANDIR = os.scandir


@pytest.mark.parametrize("jobs", [1, 2])
def test_any_order_of_files(
    content: Path,
    wanted: dict[str, bytes],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    jobs: int,
) -> None:
    monkeypatch.setattr(os, "scandir", Shuffled)
    made = Site(tmp_path, {"content": str(content)})
    made.build(search=True, jobs=jobs)
    agree(made, wanted)


@pytest.mark.archive
@pytest.mark.slow
def test_a_real_month_day_by_day_equals_a_clean_build(tmp_path: Path) -> None:
    """Each day is added; then one is edited, one deleted and restored: always as from nothing."""
    digests = os.environ.get("DIGESTS")
    if not digests:
        pytest.skip("DIGESTS is not set: name the folder of the unpacked archive")
    days = sorted(Path(digests).glob("*/2015/06/*.md"))
    assert len(days) > 25
    made = Site(tmp_path / "made")
    names = [f"content/{day.relative_to(digests).as_posix()}" for day in days]
    texts = [day.read_text(encoding="utf-8") for day in days]

    def equals_clean(step: str) -> None:
        made.build(search=True, jobs=2)
        clean = Site(tmp_path / step, {"content": str(made.folder / "content")})
        clean.build(search=True, jobs=2)
        agree(made, clean.files())

    for number, (name, text) in enumerate(zip(names, texts, strict=True)):
        made.edit(name, text)
        equals_clean(f"added-{number}")
    last = made.files()
    middle = len(days) // 2
    made.edit(names[middle], texts[middle].replace("**Authors**: ", "**Authors**: Ada Quill, ", 1))
    equals_clean("edited")
    assert made.files() != last
    made.edit(names[middle], texts[middle])
    made.remove(names[middle // 2])
    equals_clean("deleted")
    made.edit(names[middle // 2], texts[middle // 2])
    equals_clean("restored")
    agree(made, last)
