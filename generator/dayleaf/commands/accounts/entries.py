"""Every file of the content folder in stretches, each with what became of it."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from dayleaf.base.errors import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from dayleaf.catalog import Catalog, Totals

HEADING, REFUSED, OTHER = "heading", "refused", "no digest"
"""What a stretch is that is no record; a record is `published` or `merged`."""


class Stretch(NamedTuple):
    """Some lines of a file."""

    line: int
    """The first, from 1."""
    size: int
    """Bytes. Records that share a line share its bytes: the first of them has all."""
    fate: str
    anchor: str = ""
    """Of a record."""


class ContentFile(NamedTuple):
    """A file of the content folder."""

    path: str
    format: str | None
    """The reader's name; None for a file that is no digest."""
    size: int
    """Bytes, as it is now."""
    seen: int
    """Records."""
    stretches: tuple[Stretch, ...]
    """They follow on one another, and together are the whole file."""

    def count(self, fate: str) -> int:
        """Count the stretches of a fate."""
        return sum(stretch.fate == fate for stretch in self.stretches)

    def as_json(self) -> dict[str, object]:
        """Return it for programs."""
        published, merged = self.count("published"), self.count("merged")
        return {
            "file": self.path, "format": self.format, "bytes": self.size, "seen": self.seen,
            "published": published, "merged": merged, "refused": self.seen - published - merged,
            "stretches": [list(stretch) for stretch in self.stretches],
        }  # fmt: skip


def all_of(content: Path, catalog: Catalog, problems: Sequence[Finding]) -> Iterator[ContentFile]:
    """Yield every file that the catalog knows, by path."""
    refused = defaultdict[str, list[int]](list)
    for problem in problems:
        if problem.severity == Severity.REFUSED and problem.line is not None:
            refused[problem.file].append(problem.line)
    for path, name, seen, records in catalog.sources():
        ends = _line_ends(content / path)
        marks = [(line, fate, anchor) for line, anchor, fate in records]
        marks += [(line, REFUSED, "") for line in refused[path]]
        first = HEADING if name else OTHER
        yield ContentFile(path, name, ends[-1], seen, tuple(_stretches(ends, sorted(marks), first)))


def _line_ends(file: Path) -> list[int]:
    """Return where each line of a file ends, in bytes, after a zero."""
    try:
        data = file.read_bytes()
    except OSError:
        return [0]
    sizes = [len(line) + 1 for line in data.split(b"\n")]
    sizes[-1] -= 1  # the last has no line feed
    return list(accumulate(sizes if sizes[-1] else sizes[:-1], initial=0))


def _stretches(ends: list[int], marks: list[tuple[int, str, str]], first: str) -> Iterator[Stretch]:
    """Cut a file at the lines on which something begins."""
    last = len(ends) - 1
    starts = [min(max(line, 1), last or 1) for line, _, _ in marks]
    stops = [*starts, last + 1]
    if not starts or starts[0] > 1:
        yield Stretch(1, ends[starts[0] - 1] if starts else ends[-1], first)
    for place, (_, fate, anchor) in enumerate(marks):
        start = starts[place]
        stop = stops[bisect_right(starts, start)]
        shared = place > 0 and starts[place - 1] == start
        size = 0 if shared or not last else ends[stop - 1] - ends[start - 1]
        yield Stretch(start, size, fate, anchor)


def mistakes(entries: Sequence[ContentFile], totals: Totals) -> Iterator[str]:
    """Yield what does not add up."""
    for entry in entries:
        if sum(stretch.size for stretch in entry.stretches) != entry.size:
            yield f"{entry.path}: its stretches are not the {entry.size:,} bytes of the file"
        if entry.count("published") + entry.count("merged") > entry.seen:
            yield f"{entry.path}: {entry.seen} records seen, more than that listed"
    for fate, total in (("published", totals.papers), ("merged", totals.merged)):
        count = sum(entry.count(fate) for entry in entries)
        if count != total:
            yield f"{count:,} records {fate} in the digests, {total:,} in the catalog"
    seen = sum(entry.seen for entry in entries)
    if seen != totals.papers + totals.merged + totals.refused:
        yield f"{seen:,} records seen, {totals.papers + totals.merged + totals.refused:,} counted"


def duplicates(entries: Sequence[ContentFile]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the identifiers that several records bear, with the places of these."""
    places = defaultdict[str, list[str]](list)
    for entry in entries:
        for stretch in entry.stretches:
            if stretch.anchor:
                places[stretch.anchor].append(f"{entry.path}:{stretch.line}")
    yield from sorted((a, tuple(where)) for a, where in places.items() if len(where) > 1)
