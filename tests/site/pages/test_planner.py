"""A page asked for alone is the page that a build writes: every file, byte for byte."""

from __future__ import annotations

import shutil
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from dayleaf import render
from dayleaf.assets import offline
from dayleaf.base import config
from dayleaf.build import work
from dayleaf.catalog import Catalog
from dayleaf.commands.check import check
from dayleaf.site.pages import Context, authors, periods, planner
from dayleaf.site.pages.planner import find
from dayleaf.site.products import DataFile, Page
from tests.sites import Site, digest, path, record, small

GOLDEN = Path(__file__).parents[2] / "golden/site"
# Not pages: the first is the output folder's mark, the others are copied as they are.
NO_PAGES = (".nojekyll", "assets/", *sorted(offline.FILES))


def asked(made: Site, names: list[str]) -> dict[str, bytes | None]:
    """Return what is found at each of some paths; None for nothing."""
    settings = config.load(made.folder, overrides=dict(made.settings))
    about = config.about(settings)
    renderer = render.Renderer(settings, about=about is not None)
    found: dict[str, bytes | None] = {}
    with closing(Catalog(settings.cache / work.CATALOG)) as catalog:
        context = Context(catalog, settings, search=False, about=about)
        for name in names:
            page = find(name, context)
            match page:
                case Page():
                    found[name] = renderer.render(page)
                case DataFile(_, data):
                    found[name] = data
                case _:
                    found[name] = None
    return found


def pages(made: Site) -> dict[str, bytes]:
    """Return the pages of a built site."""
    return {name: data for name, data in made.files().items() if not name.startswith(NO_PAGES)}


@pytest.mark.parametrize(
    "settings",
    [
        "",
        "[authors]\nminimum = 2\n",
        'base_url = "https://a.example/papers/"\n',
    ],
)
def test_every_page_of_the_golden_site(tmp_path: Path, settings: str) -> None:
    shutil.copytree(GOLDEN, tmp_path, dirs_exist_ok=True)
    made = Site(tmp_path)
    if settings:
        made.edit("site.toml", settings)
    made.build()
    built = pages(made)
    assert len(built) > 50
    assert asked(made, list(built)) == built


def test_pages_that_give_way_to_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Periods of a category and longer beginnings of names, as large archives have them."""
    monkeypatch.setattr(periods, "MOST", 2)
    monkeypatch.setattr(periods, "NEWEST", 1)
    monkeypatch.setattr(authors, "_MOST", 2)
    shutil.copytree(GOLDEN, tmp_path, dirs_exist_ok=True)
    made = Site(tmp_path)
    made.build()
    built = pages(made)
    assert any(name.count("/") == 5 for name in built)
    assert asked(made, list(built)) == built


def test_an_address_leads_to_its_index(tmp_path: Path) -> None:
    made = small(tmp_path)
    made.build()
    assert asked(made, ["2021/12/19/"]) == {"2021/12/19/": made.read("/2021/12/19/").encode()}
    assert asked(made, [""]) == {"": made.read("/").encode()}


@pytest.mark.parametrize(
    "path",
    [
        "2021/12/19", "2021/12/18/", "2021/11/", "2020/", "2021", "2021/12/19/x/", "２０２１/",
        "authors", "authors/nobody.html", "authors/ada-quill", "authors/ada-quill.html/",
        "authors/x/ada-quill.html", "authors/zz/", "authors/find/", "authors/find/_.json",
        "authors/find/xyzz_.json", "authors/find/zzz_.json", "authors/find/a'_.json",
        "categories", "categories/cs.XX/", "categories/cs.CV", "categories/cs.CV/2021/",
        "categories/68T45/", "categories/68T45/feed.xml", "subjects/cs.CV/",
        "subjects/68T45/feed.xml", "search/index", "about/", "sitemap.xml",
        "x.html", "x.txt", "x.xml", "index.htm", "abs/",
    ],
)  # fmt: skip
def test_there_is_nothing_at_other_addresses(tmp_path: Path, path: str) -> None:
    made = small(tmp_path)
    made.build()
    assert asked(made, [path]) == {path: None}


def test_names_that_begin_with_the_word_for_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So many that they have lists of their own, beside a name without letters from a to z."""
    monkeypatch.setattr(authors, "_MOST", 1)
    made = Site(tmp_path)
    people = "Ada Other, Bo Other-One, Cy Otherly, Di Find, Bo Finder, 王伟"
    made.edit(path("2021-12-19"), digest(record(authors=people))).build()
    assert "王伟" in made.read("/authors/other/")

    assert "other-" in made.read("/authors/other_/")
    assert not check(made.public, base_url="https://a.example/").findings


def test_every_argument_of_a_lazy_page_counts() -> None:
    """And its function, wherever in one another they stand."""

    def one(*_: object, **__: object) -> Page:
        raise AssertionError

    def other(*_: object, **__: object) -> Page:
        raise AssertionError

    calls = [
        partial(one, 1),
        partial(one, 2),
        partial(other, 1),
        partial(one, 1, of="a"),
        partial(one, 1, of="b"),
        partial(one, partial(one, 1, of="a")),
        partial(one, partial(one, 1, of="b")),
    ]
    assert len(set(map(planner._fingerprint, calls))) == len(calls)
    assert planner._fingerprint(partial(one, of="a", at=1)) == planner._fingerprint(
        partial(one, at=1, of="a")
    )
