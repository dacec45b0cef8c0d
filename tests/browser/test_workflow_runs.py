"""The workflow that `dayleaf init` writes, run step by step as far as a machine can.

Checkout, installation, build with the base URL, the artifact as the action makes it, and the site
as a reader gets it, below the repository's path.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from benchmarks.hosting import serve
from dayleaf import __version__
from dayleaf.commands import scaffold
from tests.sites import Site, digest, record

yaml = pytest.importorskip("yaml", reason="PyYAML is not installed")

pytestmark = pytest.mark.browser

BASE = "/digests/"
_CRAWLED = (
    "",
    "2021/12/19/",
    "days/",
    "categories/",
    "authors/",
    "authors/ada-quill.html",
    "search/",
)
_LOCAL = re.compile(r"\$\{\{ steps\.pages\.outputs\.base_url \}\}")


class Runner:
    """A machine that runs the steps of a job, one after another."""

    def __init__(self, folder: Path, repository: Path) -> None:
        self.repository, self.checkout = repository, folder / "work"
        self.temp, self.bin = folder / "temp", folder / "bin"
        self.summary, self.artifact = self.temp / "summary.md", folder / "site"
        self.installed: list[str] = []
        for made in (self.temp, self.bin):
            made.mkdir()
        self._command("dayleaf", f'exec "{sys.executable}" -m dayleaf "$@"')
        # What pip would install is here already; that it would be this version is checked.
        self._command("pip", f'echo "$@" >> "{self.temp}/pip.txt"')

    def run(self, step: dict[str, Any], base_url: str) -> None:
        """Do what a step says. Raises CalledProcessError where it fails, KeyError for a new one."""
        if "run" in step:
            self._run(step, base_url)
            return
        action = step["uses"].partition("@")[0]
        {
            "actions/checkout": self._clone,
            "actions/setup-python": lambda _: None,
            "actions/configure-pages": lambda _: None,
            "actions/cache": self._cached,
            "actions/upload-pages-artifact": self._upload,
        }[action](step.get("with", {}))

    def _command(self, name: str, line: str) -> None:
        file = self.bin / name
        file.write_text(f"#!/bin/sh\n{line}\n", encoding="utf-8")
        file.chmod(0o755)

    def _run(self, step: dict[str, Any], base_url: str) -> None:
        given = {key: _LOCAL.sub(base_url, value) for key, value in step.get("env", {}).items()}
        assert not any("${{" in value for value in given.values())
        environment = {
            **os.environ,
            "PATH": f"{self.bin}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(Path(scaffold.__file__).parents[2]),
            "RUNNER_TEMP": str(self.temp),
            "GITHUB_STEP_SUMMARY": str(self.summary),
            **given,
        }
        command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
        subprocess.run(command, cwd=self.checkout, env=environment, check=True, timeout=300)

    def _clone(self, _: dict[str, str]) -> None:
        clone = ["git", "clone", "-q", str(self.repository), str(self.checkout)]
        subprocess.run(clone, check=True)

    def _cached(self, given: dict[str, str]) -> None:
        self.cached = given["path"].split()

    def _upload(self, given: dict[str, str]) -> None:
        """Pack the folder as the action does, which drops what begins with a dot, and unpack it."""
        packed = self.temp / "artifact.tar"
        folder = str(self.checkout / given["path"])
        tar = ["tar", "--dereference", "--hard-dereference", "-C", folder, "-cf", str(packed)]
        hidden = ["--exclude=.git", "--exclude=.github", "--exclude=.[^/]*"]
        subprocess.run([*tar, *hidden, "."], check=True)
        self.artifact.mkdir()
        subprocess.run(["tar", "-C", str(self.artifact), "-xf", str(packed)], check=True)


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Runner, str]]:
    if not shutil.which("git"):
        pytest.skip("git is not on the PATH")
    folder = tmp_path_factory.mktemp("workflow")
    repository = folder / "digests"
    made = Site(repository)
    for day in (19, 20):
        text = digest(record(f"2112.100{day}", day=f"2021-12-{day}"), day=f"2021-12-{day}")
        made.edit(f"cs.CV/2021/12/202112{day}.md", text)
    git = [
        "git",
        "-C",
        str(repository),
        "-c",
        "user.name=Keeper",
        "-c",
        "user.email=keeper@example.org",
    ]
    subprocess.run([*git, "init", "-q"], check=True)
    list(scaffold.create(repository))
    subprocess.run([*git, "add", "."], check=True)
    subprocess.run([*git, "commit", "-qm", "Digests"], check=True)
    text = (repository / ".github/workflows/pages.yml").read_text(encoding="utf-8")
    runner = Runner(folder, repository)
    with serve(runner.artifact, base=BASE) as host:
        for step in yaml.safe_load(text)["jobs"]["build"]["steps"]:
            runner.run(step, host.url.rstrip("/"))
        yield runner, host.url


def test_every_step_of_the_build_succeeds(run: tuple[Runner, str]) -> None:
    runner, url = run
    assert (runner.temp / "pip.txt").read_text().strip() == f"install dayleaf=={__version__}"
    said = runner.summary.read_text()
    assert "2 records in 2 digests = 2 published" in said
    assert "github-pages: the site fits" in said
    assert all((runner.checkout / path).exists() for path in runner.cached)
    assert f'href="{url}2021/12/19/' in (runner.artifact / "feed.xml").read_text()


def test_what_is_published_works_below_the_path_of_the_repository(
    run: tuple[Runner, str], chromium: Any
) -> None:
    _, url = run
    page = chromium.new_page(bypass_csp=False)
    faults: list[str] = []
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    for path in _CRAWLED:
        assert page.goto(url + path).status == 200, path
        links = page.eval_on_selector_all("a[href]", "all => all.map(a => a.href)")
        assert all(link.startswith(url) for link in links if "127.0.0.1" in link)
    page.goto(f"{url}search/?q=Tides")
    page.wait_for_selector("#search-results > li")
    assert faults == []
    assert page.goto(f"{url}no/such/page/").status == 404
    assert page.inner_text("h1")
    page.close()
