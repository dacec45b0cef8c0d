"""What a keeper's folder holds: which files look like digests, which are read, and where.

It judges folders by the papers in them. It writes nothing.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from dayleaf import catalog, readers
from dayleaf.archive.model import Digest
from dayleaf.base.errors import ContentError
from dayleaf.readers import days

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from dayleaf.archive.model import Record

_LOOKED_AT = 400
"""Files that are looked at, about, where there are more."""
_BYTES = 15_000_000
"""Of all files that are looked at, about."""
_LARGEST = 20_000_000
"""Bytes of a file that is looked at."""
_ASIDE = re.compile(
    r"(?:\A|/)(?:tests?|testdata|fixtures?|examples?|samples?|node_modules|vendor|dist|build|skills?|"
    r"templates?|prompts?|scripts?|src|__\w+__|feeds?|rss|weekly|monthly|summar(?:y|ies)|reports?)/|"
    r"(?:\A|/)(?:feed|rss|atom|sitemap|readme|changelog|contributing|license)[^/]*\Z",
    re.IGNORECASE,
)
"""Paths that hold digests only if no other does."""
_WHOLE = re.compile(r"_?[A-Za-z][A-Za-z_-]*\Z")
_DEEPEST = 3
_NEARLY_ALL = 0.95
_MOST_FORMS = 6


class Looked(NamedTuple):
    """A file that was looked at."""

    path: str
    format: str | None
    """The name of its reader."""
    papers: frozenset[str]
    """The anchors of its records."""
    richness: int
    """How many fields its records have."""
    unread: int
    """Papers that it names and no record took."""


class Survey(NamedTuple):
    """What a folder holds."""

    looked: tuple[Looked, ...]
    total: int
    """Files with an ending that a reader reads."""

    @property
    def read(self) -> list[Looked]:
        """Return the digests."""
        return [file for file in self.looked if file.papers]

    @property
    def unread(self) -> list[Looked]:
        """Return the files that name papers and are no digests."""
        return [file for file in self.looked if not file.papers and file.unread]

    def content(self) -> str:
        """Return the folder that holds the archive: of several copies the richest."""
        chosen = [file for file in self.read if not _ASIDE.search(file.path)] or self.read
        every = frozenset().union(*(file.papers for file in chosen))
        below: defaultdict[str, list[Looked]] = defaultdict(list)
        for file in chosen:
            for folder in _folders(file.path):
                below[folder].append(file)
        whole = {
            folder: files
            for folder, files in below.items()
            if len(frozenset().union(*(file.papers for file in files))) >= _NEARLY_ALL * len(every)
        }
        if not whole:
            return "."
        return max(whole, key=lambda folder: (*_worth(whole[folder]), -folder.count("/"), folder))

    def lines(self, content: str) -> Iterator[str]:
        """Yield what to tell of it."""
        formats = Counter(file.format for file in self.read if _is_below(file.path, content))
        if formats:
            counts = ", ".join(f"{count:,} of {name}" for name, count in formats.most_common())
            yield f"found digests in {content}: {counts}{self._share()}"
        if self.unread:
            count = len(self.read) + len(self.unread)
            yield (
                f"{count:,} files look like digests: {len(self.read):,} read,"
                f" {len(self.unread):,} not"
            )
            yield from _forms(self.unread)
        aside = [file.path for file in self.read if not _is_below(file.path, content)]
        if aside and content != ".":
            more = f" and {len(aside) - 1:,} more" if len(aside) > 1 else ""
            yield f"left aside, because {content} holds the archive: {aside[0]}{more}"

    def _share(self) -> str:
        looked = len(self.looked)
        return f" (of {looked:,} looked at, {self.total:,} in all)" if looked < self.total else ""


def survey(folder: Path) -> Survey:
    """Look at the files below a folder; of very many at those of some days."""
    try:
        files = [file for file in catalog.scan(folder) if 0 <= file.size < _LARGEST]
    except ContentError:
        return Survey((), 0)
    size = sum(file.size for file in files)
    step = max(1, len(files) // _LOOKED_AT, size // _BYTES)
    chosen = [file.path for file in files if step == 1 or _is_chosen(file.path, step)]
    looked = (_look(folder, path) for path in chosen)
    return Survey(tuple(filter(None, looked)), len(files))


def _is_chosen(path: str, step: int) -> bool:
    """Choose by the day, so that the same days are looked at in every copy of an archive."""
    return zlib.crc32((days.of_path(path) or path).encode()) % step == 0


def _look(folder: Path, path: str) -> Looked | None:
    try:
        data = (folder / path).read_bytes()
    except OSError:
        return None
    name, digest = readers.read(data, source=path)
    if isinstance(digest, Digest):
        papers = frozenset(record.identifier.anchor for record in digest.records)
        return Looked(path, name, papers, sum(map(_fields, digest.records)), len(digest.unread))
    left = readers.passed_over(data, source=path)
    return Looked(path, name, frozenset(), 0, len(left))


def _fields(record: Record) -> int:
    """Count what a record says."""
    extras = record.extras
    facts = [
        record.authors,
        record.abstract,
        record.categories.arxiv,
        record.published,
        record.topics,
    ]
    facts += [extras.code, *extras.sections] if extras else []
    return sum(map(bool, facts))


def _folders(path: str) -> Iterator[str]:
    """Yield the folders of a file that may be an archive's: of no day, year or category."""
    parts: list[str] = []
    yield "."
    for part in path.split("/")[:-1][:_DEEPEST]:
        if not _WHOLE.match(part):
            return
        parts.append(part)
        yield "/".join(parts)


def _worth(files: Iterable[Looked]) -> tuple[float, int]:
    """Return what a folder is worth: how much its records say, each paper counted once."""
    files = list(files)
    papers = sum(len(file.papers) for file in files)
    mean = sum(file.richness for file in files) / max(1, papers)
    return round(mean, 1), -len({file.format for file in files})


def _is_below(path: str, content: str) -> bool:
    return content == "." or path.startswith(f"{content}/")


def _forms(unread: list[Looked]) -> Iterator[str]:
    """Yield the first file of each form that is not read, and what to do."""
    forms: defaultdict[tuple[str, str], list[Looked]] = defaultdict(list)
    for file in unread:
        top, _, name = file.path.rpartition("/")
        forms[(top.partition("/")[0], name.rpartition(".")[2].lower())].append(file)
    for files in sorted(forms.values(), key=len, reverse=True)[:_MOST_FORMS]:
        first = files[0]
        alike = f" and {len(files) - 1:,} beside it" if len(files) > 1 else ""
        named = f"names {first.unread:,} papers" if first.unread > 1 else "names a paper"
        yield (
            f"  not read: {first.path}{alike}: {named}, none with a title that Dayleaf finds;"
            f" dayleaf init --explain {first.path} shows why"
        )
