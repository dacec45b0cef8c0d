"""What all tests share."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that rewrites the golden site."""
    parser.addoption(
        "--update-golden", action="store_true", help="rewrite tests/golden/public as it is built"
    )
