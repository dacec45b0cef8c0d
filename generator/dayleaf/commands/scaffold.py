"""`dayleaf init`: the first files of a new site."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from dayleaf import __version__, catalog, readers
from dayleaf.archive.model import Digest
from dayleaf.base import config
from dayleaf.base.errors import ContentError, Finding, OutputError

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
_WHOLE = re.compile(r"[A-Za-z][A-Za-z_-]*")
_LOOKED_AT = 300
"""Files that are looked at, at least, where there are more."""
_LARGEST = 20_000_000
"""Bytes of a file that is looked at."""


def formats() -> list[str]:
    """List the formats that there is an example of."""
    return [reader.name for reader in readers.READERS if reader.example]


def create(folder: Path, *, format_: str | None = None) -> Iterator[str]:
    """Write the first files of a site, and yield what to tell its keeper.

    What stands in the folder stays. Digests that lie there are recognised, and named as the site's
    content; where there are none an example becomes the first, of `format_`, one of `formats`.
    Raises OutputError where the folder holds a site already.
    """
    if (folder / config.FILE).exists():
        wanted = "a folder without a site"
        raise OutputError(Finding(config.FILE, wanted, file=str(folder)))
    found = Counter[str]() if format_ else _recognised(folder)
    content = _common(found) if found else "content"
    files = {config.FILE: _settings(content)}
    if found:
        yield f"found digests in {content}: {_said(found)}"
    else:
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
    if _ignore(folder / ".gitignore"):
        yield f"wrote {folder / '.gitignore'}"
    yield f"For a page about the archive, write Markdown into {folder / 'about.md'}"
    if _WORKFLOW in files:
        yield "In the repository's settings choose Pages, Source: GitHub Actions"
    put = "" if found else f"Put the digests into {folder / 'content'}, then: "
    yield f"{put}cd {folder} && dayleaf build"


def _recognised(folder: Path) -> Counter[str]:
    """Count the digests below a folder by their format and the folder at its top that holds them.

    Of very many files some are looked at, from the first to the last.
    """
    found: Counter[str] = Counter()
    if not folder.is_dir():
        return found
    try:
        files = [file for file in catalog.scan(folder) if 0 <= file.size < _LARGEST]
    except ContentError:
        return found
    for file in files[:: max(1, len(files) // _LOOKED_AT)]:
        try:
            name, digest = readers.read((folder / file.path).read_bytes(), source=file.path)
        except OSError:
            continue
        if isinstance(digest, Digest) and digest.records:
            found[f"{name} {file.path.partition('/')[0] if '/' in file.path else '.'}"] += 1
    return found


def _common(found: Counter[str]) -> str:
    """Return the folder that holds all digests: the one at the top, or the site's own.

    A folder of one day, year or category will have others beside it.
    """
    tops = {key.partition(" ")[2] for key in found}
    return next((top for top in tops if _WHOLE.fullmatch(top)), ".") if len(tops) == 1 else "."


def _said(found: Counter[str]) -> str:
    formats_ = Counter[str]()
    for key, count in found.items():
        formats_[key.partition(" ")[0]] += count
    looked = f" (of {sum(found.values()):,} looked at)" if sum(found.values()) >= _LOOKED_AT else ""
    return ", ".join(f"{count:,} of {name}" for name, count in formats_.most_common()) + looked


def _settings(content: str) -> str:
    own = '# content = "content"' if content == "content" else f"content = {json.dumps(content)}"
    return _SETTINGS.replace('# content = "content"', own)


def _ignore(file: Path) -> bool:
    """Add what a build writes to a .gitignore, if it is not there; tell whether it was not."""
    known = file.read_text(encoding="utf-8", errors="replace") if file.exists() else ""
    missing = [line for line in _IGNORED.splitlines() if line not in known.splitlines()]
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
