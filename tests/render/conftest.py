"""What these tests are about is checked and compiled for each of them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from dayleaf import render
from dayleaf.render import faults
from dayleaf.render.fast import CodeCache
from tests.layouts import CHECK


@pytest.fixture(autouse=True)
def fresh_layouts(shared_layouts: None) -> Iterator[None]:
    """Check layouts in each build, and keep compiled ones in the cache of their site."""
    # A context of its own: a test's `monkeypatch` is to be undone before other fixtures end.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(faults, "check", CHECK)
        patch.setattr(render, "CodeCache", CodeCache)
        yield
