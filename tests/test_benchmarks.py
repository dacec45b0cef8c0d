"""The benchmark measures what it says it does. No figure of time is asserted."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from benchmarks import __main__ as benchmarks
from benchmarks import inputs, memory
from benchmarks.invented import Plan, write

TINY = Plan(60, seed=1, first=date(2024, 12, 28), last=date(2024, 12, 31))
STEPS = [
    "cold, without search",
    "cold search",
    "nothing to do",
    "a new day",
    "a new year's first day",
    "a changed author.html",
]


def run(
    *arguments: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> str:
    monkeypatch.setattr(sys, "argv", ["benchmarks", *arguments])
    monkeypatch.setattr(inputs, "PINNED", TINY)
    benchmarks.main()
    return capsys.readouterr().out


def test_the_tables_name_every_step_phase_and_ratio(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = run("--pinned", monkeypatch=monkeypatch, capsys=capsys)
    head, steps, phases, sizes, ratios = text.rstrip().split("\n\n")
    assert head.startswith("pinned input: ")
    assert "2 jobs" in head
    names = [line.rpartition("  ")[0].strip() for line in steps.splitlines()]
    for step in STEPS:
        assert any(name.startswith(step) for name in names), step
        assert any(line.startswith(step) for line in phases.splitlines()), step
    assert "floor: the same bytes from memory" in steps
    assert "Pagefind's program, " in steps
    for phase in ("read", "pages", "publish", "search"):
        assert phase in phases.splitlines()[0]
    for kind in ("authors", "days", "search", "all"):
        assert any(line.startswith(kind) for line in sizes.splitlines()), kind
    assert len(ratios.splitlines()) == len(STEPS) + 1


def test_the_figures_are_those_of_the_site(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Counted once more in the folders that a run leaves behind."""
    folder = tmp_path / "kept"
    content = tmp_path / "content"
    write(content, TINY)
    before = {file: file.read_bytes() for file in content.rglob("*.md")}
    found = json.loads(
        run(
            "--json", f"--content={content}", f"--keep={folder}",
            monkeypatch=monkeypatch, capsys=capsys,
        )
    )  # fmt: skip
    assert {file: file.read_bytes() for file in content.rglob("*.md")} == before
    cold, index, (nothing, day, year, layout) = found["cold"], found["search"], found["later"]

    written = [file for file in (folder / "floor").rglob("*") if file.is_file()]
    assert found["floor"]["files"] == len(written) == cold["written"]
    assert found["floor"]["size"] == sum(file.stat().st_size for file in written)
    assert found["binary"]["shards"] == 1
    assert index["report"]["search"]["indexed"] == 1
    indexed = [file for file in (folder / "site/public/search").rglob("*") if file.is_file()]
    assert 0 < index["report"]["search"]["files"] <= len(indexed)
    assert index["written"] >= index["report"]["search"]["files"]
    assert (nothing["written"], nothing["deleted"]) == (0, 0)
    assert day["report"]["papers"] == cold["report"]["papers"] + 150
    assert day["report"]["days"] == cold["report"]["days"] + 1
    assert year["report"]["days"] == day["report"]["days"] + 1
    assert layout["written"] == layout["report"]["authors"]
    assert layout["report"]["search"]["indexed"] == 0
    assert all(ratio > 0 for pair in found["ratios"].values() for ratio in pair.values())


HOLD = """
import subprocess, sys
held = bytearray(int(sys.argv[1]))
if len(sys.argv) > 2:
    run = [sys.executable, "-c", *sys.argv[2:]]
    below = subprocess.Popen(run, stdin=subprocess.PIPE)
print("held", flush=True)
sys.stdin.read()
"""


@pytest.mark.skipif(not memory.CHILDREN.exists(), reason="needs /proc with lists of children")
def test_memory_is_told_by_kind_of_process() -> None:
    """The parent's and that of a process below it, both at their peak."""
    command = [sys.executable, "-c", HOLD, "60000000", HOLD, "120000000"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        watch = memory.Watch(process.pid)
        assert process.stdout
        assert [process.stdout.readline() for _ in range(2)] == [b"held\n"] * 2
        watch.wait_for_looks(3)
        peaks = watch.stop()
        process.communicate()
    assert 60e6 < peaks.parent.own <= peaks.parent.resident < 120e6
    assert 120e6 < peaks.worker.own <= peaks.worker.resident < 180e6
    assert peaks.pagefind == memory.Peak()


def test_a_process_that_vanishes_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At each step at which it can: before its threads are listed, and before their children are.

    The third has gone when its folder is opened, as the system tells it: no such process.
    """
    (tmp_path / "1/task/1").mkdir(parents=True)
    (tmp_path / "1/task/1/children").write_text("2 3 4\n", encoding="ascii")
    (tmp_path / "3/task/3").mkdir(parents=True)
    (tmp_path / "4/task/4").mkdir(parents=True)
    (tmp_path / "4/task/4/children").write_text("5\n", encoding="ascii")
    monkeypatch.setattr(memory, "_PROC", tmp_path)

    def look(real: Callable[[Path], object], path: Path) -> object:
        if path == tmp_path / "3/task":
            raise ProcessLookupError(errno.ESRCH, "No such process", str(path))
        return real(path)

    for name in ("listdir", "scandir"):  # Path uses one or the other
        monkeypatch.setattr(os, name, partial(look, getattr(os, name)))
    assert memory._tree(1) == [1, 2, 3, 4, 5]


def test_without_search_nothing_is_indexed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found = json.loads(
        run("--pinned", "--no-search", "--json", monkeypatch=monkeypatch, capsys=capsys)
    )
    assert found["search"] is None
    assert found["binary"] is None
    assert all("search" not in step["report"]["bytes"] for step in found["later"])


def test_an_empty_archive_is_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    with pytest.raises(SystemExit, match="expected digests, found none"):
        run(f"--content={tmp_path}", "--no-search", monkeypatch=monkeypatch, capsys=capsys)
