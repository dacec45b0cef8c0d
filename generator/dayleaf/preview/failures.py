"""What went wrong, for somebody who looks at the page: what, where, what to do.

It turns errors into Failures, with the lines around the mistake, and these into text.
"""

from __future__ import annotations

import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from dayleaf import render
from dayleaf.base.errors import (
    ConfigError,
    ContentError,
    DayleafError,
    DiskError,
    Finding,
    LayoutError,
    SearchError,
    Severity,
    printable,
)

if TYPE_CHECKING:
    from dayleaf.base.config import Config

_EATS = "A layout that eats memory"
_LOOK = "look for a list or a text that grows without an end"
_AROUND = 3
"""Lines shown before and after the one at fault."""
_LONGEST = 200
"""Characters shown of a line: an abstract is one."""
_TITLES: dict[type[DayleafError], str] = {
    LayoutError: "A mistake in a layout",
    ConfigError: "A mistake in the settings",
    ContentError: "The digests cannot be read",
    DiskError: "The disk is full, or cannot be written",
    SearchError: "The search index cannot be made",
}


@dataclass(frozen=True, slots=True)
class Failure:
    """Something that is wrong, until it is mended."""

    title: str
    """`A mistake in a layout`."""
    what: str
    advice: str = ""
    """What to do."""
    place: str = ""
    """`layouts/day.html:6`."""
    lines: tuple[tuple[int, str], ...] = ()
    """The lines around the place, with their numbers."""
    line: int = 0
    """The one at fault."""
    chain: tuple[str, ...] = ()
    """Who included or called that, the nearest first, as places."""
    page: str = ""
    """The page that was being made, where it was one."""

    def as_text(self) -> str:
        """Return it for the terminal."""
        what = "\n".join(map(printable, self.what.split("\n")))  # a trace of ours has lines
        place = f" at {printable(self.place)}" if self.place else ""
        lines = [f"{self.title}{place}", f"  {what}"]
        lines += [f"  → {self.advice}"] if self.advice else []
        width = len(str(self.lines[-1][0])) if self.lines else 0
        for number, text in self.lines:
            mark = ">" if number == self.line else " "
            lines.append(f"  {mark} {number:>{width}} │ {printable(text)}")
        lines += [f"  included or called by {printable(place)}" for place in self.chain]
        lines += [f"  while making /{printable(self.page)}"] if self.page else []
        return "\n".join(lines)


def explain(error: Exception, config: Config, *, page: str = "") -> Failure:
    """Explain an error; one that is none of the site's is a mistake in Dayleaf."""
    if isinstance(error, MemoryError):
        what = "a page took more memory than pages may, and was cut off"
        return Failure(_EATS, what, advice=_LOOK, page=page)
    if not isinstance(error, DayleafError):
        text = "".join(traceback.format_exception(error))
        return Failure("A mistake in Dayleaf itself", text, page=page)
    title = _TITLES.get(type(error), "The preview cannot go on")
    finding = error.finding
    places = error.places if isinstance(error, LayoutError) else ()
    if not places:
        file = _file(finding.file, config)
        if file is None:
            return Failure(title, finding._replace(advice="").text(), finding.advice, page=page)
        places = ((str(file), finding.line or 0),)
    (file_at, line), *above = places
    return Failure(
        title=title,
        what=finding.what,
        advice=finding.advice,
        place=_place(file_at, line, config),
        lines=excerpt(Path(file_at), line),
        line=line,
        chain=tuple(_place(file, number, config) for file, number in above),
        page=page,
    )


def of_digest(problem: Finding, config: Config) -> Failure:
    """Explain a problem of a digest."""
    title = {
        Severity.REFUSED: "A record that cannot be published",
        Severity.PARTIAL: "A record that is published in part",
        Severity.NOTE: "Something to know about a record",
    }[Severity(problem.severity)]
    file, line = config.content / problem.file, problem.line or 0
    return Failure(
        title=title,
        what=problem.message,
        place=problem.place,
        lines=excerpt(file, line) if line else (),
        line=line,
    )


def excerpt(file: Path, line: int) -> tuple[tuple[int, str], ...]:
    """Return the lines around one, as far as the file can be read."""
    try:
        text = file.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ()
    lines = text.split("\n")
    first = max(line - 1 - _AROUND, 0)
    return tuple(
        (number, shown[:_LONGEST] + "…" * (len(shown) > _LONGEST))
        for number, shown in enumerate(lines[first : line + _AROUND], first + 1)
    )


def _file(name: str, config: Config) -> Path | None:
    """Return the file that a finding names; None where there is none of that name."""
    layouts = [folder.parent for folder in render.folders(config)]
    places = (folder / name for folder in (config.site, config.content, *layouts))
    return next((place for place in places if name and place.is_file()), None)


def _place(file: str, line: int, config: Config) -> str:
    """Return a place as its author knows it."""
    path = Path(file)
    for folder in (config.site, *(folder.parent for folder in render.folders(config))):
        if path.is_relative_to(folder):
            file = path.relative_to(folder).as_posix()
            break
    return f"{file}:{line}" if line else file
