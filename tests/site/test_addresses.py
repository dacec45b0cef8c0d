"""Layouts get the addresses of the site's own pages from `urls`, and pay nothing for it."""

from __future__ import annotations

import re
from pathlib import Path

import jinja2
import pytest

from dayleaf.render import builtin_layouts
from dayleaf.render.environment import ADDRESSES, Environment
from dayleaf.site import views

LAYOUTS = sorted(file for file in builtin_layouts().rglob("*") if file.suffix in {".html", ".xml"})
_COMMENT = re.compile(r"{#.*?#}", re.DOTALL)
_BEHIND_ROOT = re.compile(r"\{\{ *(?:root|site\.base_url) *\}\}[\w./~-]+")
_ALONE = re.compile(r"""\b(?:href|src|action|poster|srcset|data)="(?!https?://|#|\{\{)[^"]*""")
_REFRESH = re.compile(r"""url=(?!\{\{)[^"]*""")


def spelled(layout: str) -> list[str]:
    """List the addresses of the site that a layout spells out."""
    text = _COMMENT.sub("", layout)
    return [found[0] for look in (_BEHIND_ROOT, _ALONE, _REFRESH) for found in look.finditer(text)]


@pytest.mark.parametrize(
    "file", LAYOUTS, ids=lambda file: file.relative_to(builtin_layouts()).as_posix()
)
def test_no_layout_spells_out_an_address(file: Path) -> None:
    """Print `{{ root }}{{ urls.search }}`; add what is missing to `views.Addresses`."""
    assert spelled(file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "text",
    [
        '<a href="{{ root }}search/">',
        '<a href="{{root}}search/?{{ venue.search }}">',
        '<meta content="{{ site.base_url }}assets/card.png">',
        '<a href="days/">',
        '<img src="assets/card.png">',
        '<form action="../search/">',
        '<meta http-equiv="refresh" content="0; url=days/">',
    ],
)
def test_an_address_that_is_spelled_out_is_seen(text: str) -> None:
    assert spelled(text)


@pytest.mark.parametrize(
    "text",
    [
        '<a href="{{ root }}">',
        '<a href="#main">',
        '<a href="https://arxiv.org/">',
        '<a href="{{ root }}{{ urls.search }}?{{ venue.search }}">',
        "{# href='days/', {{ root }}days/ #}",
    ],
)
def test_any_other_link_is_left_alone(text: str) -> None:
    assert spelled(text) == []


def test_every_address_can_be_a_value_without_quotes_and_is_within_the_site() -> None:
    for address in ADDRESSES:
        assert re.fullmatch(r"[a-z][a-z./-]*(?:\?[\d.]+)?", address), address
    assert len(set(ADDRESSES)) == len(ADDRESSES)


def environment(**layouts: str) -> Environment:
    loader = jinja2.DictLoader({f"{name}.html": text for name, text in layouts.items()})
    made = Environment(loader=loader, autoescape=True, undefined=jinja2.StrictUndefined)
    made.globals["urls"] = ADDRESSES
    return made


def test_an_address_is_fixed_text_of_the_compiled_layout() -> None:
    made = environment(page='<a href="{{ root }}{{ urls.days }}">Days</a>')
    code = made.compile(made.tree("page.html"), "page.html", None)
    assert "urls" not in code.co_names
    assert "urls" not in repr(made.tree("page.html"))
    assert made.get_template("page.html").render(root="../") == "<a href=../days/>Days</a>"


def test_an_address_in_an_expression_is_looked_up() -> None:
    made = environment(page="{% set where = root ~ urls.search %}{{ where }}")
    assert made.get_template("page.html").render(root="./") == "./search/"


def test_a_layout_may_give_urls_a_meaning_of_its_own() -> None:
    made = environment(page="{% for urls in items %}{{ urls.days }}{% endfor %}")
    assert made.get_template("page.html").render(items=[views.Addresses(days="mine")]) == "mine"


def test_an_address_that_does_not_exist_is_an_error() -> None:
    made = environment(page="{{ urls.dais }} {{ urls._fields }}")
    with pytest.raises(jinja2.UndefinedError, match="dais"):
        made.get_template("page.html").render()
