"""The Nu HTML checker finds nothing on a page of each kind."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from dayleaf import urls
from tests.gallery import PAGES, gallery

CHECKER = Path(__file__).parents[1] / "node_modules/vnu-jar/build/dist/vnu.jar"
# Read from a file, a page has no origin that `'self'` could stand for.
_ORIGIN = "violates Content Security Policy (meta tag): external"
# Data for search engines are no script that runs, and no policy concerns them (HTML, "prepare the
# script element"); the checker takes every <script> for one.
_DATA = "Inline script violates Content Security Policy"


def test_every_kind_of_page_is_valid(tmp_path: Path) -> None:
    """Errors and warnings alike."""
    java = shutil.which("java")
    if not java:
        pytest.skip("no Java on the PATH: on Debian and Ubuntu apt install default-jre-headless")
    if not CHECKER.is_file():
        pytest.skip("the Nu HTML checker is not installed: make lint installs it")
    made = gallery(tmp_path / "site")
    made.build(search=True)
    files = [made.public / urls.file(path.partition("?")[0]) for path in PAGES.values()]
    done = subprocess.run(
        [java, "-Xmx512m", "-jar", CHECKER, "--format", "json", *files],
        capture_output=True,
        text=True,
        check=False,
    )
    messages = json.loads(done.stderr)["messages"]
    found = [
        f"{one['url']}: {one['message']}"
        for one in messages
        if _ORIGIN not in one["message"] and _DATA not in one["message"]
    ]
    assert found == []
