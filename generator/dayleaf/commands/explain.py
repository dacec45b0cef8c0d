"""`dayleaf init --explain FILE`: a file as Dayleaf sees it, with what it leaves over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dayleaf import readers
from dayleaf.archive.model import Digest
from dayleaf.base import config as settings
from dayleaf.base.errors import ContentError, Finding
from dayleaf.readers.structure import front, html, markdown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from dayleaf.archive.model import Record
    from dayleaf.readers.structure.outline import Outline

_WIDTH = 90
_MOST_BLOCKS = 400
_WANTED = ("authors", "abstract")


def explain(folder: Path, file: Path) -> Iterator[str]:
    """Yield how a file of a folder is read. Raises ContentError where it cannot be.

    Where the folder is a site, its own formats are tried first, as a build does.
    """
    source, place = file.as_posix(), folder / file
    is_site = (folder / settings.FILE).is_file()
    config = settings.load(folder) if is_site else None
    if config and place.resolve().is_relative_to(config.content):
        source = place.resolve().relative_to(config.content).as_posix()
    try:
        data = place.read_bytes()
    except OSError as error:
        raise ContentError(Finding(f"{error.strerror}", "a file", file=str(place))) from None
    name, outcome = readers.read(data, source=source, formats=config.formats if config else ())
    digest = outcome if isinstance(outcome, Digest) else None
    if outcome is None:
        yield f"{source}: no reader takes it: none found a paper's identifier with a title"
    elif digest:
        day = digest.day or "no day of its own"
        yield f"{source}: read as {name}; {day}; {len(digest.records):,} of {digest.seen:,} papers"
    else:
        yield f"{source}: refused by {name}"
    yield from _blocks(data.decode(errors="replace"), source)
    for record in digest.records if digest else ():
        yield from _record(record)
    left = digest.unread if digest else readers.passed_over(data, source=source)
    for anchor, line in left:
        yield f"not understood: line {line}: {anchor}"
    for problem in outcome.problems if outcome else ():
        yield f"problem: {problem}"


def _blocks(text: str, source: str) -> Iterator[str]:
    """Yield the blocks of Markdown and HTML, each with its line."""
    outline: Outline
    if source.lower().endswith((".md", ".markdown", ".mdx")):
        matter = front.split(text.replace("\r\n", "\n"))
        for key, value in matter.fields.items():
            yield _short(f"  front matter  {key}: {value}")
        outline = markdown.outline(matter.body)
    elif source.lower().endswith((".html", ".htm")):
        outline = html.outline(text)
    else:
        return
    yield "blocks:"
    for block in outline.blocks[:_MOST_BLOCKS]:
        kind = f"heading {block.level}" if block.kind == "heading" else block.kind
        held = (
            " in " + ", ".join(outline.containers[n].kind for n in block.path) if block.path else ""
        )
        yield _short(f"{block.number:>6}  {kind}{held}: {block.text}")
    if len(outline.blocks) > _MOST_BLOCKS:
        yield f"        … and {len(outline.blocks) - _MOST_BLOCKS:,} more"


def _record(record: Record) -> Iterator[str]:
    """Yield the fields of a record, and what it lacks."""
    yield f"paper: line {record.line}: {record.identifier.anchor}: {record.title}"
    says: dict[str, object] = {
        "day": record.day, "authors": "; ".join(record.authors),
        "categories": ", ".join(record.categories.arxiv), "topics": ", ".join(record.topics),
        "published": record.published, "abstract": record.abstract, "comment": record.comment,
        "journal": record.journal, "pdf": record.pdf,
    }  # fmt: skip
    for name, value in says.items():
        if value:
            yield _short(f"  {name}: {value}")
    if record.extras:
        for section in record.extras.sections:
            yield _short(f"  {section.heading}: {section.text}")
        for score in record.extras.scores:
            yield f"  {score.name}: {score.value}"
        if record.extras.code:
            yield f"  code: {record.extras.code}"
    missing = [name for name in _WANTED if not says[name]]
    if missing:
        yield f"  missing: {', '.join(missing)}"


def _short(line: str) -> str:
    return line if len(line) <= _WIDTH else f"{line[: _WIDTH - 1]}…"
