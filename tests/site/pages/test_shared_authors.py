"""Authors with few papers share pages, at addresses that stay."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from dayleaf.archive import urls
from dayleaf.base.hosts import HOSTS
from dayleaf.catalog import month
from tests.sites import Site, digest, path, record

if TYPE_CHECKING:
    from pathlib import Path

PAGES = HOSTS["github-pages"].shared_pages
DAYS = ("2021-12-19", "2021-12-20", "2022-01-05")


def site(folder: Path, *days: str, minimum: int = 3) -> Site:
    """Return a site of a paper a day, by Ada Quill and somebody new."""
    made = Site(folder).edit("site.toml", f"[authors]\nminimum = {minimum}\n")
    for number, day in enumerate(days, 1):
        paper = record(f"2112.0000{number}", day=day, authors=f"Ada Quill, Bo {'x' * number}fenn")
        made.edit(path(day), digest(paper, day=day))
    return made


def links(made: Site, day: str) -> set[str]:
    """Return where the authors of a day link to."""
    text = (made.public / urls.file(urls.day(day))).read_text("utf-8")
    return set(re.findall(r"(?:people|authors)/[\w.#-]+", text)) - {"authors/"}


@pytest.mark.parametrize("host", sorted(HOSTS))
def test_everybody_is_readable_without_a_script_where_their_papers_link(
    tmp_path: Path, host: str
) -> None:
    """In a clean build and in an update, on hosts that bear few files as well."""
    for number in range(1, len(DAYS) + 1):
        made = site(tmp_path, *DAYS[:number])
        made.edit("site.toml", f'host = "{host}"\n[authors]\nminimum = 3\n')
        made.build()
        for day in DAYS[:number]:
            found = links(made, day)
            assert len(found) == 2  # Ada Quill, and somebody new
            for link in found:
                file, _, anchor = link.partition("#")
                text = (made.public / file).read_text("utf-8")
                assert f"id={anchor}>" in text or file == "authors/ada-quill.html"


def test_a_new_day_changes_no_link_of_an_earlier_one(tmp_path: Path) -> None:
    made = site(tmp_path, *DAYS[:2])
    made.build()
    shared = urls.person("ada-quill", PAGES)
    assert not (made.public / "authors/ada-quill.html").exists()
    before = {day: links(made, day) for day in DAYS[:2]}
    assert all(shared in found for found in before.values())
    site(tmp_path, *DAYS)
    made.build()
    assert {day: links(made, day) for day in DAYS[:2]} == before
    assert "authors/ada-quill.html" in links(made, DAYS[2])
    page = (made.public / shared.partition("#")[0]).read_text("utf-8")
    assert "<section id=ada-quill><h2><a href=../authors/ada-quill.html>Ada Quill</a>" in page


def test_an_older_paper_moves_the_day_from_which_links_lead_to_the_page(tmp_path: Path) -> None:
    made = site(tmp_path, *DAYS)
    made.build()
    assert urls.person("ada-quill", PAGES) in links(made, DAYS[1])
    paper = record("2112.00009", day="2021-12-01", authors="Ada Quill")
    made.edit(path("2021-12-01"), digest(paper, day="2021-12-01"))
    made.build()
    assert "authors/ada-quill.html" in links(made, DAYS[1])
    assert urls.person("ada-quill", PAGES) in links(made, DAYS[0])


@pytest.mark.parametrize("host", sorted(HOSTS))
def test_a_page_is_one_of_as_many_as_the_host_bears(host: str) -> None:
    pages = HOSTS[host].shared_pages
    assert urls.SHARED_PLACES % pages == 0
    keys = {urls.shared_page(place, pages) for place in range(urls.SHARED_PLACES)}
    assert keys == {f"{page:04x}" for page in range(pages)}


def test_names_of_a_large_archive_stop_before_its_newest_month(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those that are new stand in a list of their own, until the month is over."""
    monkeypatch.setattr(month, "LARGE", 3)
    made = site(tmp_path, *DAYS, minimum=1)
    made.build()

    def page(path: str) -> str:
        return (made.public / path / "index.html").read_text("utf-8")

    assert "quill" in page("authors/q").lower()
    assert not (made.public / "authors/x").exists() or "xxxfenn" not in page("authors/x")
    assert "xxxfenn" in page("authors/~new/x")
    assert "before January 2022" in page("authors")
    site(tmp_path, *DAYS, "2022-02-01", minimum=1)
    made.build()
    assert "xxxfenn" in page("authors/x")
    assert "xxxxfenn" in page("authors/~new/x")
