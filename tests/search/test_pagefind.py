"""Pagefind as another program: it may be missing, die, stand still, or answer at length."""

from __future__ import annotations

import os
import stat
import time
from pathlib import Path

import pagefind_bin
import pytest

from dayleaf.base.errors import SearchError
from dayleaf.search import pagefind
from tests.sites import Site, digest, path, record, small

_STILL = 20
"""Seconds that the stub stands still if nobody ends it."""


def stub(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a shell script in Pagefind's place."""
    file = folder / "pagefind"
    file.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    file.chmod(file.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr(pagefind_bin, "get_executable", lambda: file)
    monkeypatch.setattr(pagefind, "version", lambda: "0")


@pytest.mark.skipif(os.name == "nt", reason="the stubs are shell scripts")
@pytest.mark.parametrize(
    ("script", "message"),
    [
        ("exit 1", "ended"),
        ("head -c 40 >/dev/null; exit 1", "ended"),
        ("cat >/dev/null", "ended early or stood still"),
    ],
)
def test_pagefind_that_dies(
    tmp_path: Path, script: str, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    stub(tmp_path, script, monkeypatch)
    monkeypatch.setattr(pagefind, "_PATIENCE", 0.5)
    made = small(tmp_path / "site")
    with pytest.raises(SearchError, match=message):
        made.build(search=True)
    assert not (made.public / "index.html").exists()


@pytest.mark.skipif(os.name == "nt", reason="the stub is a shell script")
def test_pagefind_that_stands_still_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By us, long before it would end by itself."""
    # `exec`: what is killed is then what holds the pipes.
    stub(tmp_path, f"exec sleep {_STILL}", monkeypatch)
    monkeypatch.setattr(pagefind, "_PATIENCE", 0.5)
    began = time.monotonic()
    with (
        pytest.raises(SearchError, match=r"stood still|found that it ended"),
        pagefind.Service() as service,
    ):
        list(service.index([], language="en"))
    assert time.monotonic() - began < _STILL / 2


@pytest.mark.parametrize("script", [None, "exit 1", "true", "printf '\\377'", "nonsense"])
def test_pagefind_that_does_not_say_its_version(
    tmp_path: Path, script: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "pagefind"
    if script:
        file.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        file.chmod(file.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr(pagefind_bin, "get_executable", lambda: file)
    pagefind.version.cache_clear()
    with pytest.raises(SearchError, match="expected its program to say its version"):
        pagefind.version()
    pagefind.version.cache_clear()


@pytest.mark.parametrize("letters", [65_387, 65_485, 200_000])
def test_a_title_may_be_longer_than_any_pipe(tmp_path: Path, letters: int) -> None:
    """Pagefind's answer repeats it."""
    made = Site(tmp_path)
    made.edit(path("2021-12-19"), digest(record(title="a" * letters)))
    assert made.build(search=True).indexed == 1


def test_a_shard_that_was_damaged_in_the_cache_is_made_anew(tmp_path: Path) -> None:
    made = small(tmp_path)
    made.build(search=True)
    before = made.files()
    for place in (0, 9, 5_000, -1):
        for file in (tmp_path / ".dayleaf/shards").iterdir():
            data = bytearray(file.read_bytes())
            data[place if place < len(data) else -2] ^= 1
            file.write_bytes(data)
        (made.public / "search/pagefind.js").unlink()
        made.build(search=True)
        assert made.files() == before
