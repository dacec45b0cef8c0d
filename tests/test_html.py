"""The Nu HTML checker finds nothing on a page of each kind."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import TypedDict

import pytest

from dayleaf.archive import urls
from tests.gallery import PAGES, gallery

CHECKER = Path(__file__).parents[1] / "node_modules/vnu-jar/build/dist/vnu.jar"
_POLICY = "violates Content Security Policy (meta tag)"
# Read from a file, a page has no origin that `'self'` could stand for.
_OUR_OWN = re.compile(r"<(?:link|script) (?:[^>]* )?(?:href|src)=\"?(?:\.{1,2}/|/(?!/))")
# Data for search engines are no script that runs, and no policy concerns them (HTML, "prepare the
# script element"); the checker takes every <script> for one.
_DATA = re.compile(r"<script type=\"?application/ld\+json\"?>")


class Message(TypedDict, total=False):
    """What the checker says of a place in a page."""

    url: str
    message: str
    extract: str
    """The place with what stands around it."""
    hiliteStart: int
    hiliteLength: int


def counts(one: Message) -> bool:
    """Tell whether a message is about the page, not about the checker's own view of it."""
    start = one.get("hiliteStart", 0)
    place = one.get("extract", "")[start : start + one.get("hiliteLength", 0)]
    return _POLICY not in one["message"] or not (_OUR_OWN.match(place) or _DATA.match(place))


@pytest.mark.parametrize(
    ("message", "place", "wanted"),
    [
        (f"Resource {_POLICY}: external stylesheet", "<link href=./assets/a.css>", False),
        (f"Resource {_POLICY}: external stylesheet", "<link href=https://a.org/a.css>", True),
        (f"Inline script {_POLICY}", "<script type=application/ld+json>", False),
        (f"Inline script {_POLICY}", "<script>", True),
        (f"Inline script {_POLICY}", "<script type=module>", True),
        ("Element “p” not allowed as child", "<script type=application/ld+json>", True),
    ],
)
def test_only_what_is_known_to_be_right_is_passed_over(
    message: str, place: str, *, wanted: bool
) -> None:
    one: Message = {
        "message": message,
        "extract": f"</p>\n{place}text",
        "hiliteStart": 5,
        "hiliteLength": len(place),
    }
    assert counts(one) is wanted


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
    messages: list[Message] = json.loads(done.stderr)["messages"]
    found = [f"{one['url']}: {one['message']}" for one in messages if counts(one)]
    assert found == []
