"""`dayleaf init`: the first files of a new site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dayleaf import config, readers
from dayleaf.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

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
"""
_IGNORED = "public/\n.dayleaf/\n"


def formats() -> list[str]:
    """List the formats that there is an example of."""
    return [reader.name for reader in readers.READERS if reader.example]


def create(folder: Path, *, format_: str | None = None) -> Iterator[str]:
    """Write the first files of a site, and yield what to tell its keeper.

    `format_` is one of `formats`, whose example becomes the first digest. Raises OutputError where
    the folder holds a site already.
    """
    files = {config.FILE: _SETTINGS, ".gitignore": _IGNORED}
    for reader in readers.READERS:
        if reader.name == format_ and reader.example:
            path, text = reader.example
            files[f"content/{path}"] = text
    taken = [name for name in files if (folder / name).exists()]
    if taken:
        message = f"{folder}: expected a folder without a site, found {', '.join(taken)}"
        raise OutputError(message)
    for part in ("content", "layouts"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
        yield f"wrote {folder / name}"
    yield f"For a page about the archive, write Markdown into {folder / 'about.md'}"
    yield f"Put the digests into {folder / 'content'}, then: cd {folder} && dayleaf build"
