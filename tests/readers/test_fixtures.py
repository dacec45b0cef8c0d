"""What each reader makes of files as they are in the wild: input above, what is read below.

A fixture begins with `=== path`, the file's text follows, then `>>> reader` and the records, a
field a line and an empty line between two. Each bug adds one. `--update-fixtures` rewrites what is
read; read the difference before you commit it.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from dayleaf import readers
from dayleaf.archive.model import Digest, Record

FOLDER = Path(__file__).parent / "fixtures"
_CASE = re.compile(
    r"^=== (?P<path>.+)\n(?P<text>(?:.*\n)*?)>>> ?(?P<read>.*\n(?:(?!=== ).*\n?)*)", re.MULTILINE
)


class Case(NamedTuple):
    """A file and what is read of it."""

    path: str
    text: str
    read: str


def cases(file: Path) -> list[Case]:
    return [
        Case(m["path"], m["text"], m["read"].strip())
        for m in _CASE.finditer(file.read_text("utf-8"))
    ]


def shown(path: str, text: str) -> str:
    """Say what is read of a file."""
    name, found = readers.read(text.encode(), source=path)
    if found is None:
        return "no digest"
    left = getattr(found, "unread", ())
    problems = [f"not understood: {line}: {anchor}" for anchor, line in left]
    problems += [str(problem) for problem in found.problems]
    if not isinstance(found, Digest):
        return "\n".join([f"{name}, {found.seen} seen, refused", *problems])
    head = f"{name}, {found.seen} seen, {found.day or 'no day of its own'}"
    return "\n\n".join([head, *map(_record, found.records), *problems])


def _record(record: Record) -> str:
    codes = record.categories
    lines = [f"{record.line}: {record.identifier.anchor} v{record.version} {record.title}"]
    lines += [f"  at: {record.identifier.address}"] if record.identifier.scheme != "arxiv" else []
    listed = [*codes.arxiv, *codes.msc, *codes.acm, *codes.other]
    lines += [f"  categories: {codes.primary}: {', '.join(listed)}"] if listed else []
    texts = ("day", "url", "pdf", "published", "updated", "abstract", "comment", "journal")
    for name in dict.fromkeys((*texts, *record._fields)):
        value = getattr(record, name)
        if value and isinstance(value, str) and name != "title":
            lines.append(f"  {name}: {value}")
    for name in ("authors", "topics", "dois"):
        if values := getattr(record, name):
            lines.append(f"  {name}: {'; '.join(values)}")
    if extras := record.extras:
        lines += ["  and others"] if extras.others else []
        lines += [
            f"  {s.heading} ({s.language or '?'}, v{extras.version}): {s.text}"
            for s in extras.sections
        ]
        lines += [f"  code: {extras.code}"] if extras.code else []
        lines += [f"  {label}: {address}" for label, address in extras.links]
        lines += [f"  {score.name}: {score.value}" for score in extras.scores]
    return "\n".join(lines)


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.txt")), ids=lambda file: str(file.stem))
def test_what_is_read(file: Path, request: pytest.FixtureRequest) -> None:
    found = cases(file)
    assert found
    made = [case._replace(read=shown(case.path, case.text)) for case in found]
    if request.config.getoption("--update-fixtures"):
        text = "\n".join(f"=== {path}\n{text}>>> {read}\n" for path, text, read in made)
        file.write_text(text, encoding="utf-8")
        found = made
    for case, one in zip(found, made, strict=True):
        assert one.read == case.read, case.path


def test_every_reader_has_a_fixture() -> None:
    names = {case.read.partition(",")[0] for file in FOLDER.glob("*.txt") for case in cases(file)}
    assert {reader.name for reader in readers.READERS} <= names
