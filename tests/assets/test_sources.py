"""Assets lie in folders and are published without them: the address alone decides."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from pathlib import Path

import pytest

from dayleaf.assets import facts, sources
from dayleaf.base import config
from dayleaf.base.errors import LayoutError
from tests.sites import Site, small

ROOT = Path(__file__).parents[2]
ASSETS = ROOT / "layouts/assets"
_IMPORT = re.compile(r'^import [^;]* from "\./([\w.-]+)";', re.MULTILINE)


def test_tools_know_the_folders() -> None:
    """TypeScript, and the hook of the scripts' own tests, find a script in any of them."""
    settings = json.loads((ROOT / "tsconfig.json").read_text(encoding="utf-8"))
    known = [f"layouts/assets/{group}" for group in sources.GROUPS]
    assert settings["compilerOptions"]["rootDirs"] == [*known, ".facts"]
    assert sorted(place.name for place in ASSETS.iterdir() if place.is_dir()) == sorted(
        sources.GROUPS
    )


def test_scripts_import_from_their_own_folder_and_those_before_it() -> None:
    order = {facts.NAME: 0}
    order |= {f.name: n for n, one in enumerate(sources.GROUPS) for f in (ASSETS / one).iterdir()}
    imports = {
        (file.name, name)
        for file in ASSETS.rglob("*.js")
        for name in _IMPORT.findall(file.read_text(encoding="utf-8"))
    }
    assert len(imports) > 100
    assert [(one, other) for one, other in imports if order[other] > order[one]] == []


@pytest.mark.parametrize("own", ["shared/fold.js", "fold.js", "search/fold.js"])
def test_an_own_file_replaces_the_one_of_its_address(tmp_path: Path, own: str) -> None:
    """Wherever either lies, so that a script may move to another folder."""
    made = small(tmp_path).edit(f"layouts/assets/{own}", "// mine\n")
    made.build()
    assert made.read("/assets/fold.js") == "// mine\n"
    assert not (made.public / "assets/shared").exists()
    assert not (made.public / "assets/search").exists()


def test_folders_of_a_site_stay_in_addresses(tmp_path: Path) -> None:
    made = small(tmp_path).edit("layouts/assets/fonts/search/a.css", "p { color: red }")
    made.build()
    assert made.read("/assets/fonts/search/a.css") == "p { color: red }"


def test_two_files_of_one_address_are_an_error(tmp_path: Path) -> None:
    """It names both, and nothing is published."""
    made = (
        small(tmp_path).edit("layouts/assets/reader/fold.js", "").edit("layouts/assets/fold.js", "")
    )
    message = (
        "layouts/assets/reader/fold.js: expected no other file for /assets/fold.js, "
        "found layouts/assets/fold.js; rename or delete one of the two"
    )
    with pytest.raises(LayoutError) as raised:
        made.build()
    assert str(raised.value) == message
    assert not made.public.exists()


def test_addresses_come_in_order(tmp_path: Path) -> None:
    site = config.load(Site(tmp_path).edit("layouts/assets/a.css", "").folder)
    for found in (list(sources.files(site)), list(sources.published(site))):
        assert all(one < other for one, other in pairwise(found))
    assert sources.published(site)[facts.PATH].startswith(b"export const FIELDS")
