"""A small site that holds the traps of real archives, every byte of it compared."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from dayleaf.site.exports import references
from tests.sites import Site

GOLDEN = Path(__file__).parent / "golden"
# Copied from layouts/ as they are, or made of nothing else, and not worth a second copy here.
_LEFT_OUT = ("assets/", "sw.js")


def built(folder: Path) -> tuple[dict[str, bytes], str]:
    """Build the golden site in a folder; return its files and what was reported."""
    shutil.copytree(GOLDEN / "site", folder, dirs_exist_ok=True)
    report = Site(folder).build()
    files = {
        name: _legible(name, data)
        for name, data in Site(folder).files().items()
        if not name.startswith(_LEFT_OUT)
    }
    problems = "".join(f"{problem}\n" for problem in report.problems)
    return files, problems


def _legible(name: str, data: bytes) -> bytes:
    """Unpack what is packed: no two versions of a compressor need give the same bytes."""
    if not name.endswith(references.REFERENCES.name):
        return data
    lines = (json.dumps(one, ensure_ascii=False) for one in references.unpack(data))
    return "".join(f"{line}\n" for line in lines).encode()


def test_the_golden_site(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """`make test ARGS=--update-golden` rewrites it; read the difference before you commit it."""
    files, problems = built(tmp_path / "site")
    public = GOLDEN / "public"
    if request.config.getoption("--update-golden"):
        shutil.rmtree(public, ignore_errors=True)
        for name, data in files.items():
            file = public / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        (GOLDEN / "problems.txt").write_text(problems, encoding="utf-8")
    golden = {
        file.relative_to(public).as_posix(): file.read_bytes()
        for file in sorted(public.rglob("*"))
        if file.is_file()
    }
    assert set(files) == set(golden)
    for name, data in files.items():
        assert data.decode() == golden[name].decode(), name
    assert problems == (GOLDEN / "problems.txt").read_text(encoding="utf-8")
