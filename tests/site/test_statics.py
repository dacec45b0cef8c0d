"""Files that a site brings along for its root."""

from __future__ import annotations

import html
import os
import shutil
from pathlib import Path

import pytest

from dayleaf.base.errors import OutputError
from dayleaf.site.pages.headers import POLICY
from tests.sites import Site, small


@pytest.fixture
def site(tmp_path: Path) -> Site:
    made = small(tmp_path)
    for name in ("_headers", ".well-known/security.txt", "google123.html", "CNAME", "robots.txt"):
        made.edit(f"static/{name}", f"{name} of our own\n")
    return made


def test_they_are_copied_as_they_are(site: Site) -> None:
    """Dotted folders too, and a robots.txt in the place of ours; pipes are passed by."""
    os.mkfifo(site.folder / "static/pipe")
    site.build()
    files = site.files()
    for name in ("_headers", ".well-known/security.txt", "google123.html", "CNAME", "robots.txt"):
        assert files[name] == f"{name} of our own\n".encode()
    assert "pipe" not in files


def test_they_come_and_go_and_change(site: Site, tmp_path_factory: pytest.TempPathFactory) -> None:
    """As in a build from nothing; with the memory of earlier builds lost, too."""
    site.build()
    site.edit("static/_headers", "other\n").remove("static/google123.html")
    site.remove("static/robots.txt")
    report = site.build()
    assert report.deleted == 1
    assert site.files()["_headers"] == b"other\n"
    assert b"User-agent" in site.files()["robots.txt"]
    shutil.rmtree(site.folder / ".dayleaf")
    assert site.build().deleted == 0
    other = Site(tmp_path_factory.mktemp("clean"))
    shutil.copytree(site.folder / "content", other.folder / "content")
    shutil.copytree(site.folder / "static", other.folder / "static")
    other.build()
    assert other.files() == site.files()


@pytest.mark.parametrize(
    "name", ["index.html", "assets/style.css", "2021/12/19/index.html", ".nojekyll", "feed.xml"]
)
def test_a_name_that_a_page_has_fails_the_build(site: Site, name: str) -> None:
    """And leaves the site as it was."""
    site.build()
    before = site.files()
    site.edit(f"static/{name}", "mine")
    with pytest.raises(OutputError, match=f"static/{name}: expected a name that no page"):
        site.build()
    assert site.files() == before


def test_hosts_that_take_headers_get_them(site: Site) -> None:
    """The policy that the layouts hold too; a site's own file stands in for it."""
    site.edit("site.toml", 'host = "netlify"\n')
    site.build()
    assert site.files()["_headers"] == b"_headers of our own\n"
    site.remove("static/_headers")
    site.build()
    assert f"Content-Security-Policy: {POLICY};" in site.files()["_headers"].decode()
    assert POLICY in html.unescape(site.read("/2021/12/19/"))
    site.edit("site.toml", 'host = "github-pages"\n')
    site.build()
    assert "_headers" not in site.files()
