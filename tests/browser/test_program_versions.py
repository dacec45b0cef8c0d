"""A site whose Pagefind has changed, and scripts that a browser still has from before."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from benchmarks.hosting import serve
from dayleaf.archive import urls
from tests.sites import small

pytestmark = pytest.mark.browser


def test_scripts_of_before_fetch_the_program_that_the_index_needs(
    page: Any, tmp_path: Path
) -> None:
    """By an address that names its version, so that no old program stands in for it."""
    made = small(tmp_path)
    made.build(search=True)
    shards = made.public / "search/shards.json"
    with serve(made.public) as host:
        page.goto(f"{host.url}search/?q=teacup")
        page.wait_for_selector("#search-results li")
        programs = {one for one in host.asked if "/pagefind.js" in one or "/wasm." in one}
        version = urls.PAGEFIND_VERSION
        assert programs == {
            f"/archive/search/pagefind.js?{version}",
            f"/archive/search/wasm.pagefind?{version}",
        }
        host.reset()
        text = shards.read_text(encoding="utf-8")
        assert f'"version":"{version}"' in text
        shards.write_text(text.replace(f'"version":"{version}"', '"version":"9.9.9"'), "utf-8")
        page.goto(f"{host.url}search/?q=rivers")
        page.wait_for_selector("#search-results li")
        asked = [one for one in host.asked if "?9.9.9" in one]
        assert sorted(asked) == [
            "/archive/search/pagefind.js?9.9.9",
            "/archive/search/wasm.pagefind?9.9.9",
        ]
        assert page.locator("[role=alert]:visible").count() == 0
