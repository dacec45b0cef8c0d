"""The one door to templates that render in two thirds of the time.

Behind it stands what looks into Jinja's private parts. Two things keep that safe: before the first
use a small site is rendered both ways, and whatever a fast template cannot do is done by the plain
one. The rest of `render` knows `templates` alone, and may ask it for the plain way.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from functools import cache
from typing import NamedTuple, TypeAlias

import jinja2
from markupsafe import Markup

from dayleaf.render.environment import Environment
from dayleaf.render.fast.code_cache import CodeCache

__all__ = ["CodeCache", "Templates", "templates", "trouble"]

Templates: TypeAlias = Callable[[str, str], jinja2.Template]
"""From a layout's name and the way back to the site's root to its template."""


class _ProbeView(NamedTuple):
    id: str


_PROBE = {
    "base.html": '<a id="{{ root }}">{% block a %}{{ site }}{% endblock %}{{ text }}</a>',
    "macros.html": '{% macro show(x) %}<i id="{{ x.id }}">{{ x.id }}</i>{% endmacro %}',
    "page.html": "{% extends 'base.html' %}{% from 'macros.html' import show %}"
    "{% block a %}{{ super() }}{{ show(page) }}{{ safe.upper() }}{% endblock %}",
}


def templates(
    environment: Environment, *, fast: bool = True, cache: CodeCache | None = None
) -> Templates:
    """Return the source of templates: the fast ones, or Jinja's own."""
    known = cache is not None and cache.is_used()
    if fast and not known and (reason := trouble()):
        warnings.warn(
            f"pages are rendered the slow way: Jinja {jinja2.__version__} is not the one that "
            f"Dayleaf's fast templates were made for ({reason})",
            stacklevel=2,
        )
        fast = False
    if not fast:
        return lambda name, _: environment.get_template(name)
    from dayleaf.render.fast.compiled import FastTemplates  # noqa: PLC0415 - it may not import

    return FastTemplates(environment, cache).get


@cache
def trouble() -> str | None:
    """Return why this Jinja cannot have fast templates; None where it can."""
    try:
        from jinja2.compiler import CodeGenerator  # noqa: PLC0415 - it may have gone

        from dayleaf.render.fast import codes  # noqa: PLC0415 - it may not import
        from dayleaf.render.fast.compiled import FastTemplates  # noqa: PLC0415

        for name in codes.PRIVATE:
            if not hasattr(CodeGenerator, name):
                return f"CodeGenerator.{name} is gone"
        return _difference(lambda environment: FastTemplates(environment).get)
    except Exception as error:  # noqa: BLE001 - whatever it is, the plain way remains
        return f"{type(error).__name__}: {error}"


def _difference(fast: Callable[[Environment], Templates]) -> str | None:
    """Render a small site both ways."""
    environment = Environment(loader=jinja2.DictLoader(_PROBE), autoescape=True)
    environment.globals["site"] = Markup("<b>")
    values = {
        "root": "../",
        "text": "<&\"' =",
        "safe": Markup("<u>"),
        "page": _ProbeView("a='<b>' &"),
    }
    plain = environment.get_template("page.html").render(values)
    quick = fast(environment)("page.html", "../").render(values)
    return None if quick == plain else "it makes other pages"
