"""Builds that are killed, meet one another, or find the disk full."""

from __future__ import annotations

import errno
import io
import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from dayleaf.base import config, lock, parallel
from dayleaf.base.errors import DiskError, LockError, WorkerError
from dayleaf.build import BuildOptions, build, progress
from dayleaf.build.progress import Silent
from dayleaf.build.site_update import SiteUpdate
from dayleaf.site.pages import Context
from dayleaf.site.pages.planner import Task
from tests import crashes
from tests.patience import PATIENCE
from tests.sites import Site, digest, path, record, small

ROOT = Path(__file__).parents[1]
unmeasured = pytest.mark.skipif(
    "COVERAGE_PROCESS_CONFIG" in os.environ,
    reason="coverage writes files and says so in the processes that are measured",
)
posix = pytest.mark.skipif(sys.platform == "win32", reason="needs fork and signals")
BUILD = (sys.executable, "-m", "dayleaf", "build")
HOLD = """
import sys, time; from pathlib import Path; from dayleaf.base import lock
with lock.site(Path(sys.argv[1]), Path("out"), wait=None):
    print("held", flush=True); time.sleep(600)
"""


def environment() -> dict[str, str]:
    """The environment of a program that imports this Dayleaf."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "generator"), str(ROOT)])}


def start(made: Site, *options: str) -> subprocess.Popen[str]:
    """Start a build in a group of processes of its own."""
    return subprocess.Popen(
        [*BUILD, *options],
        cwd=made.folder,
        env=environment(),
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def holder(cache: Path) -> subprocess.Popen[str]:
    """A process that holds a cache's lock."""
    run = [sys.executable, "-c", HOLD, str(cache)]
    process = subprocess.Popen(run, env=environment(), stdout=subprocess.PIPE, text=True)
    assert process.stdout
    assert process.stdout.readline() == "held\n"
    return process


# ---- Two at once -------------------------------------------------------------------------------


def test_who_does_not_wait_is_told_who_builds(tmp_path: Path) -> None:
    made = small(tmp_path)
    with holder(tmp_path / ".dayleaf") as process:
        said = rf"process {process.pid}, since \d+-\d+-\d+ \d+:\d+:\d+, of .* into out"
        with pytest.raises(LockError, match=said):
            made.build()
        process.kill()
    made.build()


def test_who_waits_is_told_for_whom_and_then_builds(tmp_path: Path) -> None:
    """However the other one ends: here it is killed."""
    made = small(tmp_path)
    told: list[str] = []
    with holder(tmp_path / ".dayleaf") as process:

        def tell(text: str) -> None:
            told.append(text)
            threading.Timer(0.5, process.kill).start()

        build(config.load(made.folder), BuildOptions(1, search=False, wait=tell), Silent())
    assert len(told) == 1
    assert told[0].startswith(f"waiting for another build to end: process {process.pid}, since")
    assert (made.public / "index.html").exists()
    assert (tmp_path / ".dayleaf/lock").read_text(encoding="utf-8") == ""


def test_two_builds_of_a_site_at_once(tmp_path: Path) -> None:
    """Both succeed, one after the other, and the one that waited says so in a line."""
    made, clean = small(tmp_path / "made"), small(tmp_path / "clean")
    clean.build()
    both = [start(made, "--no-search", "--jobs", "2") for _ in range(2)]
    said = [process.communicate(timeout=PATIENCE)[1] for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    waited = re.findall(r"^dayleaf: waiting .* process (\d+), since", "".join(said), re.MULTILINE)
    assert waited in ([], [str(both[0].pid)], [str(both[1].pid)])
    assert made.files() == clean.files()


def test_the_command_line_need_not_wait(tmp_path: Path) -> None:
    made = small(tmp_path)
    with holder(tmp_path / ".dayleaf") as process:
        done = start(made, "--no-search", "--no-wait")
        _, said = done.communicate(timeout=PATIENCE)
        process.kill()
    assert done.returncode == 1
    assert said.startswith(f"dayleaf: another build is at work: process {process.pid}, since")
    assert "Traceback" not in said


def test_two_sites_into_one_folder_at_once(tmp_path: Path) -> None:
    """What stands there in the end is one of them, whole."""
    one, other = small(tmp_path / "one"), small(tmp_path / "other")
    other.edit("site.toml", 'title = "Another"').remove(path("2022-01-03"))
    one.build()
    other.build()
    out = str(tmp_path / "out")
    both = [start(site, "--no-search", "--output", out) for site in (one, other)]
    said = [process.communicate(timeout=PATIENCE)[1] for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    files = {
        file.relative_to(out).as_posix(): file.read_bytes()
        for file in Path(out).rglob("*")
        if file.is_file()
    }
    assert files in [one.files(), other.files()]


def test_an_output_folder_is_locked_without_a_trace(tmp_path: Path) -> None:
    before = tmp_path.stat().st_mtime_ns
    with lock.folder(tmp_path, wait=None):
        with (
            pytest.raises(LockError, match="one of another site, or a publication, of"),
            lock.folder(tmp_path, wait=None),
        ):
            pass
        assert not list(tmp_path.iterdir())
    assert tmp_path.stat().st_mtime_ns == before
    with lock.folder(tmp_path, wait=None):
        pass


# ---- Killed ------------------------------------------------------------------------------------


@posix
@pytest.mark.parametrize("kind", ["kill", "full"])
def test_broken_at_some_of_its_steps(tmp_path: Path, kind: str) -> None:
    """At every single one: `python -m tests.crashes FOLDER kill 1 1`, which takes minutes."""
    run = [sys.executable, "-m", "tests.crashes", str(tmp_path), kind, "7", "17"]
    done = subprocess.run(
        run, cwd=ROOT, env=environment(), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) >= 10


@posix
@pytest.mark.parametrize("seed", range(int(os.environ.get("KILLS", "3"))))
def test_killed_at_any_moment_with_all_its_workers(tmp_path: Path, seed: int) -> None:
    """Twice in a row, then left alone. KILLS=200 in the environment tries as many moments."""
    made, before, after = crashes.prepare(tmp_path)
    chance = random.Random(seed)
    for _ in range(2):
        process = start(made, "--jobs", "2")
        time.sleep(chance.uniform(0.2, 2.0))
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate(timeout=PATIENCE)
        crashes.whole(made, before, after)
    made.build(search=True, jobs=2)
    assert made.files() == after


@posix
def test_the_workers_of_a_killed_build_end_too(tmp_path: Path) -> None:
    """Alone it would wait for work for ever, and write what nobody asked for until then."""
    made = small(tmp_path)
    for day in range(1, 29):  # enough to be at work for a while
        made.edit(
            path(f"2020-02-{day:02}"),
            digest(
                *(record(f"2002.{day:02}{n:03}", day=f"2020-02-{day:02}") for n in range(40)),
                day=f"2020-02-{day:02}",
            ),
        )
    process = start(made, "--jobs", "2", "--no-search")
    cache = tmp_path / ".dayleaf"
    while not (cache / "catalog.sqlite").exists():
        time.sleep(0.02)
    process.kill()  # it alone, not its group
    process.communicate(timeout=PATIENCE)
    deadline = time.monotonic() + PATIENCE
    while _alive(process.pid):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    made.build()
    files = made.files()
    for file in cache.iterdir():
        if file.is_file():
            file.unlink()
    made.build()
    assert made.files() == files


def _alive(group: int) -> bool:
    """Whether a process of a group is at work; dead ones may wait for long to be buried."""
    run = ["ps", "-A", "-o", "pgid=,stat="]
    found = subprocess.run(run, capture_output=True, text=True, check=True).stdout.splitlines()
    states = [line.split() for line in found]
    return any(pgid == str(group) and not state.startswith("Z") for pgid, state in states)


def _die(number: int) -> int:
    os._exit(number)


def test_a_lost_worker_is_told_plainly() -> None:
    with (
        parallel.pool(2) as pool,
        pytest.raises(WorkerError, match="ended from outside, perhaps for want of memory"),
    ):
        list(pool.map(_die, [9, 9, 9]))


@posix
def test_interrupted_from_the_keyboard(tmp_path: Path) -> None:
    """Ctrl-C reaches all processes at once: one line, no traceback of any of them."""
    made = crashes.edited(small(tmp_path))
    process = start(made, "--jobs", "2")
    while not (tmp_path / ".dayleaf/catalog.sqlite").exists():
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=PATIENCE)
    if process.returncode != 0:  # a fast machine may have been done
        assert process.returncode == 130
        assert "Traceback" not in said
        assert said.endswith("dayleaf: interrupted; the published site is as it was\n")


# ---- Without room ------------------------------------------------------------------------------


@posix
@unmeasured
@pytest.mark.parametrize("limit", [1_500, 40_000, 90_000])
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_no_room_for_a_files_end(tmp_path: Path, limit: int, jobs: str) -> None:
    """A write that the system cuts short, of pages or of databases, in workers too."""
    made, before, after = crashes.prepare(tmp_path)
    code = (
        "import resource, sys; from dayleaf.cli import main\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))\n"
        "sys.exit(main(sys.argv[1:]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "build", "--jobs", jobs],
        cwd=made.folder,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert re.search(r"^dayleaf: .*: expected ", done.stderr, re.MULTILINE), done.stderr
    crashes.whole(made, before, after)
    made.build(search=True)
    assert made.files() == after


def test_a_full_disk_is_told_plainly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = small(tmp_path)

    def full(*given: object, **_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), given[0])

    monkeypatch.setattr("dayleaf.build.output.os.makedirs", full)
    with pytest.raises(DiskError, match=r"No space left on device: expected room .* MB free in"):
        made.build()
    monkeypatch.undo()
    made.build()


def test_mistakes_of_ours_keep_their_traceback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = small(tmp_path)
    monkeypatch.setattr("dayleaf.build.output.os.makedirs", lambda *_, **__: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        made.build()


# ---- Progress ----------------------------------------------------------------------------------


@unmeasured
def test_a_log_gets_few_lines_of_what_people_count(tmp_path: Path) -> None:
    made = small(tmp_path)
    _, said = start(made).communicate(timeout=PATIENCE)
    lines = [re.sub(r"^\[ *[\d.]+ s\] ", "", line) for line in said.splitlines()]
    lines = [re.sub(r"\d+\.\d+ s(, [\d,]+/s)?$", "… s", line) for line in lines]
    assert re.fullmatch(r"  \d\d+ pages in … s", lines.pop(3))
    assert lines[:5] == [
        "Reading digests",
        "  4 files in … s",
        "Rendering pages",
        "Indexing for search",
        "  5 papers in … s",
    ]
    assert lines[5] == (
        "Passed over, not a format that Dayleaf knows (see docs/formats.md): README.md"
    )
    assert "\x1b" not in said


def test_a_log_hears_of_long_phases_now_and_then(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    now = 0.0
    monkeypatch.setattr("time.monotonic", lambda: now)
    with progress.choose() as shown:
        shown.phase("search", 4_000)
        for _ in range(4):
            now += 25
            shown.advance(1_000)
        shown.phase("publish", 1)
    assert capsys.readouterr().err.splitlines() == [
        "[   0.0 s] Indexing for search",
        "[  50.0 s]   2,000 of 4,000 papers, 40/s, 50 s left",
        "[ 100.0 s]   4,000 of 4,000 papers, 40/s, 0 s left",
        "[ 100.0 s]   4,000 papers in 100.0 s, 40/s",
    ]


def test_what_is_said_of_a_phase(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages are counted, but the time left follows from the shares of the work."""
    now = 0.0
    monkeypatch.setattr("time.monotonic", lambda: now)
    phase = progress.Phase("pages", 100)
    assert phase.standing() == "0 pages"
    now += 30
    phase.things += 12_000
    phase.advance(20)
    assert phase.standing() == "12,000 pages, 400/s, 2:00 left"
    now += 10
    assert phase.standing() == "12,000 pages, 400/s, 1:50 left"
    now += 600
    assert phase.standing() == "12,000 pages, 400/s, 0 s left"
    assert progress.Phase("publish", 1).standing() == ""


def test_cheap_shares_are_not_taken_for_dear_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The dearest shares come first: what is left is told by cost, on a clock that costs move."""
    site = small(tmp_path)
    now = 0.0
    left: list[tuple[str, float]] = []
    plan = SiteUpdate.plan

    def dear_first(self: SiteUpdate, context: Context) -> list[Task]:
        days = [
            task._replace(cost=20_000) for task in plan(self, context) if task.producer == "day"
        ]
        rest = [task._replace(cost=10) for task in plan(self, context) if task.producer != "day"]
        return days + rest

    class Watched(Silent):
        def advance(self, steps: int = 1) -> None:
            nonlocal now
            now += steps / 1000
            super().advance(steps)
            if self._phase and self._phase.name == "pages":
                left.append((self._phase.standing(), (self._phase.total - self._phase.done) / 1000))

    monkeypatch.setattr("time.monotonic", lambda: now)
    monkeypatch.setattr(SiteUpdate, "plan", dear_first)
    build(config.load(site.folder), BuildOptions(1, search=False), Watched())
    assert len(left) > 10
    for said, truly in left:
        assert said.endswith(f", {round(truly)} s left"), said


def test_a_terminal_sees_a_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = io.StringIO()
    monkeypatch.setattr(screen, "isatty", lambda: True)
    monkeypatch.setattr("sys.stderr", screen)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "100")
    with progress.choose() as shown:
        shown.phase("pages", 10)
        shown.made(1_234)
        shown.advance(5)
    assert "Rendering pages" in screen.getvalue()
    assert "1,234 pages" in screen.getvalue()
    monkeypatch.setenv("TERM", "dumb")
    assert isinstance(progress.choose(), progress.Plain)


@pytest.mark.parametrize("pattern", ["catalog.sqlite", "output-*.sqlite"])
@pytest.mark.parametrize("damage", ["page", "end", "text", "folder"])
def test_a_damaged_database_of_the_cache_is_made_anew(
    tmp_path: Path, pattern: str, damage: str
) -> None:
    """At the next build, which gives the bytes of a clean one."""
    made = small(tmp_path)
    made.build()
    before = made.files()
    (file,) = (tmp_path / ".dayleaf").glob(pattern)
    data = bytearray(file.read_bytes())
    if damage == "folder":
        file.unlink()
        file.mkdir()
        (file / "x").touch()
    elif damage == "page":
        data[4096:] = bytes(byte ^ 0x55 for byte in data[4096:])
        file.write_bytes(data)
    else:
        file.write_bytes(data[: len(data) // 2] if damage == "end" else b"text" * 4000)
    (made.public / "days/index.html").unlink()
    made.build()
    clean = Site(tmp_path / "clean")
    for one in (tmp_path / "content").rglob("*.md"):
        clean.edit(one.relative_to(tmp_path).as_posix(), one.read_text("utf-8"))
    clean.build()
    assert made.files() == clean.files()
    assert set(before) == set(made.files())


def test_a_file_in_the_place_of_the_cache_is_told(tmp_path: Path) -> None:
    made = small(tmp_path)
    (tmp_path / ".dayleaf").write_text("notes")
    with pytest.raises(DiskError, match="expected the folder of the cache, found a file"):
        made.build()
