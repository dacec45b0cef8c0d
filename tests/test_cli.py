"""The command line: exit codes, and what goes to which stream."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from dayleaf import cli
from dayleaf.base.errors import Finding
from tests.sites import Site, digest, path, record, small

GENERATOR = Path(__file__).parents[1] / "generator"


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    monkeypatch.chdir(tmp_path)
    return small(tmp_path)


def test_a_build_prints_its_figures_last(made: Site, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["build", "--no-search", "--json", "--jobs=1"]) == 0
    out, err = capsys.readouterr()
    figures = json.loads(out)
    assert figures["days"] == 3
    assert figures["papers"] == 5
    assert figures["authors"] == 3
    assert figures["categories"] == 3
    assert figures["pages"]["written"] > 20
    assert figures["problems"] == 0
    assert set(figures["seconds"]) == {"scan", "read", "pages", "publish"}
    assert "5 records in 3 digests = 5 published + 0 merged + 0 refused + 0 not understood" in err
    assert "Passed over, not a format that Dayleaf knows (see docs/formats.md): README.md" in err


def test_problems_fail_a_strict_build_alone(made: Site, capsys: pytest.CaptureFixture[str]) -> None:
    """The site is built either way, and the problem is said with file and line."""
    made.edit(path("2022-01-04"), digest(record("2201.00002", authors=":, A B"), day="2022-01-04"))
    assert cli.main(["build", "--no-search", "--jobs=1"]) == 0
    assert cli.main(["build", "--no-search", "--jobs=1", "--strict"]) == 1
    assert "cs.CV/2022/01/20220104.md:9: Authors: ':' is no name" in capsys.readouterr().err
    assert (made.public / "2022/01/04/index.html").exists()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"\xff# Arxiv", "20220104.md"),
        (b"", "20220104.md: expected a digest, as the file's name is a day, found an empty file"),
        (digest(record("x"), day="2022-01-04").encode(), "20220104.md:3: Arxiv ID: expected an"),
        (digest(record())[:300].encode(), "20220104.md:2: expected the ten fields of a record"),
    ],
)
def test_a_bad_digest_costs_only_itself(
    made: Site, capsys: pytest.CaptureFixture[str], data: bytes, message: str
) -> None:
    file = made.folder / path("2022-01-04")
    file.write_bytes(data)
    assert cli.main(["build", "--no-search", "--jobs=1"]) == 0
    assert message in capsys.readouterr().err
    assert (made.public / "2022/01/03/index.html").exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--content", "nowhere"], "expected the folder of the digests"),
        (["--base-url", "here"], "--base-url: expected an address"),
    ],
)
def test_what_cannot_be_built_exits_with_1(
    made: Site, capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    assert cli.main(["build", *arguments]) == 1
    err = capsys.readouterr().err
    assert err.startswith("dayleaf: ")
    assert message in err


def test_wrong_usage_exits_with_2(made: Site) -> None:
    with pytest.raises(SystemExit) as caught:
        cli.main(["build", "--jobs=0"])
    assert caught.value.code == 2


def test_a_new_site_builds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert cli.main(["init", str(tmp_path / "new")]) == 0
    monkeypatch.chdir(tmp_path / "new")
    Site(tmp_path / "new").edit(path("2021-12-19"), digest(record()))
    assert cli.main(["build", "--no-search", "--jobs=1"]) == 0
    assert not (tmp_path / "new/public/about").exists()
    assert cli.main(["init", str(tmp_path / "new")]) == 1


def test_a_built_site_passes_its_check(made: Site, capsys: pytest.CaptureFixture[str]) -> None:
    """Also with a base path, and until a link is broken."""
    assert cli.main(["build", "--jobs=1", "--base-url=https://a.org/papers/"]) == 0
    assert cli.main(["check", "--jobs=1", "--base-url=https://a.org/papers/"]) == 0
    (made.public / "authors/ada-quill.html").unlink()
    capsys.readouterr()
    assert cli.main(["check", "--jobs=1", "--base-url=https://a.org/papers/"]) == 1
    assert "authors/ada-quill.html" in capsys.readouterr().out


def test_it_runs_as_a_module(made: Site) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "dayleaf", "--version"], capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("dayleaf ")


def test_names_of_files_command_nothing(made: Site, capsys: pytest.CaptureFixture[str]) -> None:
    """No line of their own, no code that a terminal obeys, and no message without end."""
    odd = "a\n::error::x\x1b[31m\u202e"
    (made.folder / f"content/{odd}-20220104.md").write_text(
        "# Arxiv Papers in x on 2022-01-04\n### T"
    )
    (made.folder / f"content/{odd}.md").write_text("notes")
    assert cli.main(["build", "--no-search", "--jobs=1"]) == 0
    err = capsys.readouterr().err
    assert "\x1b" not in err
    assert "\u202e" not in err
    assert not any(line.startswith("::") for line in err.splitlines())
    assert r"a\x0a::error::x\x1b[31m\u202e.md" in err
    assert len(str(Finding("x" * 100_000, file="a", line=1))) < 3_000


def test_a_terminal_that_knows_few_letters(made: Site) -> None:
    (made.folder / "content/王-ß.md").write_text("notes")
    environment = os.environ | {"PYTHONIOENCODING": "ascii", "PYTHONPATH": str(GENERATOR)}
    run = subprocess.run(
        [sys.executable, "-m", "dayleaf", "build", "--no-search", "--jobs=1"],
        cwd=made.folder, env=environment, capture_output=True, check=False,
    )  # fmt: skip
    assert run.returncode == 0
    assert rb"\u738b-\xdf.md" in run.stderr


@pytest.mark.parametrize("shell", ["bash", "zsh"])
def test_a_shell_can_complete_commands(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["--print-completion", shell])
    assert ended.value.code == 0
    said = capsys.readouterr().out
    assert all(word in said for word in ("publish", "--base-url", "--hosts"))
