"""Fast templates make the pages that Jinja alone makes, and stand aside where Jinja has changed."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jinja2.compiler
import pytest

from dayleaf import render
from dayleaf.base import config
from dayleaf.render import fast
from dayleaf.render.environment import Environment
from dayleaf.render.fast import codes
from dayleaf.site.pages import registry
from tests.test_golden import GOLDEN, built


@pytest.fixture(autouse=True)
def _asked_anew() -> Iterator[None]:
    """Whether this Jinja has what it takes is found out once a process."""
    fast.trouble.cache_clear()
    yield
    fast.trouble.cache_clear()


def test_both_ways_make_the_same_golden_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The files of tests/golden/public are what the fast way makes."""
    used: set[str] = set()
    get_template = Environment.get_template

    def spy(environment: Environment, name: str, *more: Any) -> jinja2.Template:
        used.add(name)
        return get_template(environment, name, *more)

    monkeypatch.setattr(Environment, "get_template", spy)
    monkeypatch.setattr(fast, "trouble", lambda: "a test wants it plain")
    with pytest.warns(UserWarning, match="a test wants it plain"):
        files, _ = built(tmp_path / "site")
    assert used >= set(registry.layouts())  # and so each kind of page
    golden = GOLDEN / "public"
    for name, data in files.items():
        assert data == (golden / name).read_bytes(), name


def test_this_jinja_has_what_fast_templates_need() -> None:
    assert fast.trouble() is None


@pytest.mark.parametrize("name", ["_output_child_pre", "visit_Getattr"])
def test_a_private_part_of_jinja_that_has_gone_is_noticed(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.delattr(jinja2.compiler.CodeGenerator, name)
    assert fast.trouble() == f"CodeGenerator.{name} is gone"


def test_a_jinja_without_its_compiler_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jinja2.compiler", None)
    for name in ("codes", "compiled"):
        monkeypatch.delitem(sys.modules, f"dayleaf.render.fast.{name}", raising=False)
        monkeypatch.delattr(fast, name, raising=False)
    assert (fast.trouble() or "").startswith("ModuleNotFoundError: ")


def test_a_jinja_that_compiles_in_another_way_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is overridden is still there, and means something else."""

    def unescaped(self: codes.QuickCodeGenerator, *_: Any) -> None:
        self.write("str(")

    monkeypatch.setattr(codes.QuickCodeGenerator, "_output_child_pre", unescaped)
    assert fast.trouble() == "it makes other pages"


def test_the_plain_way_can_be_asked_for(tmp_path: Path) -> None:
    shutil.copytree(GOLDEN / "site", tmp_path, dirs_exist_ok=True)
    renderer = render.Renderer(config.load(tmp_path, overrides={}), about=True, fast=False)
    assert renderer._template("day.html", "").blocks
