"""Layouts, checked and compiled once in a session: nine tenths of the work of a small site.

What is shared follows from the text of every layout, the settings and the program, so a test with
layouts of its own has them checked and compiled; those of `tests/render` compile every time.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import jinja2
import pytest

from dayleaf import render
from dayleaf.render import faults
from dayleaf.render.fast import CodeCache
from dayleaf.site.pages import registry

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CHECK = faults.check
"""The check itself."""


@contextmanager
def shared(store: Path) -> Iterator[None]:
    """Share checks and compiled layouts, in a folder, among all sites of this process."""
    good: set[int] = set()

    def checked(environment: jinja2.Environment, own: Path) -> None:
        try:
            given = _given(environment, own)
        except (jinja2.TemplateError, UnicodeDecodeError):
            given = None
        if given is None or given not in good:
            CHECK(environment, own)
            good.update(() if given is None else (given,))

    class Shared(CodeCache):
        def __init__(self, folder: Path, fingerprint: str) -> None:
            super().__init__(store / fingerprint, fingerprint)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(faults, "check", checked)
        patch.setattr(render, "CodeCache", Shared)
        yield


def _given(environment: jinja2.Environment, own: Path) -> int:
    """Return what a check follows from."""
    assert environment.loader is not None
    sources = []
    for name in environment.list_templates(extensions=["html", "xml"]):
        source, file, _ = environment.loader.get_source(environment, name)
        sources.append((name, source, str(file).startswith(str(own))))
    return hash((render.builtin_layouts(), *sources, repr(registry.layouts())))
