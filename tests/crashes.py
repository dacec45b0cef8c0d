"""Builds that are killed, or find no room, at every single step of theirs.

A step is whatever changes a disk: opening a file to write, renaming, removing, making a folder,
opening a database; Python's audit events tell of each. Run as a program, so that it may fork:

    python -m tests.crashes FOLDER kill|full FIRST EVERY

breaks a build of the site in FOLDER at step FIRST and every EVERY-th after it, and checks each time
that what stands in the output folder are whole files, old or new, and that the next build gives
what a clean one gives, byte for byte. It prints how many steps were tried.
"""

from __future__ import annotations

import errno
import os
import shutil
import signal
import sys
import traceback
from contextlib import nullcontext
from pathlib import Path
from typing import NoReturn

from dayleaf.base import lock
from dayleaf.base.errors import DayleafError
from tests.layouts import shared
from tests.sites import Site, digest, path, record, small

_STEPS = {
    "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.truncate", "shutil.rmtree",
    "sqlite3.connect",
}  # fmt: skip
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
PUBLISHED, FULL = 0, 3


def edited(made: Site) -> Site:
    """A day more, a day less, another title, another layout."""
    made.edit(path("2022-01-04"), digest(record("2201.00002", day="2022-01-04"), day="2022-01-04"))
    made.edit(path("2021-12-19"), digest(record(title="Ebb and Flow")))
    made.remove(path("2022-01-03"))
    return made.edit("layouts/404.html", "Nobody is here.")


def prepare(folder: Path) -> tuple[Site, dict[str, bytes], dict[str, bytes]]:
    """Lay out a site that is built and then edited; return it with its files before and after."""
    made = small(folder / "made")
    made.build(search=True)
    before = made.files()
    edited(made)
    clean = edited(small(folder / "clean"))
    clean.build(search=True)
    return made, before, clean.files()


def whole(made: Site, before: dict[str, bytes], after: dict[str, bytes]) -> None:
    """Require that every file that a visitor can see is an old one or a new one."""
    for name, data in made.files().items():
        if not name.startswith(".dayleaf-staging/"):
            assert data in {before.get(name), after.get(name)}, name


def attempt(made: Site, kind: str, step: int) -> int:
    """Build in a process of its own that breaks at a step; return how it ended."""
    child = os.fork()
    if not child:
        _break(made, kind, step)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


def _break(made: Site, kind: str, step: int) -> NoReturn:
    count = 0

    def hook(event: str, given: tuple[object, ...]) -> None:
        nonlocal count
        flags = given[2] if event == "open" else 0
        if event in _STEPS or (isinstance(flags, int) and flags & _WRITES):
            count += 1
            if count == step and kind == "kill":
                os.kill(os.getpid(), signal.SIGKILL)
            if count >= step and kind == "full" and event != "os.remove":
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(given[0]))

    code = 70
    try:
        sys.addaudithook(hook)
        made.build(search=True)
        code = PUBLISHED
    except DayleafError as error:
        code = FULL if os.strerror(errno.ENOSPC) in str(error) else code
    except Exception:  # noqa: BLE001 - shown, for nothing else is left of this process
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def main(folder: Path, kind: str, first: int, every: int) -> int:
    """Break a build at every step, until one gets through; return how many were tried."""
    lock._ORPHANS = 0.0  # nobody works for these builds
    # Of the steps of a sample none is to be one that keeps a compiled layout.
    with shared(folder / "layouts") if every > 1 else nullcontext():
        return _main(folder, kind, first, every)


def _main(folder: Path, kind: str, first: int, every: int) -> int:
    made, before, after = prepare(folder)
    stood = folder / "stood"
    shutil.copytree(made.folder, stood, symlinks=True)
    tried, step = 0, first
    while True:
        shutil.rmtree(made.folder)
        shutil.copytree(stood, made.folder)
        code = attempt(made, kind, step)
        whole(made, before, after)
        if code == PUBLISHED:
            assert made.files() == after
            return tried
        assert code == (-signal.SIGKILL if kind == "kill" else FULL), (step, code)
        made.build(search=True)
        assert made.files() == after, step
        tried, step = tried + 1, step + every


if __name__ == "__main__":
    print(main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])))
