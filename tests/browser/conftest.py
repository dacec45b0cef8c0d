"""A browser, for the tests that need one."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")


def _lenient(make: Callable[..., Any], **options: Any) -> Any:
    return make(**{"bypass_csp": True, **options})


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """A browser that takes no notice of policies; what needs one is skipped where there is none."""
    program = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, PROGRAMS)), None)
    if not program:
        pytest.skip("no Chromium on the PATH nor in CHROMIUM")
    api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        # What a test evaluates as a string, and waits for, the site's policy forbids.
        for name in ("new_context", "new_page"):
            own = getattr(browser, name)
            setattr(browser, name, partial(_lenient, own))
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Any) -> Iterator[Any]:
    """A window of somebody who reads: nothing stored yet, a clipboard, and no fault of a script."""
    context = chromium.new_context(
        viewport={"width": 1440, "height": 900},
        permissions=["clipboard-read", "clipboard-write"],
    )
    made = context.new_page()
    faults: list[str] = []
    made.on("pageerror", lambda error: faults.append(str(error)))
    yield made
    context.close()
    assert faults == []
