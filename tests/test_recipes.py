"""The code that recipes print works as it is printed."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from textwrap import dedent
from types import ModuleType

import pytest

from dayleaf.catalog import Catalog
from dayleaf.catalog.queries import papers
from dayleaf.site.pages import registry
from tests import sites

RECIPES = Path(__file__).parents[1] / "docs/extending"


def blocks(recipe: str) -> list[str]:
    """Return the blocks of code in a recipe, in their order."""
    text = (RECIPES / recipe).read_text(encoding="utf-8")
    return [
        dedent(block) for block in re.findall(r"```(?:python|jinja)\n(.*?)```", text, re.DOTALL)
    ]


def test_the_recipe_of_a_kind_of_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Module, queries and layout give the page that the printed test expects."""
    kind, queries, layout, test = blocks("add-a-kind-of-page.md")
    module = ModuleType("journal")
    monkeypatch.setitem(sys.modules, module.__name__, module)
    exec(kind, module.__dict__)  # noqa: S102 - ours, from the documents
    monkeypatch.setattr(registry, "KINDS", (*registry.KINDS, module.JOURNAL))
    methods: dict[str, object] = {}
    exec(f"from __future__ import annotations\n{queries}", {**vars(papers), "re": re}, methods)  # noqa: S102
    for name in ("journals", "journal"):
        monkeypatch.setattr(Catalog, name, methods[name], raising=False)

    def made(folder: Path) -> sites.Site:
        return sites.Site(folder).edit("layouts/journal.html", layout)

    namespace: dict[str, object] = {}
    exec(test, namespace)  # noqa: S102
    monkeypatch.setitem(namespace, "Site", made)
    (name,) = (name for name in namespace if name.startswith("test_"))
    run = namespace[name]
    assert callable(run)
    run(tmp_path)
