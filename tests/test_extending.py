"""An addition is one object: a toy kind of page, a toy export and a toy reader, each registered.

Nothing else knows of them, and they get everything: clean build, update, deletion, preview,
sitemap, masthead, check of layouts, check of the built site.
"""

from __future__ import annotations

import json
import re
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, NamedTuple

import pytest

from dayleaf import readers, render
from dayleaf.archive.identifiers import ARXIV, Identifier
from dayleaf.archive.model import Digest, Record
from dayleaf.base import config
from dayleaf.base.errors import Finding, LayoutError
from dayleaf.build import work
from dayleaf.catalog import Catalog
from dayleaf.commands.check import check
from dayleaf.readers import Reader
from dayleaf.site import views
from dayleaf.site.exports import Export
from dayleaf.site.pages import Context, Kind, planner, registry
from dayleaf.site.pages.kind import Address
from dayleaf.site.products import DataFile, Layout, LazyPage, Page
from tests.sites import Site, digest, path, record, small

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from dayleaf.base.config import Config
    from dayleaf.site.exports import Collection
    from dayleaf.site.products import Product


# ---- A kind of page: one for each first letter of titles ----------------------------------------


class LetterPage(NamedTuple):
    """`letter` in letter.html."""

    letter: str
    titles: tuple[views.Link, ...]


@dataclass(frozen=True)
class Letters(Kind):
    """A page for each letter with which titles begin; its key is the letter."""

    name: ClassVar[str] = "letter"
    pattern: ClassVar[re.Pattern[str]] = re.compile(r"letters/([a-z])/")
    layouts: ClassVar[tuple[Layout, ...]] = (
        Layout("letter.html", "letter", LetterPage, "`/letters/t/`"),
    )
    entry: ClassVar[views.Link | None] = views.Link("Letters", "letters/t/")
    section: ClassVar[str] = "letter"

    def listed(self, context: Context) -> Iterator[Address]:
        return (Address(f"letters/{letter}/", context.newest) for letter in _letters(context))

    def keys(self, context: Context) -> list[str]:
        return list(_letters(context))

    def files(self, context: Context, key: str) -> Iterator[Product]:
        if titles := _letters(context).get(key):
            yield self.page(f"letters/{key}/", LetterPage(key, titles), title=key.upper())


def _letters(context: Context) -> dict[str, tuple[views.Link, ...]]:
    days = context.catalog.days()
    found: dict[str, tuple[views.Link, ...]] = {}
    for paper in context.catalog.listed(days[0][0], days[-1][0]):
        letter = paper.title_html[0].lower()
        link = views.Link(paper.title_html, f"{paper.day.replace('-', '/')}/#{paper.anchor}")
        found[letter] = (*found.get(letter, ()), link)
    return dict(sorted(found.items()))


LAYOUT = """\
{% extends "base.html" %}
{% block main %}
<main id="main">
<h1>{{ letter.letter }}</h1>
{% for link in letter.titles %}
<p><a href="{{ root }}{{ link.path }}">{{ link.label }}</a></p>
{% endfor %}
</main>
{% endblock %}
"""


def asked(made: Site, address: str) -> bytes | None:
    """Return what the preview makes of an address."""
    settings = config.load(made.folder)
    renderer = render.Renderer(settings, about=False)
    with closing(Catalog(settings.cache / work.CATALOG)) as catalog:
        context = Context(catalog, settings, search=False, about=None)
        page = planner.find(address, context)
    if isinstance(page, Page):
        return renderer.render(page)
    return page.data if page else None


def findings(made: Site) -> list[str]:
    return [str(one) for one in check(made.public, base_url="https://a.example/").findings]


def test_a_kind_of_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "KINDS", (*registry.KINDS, Letters()))
    made = small(tmp_path).edit("layouts/letter.html", LAYOUT)
    made.edit("site.toml", 'base_url = "https://a.example/"\n')
    made.build()
    assert sorted(made.public.glob("letters/*/index.html")) == [
        made.public / f"letters/{letter}/index.html" for letter in "ost"
    ]
    assert "Slow Rivers" in made.read("/letters/s/")
    assert "<a href=../t/ aria-current=true>Letters</a>" in made.read("/letters/s/")
    assert "https://a.example/letters/o/" in made.read("/sitemap.xml")
    assert findings(made) == []
    assert asked(made, "letters/s/") == made.read("/letters/s/").encode()
    assert asked(made, "letters/x/") is None

    made.edit(path("2022-01-04"), digest(record("2201.00002", title="Xylem"), day="2022-01-04"))
    made.remove(path("2021-12-20"))  # the only title that begins with an o
    report = made.build()
    assert report.kinds["letter"].count == 3
    assert {file.parent.name for file in made.public.glob("letters/*/index.html")} == set("stx")
    clean = Site(tmp_path / "clean")
    for file in ("content", "layouts", "site.toml"):
        for found in [tmp_path / file, *(tmp_path / file).rglob("*")]:
            if found.is_file():
                clean.edit(found.relative_to(tmp_path).as_posix(), found.read_text("utf-8"))
    clean.build()
    assert made.files() == clean.files()
    assert made.build().pages().written == 0

    (made.folder / ".dayleaf/catalog.sqlite").unlink()
    for manifest in (made.folder / ".dayleaf").glob("output-*.sqlite"):
        manifest.unlink()
    made.build()  # the files are known to be ours by their names
    assert made.files() == clean.files()

    made.edit("layouts/letter.html", LAYOUT.replace("letter.letter", "lettre.letter"))
    with pytest.raises(LayoutError, match="unknown variable 'lettre'; did you mean 'letter'"):
        made.build()


def test_a_kind_that_goes_takes_its_pages_along(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = small(tmp_path)
    made.build()
    before = made.files()
    with monkeypatch.context() as patch:
        patch.setattr(registry, "KINDS", (*registry.KINDS, Letters()))
        made.edit("layouts/letter.html", LAYOUT).build()
        assert (made.public / "letters/t/index.html").is_file()
    made.remove("layouts/letter.html")
    assert made.build().deleted == 3
    assert made.files() == before


# ---- What the planner compares ------------------------------------------------------------------


@dataclass(frozen=True)
class Lazy(Kind):
    """Two pages that list a day each, and say how many papers there are in a category."""

    name: ClassVar[str] = "lazy"
    pattern: ClassVar[re.Pattern[str]] = re.compile(r"lazy/[12]\.html")
    layouts: ClassVar[tuple[Layout, ...]] = (Layout("letter.html", "letter", LetterPage, ""),)
    made: ClassVar[list[str]] = []

    def files(self, context: Context, key: str) -> Iterator[Product]:
        frame = tuple(context.catalog.code_days("arxiv", "cs.LG"))
        for number, day in enumerate(("2021-12-19", "2021-12-20"), 1):
            path = f"lazy/{number}.html"
            yield LazyPage(path, partial(self._page, path, day, frame))

    def _page(
        self, path: str, day: str, frame: tuple[tuple[str, int], ...], *, context: Context
    ) -> Page:
        self.made.append(path)
        listed = context.catalog.listed(day, day)
        links = tuple(views.Link(paper.title_html, "") for paper in listed)
        return self.page(path, LetterPage(day, links), title=f"{day}: {frame}")


def test_a_lazy_page_is_made_only_if_its_arguments_or_its_reads_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registry, "KINDS", (*registry.KINDS, Lazy()))
    monkeypatch.setattr(Lazy, "made", [])
    made = small(tmp_path).edit("layouts/letter.html", "{{ letter.letter }}{{ page.title }}")

    def build(text: str, day: str) -> list[str]:
        Lazy.made.clear()
        made.edit(path(day), digest(text, day=day)).build()
        return sorted(Lazy.made)

    both = ["lazy/1.html", "lazy/2.html"]
    new = record("2202.00001", day="2022-02-01", categories="**cs.CV**")
    assert build(new, "2022-02-01") == both
    assert build(new.replace("Tides", "Winds"), "2022-02-01") == []
    touched = record("2112.10100", day="2021-12-20", categories="**cs.CV**")
    assert build(touched, "2021-12-20") == both  # the arguments
    assert build(touched.replace("Tides", "Winds"), "2021-12-20") == ["lazy/2.html"]


# ---- An export -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Titles(Export):
    """The titles of a page's papers, a line each."""

    name: ClassVar[str] = "titles.txt"

    def make(self, collection: Collection, config: Config) -> DataFile:
        text = "".join(f"{paper.title}\n" for paper in collection.papers)
        return DataFile(self.path(collection.path), text.encode())


def test_an_export(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beside days, which are folders, and authors, which are files; a day that goes takes it."""
    kinds = tuple(
        replace(kind, exports=(*kind.exports, Titles())) if kind.name in {"day", "author"} else kind
        for kind in registry.KINDS
    )
    monkeypatch.setattr(registry, "KINDS", kinds)
    made = small(tmp_path)
    made.build()
    assert made.read("/2021/12/19/titles.txt") == "Tides in a Teacup\nSlow Rivers\n"
    assert made.read("/authors/zoe-adal.txt") == "Old Ways\n"
    assert asked(made, "2021/12/19/titles.txt") == b"Tides in a Teacup\nSlow Rivers\n"
    assert asked(made, "authors/zoe-adal.txt") == b"Old Ways\n"
    assert asked(made, "2021/12/18/titles.txt") is None
    new = digest(record("2112.10047", title="Quick Rivers"))
    made.edit(path("2021-12-19"), new).remove(path("2021-12-20"))
    made.build()
    assert made.read("/2021/12/19/titles.txt") == "Quick Rivers\n"
    assert not (made.public / "2021/12/20").exists()
    assert not (made.public / "authors/zoe-adal.txt").exists()
    assert findings(made) == []


# ---- A reader ------------------------------------------------------------------------------------


def _parse(text: str, *, source: str, problems: tuple[Finding, ...]) -> Digest | None:
    """Read `{"day": "2021-12-19", "papers": {"2112.10046": "Tides in a Teacup"}}`."""
    found = json.loads(text)
    if "papers" not in found:
        return None
    records = tuple(
        Record(1, Identifier(ARXIV, number), 1, title, ("Ada Quill",))
        for number, title in found["papers"].items()
    )
    return Digest(source, found["day"], records, len(records), problems)


def test_a_reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    toy = Reader("toy", (".toy",), _parse)
    monkeypatch.setattr(readers, "READERS", (*readers.READERS, toy))
    made = small(tmp_path)
    made.edit("content/a.toy", '{"day": "2022-02-01", "papers": {"2202.00001": "Winds"}}')
    made.edit("content/b.toy", "{}")
    report = made.build()
    assert report.totals.papers == 6
    assert report.passed_over == ("README.md", "b.toy")
    assert "Winds" in made.read("/2022/02/01/")
    made.edit("content/a.toy", '{"day": "2022-02-01", "papers": {"2202.00002": "Calms"}}').build()
    assert "Winds" not in made.read("/2022/02/01/")
    made.remove("content/a.toy").build()
    assert not (made.public / "2022/02").exists()
