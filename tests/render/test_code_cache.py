"""Compiled layouts are kept from one build to the next, and never believed of other layouts."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from dayleaf.base import config
from dayleaf.render import Renderer
from dayleaf.render.fast import code_cache, compiled, trouble
from dayleaf.site import views
from dayleaf.site.pages import registry
from dayleaf.site.products import Page

if TYPE_CHECKING:
    from pathlib import Path

    from dayleaf.render.fast.code_cache import Compiled


@pytest.fixture
def compilations(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list of the layouts that are compiled."""
    trouble()  # once a process it compiles a small site of its own
    found: list[str] = []
    make = compiled.FastTemplates._compiled

    def noted(self: compiled.FastTemplates, name: str, *rest: object) -> Compiled:
        found.append(name)
        return make(self, name, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(compiled.FastTemplates, "_compiled", noted)
    return found


def rendered(folder: Path) -> bytes:
    """Return the page of what is not there, made by a renderer of its own."""
    settings = config.load(folder, overrides={})
    renderer = Renderer(settings, about=False, cache=folder / "cache")
    info = views.PageInfo("Tides", "tides/", "none", "")
    return renderer.render(Page(info, registry.layouts()["moved.html"], views.Link("A", "b/")))


def test_a_layout_is_compiled_once(tmp_path: Path, compilations: list[str]) -> None:
    first = rendered(tmp_path)
    assert compilations == ["moved.html"]
    assert rendered(tmp_path) == first
    assert compilations == ["moved.html"]


def test_another_layout_is_compiled_anew(tmp_path: Path, compilations: list[str]) -> None:
    rendered(tmp_path)
    (tmp_path / "layouts").mkdir()
    (tmp_path / "layouts/moved.html").write_text("<p>{{ moved.label }} has moved</p>")
    assert rendered(tmp_path) == b"<p>A has moved</p>"
    assert compilations == ["moved.html"] * 2
    assert len(list((tmp_path / "cache").iterdir())) == 1  # the old ones are gone


def test_a_cache_that_is_damaged_or_lost_costs_time_alone(
    tmp_path: Path, compilations: list[str]
) -> None:
    first = rendered(tmp_path)
    for file in (tmp_path / "cache").rglob("*.*"):
        file.write_bytes(b"half")
    assert rendered(tmp_path) == first
    shutil.rmtree(tmp_path / "cache")
    (tmp_path / "cache").write_text("no folder")
    assert rendered(tmp_path) == first
    assert len(compilations) == 3


def test_a_cache_holds_what_it_says(tmp_path: Path) -> None:
    cache = code_cache.CodeCache(tmp_path / "cache", "a")
    assert not cache.is_used()
    found = code_cache.Compiled(compile("1 + 1", "x", "eval"), (("a.html", "b", "c"),))
    cache.write("x.html", "../", found)
    assert cache.is_used()
    assert cache.holds("x.html", "../")
    assert not cache.holds("x.html", "./")
    assert cache.read("x.html", "../") == found
    assert cache.read("x.html", "./") is None
