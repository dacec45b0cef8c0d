"""`dayleaf init`: the first files of a new site."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

from dayleaf import __version__, readers
from dayleaf.base import config, disk
from dayleaf.base.errors import Finding, OutputError
from dayleaf.commands.survey import Survey, survey

if TYPE_CHECKING:
    from collections.abc import Iterator

_SETTINGS = """\
# The settings of this site; each is optional. What they do: docs/settings.md of Dayleaf.
title = "Daily digests"
description = ""
language = "en"
# Where the site will live, for feeds, the sitemap and the 404 page:
# base_url = "https://user.github.io/repository/"
# content = "content"
# output = "public"
# host = "github-pages"
# Whether readers can keep pages on their devices and read them without a network.
offline = true

[authors]
# How many papers give an author a page of their own; "auto" is as few as the host has room for.
minimum = "auto"

[search]
# "day" makes one search record a day instead of one a paper, for hosts that limit files.
granularity = "paper"
# Whether summaries that digests have beside abstracts are searched too.
summaries = true
# How many papers share an index; half as many need half the memory.
shard = 12000

[publish]
# Where `dayleaf publish` sends the site, as rclone names it:
# to = "remote:bucket/path"
"""
_IGNORED = "public/\n.dayleaf/\n"
_WORKFLOW = ".github/workflows/pages.yml"
_PAGES = (Path(__file__).parent / "workflow.yml").read_text(encoding="utf-8")
_FIRST = "arxiv-daily"
"""The format of the example in a folder without digests."""


def formats() -> list[str]:
    """List the formats that there is an example of."""
    return [reader.name for reader in readers.READERS if reader.example]


def create(folder: Path, *, format_: str | None = None) -> Iterator[str]:
    """Write the first files of a site, and yield what to tell its keeper.

    What stands in the folder stays. Digests that lie there are recognised, and named as the site's
    content. An empty folder gets an example, of `format_`, one of `formats`.
    Raises OutputError where the folder holds a site already.
    """
    if (folder / config.FILE).exists():
        wanted = "a folder without a site"
        raise OutputError(Finding(config.FILE, wanted, file=str(folder)))
    surveyed = Survey((), 0) if format_ or not folder.is_dir() else survey(folder)
    empty = bool(format_) or not _holds_files(folder)
    content = surveyed.content() if surveyed.read else "content" if empty else "."
    output = _output(folder)
    files = {config.FILE: _settings(content, output)}
    yield from surveyed.lines(content)
    if output != config.OUTPUT:
        yield f"{folder / config.OUTPUT} holds files of yours: the site goes into {output}"
    if empty:
        wanted = format_ or _FIRST
        path, text = next(r.example for r in readers.READERS if r.name == wanted and r.example)
        files[f"content/{path}"] = text
    if (folder / ".git").exists() and not (folder / _WORKFLOW).exists():
        files[_WORKFLOW] = _workflow(folder)
    (folder / "layouts").mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        if not (folder / name).exists():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")
            yield f"wrote {folder / name}"
    if _ignore(folder / ".gitignore", output):
        yield f"wrote {folder / '.gitignore'}"
    yield f"For a page about the archive, write Markdown into {folder / 'about.md'}"
    if _WORKFLOW in files:
        yield "In the repository's settings choose Pages, Source: GitHub Actions"
    if not surveyed.read and not empty:
        yield "No digest was found, and no example written: this folder holds files"
    put = "" if surveyed.read else f"Put the digests into {folder / content}, then: "
    yield f"{put}cd {folder} && dayleaf build"


def _holds_files(folder: Path) -> bool:
    """Tell whether somebody keeps files in a folder, other than hidden ones."""
    return folder.is_dir() and any(not entry.name.startswith(".") for entry in folder.iterdir())


def _output(folder: Path) -> str:
    """Return the folder that a build may write to: not one that holds files of the keeper's."""
    for name in (config.OUTPUT, "site", "dayleaf-site"):
        place = folder / name
        if not place.is_dir() or (place / disk.MARK).exists() or not any(place.iterdir()):
            return name
    return "dayleaf-output"


def _settings(content: str, output: str) -> str:
    own = '# content = "content"' if content == "content" else f"content = {json.dumps(content)}"
    into = '# output = "public"' if output == config.OUTPUT else f"output = {json.dumps(output)}"
    text = _SETTINGS.replace('# content = "content"', own)
    return text.replace('# output = "public"', into)


def _ignore(file: Path, output: str) -> bool:
    """Add what a build writes to a .gitignore, if it is not there; tell whether it was not."""
    known = file.read_text(encoding="utf-8", errors="replace") if file.exists() else ""
    wanted = _IGNORED.replace("public", output).splitlines()
    missing = [line for line in wanted if line not in known.splitlines()]
    if not missing:
        return False
    end = "" if not known or known.endswith("\n") else "\n"
    with file.open("a", encoding="utf-8") as opened:
        opened.write(end + "".join(f"{line}\n" for line in missing))
    return True


def _workflow(folder: Path) -> str:
    """Return the workflow that builds and publishes the site on GitHub Pages.

    A push that another workflow makes with its own token starts nothing, so it also runs after
    those that are there.
    """
    others: list[str] = []
    for file in sorted((folder / _WORKFLOW).parent.glob("*.y*ml")):
        text = file.read_text(encoding="utf-8", errors="replace")
        match = re.search(r"^name:\s*['\"]?(.+?)['\"]?\s*$", text, re.MULTILINE)
        others.append(match[1] if match else f".github/workflows/{file.name}")
    after = f"  workflow_run:\n    workflows: {json.dumps(others)}\n    types: [completed]\n"
    return _PAGES.replace("@VERSION@", __version__).replace("@AFTER@\n", after if others else "")
