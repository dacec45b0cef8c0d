"""Layouts mean what Jinja says they mean, whatever shortcuts they are compiled with."""

from __future__ import annotations

from pathlib import Path

import jinja2
import pytest
from markupsafe import Markup

from dayleaf.base import config
from dayleaf.base.errors import LayoutError
from dayleaf.render import Renderer
from dayleaf.site import views
from dayleaf.site.pages import registry
from dayleaf.site.products import Layout, Page
from tests.sites import small

PAGE = views.PageInfo("Tides & <Teacups>", "about/", "about", "")
LAYOUTS = [
    # What is printed is escaped, once.
    "{{ page.title }}",
    "<p title='{{ \"'\" ~ page.title[8:] }}'>{{ '\"' }}",
    "{{ about }}, {{ about ~ page.title }}, {{ about + '<' }}, {{ '%s' % about }}",
    "{{ page.title|replace('&', about) }}{{ about|upper }}{{ page.title|safe }}",
    "{{ page.title|e }}{{ page.title|e|e }}{{ about|string|forceescape }}",
    "{{ 1 }} {{ none }} {{ 1.5 }} {{ [about, '<'] }} {{ page }}",
    "{% macro m(x) %}<i>{{ x }}</i>{% endmacro %}{{ m('<') }}{{ m(m(about)) }}",
    "{% macro m(x) %}<i>{{ caller(x) }}</i>{% endmacro %}{% call(y) m('<') %}{{ y }}{% endcall %}",
    "{% set x %}<i>{{ page.title }}</i>{% endset %}{{ x }}",
    "{% filter upper %}<i>{{ page.title }}</i>{% endfilter %}",
    "{% autoescape false %}{{ page.title }}{{ about }}{% endautoescape %}{{ page.title }}",
    "{% for x in ('<', about) %}{{ x }}{% endfor %}",
    # An attribute is an attribute, or else an item, or else undefined.
    "{{ page.nothing is defined }} {{ page.title is defined }}",
    "{{ page.nothing|default('<') }}",
    "{% set pair = {'left': '<', 'items': 1} %}{{ pair.left }}{{ pair.items() }}",
    "{% block one %}<{% endblock %}{{ self.one() }}",
    "{% set n = namespace(x=1) %}{% set n.x = n.x + 1 %}{{ n.x }}",
    "{% for x in 'ab' %}{{ loop.index }}{{ loop.last }}{% endfor %}",
    "{{ page.title.lower() }} {{ {'class': '<'}.class }} {{ 'ab'.upper() }} {{ (1).real }}",
]


def render(folder: Path, layout: str, shown: Markup | None) -> str:
    """Render a layout in place of about.html."""
    (folder / "layouts").mkdir()
    (folder / "layouts/about.html").write_text(layout, encoding="utf-8")
    renderer = Renderer(config.load(folder, overrides={}), about=True)
    return renderer.render(Page(PAGE, Layout("about.html", "about", None, ""), shown)).decode()


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_layout_means_what_it_means_to_jinja(tmp_path: Path, layout: str) -> None:
    plain = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined)
    about = Markup("<em>so</em>")
    expected = plain.from_string(layout).render(page=PAGE, about=about)
    assert render(tmp_path, layout, about) == expected


@pytest.mark.parametrize(
    ("layout", "said"),
    [
        ("\n{{ page.titel }}", "layouts/about.html:2: unknown variable 'titel'; did you mean"),
        ("{{ page.titel.lower() }}", "unknown variable 'titel'; did you mean"),
        ("{{ about.title }}", "'title' is asked of nothing (None) here"),
    ],
)
def test_an_attribute_that_is_not_there_is_an_error(tmp_path: Path, layout: str, said: str) -> None:
    with pytest.raises(LayoutError) as found:
        render(tmp_path, layout, None)
    assert said in str(found.value)


def test_a_layout_may_extend_the_one_that_it_stands_in_for(tmp_path: Path) -> None:
    made = small(tmp_path)
    text = '{% extends "dayleaf/day.html" %}{% block main %}<p>Mine{{ super() }}{% endblock %}'
    made.edit("layouts/day.html", text).build()
    page = made.read("/2021/12/19/")
    assert "<p>Mine<main" in page
    assert "Tides in a Teacup" in page


@pytest.mark.parametrize(
    ("layouts", "circle"),
    [
        (
            {"day.html": '{% extends "day.html" %}'},
            "day.html:1: .* day.html → day.html; .* dayleaf/day",
        ),
        (
            {"day.html": '\n{% extends "a.html" %}', "a.html": "{% include 'day.html' %}"},
            "a.html → day.html → a.html|day.html → a.html → day.html",
        ),
        ({"base.html": '{% extends "dayleaf/day.html" %}'}, "base.html → dayleaf/day.html → base"),
    ],
)
def test_layouts_that_lead_in_a_circle(
    tmp_path: Path, layouts: dict[str, str], circle: str
) -> None:
    made = small(tmp_path)
    for name, text in layouts.items():
        made.edit(f"layouts/{name}", text)
    with pytest.raises(LayoutError, match=circle):
        made.build()
    renderer = Renderer(config.load(made.folder), about=False)  # as the preview does
    layout = next(one for one in registry.layouts().values() if one.file == "day.html")
    with pytest.raises(LayoutError, match="a circle"):
        renderer.render(Page(views.PageInfo("", "2021/12/19/", "", ""), layout, PAGE))
