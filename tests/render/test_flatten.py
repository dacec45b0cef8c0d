"""Flat layouts print what layouts that extend one another print."""

from pathlib import Path

import jinja2
import pytest

from dayleaf import render
from dayleaf.base.config import Config
from dayleaf.render.environment import Environment
from dayleaf.render.fast import flatten
from dayleaf.render.fast.compiled import FastTemplates
from dayleaf.site.pages import registry
from dayleaf.site.views import Site

BASE = "{% from 'm' import shout %}<{% block a %}base a{% block b %} b{% endblock %}{% endblock %}|"
BASE += "{% if wide %}{% block c %}c {{ x }}{% endblock %}{% endif %}{{ x }}>"


def _environment(**layouts: str) -> Environment:
    macros = "{% macro shout(text) %}{{ text }}!{% endmacro %}"
    loader = jinja2.DictLoader({"m": macros, "base": BASE, **layouts})
    return Environment(loader=loader, autoescape=True, undefined=jinja2.StrictUndefined)


def _both(**layouts: str) -> tuple[str, str]:
    """Render `page` as it is written and flat."""
    environment = _environment(**layouts)
    variables = {"x": "<&>", "wide": True, "items": [1, 2]}
    return (
        environment.get_template("page").render(variables),
        FastTemplates(environment).get("page", "").render(variables),
    )


@pytest.mark.parametrize(
    "page",
    [
        "{{ x }} alone",
        "{% extends 'base' %}",
        "{% extends 'base' %}ignored {{ x }}{% block a %}mine{% endblock %} ignored",
        "{% extends 'base' %}{% block b %}{{ super() }} and {{ x }}{% endblock %}",
        "{% extends 'base' %}{% block a %}{{ super() }}{% endblock %}{% block b %}B{% endblock %}",
        "{% extends 'base' %}{% block a %}{% set x = 1 %}{{ x }}{% endblock %}",
        "{% extends 'base' %}{% from 'm' import shout %}{% block c %}{{ shout(x) }}{% endblock %}",
        "{% extends 'base' %}{% block c %}{% for i in items %}{{ i }}{% endfor %}{% endblock %}",
        "{% extends 'middle' %}{% block a %}page {{ super() }}{% endblock %}",
        "{% extends 'middle' %}{% block new %}page {{ super() }}{% endblock %}",
        "{% extends 'base' %}{% set y = 5 %}{% block a %}{{ y }}{% endblock %}",
    ],
)
def test_flat_and_as_written_print_the_same(page: str) -> None:
    middle = "{% extends 'base' %}{% block a %}middle {{ super() }}{% block new %}n{% endblock %}"
    written, flat = _both(page=page, middle=middle + "{% endblock %}")
    assert flat == written


@pytest.mark.parametrize(
    "page",
    [
        "{% extends 'base' %}{% block a %}{{ super()|upper }}{% endblock %}",
        "{% extends 'base' %}{% block a %}{{ self.b() }}{% endblock %}",
        "{% extends 'base' if wide else 'base' %}",
        "{% set x = 1 %}{% block a %}{{ x }}{% endblock %}",
        "{% for i in items %}{% block each %}{{ x }}{% endblock %}{% endfor %}",
    ],
)
def test_what_is_not_sure_to_mean_the_same_is_left_as_it_is_written(page: str) -> None:
    environment = _environment(page=page)
    with pytest.raises(flatten.NotFlattened):
        flatten.flatten("page", environment.tree)
    written, flat = _both(page=page)
    assert flat == written


def test_blocks_are_not_generators_of_their_own() -> None:
    environment = _environment(page="{% extends 'base' %}{% block a %}mine{% endblock %}")
    assert environment.get_template("page").blocks
    assert not FastTemplates(environment).get("page", "").blocks


@pytest.mark.parametrize(
    "page",
    [
        "{{ root }}{{ site.title }}{{ site }}",
        "{% macro link(root) %}{{ root }}{% endmacro %}{{ link('<') }}{{ root }}",
        "{% for site in items %}{{ site }}{% endfor %}{{ root }}",
        "{% set root = 5 %}{{ root }}",
        "{% if site.about %}yes{% endif %}{{ root|upper }}",
        "{% from 'm' import shout as call %}{{ call(root) }}",
        "{% if wide %}{% from 'm' import shout %}{% endif %}{{ shout(root) }}",
        "{% macro shout(text) %}mine{% endmacro %}{% from 'm' import shout %}{{ shout(root) }}",
        "{% from 'm' import shout with context %}{{ shout(root) }}",
        "{% import 'm' as all %}{{ all.shout(root) }}",
        "{% from 'm' import shout %}{{ shout is defined }}{% set shout = 1 %}{{ shout }}",
    ],
)
def test_what_is_known_beforehand_prints_the_same(page: str) -> None:
    environment = _environment(page=page)
    environment.globals["site"] = Site("<Title>", "", "en", "https://example.org/", about=True)
    variables = {"root": "../&/", "wide": True, "items": [1, 2]}
    written = environment.get_template("page").render(variables)
    assert FastTemplates(environment).get("page", "../&/").render(variables) == written


def test_a_site_s_name_is_part_of_the_fixed_text() -> None:
    environment = _environment(page="<{{ root }}{{ site.title }}>{% from 'm' import shout %}")
    environment.globals["site"] = Site("T & T", "", "en", "", about=False)
    assert FastTemplates(environment).get("page", "../").render() == "<../T &amp; T>"


@pytest.mark.parametrize("layout", sorted(registry.layouts()))
def test_the_layouts_that_come_with_dayleaf_are_flat(layout: str, tmp_path: Path) -> None:
    """Whatever fails to compile would be rendered the slow way, and nobody would notice."""
    renderer = render.Renderer(Config(tmp_path, tmp_path, tmp_path), about=False)
    assert not renderer._template(layout, "").blocks
