"""What all tests share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests.layouts import shared

# How long an example takes says more of the machine than of the code.
settings.register_profile("dayleaf", deadline=None)
settings.load_profile("dayleaf")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options that rewrite what is expected."""
    parser.addoption(
        "--update-fixtures", action="store_true", help="rewrite what readers make of their fixtures"
    )
    parser.addoption(
        "--update-golden", action="store_true", help="rewrite tests/golden/public as it is built"
    )


@pytest.fixture(scope="session", autouse=True)
def shared_layouts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Check and compile the same layouts once in a session."""
    with shared(tmp_path_factory.mktemp("layouts")):
        yield
