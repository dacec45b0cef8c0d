"""What search engines, feed readers and browsers are told, and what follows from a base URL."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dayleaf import cli
from tests.sites import Site, digest, path, record, small

BASE = "https://example.org/papers/"


def listed(site: Site) -> dict[str, str]:
    """Return the sitemap's addresses with their days."""
    found = re.findall(r"<loc>(.*?)</loc><lastmod>(.*?)</lastmod>", site.read("/sitemap.xml"))
    assert len(found) == site.read("/sitemap.xml").count("<url>")
    return {address.removeprefix(BASE): day for address, day in found}


def test_the_sitemap_says_the_newest_day_that_a_page_shows(tmp_path: Path) -> None:
    """And a day more touches no other page than those that show it."""
    site = small(tmp_path)
    site.settings["base_url"] = BASE
    site.build()
    before = listed(site)
    newest = dict.fromkeys(("", "days/", "categories/", "authors/", "statistics/"), "2022-01-03")
    assert before == newest | {
        "2021/12/19/": "2021-12-19",
        "2021/12/20/": "2021-12-20",
        "2022/01/03/": "2022-01-03",
        "2021/12/": "2021-12-20",
        "2022/01/": "2022-01-03",
        "2021/": "2021-12-20",
        "2022/": "2022-01-03",
        "categories/cs.CV/": "2022-01-03",
        "categories/cs.LG/": "2021-12-20",
        "categories/eess.IV/": "2022-01-03",
    }
    site.edit(
        path("2022-01-04"),
        digest(record("2201.00002", day="2022-01-04", categories="cs.CV"), day="2022-01-04"),
    )
    site.build()
    after = listed(site)
    shown = {*newest, "2022/01/", "2022/", "2022/01/04/", "categories/cs.CV/"}
    assert {address for address, day in after.items() if before.get(address) != day} == shown


@pytest.mark.parametrize(("search", "base"), [(True, ""), (False, BASE), (True, BASE)])
def test_browsers_are_offered_the_search_that_there_is(
    tmp_path: Path, search: bool, base: str
) -> None:
    """Also where another build has left the file, or made the pages that name it."""
    site = small(tmp_path)
    site.settings["base_url"] = BASE
    site.build(search=True)
    site.settings["base_url"] = base
    site.build(search=search)
    offered = search and bool(base)
    assert (site.public / "opensearch.xml").exists() is offered
    for address in ("/", "/search/"):
        assert ("opensearch.xml" in site.read(address)) is offered


def test_without_a_base_url_no_address_is_wrong(tmp_path: Path) -> None:
    """Where the site will stand is unknown: nothing may begin with the root of a domain."""
    site = small(tmp_path)
    site.build()
    assert not (site.public / "sitemap.xml").exists()
    assert "](2022/01/03/)" in site.read("/llms.txt")
    for name in ("feed.xml", "feed.json", "categories/cs.CV/feed.xml", "llms.txt", "robots.txt"):
        found = site.read(f"/{name}")
        assert not re.search(
            r"""(?:href|src|url|id)"?[=:] ?"/|[(]/|<(?:id|uri|loc)>/|: /\w""", found
        ), name


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ([], "base_url is not set"),
        ([f"--base-url={BASE}"], f"submit {BASE}sitemap.xml to search engines by hand"),
        (["--base-url=https://example.org/"], ""),
    ],
)
def test_build_and_check_say_what_follows_from_the_base_url(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    options: list[str],
    said: str,
) -> None:
    monkeypatch.chdir(small(tmp_path).folder)
    for command in (["build", "--no-search"], ["check"]):
        assert cli.main([*command, "--jobs=1", *options]) == 0
        err = capsys.readouterr().err
        assert said in err
        assert bool(said) == ("base_url is not set" in err or "by hand" in err)
